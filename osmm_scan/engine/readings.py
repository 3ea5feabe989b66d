"""What rules read: signals by name, after the limits that hold for all rules.

The quality of an old document is capped, and a measure over too few observations is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import inf

from osmm_scan.engine.formula import Decay, Thresholds
from osmm_scan.engine.intervals import Truth
from osmm_scan.engine.tree import Course, Reference
from osmm_scan.engine.trends import History, Reading, Scale, judge_trend
from osmm_scan.model import Interval, Signal
from osmm_scan.signals.declarations import FieldType, SignalDeclaration

_SAMPLED_KINDS = frozenset({"share", "index", "duration"})
_COUNTED = frozenset({FieldType.FLAG, FieldType.COUNT})
_ANY_AGE = Interval(0, inf)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The day of the scan and what earlier scans measured, if anything is known of them."""

    as_of: date
    history: History | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """Signals as rules see them. `unseen` repositories may exist that nobody looked at."""

    signals: Mapping[str, Signal]
    declared: Mapping[str, SignalDeclaration]
    thresholds: Thresholds
    past: Past
    unseen: int = 0

    def value(self, reference: Reference) -> Interval | None:
        """Return the value of a field, None when it is unknown."""
        signal = self.signals.get(reference.signal)
        return None if signal is None else signal.fields.get(reference.field)

    def sample(self, reference: Reference) -> Interval | None:
        """Return over how many repositories a field was measured; None where it does not matter."""
        field = self.declared[reference.signal].fields[reference.field]
        if field.type in _COUNTED or not self.is_sampled(reference.signal):
            return None
        signal = self.signals.get(reference.signal)
        if signal is None:
            return Interval(0, inf)
        return Interval(signal.n, signal.n + signal.unknown + self.unseen)

    def is_sampled(self, signal: str) -> bool:
        """Tell whether a signal is measured over repositories, which may be few."""
        declared = self.declared[signal]
        # What has no population is counted in other units, such as objectives or memberships.
        return declared.kind in _SAMPLED_KINDS and bool(declared.population)

    def trend(self, course: Course) -> Truth:
        """Return whether the history of a field shows a trend."""
        name, field = course.reference.signal, course.reference.field
        past = self.past
        if past.history is None:
            return Truth.UNKNOWN
        earlier = [one for one in past.history.course(name, field) if one.day < past.as_of]
        scale = Scale(
            is_relative=self.declared[name].fields[field].type is not FieldType.SHARE,
            lower_is_better=self.declared[name].direction == "lower_is_better",
        )
        readings = [*earlier, Reading(past.as_of, self.value(course.reference))]
        return judge_trend(course.trend, readings, scale, self.thresholds.history)


def read_signals(
    signals: Iterable[Signal],
    declared: Mapping[str, SignalDeclaration],
    thresholds: Thresholds,
    *,
    past: Past,
    unseen: int = 0,
) -> Readings:
    """Return the readings that rules may use."""
    limited = (_limited(signal, thresholds) for signal in signals)
    return Readings(
        signals={signal.id: signal for signal in limited},
        declared=declared,
        thresholds=thresholds,
        past=past,
        unseen=unseen,
    )


def _limited(signal: Signal, thresholds: Thresholds) -> Signal:
    least = thresholds.least_observations.get(signal.id)
    if least is not None and _observations(signal) < least:
        fields = dict.fromkeys(signal.fields)
        return replace(signal, fields=fields, why=signal.why or f"fewer than {least} observations")
    quality = signal.fields.get("quality")
    if quality is None or "age_days" not in signal.fields:
        return signal
    aged = _aged(quality, signal.fields["age_days"] or _ANY_AGE, thresholds.document_decay)
    return replace(signal, fields={**signal.fields, "quality": aged})


def _observations(signal: Signal) -> float:
    counted = signal.fields.get("n")
    return signal.n if counted is None else counted.low


def _aged(quality: Interval, age: Interval, decay: Iterable[Decay]) -> Interval:
    low, high = quality.low, quality.high
    for step in decay:
        if age.high > step.older_than_days:
            low = min(low, step.quality_at_most)
        if age.low > step.older_than_days:
            high = min(high, step.quality_at_most)
    return Interval(low, high)
