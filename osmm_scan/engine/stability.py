"""Test a level against small errors of measurement, by judging it again from varied signals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from math import ceil
from random import Random

from osmm_scan.engine import formula
from osmm_scan.model import Interval, Signal
from osmm_scan.signals.declarations import FieldType, SignalDeclaration

# Makes the varied signals of one scan, such as a resampling of its repositories.
Vary = Callable[[Random], Iterable[Signal]]

_SEED = 20
_STEADY = frozenset({FieldType.FLAG, FieldType.QUALITY, FieldType.GRADE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability:
    """How often the same level comes out, which does most often, and within which limits."""

    share: float
    most_frequent: int
    low: int
    high: int

    def headline(self, level: int, terms: formula.Stability) -> int:
        """Return the level that may be named: a level that seldom comes out is not."""
        return level if self.share >= terms.headline_from else min(level, self.most_frequent)


def resample(
    level: int, judge: Callable[[Iterable[Signal]], int], vary: Vary, terms: formula.Stability
) -> Stability:
    """Return how stable a level is when `judge` sees varied signals; the same for every run."""
    source = Random(_SEED)  # noqa: S311 - repeatable on purpose, nothing secret
    levels = sorted(judge(vary(source)) for _ in range(terms.resamples))
    counts = Counter(levels)
    low, high = (levels[max(0, ceil(part * len(levels)) - 1)] for part in terms.range)
    return Stability(
        share=counts[level] / len(levels),
        most_frequent=min(counts, key=lambda one: (-counts[one], one)),
        low=low,
        high=high,
    )


def perturbation(
    signals: Iterable[Signal], declared: Mapping[str, SignalDeclaration], amount: float
) -> Vary:
    """Return a way to vary every exactly known number by up to an amount of itself.

    Documents keep their quality and yes-or-no fields their answer. A signal without such a number
    is returned as it is.
    """
    known = tuple(signals)

    def vary(source: Random) -> Iterable[Signal]:
        return [_varied(signal, declared[signal.id], source, amount) for signal in known]

    return vary


def _varied(signal: Signal, declared: SignalDeclaration, source: Random, amount: float) -> Signal:
    changed = {
        name: _moved(value, declared.fields[name].type, source.uniform(1 - amount, 1 + amount))
        for name, value in sorted(signal.fields.items())
        if value is not None and value.is_exact and _can_vary(declared.fields[name].type, value)
    }
    return replace(signal, fields={**signal.fields, **changed}) if changed else signal


def _can_vary(form: FieldType, value: Interval) -> bool:
    return form not in _STEADY and value.low != 0


def _moved(value: Interval, form: FieldType, factor: float) -> Interval:
    moved = value.low * factor
    return Interval.exactly(min(moved, 1.0) if form is FieldType.SHARE else moved)
