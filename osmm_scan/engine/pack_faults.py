"""Say what is wrong between the files of a rule pack, each of which is right by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from osmm_scan.engine.expressions import ExpressionFault, parse
from osmm_scan.engine.rule_files import Location, RuleFile
from osmm_scan.engine.schemas import Activity, Checks, Item, Model
from osmm_scan.engine.tree import references
from osmm_scan.engine.vocabulary import check_words, nearest
from osmm_scan.signals.declarations import SignalDeclaration

Signals = Mapping[str, SignalDeclaration]
ModelFile = RuleFile[Model]
ActivityFile = RuleFile[Activity]


def pack_faults(
    model: ModelFile,
    activities: Sequence[ActivityFile],
    checks: RuleFile[Checks],
    signals: Signals,
    *,
    own: frozenset[str] = frozenset(),
) -> Iterator[str]:
    """Yield every fault of a rule pack as `file:line:column: text`.

    `own` are items that an organisation added, which FINOS has no key for.
    """
    items = {item.id for file in activities for item in file.content.items}
    yield from _model_faults(model, items, signals)
    seen: dict[str, str] = {}
    keys: dict[str, str] = {}
    for file in activities:
        yield from _activity_faults(file, model.content, own)
        for location, item in _entries(file):
            yield from _twice(item.id, file.fault((*location, "id"), ""), seen)
            if item.finos_key is not None:
                yield from _twice(item.finos_key, file.fault((*location, "finos_key"), ""), keys)
            yield from _item_faults(file, location, item, signals)
            if item.facet_of is not None:
                yield from _unknown(file, (*location, "facet_of"), item.facet_of, items)
    yield from _level_faults(model, activities)
    yield from _check_faults(checks, items, model.content)


def _model_faults(model: ModelFile, items: set[str], signals: Signals) -> Iterator[str]:
    content = model.content
    for name, profile in content.profiles.items():
        for index, item in enumerate(profile.not_applicable):
            yield from _unknown(model, ("profiles", name, "not_applicable", index), item, items)
    yield from _unknown(
        model, ("combination", "floor", "item"), content.combination.floor.item, items
    )
    for index, name in enumerate(content.combination.one_sided.profiles):
        place = ("combination", "one_sided", "profiles", index)
        yield from _unknown(model, place, name, content.profiles, what="profile")
    for name in content.thresholds.least_observations:
        least = ("thresholds", "least_observations", name)
        yield from _unknown(model, least, name, signals, what="signal")
    for signal in signals.values():
        for name in signal.population:
            # With a point it is a boolean fact.
            if name not in content.denominators and "." not in name:
                hint = nearest(name, content.denominators)
                problem = f"signal {signal.id!r} counts over the unknown population {name!r}{hint}"
                yield model.fault(("denominators",), problem)


def _activity_faults(file: ActivityFile, model: Model, own: frozenset[str]) -> Iterator[str]:
    activity = file.content
    numbers = [level.level for level in model.levels]
    if activity.level not in numbers:
        yield file.fault(("level",), f"level {activity.level} is none of the model's {numbers}")
    prefix = f"l{activity.level}.{activity.activity}."
    for index, item in enumerate(activity.items):
        if not item.id.startswith(prefix):
            problem = f"the ids of this activity begin with {prefix!r}, not {item.id!r}"
            yield file.fault(("items", index, "id"), problem)
        if item.facet_of is not None:
            yield file.fault(("items", index, "facet_of"), "an item is no facet of another")
        if item.finos_key is None and item.id not in own:
            yield file.fault(("items", index), f"item {item.id!r} lacks finos_key")
    for index, facet in enumerate(activity.facets):
        if facet.facet_of is None:
            yield file.fault(("facets", index), f"facet {facet.id!r} lacks facet_of")


def _item_faults(
    file: ActivityFile, location: Location, item: Item, signals: Signals
) -> Iterator[str]:
    listed: dict[str, str] = {}
    for index, use in enumerate(item.signals):
        place = (*location, "signals", index, "id")
        yield from _unknown(file, place, use.id, signals, what="signal")
        yield from _twice(use.id, file.fault(place, ""), listed)
    for grade, step in item.grading.items():
        if step.when is None:
            continue
        place = (*location, "grading", grade, "when")
        for fault in _rule_faults(step.when, listed, signals):
            yield file.fault_in_text(place, fault.column, fault.problem)


def _rule_faults(rule: str, listed: Iterable[str], signals: Signals) -> Iterator[ExpressionFault]:
    try:
        expression = parse(rule)
    except ExpressionFault as fault:
        yield fault
        return
    yield from check_words(expression, signals)
    for name, column in {one.signal: one.column for one in references(expression)}.items():
        if name in signals and name not in listed:
            yield ExpressionFault(column, f"{name!r} is not among the signals of the item")


def _level_faults(model: ModelFile, activities: Iterable[ActivityFile]) -> Iterator[str]:
    filled = {file.content.level for file in activities if file.content.items}
    for index, level in enumerate(model.content.levels):
        if level.level not in filled:
            yield model.fault(("levels", index), f"level {level.level} has no items")


def _check_faults(file: RuleFile[Checks], items: Iterable[str], model: Model) -> Iterator[str]:
    seen: dict[str, str] = {}
    for index, check in enumerate(file.content.checks):
        place = ("checks", index)
        yield from _twice(check.id, file.fault((*place, "id"), ""), seen)
        yield from _unknown(file, (*place, "item"), check.item, items)
        if check.level not in model.readiness.levels:
            levels = list(model.readiness.levels)
            problem = f"level {check.level} is none of the readiness levels {levels}"
            yield file.fault((*place, "level"), problem)


def _entries(file: ActivityFile) -> Iterator[tuple[Location, Item]]:
    for name, items in (("items", file.content.items), ("facets", file.content.facets)):
        for index, item in enumerate(items):
            yield (name, index), item


def _unknown(
    file: RuleFile[Model] | RuleFile[Activity] | RuleFile[Checks],
    location: Location,
    name: str,
    known: Iterable[str],
    *,
    what: str = "item",
) -> Iterator[str]:
    if name not in set(known):
        yield file.fault(location, f"unknown {what} {name!r}{nearest(name, known)}")


def _twice(name: str, where: str, seen: dict[str, str]) -> Iterator[str]:
    """Yield a fault when a name was seen before; `where` is a fault without words."""
    if name in seen:
        yield f"{where}{name!r} appears twice, first at {seen[name].rstrip(': ')}"
    seen.setdefault(name, where)
