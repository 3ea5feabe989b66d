"""What is kept up and what improves, over a history that is long enough to tell."""

from __future__ import annotations

from datetime import date, timedelta
from math import inf

import pytest

from osmm_scan.engine.formula import HistoryTerms
from osmm_scan.engine.intervals import Truth
from osmm_scan.engine.tree import Trend
from osmm_scan.engine.trends import Reading, Scale, judge_trend, too_short
from osmm_scan.model import Interval

TERMS = HistoryTerms(
    scans=3,
    span_days=180,
    tolerance_of_shares=0.02,
    tolerance_of_others=0.05,
    improvement=0.1,
)
FIRST = date(2026, 1, 1)
F, U, T = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE
Value = float | tuple[float, float] | None


def _readings(*values: Value, every: int = 90) -> list[Reading]:
    days = (FIRST + timedelta(days=every * index) for index in range(len(values)))
    return [Reading(day, _interval(value)) for day, value in zip(days, values, strict=True)]


def _interval(value: Value) -> Interval | None:
    if value is None:
        return None
    return Interval(*value) if isinstance(value, tuple) else Interval.exactly(value)


def _judge(
    trend: Trend, *values: Value, relative: bool = False, less: bool = False, every: int = 90
) -> Truth:
    scale = Scale(is_relative=relative, lower_is_better=less)
    return judge_trend(trend, _readings(*values, every=every), scale, TERMS)


@pytest.mark.parametrize("trend", Trend)
@pytest.mark.parametrize(
    ("count", "every", "is_enough"),
    [
        pytest.param(0, 90, False, id="nothing"),
        pytest.param(1, 90, False, id="one scan"),
        pytest.param(2, 400, False, id="two scans"),
        pytest.param(3, 89, False, id="three scans within 178 days"),
        pytest.param(3, 90, True, id="three scans over 180 days"),
        pytest.param(7, 30, True, id="many scans over 180 days"),
    ],
)
def test_a_history_must_be_long_enough(
    trend: Trend, count: int, every: int, is_enough: bool
) -> None:
    found = _judge(trend, *[0.5] * count, every=every)

    assert (found is not U) is is_enough


def test_what_a_history_needs_is_said() -> None:
    assert too_short(TERMS) == "needs at least 3 scans spanning 180 days"


@pytest.mark.parametrize(
    ("values", "truth"),
    [
        pytest.param((0.9, 0.2, 0.9), F, id="a dip within the span"),
        pytest.param((0.9, 0.9, 0.87), F, id="fell by more than 0.02"),
        pytest.param((0.9, 0.9, 0.88), T, id="fell by 0.02"),
        pytest.param((0.72, 0.7, 0.7), T, id="fell by 0.02 in binary fractions"),
        pytest.param((0.5, 0.6, 0.5), T, id="back to the start"),
        pytest.param((0.1, 0.9, 0.9, 0.9), T, id="what was before the span does not count"),
        pytest.param((0.9, 0.5, 0.5, 0.5), T, id="an old fall is forgotten"),
        pytest.param((0.9, None, 0.9), U, id="a scan that could not tell"),
        pytest.param((None, 0.9, 0.9), U, id="a start that could not tell"),
        pytest.param((None, 0.9, 0.1), U, id="nothing to compare with"),
        pytest.param((0.9, None, 0.1), F, id="a fall beside a scan that could not tell"),
        pytest.param((0.9, (0.8, 1.0), 0.9), U, id="perhaps a dip"),
        pytest.param((0.9, (0.88, 1.0), 0.9), T, id="at worst within tolerance"),
        pytest.param((0.9, (0.1, 0.87), 0.9), F, id="at best a dip"),
        pytest.param(((0.5, 0.9), 0.87, 0.87), U, id="perhaps from a higher start"),
        pytest.param(((0.5, 0.9), 0.88, 0.88), T, id="kept even from the highest start"),
        pytest.param(((0.5, 0.9), 0.48, 0.48), U, id="kept only from the lowest start"),
        pytest.param(((0.5, 0.9), 0.47, 0.47), F, id="fallen even from the lowest start"),
    ],
)
def test_sustained_shares(values: tuple[Value, ...], truth: Truth) -> None:
    assert _judge(Trend.SUSTAINED, *values) is truth


@pytest.mark.parametrize(
    ("values", "less", "truth"),
    [
        pytest.param((100, 95, 95), False, T, id="fell by 5 %"),
        pytest.param((100, 100, 94), False, F, id="fell by 6 %"),
        pytest.param((100, 105, 105), True, T, id="rose by 5 % where less is better"),
        pytest.param((100, 106, 100), True, F, id="rose by 6 % where less is better"),
        pytest.param((100, 10, 10), True, T, id="fell where less is better"),
        pytest.param((0, 0, 0), False, T, id="nothing stays nothing"),
        pytest.param(((1, inf), 5, 5), False, U, id="a start without an upper limit"),
        pytest.param(((1, inf), 5, 5), True, U, id="the same where less is better"),
    ],
)
def test_sustained_numbers(values: tuple[Value, ...], less: bool, truth: Truth) -> None:
    assert _judge(Trend.SUSTAINED, *values, relative=True, less=less) is truth


@pytest.mark.parametrize(
    ("values", "less", "truth"),
    [
        pytest.param((100, 50, 110), False, T, id="up by 10 %"),
        pytest.param((100, 200, 109), False, F, id="up by 9 %"),
        pytest.param((100, 100, 90), True, T, id="down by 10 % where less is better"),
        pytest.param((100, 100, 91), True, F, id="down by 9 % where less is better"),
        pytest.param((100, 100, 200), True, F, id="up where less is better"),
        pytest.param((0, 0, 0), False, F, id="no move at all"),
        pytest.param((0, 0, 0), True, F, id="no move at all where less is better"),
        pytest.param((0, 0, 1), False, T, id="up from nothing"),
        pytest.param((None, 1, 2), False, U, id="no start"),
        pytest.param((1, 2, None), False, U, id="no end"),
        pytest.param((100, 0, (105, 120)), False, U, id="perhaps enough"),
        pytest.param((100, 0, (110, 120)), False, T, id="enough at worst"),
        pytest.param((100, 0, (50, 109)), False, F, id="too little at best"),
        pytest.param(((90, 100), 0, 105), False, U, id="enough from the lowest start only"),
        pytest.param(((90, 100), 0, 98), False, F, id="too little even from the lowest start"),
        pytest.param(((0, 10), 0, 0), False, F, id="at most where it may have begun"),
        pytest.param(((0, 0), 0, (0, 5)), False, U, id="perhaps up from nothing"),
    ],
)
def test_improving(values: tuple[Value, ...], less: bool, truth: Truth) -> None:
    assert _judge(Trend.IMPROVING, *values, relative=True, less=less) is truth


def test_shares_improve_by_a_part_of_the_start() -> None:
    assert _judge(Trend.IMPROVING, 0.5, 0.5, 0.55) is T
    assert _judge(Trend.IMPROVING, 0.5, 0.5, 0.54) is F


def test_the_order_of_readings_does_not_matter() -> None:
    readings = _readings(0.9, 0.9, 0.1)
    scale = Scale(is_relative=False, lower_is_better=False)

    assert judge_trend(Trend.SUSTAINED, readings[::-1], scale, TERMS) is F
