"""Say in words what a level lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import floor

from osmm_scan.engine.levels import LevelState
from osmm_scan.engine.schemas import Model
from osmm_scan.verdicts import Status


def shortfalls(state: LevelState, model: Model, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Return everything that keeps a level from being attained; `titles` name items by id."""
    if state.status is Status.NOT_ASSESSABLE:
        return ("too few of its items apply to the profile and are not waived",)
    return (
        *_gates(state, model, titles),
        *_shares(state, model),
        *_weak(state, model, titles),
        *_waived(state, titles),
    )


def _gates(state: LevelState, model: Model, titles: Mapping[str, str]) -> Iterator[str]:
    gates = state.tally.gates
    wanted = model.grade_name(model.combination.gates.grade)
    if gates.blocking:
        yield f"{_names(gates.blocking, titles)} below {wanted}"
    if gates.soft:
        yield f"{_names(gates.soft, titles)} not yet {wanted}"
    if gates.unknown:
        yield f"{_names(gates.unknown, titles)} unknown"


def _shares(state: LevelState, model: Model) -> Iterator[str]:
    terms, shares = model.combination, state.tally.shares
    bar = terms.levels[state.level]
    if shares.conclusive < terms.conclusive_weight.attained:
        needed = _percent(terms.conclusive_weight.attained)
        yield f"{_percent(shares.conclusive)} of it conclusive (needs {needed})"
    for share, least, grade in (
        (shares.p2, bar.p2, terms.standing_grade),
        (shares.p3, bar.p3_attained, terms.defined_grade),
    ):
        if share is not None and share < least:
            name = model.grade_name(grade)
            yield f"{_percent(share)} of what is conclusive {name} (needs {_percent(least)})"


def _weak(state: LevelState, model: Model, titles: Mapping[str, str]) -> Iterator[str]:
    if len(state.tally.weak) > model.combination.weak_activity.allowed:
        yield f"{_names(state.tally.weak, titles)} weak"


def _waived(state: LevelState, titles: Mapping[str, str]) -> Iterator[str]:
    if state.tally.waived:
        yield f"{_names(state.tally.waived, titles)} waived"


def _names(identities: Iterable[str], titles: Mapping[str, str]) -> str:
    return ", ".join(titles.get(identity, identity) for identity in identities)


def _percent(share: float) -> str:
    # Rounded down, so that nothing seems to reach what it misses.
    return f"{floor(round(100 * share, 6))} %"
