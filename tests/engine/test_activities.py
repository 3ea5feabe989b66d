"""Grades summed up by activity."""

from __future__ import annotations

from dataclasses import replace

from osmm_scan.engine.activities import sum_up_activities
from osmm_scan.engine.rules import RulePack
from osmm_scan.verdicts import ActivityVerdict, Finding, State


def _finding(pack: RulePack, place: str, grade: int | None, state: State) -> Finding:
    level, activity, identity = place.split(".")
    criterion = replace(
        pack.criteria[0],
        id=identity,
        level=int(level),
        activity=activity,
        activity_title=activity.upper(),
    )
    return Finding(criterion=criterion, grade=grade, possible=5, state=state, because="")


def test_activities_are_means_of_what_is_known(pack: RulePack) -> None:
    findings = [
        _finding(pack, "2.a.x", 1, State.OBSERVED),
        _finding(pack, "1.b.x", 0, State.ABSENT),
        _finding(pack, "2.a.y", 4, State.ATTESTED),
        _finding(pack, "2.a.z", None, State.UNKNOWN),
        _finding(pack, "2.a.w", None, State.NOT_APPLICABLE),
        _finding(pack, "1.c.x", None, State.UNKNOWN),
        _finding(pack, "1.d.x", None, State.NOT_APPLICABLE),
    ]

    assert sum_up_activities(findings) == (
        ActivityVerdict(id="b", level=1, title="B", mean=0, coverage=1),
        ActivityVerdict(id="c", level=1, title="C", mean=None, coverage=0),
        ActivityVerdict(id="d", level=1, title="D", mean=None, coverage=0),
        ActivityVerdict(id="a", level=2, title="A", mean=2.5, coverage=2 / 3),
    )
