"""Compute every declared signal from the evidence of an estate."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from math import inf

import numpy as np

from osmm_scan.errors import RuleError
from osmm_scan.model import Evidence, Interval, Missing, Signal
from osmm_scan.signals.declarations import (
    FieldDeclaration,
    FieldType,
    Measure,
    SignalDeclaration,
)
from osmm_scan.signals.estate import FORK, Choice, Estate, build_estate
from osmm_scan.signals.measures import MEASURES, OF_SOME, OF_THE_BEST, ORGANISATION, WITHIN
from osmm_scan.signals.samples import take

Populations = Mapping[str, tuple[str, ...]]

_HIGHEST = {
    FieldType.SHARE: 1.0,
    FieldType.FLAG: 1.0,
    FieldType.QUALITY: 3.0,
    FieldType.GRADE: 5.0,
}


def measure_signals(
    evidence: Iterable[Evidence],
    declarations: Mapping[str, SignalDeclaration],
    populations: Populations,
    *,
    repositories: Sequence[str],
    unseen: int = 0,
) -> tuple[Signal, ...]:
    """Return every declared signal over these repositories, sorted by id.

    `populations` maps the name of a denominator to the boolean facts that must all hold. `unseen`
    is how many more repositories may exist that were not looked at.
    """
    facts = {fact for signal in declarations.values() for fact in _facts(signal, populations)}
    facts.add(FORK)
    evidence = tuple(evidence)
    estate = build_estate(evidence, facts, repositories=repositories, unseen=unseen)
    estate = replace(estate, whole=_whole(evidence, declarations.values(), set(repositories)))
    return tuple(_signal(declared, estate, populations) for declared in declarations.values())


def _whole(
    evidence: Iterable[Evidence],
    declarations: Iterable[SignalDeclaration],
    repositories: Collection[str],
) -> Estate:
    """Return the frame of what is known of the organisation as a whole."""
    facts = {
        fact
        for declared in declarations
        for measure in _measures(declared)
        if measure.function == ORGANISATION
        for fact in measure.arguments
    }
    found = [one for one in evidence if one.key in facts and one.subject not in repositories]
    return build_estate(found, facts, repositories=sorted({one.subject for one in found}))


def used_facts(signal: SignalDeclaration) -> tuple[str, ...]:
    """Return the facts that the measures of a signal read, sorted."""
    measures = (declared.measure for declared in signal.fields.values() if declared.measure)
    return tuple(sorted({fact for measure in measures for fact in measure.arguments}))


def members_of(population: Iterable[str], populations: Populations) -> tuple[str, ...]:
    """Return the boolean facts that a repository of this population has."""
    facts = (populations.get(name, (name,)) for name in population)
    return tuple(sorted({fact for group in facts for fact in group}))


def _facts(signal: SignalDeclaration, populations: Populations) -> set[str]:
    return {*used_facts(signal), *members_of(signal.population, populations)}


def _signal(declared: SignalDeclaration, estate: Estate, populations: Populations) -> Signal:
    population = members_of(declared.population, populations)
    if not declared.is_measured:
        return Signal(
            id=declared.id,
            fields=dict.fromkeys(declared.fields),
            missing=Missing.NOT_COLLECTED,
            why=f"not collected: waits for {declared.awaits}",
        )
    if all(measure.function == ORGANISATION for measure in _measures(declared)):
        return _of_organisation(declared, estate)
    sure, possible = estate.members(population)
    columns = [estate.columns[fact] for fact in _telling_facts(declared)]
    is_open = np.zeros(estate.size, dtype=bool)
    for measure in _measures(declared):
        is_open |= _is_open(measure, estate)
    # That no document was found is told by the number of repositories, not by each of them.
    least = 0.0 if _is_about_documents(declared) else -inf
    cited = {one for column in columns for one in column.evidence[possible & (column.high > least)]}
    return Signal(
        id=declared.id,
        fields={name: _field(field, estate, population) for name, field in declared.fields.items()},
        n=int(sure.sum()),
        unknown=int((possible & (~sure | is_open)).sum()),
        evidence=tuple(sorted(one for one in cited if isinstance(one, str))),
    )


def _of_organisation(declared: SignalDeclaration, estate: Estate) -> Signal:
    """Return a signal that speaks of the organisation itself, not of its repositories."""
    whole = estate.whole
    if whole is None or not whole.size:
        return Signal(
            id=declared.id,
            fields=dict.fromkeys(declared.fields),
            missing=Missing.NOT_COLLECTED,
            why="only the host of an organisation shows it",
        )
    columns = [whole.columns[fact] for fact in used_facts(declared)]
    # Evidence kept by an older version may lack a fact.
    cited = [one for one in (column.evidence[0] for column in columns) if isinstance(one, str)]
    return Signal(
        id=declared.id,
        fields={name: _field(field, estate, ()) for name, field in declared.fields.items()},
        n=1,
        unknown=int(any(column.low[0] != column.high[0] for column in columns)),
        evidence=tuple(sorted(cited)),
    )


def _measures(declared: SignalDeclaration) -> list[Measure]:
    return [field.measure for field in declared.fields.values() if field.measure]


def _telling_facts(declared: SignalDeclaration) -> list[str]:
    """Return the facts that tell whether a repository was understood, sorted."""
    return sorted({fact for measure in _measures(declared) for fact in _telling(measure)})


def _telling(measure: Measure) -> tuple[str, ...]:
    # A document that does not exist has no age, and that leaves nothing open.
    return measure.arguments[:1] if measure.function in OF_THE_BEST else measure.arguments


def _is_open(measure: Measure, estate: Estate) -> Choice:
    """Tell for which repositories this measure does not know all that it reads."""
    columns = [estate.columns[fact] for fact in _telling(measure)]
    is_open = np.zeros(estate.size, dtype=bool)
    for column in columns:
        is_open |= column.low != column.high
    if measure.function in OF_SOME:
        is_open &= columns[1].high >= 1
    return is_open


def _is_about_documents(declared: SignalDeclaration) -> bool:
    return any(measure.function in OF_THE_BEST for measure in _measures(declared))


def _field(
    declared: FieldDeclaration, estate: Estate, population: tuple[str, ...]
) -> Interval | None:
    if declared.measure is None:
        return None
    highest = _HIGHEST.get(declared.type, inf)
    value = _call(declared.measure, estate, population, highest)
    return value and Interval(min(value.low, highest), min(value.high, highest))


def _call(
    measure: Measure, estate: Estate, population: tuple[str, ...], highest: float
) -> Interval | None:
    if measure.function == ORGANISATION:
        (fact,) = measure.arguments
        return (
            None if estate.whole is None else MEASURES["max"](take(estate.whole, (), fact, highest))
        )
    function = MEASURES.get(measure.function)
    if function is None:
        known = ", ".join(sorted(MEASURES))
        raise RuleError(f"unknown measure {measure.function!r}; there are {known}")
    limit = highest if measure.function in WITHIN else inf
    # The size of a population needs no fact; any column has its rows.
    facts = measure.arguments or (next(iter(estate.columns)),)
    return function(*(take(estate, population, fact, limit) for fact in facts))
