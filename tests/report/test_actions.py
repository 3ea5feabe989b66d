"""The first actions are those without which the next level cannot stand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from osmm_scan.report import Options
from osmm_scan.report.document import document
from osmm_scan.report.view.actions import Action, actions
from osmm_scan.verdicts import Access, Result, State
from tests.report import sample

GATE = "l2.software-inventory.tracking"
UNSEEN = "l3.public-development.contribution"


def _actions(assessment: Any) -> tuple[Action, ...]:
    return actions(document(assessment, Options()))


def _only(*judged: tuple[str, int | None, State]) -> Any:
    usual = sample.organisation()
    items = {one.criterion.id: one for one in usual.items}
    kept = tuple(replace(items[item], grade=grade, state=state) for item, grade, state in judged)
    return replace(usual, items=kept)


@pytest.mark.parametrize(
    ("item", "grade", "state"),
    [
        pytest.param("l1.using.use", 3, State.OBSERVED, id="good enough to confirm a level"),
        pytest.param("l4.maintaining.maintainer", 1, State.OBSERVED, id="beyond the next level"),
        pytest.param("l1.managing.cost-savings", 2, State.ATTESTED, id="at the most it can show"),
        pytest.param("l1.using.procurement", None, State.UNKNOWN, id="unknown and no gate"),
        pytest.param("l1.using.use", None, State.NOT_APPLICABLE, id="left out by the profile"),
    ],
)
def test_nothing_is_asked_that_gains_nothing(item, grade, state):
    assert _actions(_only((item, grade, state))) == ()


def test_gates_come_first():
    first, *rest = _actions(
        _only(
            ("l1.using.preferring-open-source", 0, State.ABSENT),
            (GATE, 1, State.OBSERVED),
        )
    )

    assert (first.id, first.label) == (GATE, "gate")
    assert [one.label for one in rest] == [""]


def test_what_gains_more_for_less_effort_comes_first():
    ids = [
        one.id
        for one in _actions(
            _only(
                ("l1.using.preferring-open-source", 2, State.OBSERVED),  # small effort, one grade
                ("l1.using.process-efficiency", 0, State.ABSENT),  # medium effort, three grades
            )
        )
    ]

    assert ids == ["l1.using.process-efficiency", "l1.using.preferring-open-source"]


@pytest.mark.parametrize(
    ("access", "reason"),
    [
        pytest.param(
            sample.organisation().access,
            "unknown, may be done already; what would show it: a token of a member with read:org",
            id="a token would show it",
        ),
        pytest.param(
            Access(token="none"),
            "unknown, may be done already: people are only visible to a member token",
            id="nothing is known to show it",
        ),
    ],
)
def test_a_gate_that_nobody_saw_may_be_done_already(access, reason):
    (action,) = _actions(replace(_only((UNSEEN, None, State.UNKNOWN)), access=access))

    assert action.reason == reason
    assert action.label == "gate"


def test_a_long_reason_is_cut():
    usual = _only((GATE, 1, State.OBSERVED))
    talkative = replace(usual, items=(replace(usual.items[0], because="word " * 100),))
    (action,) = _actions(talkative)

    assert len(action.reason) < 170
    assert action.reason.endswith("word ...")


def test_checks_are_asked_by_level_and_required_first():
    steps = _actions(sample.repository())

    assert [(one.level, one.label) for one in steps] == [
        (3, "required"),
        (3, ""),
        (4, "required"),
        (4, ""),
        (4, ""),
    ]


def test_a_repository_that_meets_everything_is_asked_nothing():
    usual = sample.repository()
    (readiness,) = usual.readiness
    met = tuple(replace(one, result=Result.MET) for one in readiness.checks)

    assert _actions(replace(usual, readiness=(replace(readiness, checks=met),))) == ()
