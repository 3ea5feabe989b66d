"""Load a rule pack from a directory, or say everything that is wrong with it.

A pack holds `osmm/model.yaml`, `osmm/level-*/*.yaml`, `osmm/repository.yaml` and `signals/*.yaml`,
or lays its own entries over the shipped ones; see docs/rule-packs.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from osmm_scan.engine.expressions import parse
from osmm_scan.engine.fingerprints import fingerprint
from osmm_scan.engine.layers import without
from osmm_scan.engine.pack_faults import pack_faults
from osmm_scan.engine.pack_sources import Sources, read_sources
from osmm_scan.engine.rule_files import Layered, RuleFile, ShapeError, shape
from osmm_scan.engine.schemas import Absence, Activity, CheckEntry, Checks, Item, Model
from osmm_scan.engine.tree import Expression
from osmm_scan.engine.wiring import wiring_faults
from osmm_scan.errors import RuleError
from osmm_scan.signals.declarations import SignalDeclaration, declare, load_declarations
from osmm_scan.verdicts import Check, Criterion, Grade, Remedy, RuleSet

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePack:
    """Everything that rules say; `ladders` holds each item's parsed rules up to its last one.

    `rules` tells whose they are and what they change; `packs` are the folders whose recognisers
    and document rubrics are added to the shipped ones.
    """

    model: Model
    criteria: tuple[Criterion, ...]
    facets: tuple[Criterion, ...]
    checks: tuple[Check, ...]
    signals: Mapping[str, SignalDeclaration]
    ladders: Mapping[str, tuple[Expression, ...]]
    sha256: str
    rules: RuleSet = field(default_factory=RuleSet)
    packs: tuple[Path, ...] = ()


def load_rules(directory: Path) -> RulePack:
    """Return the rule pack of a directory; `RuleError` lists all faults of all files.

    A pack whose `pack.yaml` says `extends: shipped` is laid over the shipped one.
    """
    faults: list[str] = []
    sources = read_sources(directory, faults)
    model = _shaped(sources.model, Model, faults)
    checks = _shaped(sources.checks, Checks, faults)
    activities = [_shaped(one, Activity, faults) for one in sources.activities]
    signals = _signals(sources, faults)
    whole = [activity for activity in activities if activity is not None]
    if model is None or checks is None or len(whole) < len(activities) or not signals:
        raise RuleError(faults)
    faults.extend(pack_faults(model, whole, checks, signals, own=sources.own_items))
    if not sources.is_shipped:
        faults.extend(wiring_faults(sources, model.content, signals))
    if faults:
        raise RuleError(faults)
    contents = [file.content for file in whole]
    return _pack(model.content, contents, checks.content, signals, sources=sources)


def _shaped(source: Layered | None, schema: type[T], faults: list[str]) -> RuleFile[T] | None:
    if source is None:
        return None
    try:
        return shape(source, schema)
    except ShapeError as error:
        faults.extend(error.faults)
        whole = without(source, error.places, error.extra)
    # What else is wrong is to be told as well, so the sound entries are looked at further.
    try:
        return None if whole is None else shape(whole, schema)
    except RuleError:
        return None


def _signals(sources: Sources, faults: list[str]) -> Mapping[str, SignalDeclaration]:
    try:
        if sources.below is None:
            return load_declarations(sources.root / "signals")
        return declare(_signal_entries(sources.signals))
    except RuleError as error:
        faults.extend(error.faults)
        return {} if sources.below is None else load_declarations(sources.below / "signals")


def _signal_entries(layers: Iterable[Layered]) -> Iterator[tuple[Any, str]]:
    for layered in layers:
        for index, entry in enumerate(layered.data["signals"]):
            written, place = layered.origin(("signals", index))
            yield entry, written.fault(place, "").removesuffix(": ")


def _pack(
    model: Model,
    activities: Sequence[Activity],
    checks: Checks,
    signals: Mapping[str, SignalDeclaration],
    *,
    sources: Sources,
) -> RulePack:
    items = [(item, activity) for activity in activities for item in activity.items]
    facets = [(item, activity) for activity in activities for item in activity.facets]
    return RulePack(
        model=model,
        criteria=tuple(_sorted(_criterion(*item, model) for item in items)),
        facets=tuple(_sorted(_criterion(*item, model) for item in facets)),
        checks=tuple(sorted(map(_check, checks.checks), key=lambda check: (check.level, check.id))),
        signals=signals,
        ladders={item.id: _ladder(item) for item, _ in items + facets},
        sha256=fingerprint(one for one in (sources.below, sources.root) if one is not None),
        rules=sources.rules,
        packs=() if sources.is_shipped else (sources.root,),
    )


def _sorted(criteria: Iterable[Criterion]) -> Iterator[Criterion]:
    yield from sorted(criteria, key=lambda criterion: (criterion.level, criterion.id))


def _ladder(item: Item) -> tuple[Expression, ...]:
    return tuple(parse(step.when) for step in item.grading.values() if step.when is not None)


def _criterion(item: Item, activity: Activity, model: Model) -> Criterion:
    return Criterion(
        id=item.id,
        level=activity.level,
        activity=activity.activity,
        activity_title=activity.title,
        title=item.title,
        criterion=item.criterion,
        why=item.why,
        finos_key=item.finos_key or "",
        observability=item.observability,
        facing=item.facing,
        max_observed_grade=item.max_observed_grade,
        absent_on_public_scan=item.absence.public_scan is Absence.ABSENT,
        absent_on_full_scan=item.absence.full_scan is Absence.ABSENT,
        gate=item.gate,
        not_applicable_to=tuple(
            name for name, profile in model.profiles.items() if item.id in profile.not_applicable
        ),
        signals=tuple(use.id for use in item.signals),
        grading=tuple(_grade(number, item, model) for number in item.grading),
        repository_scope=item.repo_scope.verdict,
        repository_says=item.repo_scope.says,
        remedy=Remedy(action=item.remediation.action, effort=item.remediation.effort),
        references=item.refs,
        facet_of=item.facet_of,
        note=item.note or "",
    )


def _grade(number: int, item: Item, model: Model) -> Grade:
    step = item.grading[number]
    return Grade(
        grade=number,
        name=model.grade_name(number),
        basis="observed" if step.when else "attested",
        when=step.when,
        meaning=step.meaning,
    )


def _check(entry: CheckEntry) -> Check:
    return Check(
        id=entry.id,
        level=entry.level,
        item=entry.item,
        title=entry.title,
        fact=entry.fact,
        applies=entry.applies,
        required=entry.required,
        why=entry.why,
        remedy=Remedy(action=entry.remediation.action, effort=entry.remediation.effort),
    )
