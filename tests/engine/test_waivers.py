"""What a waiver leaves out, and that it never makes a yes of a no."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.engine.levels import Graded, judge_levels
from osmm_scan.engine.rules import RulePack
from osmm_scan.errors import UsageError
from osmm_scan.model import Evidence
from osmm_scan.settings import Waiver
from osmm_scan.verdicts import Result, State, Status
from tests.engine.scene import measured
from tests.engine.statements import WEAK, attestation, finding, judge, waiver
from tests.fakes import AS_OF
from tests.patience import patient

GOOD = (
    measured("breadth", distinct=100),
    measured("coverage", share=0.9),
    measured("policy", present=1, quality=3, age_days=10),
    measured("response", median_days=1),
)


def _readme(*, explains: bool, subject: str = "acme/a") -> Evidence:
    return Evidence(key="readme.explains", subject=subject, value=explains, observed_at=AS_OF)


def test_a_passed_item_needs_no_waiver(pack: RulePack) -> None:
    whole = judge(pack, signals=GOOD, waivers=[waiver("l2.care.policy")])

    assert whole.items == judge(pack, signals=GOOD).items
    assert whole.waivers[0]["effect"] == "not_needed"


def test_an_expired_waiver_counts_no_more(pack: RulePack) -> None:
    over = waiver("l2.care.policy", expires=AS_OF - timedelta(days=1))

    whole = judge(pack, waivers=[over])

    assert whole.items == judge(pack).items
    assert whole.waivers[0]["effect"] == "expired"


def test_a_waiver_counts_on_its_last_day(pack: RulePack) -> None:
    whole = judge(pack, waivers=[waiver("l2.care.policy", expires=AS_OF)])

    assert finding(whole).state is State.WAIVED


@pytest.mark.parametrize(
    "what",
    [
        pytest.param("l2.care.policy", id="the item itself"),
        pytest.param("policy", id="the signal that it fails by"),
    ],
)
def test_a_waived_item_keeps_its_grade_and_is_left_out(what: str, pack: RulePack) -> None:
    before, whole = judge(pack), judge(pack, waivers=[waiver(what)])

    found = finding(whole)
    assert (found.state, found.grade) == (State.WAIVED, finding(before).grade)
    assert found.because.startswith("waived until 2026-07-30 by the role 'Head of Risk'")
    assert whole.levels[1].p2 is None
    assert "l2.care.policy" in whole.waivers[0]["covers"]  # type: ignore[operator]


def test_a_waiver_of_a_signal_leaves_other_failures_in(pack: RulePack) -> None:
    whole = judge(pack, waivers=[waiver("policy")])

    assert finding(whole, "l3.share.answers").state is State.ABSENT


@pytest.mark.parametrize(
    ("buying", "is_waived", "status"),
    [
        pytest.param(3, False, Status.ATTAINED, id="nothing waived"),
        pytest.param(0, True, Status.PROVISIONAL, id="what fails is waived"),
    ],
)
def test_a_level_with_a_waived_item_is_provisional_at_best(
    buying: int, is_waived: bool, status: Status, pack: RulePack
) -> None:
    use, other = (one for one in pack.criteria if one.level == 1)
    items = [Graded(use, 3, is_attested=True), Graded(other, buying, True, is_waived)]

    first, *_ = judge_levels(pack.model, items, {1: 2, 2: 1, 3: 1}, is_biased=False)

    assert first.status is status


def test_the_headline_names_what_was_left_out(pack: RulePack) -> None:
    lacking = (*GOOD[:2], measured("policy", present=0, quality=0), GOOD[3])

    whole = judge(pack, signals=lacking, waivers=[waiver("l1.using.buying")])

    assert "Left out by waivers: Buying" in whole.verdict.because


def test_an_attested_item_is_not_waived(pack: RulePack) -> None:
    whole = judge(
        pack,
        signals=[measured("policy", present=1, quality=1, age_days=1)],
        attestations=[attestation(grade=2)],
        waivers=[waiver("l2.care.policy")],
    )

    assert finding(whole).state is State.ATTESTED


@pytest.mark.parametrize(
    ("scope", "results"),
    [
        pytest.param("acme/c*", [Result.UNMET, Result.UNKNOWN], id="another repository"),
        pytest.param("acme/a", [Result.WAIVED, Result.UNKNOWN], id="one repository"),
        pytest.param("acme/*", [Result.WAIVED, Result.WAIVED], id="all, the unknown one too"),
    ],
)
def test_a_check_is_waived_within_its_scope(
    scope: str, results: list[Result], pack: RulePack
) -> None:
    whole = judge(
        pack, evidence=[_readme(explains=False)], waivers=[waiver("r1.readme", scope=scope)]
    )

    assert [one.checks[0].result for one in whole.readiness] == results


def test_a_repository_whose_only_check_is_waived_shows_nothing(pack: RulePack) -> None:
    whole = judge(
        pack, evidence=[_readme(explains=False)], waivers=[waiver("r1.readme", scope="acme/a")]
    )

    assert [(one.level, one.possible) for one in whole.readiness] == [(0, 0), (0, 1)]


def test_a_met_check_stays_met(pack: RulePack) -> None:
    whole = judge(
        pack, evidence=[_readme(explains=True)], waivers=[waiver("r1.readme", scope="acme/a")]
    )

    assert whole.readiness[0].checks[0].result is Result.MET
    assert whole.waivers[0]["effect"] == "not_needed"


@pytest.mark.parametrize(
    ("what", "changes", "told"),
    [
        pytest.param("r1.radme", {}, "did you mean 'r1.readme'", id="no such thing"),
        pytest.param("policy", {"scope": "acme/a"}, "whole estate", id="a signal in one place"),
    ],
)
def test_a_waiver_that_cannot_be_is_refused(
    what: str, changes: dict[str, Any], told: str, pack: RulePack
) -> None:
    with pytest.raises(UsageError, match=told):
        judge(pack, waivers=[waiver(what, **changes)])


WAIVED = st.builds(
    waiver,
    st.sampled_from(["l2.care.policy", "l1.using.buying", "policy", "response", "r1.readme"]),
    reason=st.sampled_from(["one", "two"]),
    expires=st.integers(-10, 10).map(lambda days: AS_OF + timedelta(days=days)),
)


@patient
@given(decided=st.lists(WAIVED, max_size=5), data=st.data())
def test_order_and_repetition_change_nothing(
    pack: RulePack, decided: list[Waiver], data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(decided + decided[:1]))

    assert judge(pack, waivers=decided) == judge(pack, waivers=mixed)


@patient
@given(decided=st.lists(WAIVED, max_size=5))
def test_a_waiver_never_changes_a_grade(pack: RulePack, decided: list[Waiver]) -> None:
    before, after = judge(pack), judge(pack, waivers=decided)

    assert [one.grade for one in after.items] == [one.grade for one in before.items]
    assert after.signals == before.signals == tuple(sorted(WEAK, key=lambda one: one.id))
