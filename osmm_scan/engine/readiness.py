"""Judge whether one repository does its part for a level, from its facts and the checks of a pack.

A check that cannot be decided counts as not met for the level that is proved, and as met for the
level that is possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from osmm_scan.engine.rules import RulePack
from osmm_scan.engine.schemas import Model
from osmm_scan.model import Evidence
from osmm_scan.verdicts import Check, CheckFinding, Readiness, Result, Status, Verdict

Facts = Mapping[str, Evidence]
Checks = Sequence[CheckFinding]

PROVED = frozenset({Result.MET})
LEFT_OUT = frozenset({Result.NOT_APPLICABLE, Result.WAIVED})

_WORDS = {Result.UNMET: "not met", Result.UNKNOWN: "unknown"}
_MOST_TOLD = 4


def judge_readiness(pack: RulePack, repository: str, evidence: Iterable[Evidence]) -> Readiness:
    """Return the readiness of one repository from its own evidence."""
    facts = {item.key: item for item in evidence if item.subject == repository}
    return sum_up_checks(pack, repository, tuple(_judge(check, facts) for check in pack.checks))


def sum_up_checks(pack: RulePack, repository: str, checks: tuple[CheckFinding, ...]) -> Readiness:
    """Return the readiness of a repository of which every check is judged."""
    return Readiness(
        repository=repository,
        level=_level(checks, pack.model, PROVED),
        possible=_level(checks, pack.model, PROVED | {Result.UNKNOWN}),
        checks=checks,
    )


def readiness_verdict(pack: RulePack, readiness: Readiness) -> Verdict:
    """Return the headline of a repository."""
    model, level, checks = pack.model, readiness.level, readiness.checks
    known = [one for one in checks if one.result in (Result.MET, Result.UNMET)]
    unknown = [one for one in checks if one.result is Result.UNKNOWN]
    coverage = len(known) / (len(known) + len(unknown)) if known else 0.0
    alone = [one for one in model.readiness.levels if _is_reached(one, checks, model, PROVED)]
    return Verdict(
        level=level,
        name=_name(model, level),
        status=_status(readiness),
        possible=readiness.possible,
        reach=max(alone, default=0),
        coverage=coverage,
        # A fact of one repository was either read or not; nothing is estimated.
        confidence=coverage,
        because=_because(model, readiness),
    )


def _name(model: Model, level: int) -> str:
    if level == 0:
        return f"Not ready for level {model.readiness.levels[0]}"
    name = model.level_name(level)
    return f"Ready for level {level}: {name[0].lower()}{name[1:]}"


def _status(readiness: Readiness) -> Status:
    if readiness.level > 0:
        return Status.ATTAINED
    if readiness.possible > 0:
        return Status.INSUFFICIENT_EVIDENCE
    is_begun = any(one.result is Result.MET for one in readiness.checks)
    return Status.IN_PROGRESS if is_begun else Status.NOT_STARTED


def _because(model: Model, readiness: Readiness) -> str:
    waived = sum(one.result is Result.WAIVED for one in readiness.checks)
    told = _standing(model, readiness)
    return f"{told}; left out by waivers: {waived}" if waived else told


def _standing(model: Model, readiness: Readiness) -> str:
    above = [level for level in model.readiness.levels if level > readiness.level]
    if not above:
        return "every level that one repository can show is reached"
    asked = asked_at(above[0], readiness.checks)
    if not asked:
        return f"nothing that level {above[0]} asks applies here"
    met = sum(one.result is Result.MET for one in asked)
    lacking = sorted(
        (one for one in asked if one.result is not Result.MET),
        key=lambda one: (not one.check.required, one.check.id),
    )
    told = [f"{one.check.title} ({_WORDS[one.result]})" for one in lacking[:_MOST_TOLD]]
    if len(lacking) > _MOST_TOLD:
        told.append(f"and {len(lacking) - _MOST_TOLD} more")
    return f"level {above[0]} has {met} of {len(asked)} checks met, lacking: {'; '.join(told)}"


def _judge(check: Check, facts: Facts) -> CheckFinding:
    conditions = [facts.get(name) for name in check.applies]
    refusing = [one for one in conditions if one is not None and one.value is False]
    if refusing:
        because = f"does not apply here: {refusing[0].key} is not so"
        return _finding(check, Result.NOT_APPLICABLE, because, refusing)
    for name, condition in zip(check.applies, conditions, strict=True):
        if condition is None or condition.value is not True:
            because = f"whether it applies is unknown: {_why(name, condition)}"
            return _finding(check, Result.UNKNOWN, because, [condition])
    fact = facts.get(check.fact)
    if fact is None or not isinstance(fact.value, bool):
        return _finding(check, Result.UNKNOWN, _why(check.fact, fact), [fact])
    place = f" in {fact.source.path}" if fact.source.path else ""
    if fact.value:
        return _finding(check, Result.MET, f"seen{place}", [fact])
    return _finding(check, Result.UNMET, f"looked{place} and found that it is not so", [fact])


def _finding(
    check: Check, result: Result, because: str, evidence: Sequence[Evidence | None]
) -> CheckFinding:
    ids = tuple(item.id for item in evidence if item is not None)
    return CheckFinding(check=check, result=result, because=because, evidence=ids)


def _why(name: str, fact: Evidence | None) -> str:
    if fact is None:
        return f"{name} was not collected"
    return fact.why or f"{name} is neither yes nor no"


def _level(checks: Checks, model: Model, counts_as_met: frozenset[Result]) -> int:
    """Return the highest level for which it and every level below are reached."""
    reached = 0
    for level in model.readiness.levels:
        if not _is_reached(level, checks, model, counts_as_met):
            break
        reached = level
    return reached


def _is_reached(level: int, checks: Checks, model: Model, counts_as_met: frozenset[Result]) -> bool:
    asked, terms = asked_at(level, checks), model.readiness
    met = [one for one in asked if one.result in counts_as_met]
    has_required = all(one in met for one in asked if one.check.required)
    # Where nothing applies, nothing was shown.
    return bool(asked) and has_required and len(met) * terms.of >= len(asked) * terms.met


def asked_at(level: int, checks: Checks) -> list[CheckFinding]:
    """Return the checks of a level that apply and are not waived."""
    return [one for one in checks if one.check.level == level and one.result not in LEFT_OUT]
