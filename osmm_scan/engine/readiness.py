"""Judge whether one repository does its part for a level, from its facts and the checks of a pack.

A check that cannot be decided counts as not met for the level that is proved, and as met for the
level that is possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from osmm_scan.engine.rules import RulePack
from osmm_scan.engine.schemas import ReadinessTerms
from osmm_scan.model import Check, CheckFinding, Evidence, Readiness, Result

Facts = Mapping[str, Evidence]


def judge_readiness(pack: RulePack, repository: str, evidence: Iterable[Evidence]) -> Readiness:
    """Return the readiness of one repository from its own evidence."""
    facts = {item.key: item for item in evidence if item.subject == repository}
    checks = tuple(_judge(check, facts) for check in pack.checks)
    terms = pack.model.readiness
    return Readiness(
        repository=repository,
        level=_level(checks, terms, {Result.MET}),
        possible=_level(checks, terms, {Result.MET, Result.UNKNOWN}),
        checks=checks,
    )


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


def _level(
    checks: Sequence[CheckFinding], terms: ReadinessTerms, counts_as_met: set[Result]
) -> int:
    """Return the highest level for which it and every level below are reached."""
    reached = 0
    for level in terms.levels:
        own = [one for one in checks if one.check.level == level]
        asked = [one for one in own if one.result is not Result.NOT_APPLICABLE]
        met = [one for one in asked if one.result in counts_as_met]
        has_required = all(one in met for one in asked if one.check.required)
        if not has_required or len(met) * terms.of < len(asked) * terms.met:
            break
        reached = level
    return reached
