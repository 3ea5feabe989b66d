"""Say where an organisation's pack asks for facts and measures that nothing provides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from inspect import Parameter, signature
from pathlib import Path

from osmm_scan.engine.pack_sources import Sources
from osmm_scan.engine.rule_files import Layered, Location
from osmm_scan.engine.schemas import Model
from osmm_scan.engine.vocabulary import nearest
from osmm_scan.errors import RuleError
from osmm_scan.signals.declarations import Measure, SignalDeclaration

# What is known of every document, and of those that are told by their form.
DOCUMENT_PARTS = ("present", "quality", "age_days")
FORM_PARTS: Mapping[str, tuple[str, ...]] = {
    "people": ("people",),
    "radar": ("entries", "hold_count"),
}

SIGNAL_KEYS = {one.name for one in fields(SignalDeclaration)} - {"references"} | {"refs"}


def known_facts(packs: tuple[Path, ...] = ()) -> frozenset[str]:
    """Return every fact that collectors yield, with what some packs teach them to recognise."""
    from osmm_scan.collectors.documents.rubrics import load_rubrics

    documents = (
        f"document.{name}.{part}"
        for name, rubric in load_rubrics(packs).classes.items()
        for part in (
            *DOCUMENT_PARTS,
            *rubric.fields,
            *FORM_PARTS.get(rubric.form, ()),
        )
    )
    return _yielded().union(documents)


@cache
def _yielded() -> frozenset[str]:
    from osmm_scan.collectors import collectors
    from osmm_scan.collectors.organisation import ORGANISATION_FACTS

    facts = (fact for one in collectors() for fact in one.facts)
    return frozenset({*facts, *ORGANISATION_FACTS})


def wiring_faults(
    sources: Sources, model: Model, signals: Mapping[str, SignalDeclaration]
) -> Iterator[str]:
    """Yield every fact and measure that nothing provides, with the nearest known name.

    What recognises practices and documents is read, too, and its faults are among the others.
    """
    faults = tuple(recognition_faults(sources.root))
    yield from faults
    teaches = not faults and _recognises(sources.root)
    facts = known_facts((sources.root,) if teaches else ())
    yield from _signal_faults(sources.signals, facts, signals)
    if sources.checks is not None:
        yield from _check_faults(sources.checks, facts)
    if sources.model is not None:
        for name, denominator in model.denominators.items():
            for place, fact in enumerate(denominator.all):
                for problem in _unknown(fact, facts):
                    yield _told(sources.model, ("denominators", name, "all", place), problem)


def _signal_faults(
    layers: Iterable[Layered],
    facts: frozenset[str],
    signals: Mapping[str, SignalDeclaration],
) -> Iterator[str]:
    for layered in layers:
        for index, entry in enumerate(layered.data["signals"]):
            for name in sorted(entry.keys() - SIGNAL_KEYS):
                yield _told(
                    layered,
                    ("signals", index, name),
                    f"unknown key {name!r}{nearest(name, SIGNAL_KEYS)}",
                )
            declared = signals.get(entry.get("id"))
            if declared is None:
                continue
            for location, problem in _signal_problems(declared, facts):
                yield _told(layered, ("signals", index, *location), problem)


def _check_faults(layered: Layered, facts: frozenset[str]) -> Iterator[str]:
    for index, check in enumerate(layered.data["checks"]):
        named: list[tuple[Location, object]] = [(("fact",), check.get("fact"))]
        applies = check.get("applies")
        if isinstance(applies, list):
            named += [(("applies", place), fact) for place, fact in enumerate(applies)]
        for location, fact in named:
            for problem in _unknown(fact, facts) if isinstance(fact, str) else ():
                yield _told(layered, ("checks", index, *location), problem)


def recognition_faults(root: Path) -> Iterator[str]:
    """Yield what is wrong with the recognisers and the document rubrics of a pack."""
    if not _recognises(root):
        return
    from osmm_scan.collectors.documents.rubrics import load_rubrics
    from osmm_scan.collectors.studies.workflows.recognisers import load_recognisers

    for load in (load_recognisers, load_rubrics):
        try:
            load((root,))
        except RuleError as error:
            yield from error.faults
    practices = load_recognisers().practices
    for path in sorted((root / "recognisers").glob("*.yaml")):
        if path.stem not in practices:
            hint = nearest(path.stem, practices)
            yield f"{path}:1:1: {path.stem!r} is no practice that anything asks for{hint}"


def _recognises(root: Path) -> bool:
    return any((root / folder).is_dir() for folder in ("recognisers", "documents"))


def _signal_problems(
    declared: SignalDeclaration, facts: frozenset[str]
) -> Iterator[tuple[Location, str]]:
    for place, name in enumerate(declared.population):
        # Without a point it names a denominator, which the pack as a whole is checked for.
        if "." in name:
            for problem in _unknown(name, facts):
                yield ("population", place), problem
    for name, field in declared.fields.items():
        if field.measure is not None:
            for problem in _measure_problems(field.measure, facts):
                yield ("fields", name, "measure"), problem


def _measure_problems(measure: Measure, facts: frozenset[str]) -> Iterator[str]:
    from osmm_scan.signals.measures import MEASURES

    if measure.function not in MEASURES:
        yield f"unknown measure {measure.function!r}{nearest(measure.function, MEASURES)}"
        return
    # The size of a population needs no fact, every other measure one for each sample it takes.
    samples = signature(MEASURES[measure.function]).parameters.values()
    wanted = len(samples) - (measure.function == "size")
    if any(sample.kind is Parameter.VAR_POSITIONAL for sample in samples):
        wanted = max(wanted, len(measure.arguments))
    if len(measure.arguments) != wanted:
        yield f"{measure} needs {wanted} facts"
    for fact in measure.arguments:
        yield from _unknown(fact, facts)


def _unknown(fact: str, known: Iterable[str]) -> Iterator[str]:
    if fact not in known:
        yield f"no collector yields {fact!r}{nearest(fact, known)}"


def _told(layered: Layered, location: Location, problem: str) -> str:
    written, place = layered.origin(location)
    return written.fault(place, problem)
