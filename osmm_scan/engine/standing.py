"""What one scan proved, in few words, and whether a later one surely or possibly proves less."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from osmm_scan.model import TargetKind
from osmm_scan.verdicts import Assessment, Result, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a target stood: its level, and by item the grade that was proved and is possible.

    For a repository the results of its readiness checks stand in place of items, because the items
    are about its organisation.
    """

    kind: str
    target: str
    rules_sha256: str
    profile: str
    visibility: str
    window_days: int
    as_of: date
    level: int | None
    possible: int
    items: Mapping[str, tuple[int | None, int]]
    checks: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """In what a standing is worse than an earlier one: `worse` surely, `unsure` possibly."""

    worse: tuple[str, ...]
    unsure: tuple[str, ...]


def standing(assessment: Assessment) -> Standing:
    """Return where an assessment says that its target stands."""
    is_repository = assessment.target.kind is TargetKind.REPOSITORY
    return Standing(
        kind=assessment.target.kind,
        target=assessment.target.name,
        rules_sha256=assessment.rules_sha256,
        profile=assessment.profile,
        visibility=assessment.visibility,
        window_days=assessment.window_days,
        as_of=assessment.as_of,
        level=assessment.verdict.level,
        possible=assessment.verdict.possible,
        items={} if is_repository else _items(assessment),
        checks=_checks(assessment) if is_repository else {},
    )


def incomparable(before: Standing, now: Standing) -> str:
    """Return why two standings say nothing about each other, an empty text when they do."""
    for what in ("kind", "target", "profile", "visibility", "window_days"):
        old, new = getattr(before, what), getattr(now, what)
        if old != new:
            return f"it has another {what.replace('_', ' ')}: {old}, not {new}"
    if before.rules_sha256 != now.rules_sha256:
        return "it was judged by other rules"
    return ""


def decline(before: Standing, now: Standing) -> Decline:
    """Return in what a standing is worse. What was not proved before cannot be lost."""
    losses = [*_level(before, now), *_grades(before, now), *_results(before, now)]
    return Decline(
        worse=tuple(text for sure, text in losses if sure),
        unsure=tuple(text for sure, text in losses if not sure),
    )


def _items(assessment: Assessment) -> dict[str, tuple[int | None, int]]:
    return {
        finding.criterion.id: (finding.grade, finding.possible)
        for finding in assessment.items
        if finding.state is not State.NOT_APPLICABLE
    }


def _checks(assessment: Assessment) -> dict[str, str]:
    return {
        finding.check.id: finding.result
        for readiness in assessment.readiness
        if readiness.repository == assessment.target.name
        for finding in readiness.checks
    }


def _level(before: Standing, now: Standing) -> Iterator[tuple[bool, str]]:
    had, has = before.level or 0, now.level or 0
    if has < had:
        yield _lost("level", had, has, now.possible)


def _grades(before: Standing, now: Standing) -> Iterator[tuple[bool, str]]:
    for item, (had, _) in sorted(before.items.items()):
        if had is None or item not in now.items:
            continue
        has, possible = now.items[item]
        if (has or 0) < had:
            yield _lost(item, had, has, possible)


def _lost(what: str, had: int, has: int | None, possible: int) -> tuple[bool, str]:
    if possible < had:
        return True, f"{what} was {had}, now at most {possible}"
    proved = "not known" if has is None else f"{has} proved"
    return False, f"{what} was {had}, now {proved} and {possible} possible"


def _results(before: Standing, now: Standing) -> Iterator[tuple[bool, str]]:
    for check, result in sorted(before.checks.items()):
        if result != Result.MET:
            continue
        match now.checks.get(check):
            case Result.UNMET:
                yield True, f"{check} was met, now it is not"
            case Result.UNKNOWN:
                yield False, f"{check} was met, now it is not known"
