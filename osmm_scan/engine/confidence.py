"""How far a grade can be relied on, by the formula of the model."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

from osmm_scan.engine.formula import Confidence
from osmm_scan.engine.readings import Readings

# A weak signal only corroborates; a strong one can carry any grade.
_WEIGHTS = {"weak": 1, "medium": 2, "strong": 3}


def rate_confidence(
    terms: Confidence,
    readings: Readings,
    *,
    listed: Iterable[str],
    deciding: Iterable[str],
    is_biased: bool,
) -> float:
    """Return the confidence in an observed grade.

    `listed` are the signals that speak for the item, `deciding` those that made its grade.
    `is_biased` tells whether only a biased sample of what the item is about was seen.
    """
    decided = sorted(set(deciding))
    seen = _seen(readings, listed) * (terms.visibility.one_sided_factor if is_biased else 1.0)
    return (
        _tier(terms, readings, decided)
        * terms.visibility.of(seen)
        * terms.sample.of(_sample(terms, readings, decided))
        * _freshness(terms, readings, decided)
    )


def _tier(terms: Confidence, readings: Readings, deciding: Iterable[str]) -> float:
    kinds = {readings.declared[name].kind for name in deciding}
    return terms.tiers.documented if kinds == {"document"} else terms.tiers.observed


def _seen(readings: Readings, listed: Iterable[str]) -> float:
    """Return the share of the listed signals that could be read, weighted by their strength."""
    weights = {name: _WEIGHTS.get(readings.declared[name].strength, 1) for name in listed}
    whole = sum(weights.values())
    return sum(weights[name] * _read(readings, name) for name in weights) / whole if whole else 0.0


def _read(readings: Readings, name: str) -> float:
    """Return the share of a signal's units that could be read; all of them if it has none."""
    signal = readings.signals.get(name)
    if signal is None or all(value is None for value in signal.fields.values()):
        return 0.0
    units = signal.n + readings.unseen
    if units == 0:
        return 0.0 if signal.unknown else 1.0
    return max(0, signal.n - signal.unknown) / units


def _sample(terms: Confidence, readings: Readings, deciding: Iterable[str]) -> float:
    sizes = [
        readings.signals[name].n
        for name in deciding
        if name in readings.signals and readings.is_sampled(name)
    ]
    return min(1.0, min(sizes) / terms.sample.full_at) if sizes else 1.0


def _freshness(terms: Confidence, readings: Readings, deciding: Iterable[str]) -> float:
    fields = (readings.signals[name].fields for name in deciding if name in readings.signals)
    ages = (one["age_days"] for one in fields if one.get("age_days"))
    age = max((value.high for value in ages if value), default=0.0)
    return next(
        step.factor
        for step in terms.freshness
        if age <= (inf if step.up_to_days is None else step.up_to_days)
    )
