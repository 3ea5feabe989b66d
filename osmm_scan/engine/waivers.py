"""Leave out what an organisation has decided not to count, visibly and until a day.

See docs/decisions/0006-statements.md: a waiver never makes a yes of a no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase

from osmm_scan.engine.grades import Grader
from osmm_scan.engine.readiness import sum_up_checks
from osmm_scan.engine.rules import RulePack
from osmm_scan.engine.vocabulary import nearest
from osmm_scan.errors import UsageError
from osmm_scan.model import Value
from osmm_scan.settings import Waiver
from osmm_scan.verdicts import CheckFinding, Effect, Finding, Readiness, Result, State

EVERYWHERE = "*"

Entry = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What waivers made of a judgement, and what each of them did."""

    findings: tuple[Finding, ...]
    readiness: tuple[Readiness, ...]
    waivers: tuple[Entry, ...]


def waiver_fault(waiver: Waiver, pack: RulePack) -> str | None:
    """Return what is wrong with a waiver by the rules of a pack, None when nothing is."""
    checks = {check.id for check in pack.checks}
    of_the_estate = {*pack.signals, *(criterion.id for criterion in pack.criteria)}
    if waiver.what not in checks | of_the_estate:
        hint = nearest(waiver.what, checks | of_the_estate)
        return f"{waiver.what!r} is no item, signal or check{hint}"
    if waiver.what in of_the_estate and waiver.scope != EVERYWHERE:
        return (
            f"{waiver.what} is about the whole estate, so its scope is {EVERYWHERE!r}; "
            "waive a readiness check to exempt single repositories"
        )
    return None


def apply_waivers(
    grader: Grader,
    findings: Sequence[Finding],
    readiness: Sequence[Readiness],
    waivers: Iterable[Waiver],
    *,
    as_of: date,
) -> Ruling:
    """Return the judgement with what valid waivers cover left out of it."""
    ordered = sorted(set(waivers), key=_order)
    for waiver in ordered:
        fault = waiver_fault(waiver, grader.pack)
        if fault:
            raise UsageError(f"waiver: {fault}")
    valid = [waiver for waiver in ordered if waiver.expires >= as_of]
    covers: dict[Waiver, list[str]] = {waiver: [] for waiver in ordered}
    after = tuple(_item(finding, grader, valid, covers) for finding in findings)
    ready = tuple(_repository(one, grader.pack, valid, covers) for one in readiness)
    told = tuple(_told(waiver, covers[waiver], as_of) for waiver in ordered)
    return Ruling(findings=after, readiness=ready, waivers=told)


def _order(waiver: Waiver) -> tuple[str, str, date, str, str]:
    return waiver.what, waiver.scope, waiver.expires, waiver.owner, waiver.reason


def _item(
    finding: Finding, grader: Grader, valid: Iterable[Waiver], covers: Mapping[Waiver, list[str]]
) -> Finding:
    """Return an item that stands in the way, left out where a waiver says so."""
    standing = grader.pack.model.combination.standing_grade
    is_passed = finding.grade is not None and finding.grade >= standing
    if is_passed or finding.state is State.NOT_APPLICABLE:
        return finding
    identity = finding.criterion.id
    names = {identity, *grader.holding_back(finding.criterion, finding.grade)}
    covering = [waiver for waiver in valid if waiver.what in names]
    for waiver in covering:
        covers[waiver].append(identity)
    if not covering:
        return finding
    because = f"{_waived(covering[0])}; otherwise: {finding.because}"
    return replace(finding, state=State.WAIVED, because=because)


def _repository(
    readiness: Readiness,
    pack: RulePack,
    valid: Iterable[Waiver],
    covers: Mapping[Waiver, list[str]],
) -> Readiness:
    here = [waiver for waiver in valid if fnmatchcase(readiness.repository, waiver.scope)]
    checks = tuple(_check(one, readiness.repository, here, covers) for one in readiness.checks)
    return sum_up_checks(pack, readiness.repository, checks)


def _check(
    finding: CheckFinding,
    repository: str,
    here: Iterable[Waiver],
    covers: Mapping[Waiver, list[str]],
) -> CheckFinding:
    covering = [waiver for waiver in here if waiver.what == finding.check.id]
    if not covering or finding.result not in (Result.UNMET, Result.UNKNOWN):
        return finding
    for waiver in covering:
        covers[waiver].append(f"{repository}: {finding.check.id}")
    because = f"{_waived(covering[0])}; otherwise: {finding.because}"
    return replace(finding, result=Result.WAIVED, because=because)


def _waived(waiver: Waiver) -> str:
    reason = waiver.reason.rstrip(". ")
    return f"waived until {waiver.expires} by the role {waiver.owner!r}: {reason}"


def _told(waiver: Waiver, covered: Iterable[str], as_of: date) -> Entry:
    """Return a waiver as reports show it."""
    covers = tuple(sorted(covered))
    if waiver.expires < as_of:
        effect, why = Effect.EXPIRED, f"has expired on {waiver.expires}, so it counts no more"
    elif covers:
        effect, why = Effect.COUNTED, f"left out: {len(covers)}"
    else:
        effect, why = Effect.NOT_NEEDED, "covers nothing that would fail"
    return {
        "what": waiver.what,
        "scope": waiver.scope,
        "reason": waiver.reason,
        "owner": waiver.owner,
        "expires": waiver.expires.isoformat(),
        "effect": str(effect),
        "why": why,
        "covers": covers,
    }
