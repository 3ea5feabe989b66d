"""How stable a level is against small errors, and how signals are varied to find out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import cycle
from random import Random

import pytest

from osmm_scan.engine.formula import Stability as Terms
from osmm_scan.engine.rules import RulePack
from osmm_scan.engine.stability import Stability, perturbation, resample
from osmm_scan.model import Signal
from tests.engine.scene import measured

TERMS = Terms(resamples=40, perturbation=0.2, headline_from=0.5, range=(0.05, 0.95))


def _nothing(source: Random) -> Iterable[Signal]:
    return ()


def _answers(*levels: int) -> Callable[[Iterable[Signal]], int]:
    answers = cycle(levels)
    return lambda signals: next(answers)


@pytest.mark.parametrize(
    ("level", "answers", "stability"),
    [
        pytest.param(
            2, [2], Stability(share=1, most_frequent=2, low=2, high=2), id="always the same"
        ),
        pytest.param(
            3, [2, 2, 2, 3], Stability(share=0.25, most_frequent=2, low=2, high=3), id="seldom"
        ),
        pytest.param(
            3, [2, 3], Stability(share=0.5, most_frequent=2, low=2, high=3), id="a tie goes down"
        ),
        pytest.param(
            1, [2], Stability(share=0, most_frequent=2, low=2, high=2), id="never as measured"
        ),
        # Of 40, the 2nd and the 38th lowest are the limits.
        pytest.param(
            2,
            [1] * 2 + [2] * 35 + [5] * 3,
            Stability(share=0.875, most_frequent=2, low=1, high=5),
            id="outliers within the limits",
        ),
        pytest.param(
            2,
            [1] + [2] * 37 + [5] * 2,
            Stability(share=0.925, most_frequent=2, low=2, high=2),
            id="outliers beyond the limits",
        ),
    ],
)
def test_stability_by_hand(level: int, answers: list[int], stability: Stability) -> None:
    assert resample(level, _answers(*answers), _nothing, TERMS) == stability


@pytest.mark.parametrize(
    ("share", "most_frequent", "headline"),
    [
        pytest.param(0.5, 2, 3, id="as often as not"),
        pytest.param(0.49, 2, 2, id="less often"),
        pytest.param(0.49, 4, 3, id="never raised"),
    ],
)
def test_a_level_that_seldom_comes_out_is_not_named(
    share: float, most_frequent: int, headline: int
) -> None:
    stability = Stability(share=share, most_frequent=most_frequent, low=1, high=5)

    assert stability.headline(3, TERMS) == headline


def test_resampling_repeats_itself(pack: RulePack) -> None:
    seen: list[list[Signal]] = [[], []]
    vary = perturbation([measured("breadth", distinct=100)], pack.signals, 0.2)
    for run in seen:
        resample(1, lambda signals, run=run: run.extend(signals) or 1, vary, TERMS)  # type: ignore[misc]

    assert seen[0] == seen[1]
    assert len({signal.fields["distinct"] for signal in seen[0]}) == 40


def _values(signal: Signal, pack: RulePack) -> list[Signal]:
    vary = perturbation([signal], pack.signals, 0.2)
    source = Random(1)  # noqa: S311 - repeatable on purpose
    return [one for _ in range(200) for one in vary(source)]


def test_numbers_vary_within_the_amount(pack: RulePack) -> None:
    values = [one.fields["distinct"] for one in _values(measured("breadth", distinct=100), pack)]

    lows = [value.low for value in values if value and value.is_exact]
    assert len(lows) == 200
    assert 80 <= min(lows) < 82
    assert 118 < max(lows) <= 120


def test_shares_never_pass_the_whole(pack: RulePack) -> None:
    values = [one.fields["share"] for one in _values(measured("coverage", share=0.95), pack)]

    assert max(value.high for value in values if value) == 1


@pytest.mark.parametrize(
    "signal",
    [
        pytest.param(measured("policy", present=1, quality=2), id="documents"),
        pytest.param(measured("coverage", policy=1), id="a yes"),
        pytest.param(measured("coverage", share=(0.2, 0.8)), id="not exactly known"),
        pytest.param(measured("coverage", share=None), id="not known"),
        pytest.param(measured("coverage", share=0), id="nothing"),
    ],
)
def test_other_values_stay(signal: Signal, pack: RulePack) -> None:
    assert all(one is signal for one in _values(signal, pack))


def test_ages_of_documents_vary(pack: RulePack) -> None:
    signal = measured("policy", present=1, quality=2, age_days=100)

    varied = _values(signal, pack)

    assert all(one.fields["quality"] == signal.fields["quality"] for one in varied)
    assert len({one.fields["age_days"] for one in varied}) == 200
