"""Plan what repositories need: which of them hold a share back, and what makes them ready."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from math import ceil, floor
from typing import TypeAlias

from osmm_scan.engine.plan_nouns import WEIGHTS, CheckAction, RepositoryPlan, Want
from osmm_scan.engine.readiness import PROVED, asked_at
from osmm_scan.engine.rules import RulePack
from osmm_scan.engine.schemas import Model
from osmm_scan.model import Bundle, Interval, Signal, Value
from osmm_scan.signals.declarations import FieldDeclaration
from osmm_scan.signals.measuring import members_of
from osmm_scan.verdicts import Check, CheckFinding, Readiness, Result

_BY_REPOSITORY = frozenset({"share", "count", "any"})

Facts: TypeAlias = "Mapping[str, Mapping[str, Value | None]]"


def known_facts(bundle: Bundle) -> Facts:
    """Return what is known of each repository, by fact."""
    facts: dict[str, dict[str, Value | None]] = {name: {} for name in sorted(bundle.repositories)}
    for item in bundle.evidence:
        if item.subject in facts:
            facts[item.subject][item.key] = item.value
    return facts


def with_repositories(
    want: Want, change: Interval | None, signal: Signal, *, facts: Facts, pack: RulePack
) -> Want:
    """Return a want with the repositories that hold it back and how many of them have to change."""
    declared = pack.signals[want.signal]
    field = declared.fields[want.field]
    population = members_of(declared.population, pack.model.populations)
    lacking = tuple(_lacking(field, population, facts))
    if not lacking or change is None:
        return want
    number = _how_many(field, change, signal, want.field)
    return replace(want, repositories=lacking, how_many=max(1, min(number, len(lacking))))


def _lacking(field: FieldDeclaration, population: Iterable[str], facts: Facts) -> Iterator[str]:
    measure = field.measure
    if measure is None or measure.function not in _BY_REPOSITORY:
        return
    [fact] = measure.arguments
    members = tuple(population)
    for name, known in facts.items():
        if known.get(fact) is False and all(known.get(one) is True for one in members):
            yield name


def _how_many(field: FieldDeclaration, change: Interval, signal: Signal, name: str) -> int:
    now = signal.fields.get(name)
    low = 0.0 if now is None else now.low
    if field.measure is not None and field.measure.function == "share":
        return ceil(round(change.low * signal.n, 6)) - floor(round(low * signal.n, 6))
    return ceil(change.low) - floor(low)


def plan_repositories(
    model: Model, readiness: Iterable[Readiness], facts: Facts, target: int
) -> RepositoryPlan:
    """Return the fewest checks, by effort, that make each repository ready for a level.

    Archived repositories are left as they are.
    """
    level = max((one for one in model.readiness.levels if one <= target), default=0)
    plans: dict[str, tuple[CheckFinding, ...] | None] = {}
    left_out: list[str] = []
    for one in readiness:
        if facts.get(one.repository, {}).get("repository.archived") is True:
            left_out.append(one.repository)
        else:
            plans[one.repository] = cheapest_checks(model, one.checks, level)
    return RepositoryPlan(
        level=level,
        actions=tuple(_actions(plans)),
        ready=tuple(name for name, plan in plans.items() if plan == ()),
        out_of_reach=tuple(name for name, plan in plans.items() if plan is None),
        left_out=tuple(left_out),
    )


def cheapest_checks(
    model: Model, checks: tuple[CheckFinding, ...], target: int
) -> tuple[CheckFinding, ...] | None:
    """Return the checks to meet for a level, None when no check would do.

    Each check counts the same, so the required ones and then the cheapest are the best choice.
    """
    chosen: list[CheckFinding] = []
    for level in (one for one in model.readiness.levels if one <= target):
        asked = asked_at(level, checks)
        if not asked:
            return None
        open_ = sorted((one for one in asked if one.result not in PROVED), key=_order)
        must = [one for one in open_ if one.check.required]
        needed = ceil(len(asked) * model.readiness.met / model.readiness.of)
        lacking = needed - (len(asked) - len(open_)) - len(must)
        free = [one for one in open_ if not one.check.required]
        chosen += must + free[: max(0, lacking)]
    return tuple(chosen)


def once_met(
    checks: Iterable[CheckFinding], chosen: Iterable[CheckFinding]
) -> tuple[CheckFinding, ...]:
    """Return checks as they are once some of them are met."""
    met = {one.check.id for one in chosen}
    return tuple(replace(one, result=Result.MET) if one.check.id in met else one for one in checks)


def _order(one: CheckFinding) -> tuple[int, str]:
    weight = WEIGHTS[one.check.remedy.effort]
    return weight if one.result is Result.UNMET else weight // 2, one.check.id


def _actions(plans: Mapping[str, tuple[CheckFinding, ...] | None]) -> Iterator[CheckAction]:
    wanted: dict[str, tuple[Check, list[str], list[str]]] = {}
    for name, plan in plans.items():
        for one in plan or ():
            _, do_in, look_in = wanted.setdefault(one.check.id, (one.check, [], []))
            (do_in if one.result is Result.UNMET else look_in).append(name)
    for check, do_in, look_in in sorted(
        wanted.values(), key=lambda one: (one[0].level, not one[0].required, one[0].id)
    ):
        yield CheckAction(check=check, do_in=tuple(do_in), look_in=tuple(look_in))
