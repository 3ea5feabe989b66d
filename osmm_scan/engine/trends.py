"""Judge the course of a measure over earlier scans: was it kept up, has it improved?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Protocol

from osmm_scan.engine.formula import HistoryTerms
from osmm_scan.engine.intervals import Operator, Truth, all_of, compare
from osmm_scan.engine.tree import Trend
from osmm_scan.model import Interval


@dataclass(frozen=True, slots=True)
class Reading:
    """What a scan measured on a day; None when it could not."""

    day: date
    value: Interval | None


class History(Protocol):
    """What earlier scans measured."""

    def course(self, signal: str, field: str) -> Sequence[Reading]:
        """Return the earlier readings of a field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How differences of a field count: as they are or relative to the start, up or down."""

    is_relative: bool
    lower_is_better: bool


def judge_trend(
    trend: Trend, readings: Sequence[Reading], scale: Scale, terms: HistoryTerms
) -> Truth:
    """Return whether the readings show a trend over the last span that is long enough."""
    span = _last_span(readings, terms)
    values = [_upward(reading.value, scale) for reading in span]
    if not values:
        return Truth.UNKNOWN
    start, *later = values
    if trend is Trend.SUSTAINED:
        tolerance = terms.tolerance_of_others if scale.is_relative else terms.tolerance_of_shares
        return all_of(_kept(start, value, tolerance, scale) for value in later)
    return _improved(start, later[-1], terms.improvement)


def too_short(terms: HistoryTerms) -> str:
    """Return what a history needs, in words."""
    return f"needs at least {terms.scans} scans spanning {terms.span_days} days"


def _last_span(readings: Sequence[Reading], terms: HistoryTerms) -> Sequence[Reading]:
    """Return the fewest last readings that are enough, or none."""
    ordered = sorted(readings, key=lambda reading: reading.day)
    for count in range(max(2, terms.scans), len(ordered) + 1):
        span = ordered[-count:]
        if (span[-1].day - span[0].day).days >= terms.span_days:
            return span
    return ()


def _upward(value: Interval | None, scale: Scale) -> Interval | None:
    """Turn a value round if less is better, so that more is better everywhere."""
    if value is None or not scale.lower_is_better:
        return value
    return Interval(-value.high, -value.low)


def _kept(start: Interval | None, later: Interval | None, tolerance: float, scale: Scale) -> Truth:
    if start is None or later is None:
        return Truth.UNKNOWN
    least = [
        _moved(end, -tolerance) if scale.is_relative else end - tolerance
        for end in (start.low, start.high)
    ]
    return _reaches(later, Interval(*least))


def _improved(start: Interval | None, last: Interval | None, improvement: float) -> Truth:
    if start is None or last is None:
        return Truth.UNKNOWN
    if last.high <= start.low:
        return Truth.FALSE
    wanted = Interval(_moved(start.low, improvement), _moved(start.high, improvement))
    moved = Truth.TRUE if last.low > start.high else Truth.UNKNOWN
    return all_of((moved, _reaches(last, wanted)))


def _moved(value: float, part: float) -> float:
    """Return a value moved up by a part of its size, down by a negative part."""
    return value + part * abs(value) if isfinite(value) else value


def _reaches(value: Interval, wanted: Interval) -> Truth:
    return compare(
        Interval(_exact(value.low - wanted.high), _exact(value.high - wanted.low)),
        Operator.AT_LEAST,
        0,
    )


def _exact(difference: float) -> float:
    """Return a difference of decimal fractions without the errors of binary ones."""
    return round(difference, 9)
