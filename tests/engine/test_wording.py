"""Reasons in plain words."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest

from osmm_scan.engine.evaluation import Judge
from osmm_scan.engine.expressions import parse
from osmm_scan.engine.rules import RulePack
from osmm_scan.engine.wording import reasons
from osmm_scan.model import Signal
from osmm_scan.signals.declarations import Measure
from tests.engine.scene import Scans, Value, measured, readings


def _told(pack: RulePack, rule: str, *signals: Signal, least: int = 0) -> str:
    return reasons(Judge(readings(pack, *signals), least), parse(rule))


def _measuring(pack: RulePack, signal: str, field: str, function: str) -> RulePack:
    declared = pack.signals[signal]
    measure = Measure(function=function, arguments=("a.b",))
    fields = {**declared.fields, field: replace(declared.fields[field], measure=measure)}
    return replace(pack, signals={**pack.signals, signal: replace(declared, fields=fields)})


@pytest.mark.parametrize(
    ("value", "told"),
    [
        pytest.param(0.72, "72 %", id="whole percent"),
        pytest.param(13 / 18, "72 %", id="rounded"),
        pytest.param(0.849, "84.9 %", id="not rounded to what it misses"),
        pytest.param(0.84999, "84.999 %", id="nor if it comes very near"),
        pytest.param(0.85, "85 %", id="what is needed"),
        pytest.param(0.85 - 1e-7, "84.99999 %", id="as near as is told"),
        pytest.param(0.85 - 1e-12, "85 %", id="nearer than is told"),
        pytest.param(0, "0 %", id="nothing"),
        pytest.param(1, "100 %", id="all"),
        pytest.param((0.2, 0.9), "20 to 90 %", id="between"),
        pytest.param((0, 1), "not known", id="anything"),
        pytest.param((1e-6, 1 - 1e-6), "not known", id="as good as anything"),
    ],
)
def test_shares_are_told_in_percent(value: Value, told: str, pack: RulePack) -> None:
    found = _told(pack, "coverage.share >= 0.85", measured("coverage", share=value))

    assert found == f"Coverage, share of share: {told} (needs 85 %)"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        pytest.param((1e-6, 1 - 1e-6), "more than 0 %", id="at least one"),
        pytest.param((0, 1), "not known", id="perhaps none"),
        pytest.param((0.25, 1), "25 to 100 %", id="many"),
        pytest.param(1e-6, "0.0001 %", id="exactly one of a million"),
    ],
)
def test_some_are_more_than_none(value: Value, told: str, pack: RulePack) -> None:
    found = _told(pack, "coverage.share > 0", measured("coverage", share=value))

    assert found == f"Coverage, share of share: {told} (needs more than 0 %)"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        pytest.param(3, "3", id="a number"),
        pytest.param(2.5, "2.5", id="a fraction"),
        pytest.param(1 / 3, "0.33", id="rounded"),
        pytest.param(9.999, "9.999", id="not rounded to what it misses"),
        pytest.param(10, "10", id="what is needed"),
        pytest.param(100, "100", id="zeros stay"),
        pytest.param((1, 5), "1 to 5", id="between"),
        pytest.param((2, inf), "2 or more", id="without a limit"),
        pytest.param((0, inf), "not known", id="anything"),
    ],
)
def test_numbers_are_told_short(value: Value, told: str, pack: RulePack) -> None:
    found = _told(pack, "breadth.distinct >= 10", measured("breadth", distinct=value))

    assert found == f"Breadth, distinct: {told} (needs 10)"


@pytest.mark.parametrize(
    ("rule", "needs"),
    [
        ("coverage.share == 0.5", "50 %"),
        ("coverage.share >= 0.5", "50 %"),
        ("coverage.share <= 0.5", "at most 50 %"),
        ("coverage.share > 0", "more than 0 %"),
        ("coverage.share < 0.5", "less than 50 %"),
    ],
)
def test_needs_are_told(rule: str, needs: str, pack: RulePack) -> None:
    assert _told(pack, rule, measured("coverage", share=0.3)).endswith(f"(needs {needs})")


def test_days_have_a_unit(pack: RulePack) -> None:
    told = _told(pack, "response.median_days <= 7", measured("response", median_days=9))

    assert told == "Response, median_days: 9 days (needs at most 7 days)"


@pytest.mark.parametrize(
    ("function", "unknown", "unseen", "told"),
    [
        pytest.param("share", 0, 0, "50 % of 8 (needs", id="a share of them"),
        pytest.param("share", 2, 0, "50 % of 8, 2 unknown (needs", id="some unread"),
        pytest.param("ratio", 0, 0, "50 % (needs", id="a share of something else"),
        pytest.param("share", 0, 9, "50 % (needs", id="others not looked at"),
    ],
)
def test_a_share_says_of_how_many(
    function: str, unknown: int, unseen: int, told: str, pack: RulePack
) -> None:
    changed = _measuring(pack, "coverage", "share", function)
    read = readings(changed, measured("coverage", 8, unknown, share=0.5), unseen=unseen)

    assert told in reasons(Judge(read), parse("coverage.share >= 0.4"))


def test_too_few_are_told(pack: RulePack) -> None:
    signal = measured("coverage", 4, share=0.9)

    assert _told(pack, "coverage.share >= 0.85", signal, least=5).endswith(
        "90 % (needs 85 %), over too few to tell (needs 5)"
    )
    assert _told(pack, "coverage.share >= 0.85", signal, least=4).endswith("90 % (needs 85 %)")


@pytest.mark.parametrize(
    ("rule", "value", "told"),
    [
        ("policy.present", 1, "Policy: found"),
        ("policy.present", 0, "Policy: not found"),
        ("policy.present", (0, 1), "Policy: unknown"),
        ("not policy.present", 1, "Policy: found"),
    ],
)
def test_documents_are_found_or_not(rule: str, value: Value, told: str, pack: RulePack) -> None:
    assert _told(pack, rule, measured("policy", present=value)) == told


@pytest.mark.parametrize(
    ("value", "told"), [(1, "yes"), (0, "no"), ((0, 1), "unknown")], ids=["yes", "no", "open"]
)
def test_flags_are_yes_or_no(value: Value, told: str, pack: RulePack) -> None:
    found = _told(pack, "coverage.policy", measured("coverage", policy=value))

    assert found == f"Coverage, policy: {told}"


def test_quality_needs_no_explanation(pack: RulePack) -> None:
    told = _told(pack, "policy.quality >= 3", measured("policy", quality=2))

    assert told == "Policy, quality: 2 (needs 3)"


@pytest.mark.parametrize(
    ("signals", "told"),
    [
        pytest.param(
            (),
            "Coverage: not known without data of GitHub that is not collected yet",
            id="not measured",
        ),
        pytest.param(
            (measured("coverage", why="no access"),), "Coverage: no access", id="with a reason"
        ),
        pytest.param(
            (measured("coverage"),),
            "Coverage: not known without data of GitHub that is not collected yet",
            id="not served",
        ),
    ],
)
def test_unknowns_say_why(signals: tuple[Signal, ...], told: str, pack: RulePack) -> None:
    assert _told(pack, "coverage.share >= 0.4", *signals) == told


@pytest.mark.parametrize(
    ("awaits", "told"),
    [
        pytest.param("documents", "no collector reads this from documents yet", id="documents"),
        pytest.param("attestation", "only people can state it", id="people"),
        pytest.param("landscape files", "not known without landscape files", id="anything else"),
    ],
)
def test_what_nothing_measures_says_what_it_takes(awaits: str, told: str, pack: RulePack) -> None:
    declared = replace(pack.signals["coverage"], awaits=awaits)
    changed = replace(pack, signals={**pack.signals, "coverage": declared})

    assert _told(changed, "coverage.share >= 0.4") == f"Coverage: {told}"


def test_the_one_field_that_nothing_measures_is_named(pack: RulePack) -> None:
    changed = _measuring(pack, "coverage", "active", "share")

    told = _told(changed, "coverage.share >= 0.4", measured("coverage", 4, active=0.5))

    means = pack.signals["coverage"].fields["share"].means
    assert told.startswith(f"Coverage, {means}: not known without")


def test_what_waits_for_nothing_is_just_not_collected(pack: RulePack) -> None:
    declared = replace(pack.signals["coverage"], awaits="")
    changed = replace(pack, signals={**pack.signals, "coverage": declared})

    assert _told(changed, "coverage.share >= 0.4") == "Coverage: not collected"


def test_what_is_measured_but_has_no_value_has_nothing_to_measure(pack: RulePack) -> None:
    changed = _measuring(pack, "coverage", "share", "share")
    signal = measured("coverage", 0, share=None)

    assert _told(changed, "coverage.share >= 0.4", signal) == "Coverage: nothing to measure"


def test_what_a_missing_document_says_is_not_found(pack: RulePack) -> None:
    changed = _measuring(pack, "policy", "quality", "max")
    signal = measured("policy", present=False, quality=None)

    assert _told(changed, "policy.quality >= 2", signal) == "Policy: not found"


@pytest.mark.parametrize(
    ("trend", "earlier", "told"),
    [
        ("sustained", None, "needs at least 3 scans spanning 180 days"),
        ("improving", None, "needs at least 3 scans spanning 180 days"),
        ("sustained", (0.5, 0.5), "kept up over the last scans"),
        ("sustained", (0.9, 0.9), "has fallen over the last scans"),
        ("improving", (0.3, 0.3), "improved over the last scans"),
        ("improving", (0.5, 0.5), "has not improved over the last scans"),
    ],
)
def test_trends_are_told(
    trend: str, earlier: tuple[float, ...] | None, told: str, pack: RulePack
) -> None:
    history = Scans({"coverage.share": earlier}) if earlier else None
    read = readings(pack, measured("coverage", share=0.5), history=history)

    found = reasons(Judge(read), parse(f"{trend}(coverage.share)"))

    assert found == f"Coverage, share of share: {told}"


def test_reasons_are_told_once_and_the_first_few_only(pack: RulePack) -> None:
    rule = " or ".join(["policy.present"] * 3)
    many = "policy.present or coverage.policy or breadth.distinct >= 1 or response.median_days < 1"

    assert _told(pack, rule, measured("policy", present=0)) == "Policy: not found"
    assert _told(pack, many).count(";") == 3
    assert _told(pack, many).endswith("; and 1 more")
    assert "more" not in _told(pack, many.rpartition(" or ")[0])
