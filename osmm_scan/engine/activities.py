"""Sum up the grades of each activity."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from osmm_scan.verdicts import ActivityVerdict, Finding, State

_LEFT_OUT = frozenset({State.NOT_APPLICABLE, State.WAIVED})


def sum_up_activities(findings: Iterable[Finding]) -> tuple[ActivityVerdict, ...]:
    """Return the mean of the known grades of each activity, by level and id.

    Items that do not apply or are waived count neither way; an activity of such items alone has
    no mean.
    """
    ordered = sorted(findings, key=_activity)
    return tuple(_verdict(list(group)) for _, group in groupby(ordered, key=_activity))


def _activity(finding: Finding) -> tuple[int, str]:
    return finding.criterion.level, finding.criterion.activity


def _verdict(findings: list[Finding]) -> ActivityVerdict:
    criterion = findings[0].criterion
    applicable = [one for one in findings if one.state not in _LEFT_OUT]
    grades = [one.grade for one in applicable if one.grade is not None]
    return ActivityVerdict(
        id=criterion.activity,
        level=criterion.level,
        title=criterion.activity_title,
        mean=sum(grades) / len(grades) if grades else None,
        coverage=len(grades) / len(applicable) if applicable else 0.0,
    )
