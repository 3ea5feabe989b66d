"""How far a grade can be relied on, by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf

import pytest

from osmm_scan.engine.confidence import rate_confidence
from osmm_scan.engine.rules import RulePack
from osmm_scan.model import Signal
from tests.engine.scene import Value, measured, readings

COVERAGE = measured("coverage", 10, share=0.9)
POLICY = measured("policy", 10, present=1, quality=3, age_days=10)


def _rate(
    pack: RulePack,
    *signals: Signal,
    listed: Sequence[str] = ("coverage",),
    deciding: Sequence[str] = ("coverage",),
    biased: bool = False,
    unseen: int = 0,
) -> float:
    return rate_confidence(
        pack.model.confidence,
        readings(pack, *signals, unseen=unseen),
        listed=listed,
        deciding=deciding,
        is_biased=biased,
    )


def test_all_read_over_enough_repositories_is_sure(pack: RulePack) -> None:
    assert _rate(pack, COVERAGE) == 1


@pytest.mark.parametrize(
    ("deciding", "tier"),
    [
        pytest.param(["policy"], 0.8, id="a document"),
        pytest.param(["policy", "coverage"], 1, id="a document and practice"),
    ],
)
def test_documents_alone_count_less_than_practice(
    deciding: list[str], tier: float, pack: RulePack
) -> None:
    assert _rate(pack, COVERAGE, POLICY, deciding=deciding) == pytest.approx(tier)


@pytest.mark.parametrize(
    ("signals", "seen"),
    [
        pytest.param((), 0, id="none read"),
        pytest.param((measured("coverage", share=None),), 0, id="read without a value"),
        pytest.param((measured("coverage", 0, share=0),), 1, id="nothing there to read"),
        pytest.param((measured("coverage", 0, 3, share=(0, 1)),), 0, id="all units unknown"),
        pytest.param((measured("coverage", 10, 5, share=0.5),), 0.5, id="half of the units"),
        pytest.param((measured("coverage", 10, 12, share=0.5),), 0, id="more unknown than known"),
        pytest.param((COVERAGE,), 1, id="all units"),
    ],
)
def test_what_was_read_counts(signals: tuple[Signal, ...], seen: float, pack: RulePack) -> None:
    assert _rate(pack, *signals, deciding=()) == pytest.approx(0.5 + 0.5 * seen)


def test_repositories_that_nobody_looked_at_count_as_unread(pack: RulePack) -> None:
    assert _rate(pack, COVERAGE, deciding=(), unseen=30) == pytest.approx(0.5 + 0.5 * 0.25)


@pytest.mark.parametrize(
    ("strength", "seen"),
    [("weak", 0.75), ("medium", 3 / 5), ("strong", 0.5), ("unheard of", 0.75)],
)
def test_signals_weigh_by_their_strength(strength: str, seen: float, pack: RulePack) -> None:
    weaker = replace(pack.signals["policy"], strength=strength)
    changed = replace(pack, signals={**pack.signals, "policy": weaker})

    rated = _rate(changed, COVERAGE, listed=["coverage", "policy"], deciding=())

    assert rated == pytest.approx(0.5 + 0.5 * seen)


def test_an_item_without_signals_has_seen_nothing(pack: RulePack) -> None:
    assert _rate(pack, listed=(), deciding=()) == 0.5


def test_a_biased_sample_is_half_of_what_was_seen(pack: RulePack) -> None:
    assert _rate(pack, COVERAGE, biased=True) == pytest.approx(0.5 + 0.5 * 0.5)


@pytest.mark.parametrize(
    ("n", "sample"), [(0, 0), (5, 0.5), (10, 1), (99, 1)], ids=["none", "few", "full", "many"]
)
def test_small_samples_count_less(n: int, sample: float, pack: RulePack) -> None:
    rated = _rate(pack, measured("coverage", n, share=0.9))

    assert rated == pytest.approx(0.6 + 0.4 * sample)


def test_the_smallest_sample_counts(pack: RulePack) -> None:
    other = measured("response", 5, median_days=1)

    rated = _rate(pack, COVERAGE, other, deciding=["coverage", "response"])

    assert rated == pytest.approx(0.6 + 0.4 * 0.5)


@pytest.mark.parametrize(
    ("age", "factor"),
    [
        pytest.param(0, 1, id="new"),
        pytest.param(365, 1, id="a year"),
        pytest.param(366, 0.7, id="a day more"),
        pytest.param(730, 0.7, id="two years"),
        pytest.param(731, 0.4, id="another day more"),
        pytest.param((0, inf), 0.4, id="of any age"),
        pytest.param(None, 1, id="no document"),
    ],
)
def test_old_documents_count_less(age: Value, factor: float, pack: RulePack) -> None:
    policy = measured("policy", 10, present=1, age_days=age)

    rated = _rate(pack, policy, listed=["policy"], deciding=["policy"])

    assert rated == pytest.approx(0.8 * factor)


def test_the_oldest_document_counts(pack: RulePack) -> None:
    declared = replace(pack.signals["policy"], id="plan")
    changed = replace(pack, signals={**pack.signals, "plan": declared})
    plan = replace(POLICY, id="plan", fields=measured("plan", age_days=800).fields)

    rated = _rate(changed, POLICY, plan, listed=["policy"], deciding=["plan", "policy"])

    assert rated == pytest.approx(0.8 * 0.4)
