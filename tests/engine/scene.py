"""Signals and readings as tests write them down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from osmm_scan.engine.readings import Past, Readings, read_signals
from osmm_scan.engine.rules import RulePack
from osmm_scan.engine.trends import Reading
from osmm_scan.model import Interval, Signal
from tests.fakes import AS_OF

Value = float | tuple[float, float] | None


def interval(value: Value) -> Interval | None:
    """Return a number, or its two limits, as an interval."""
    if value is None:
        return None
    return Interval(*value) if isinstance(value, tuple) else Interval.exactly(value)


def measured(
    identity: str, n: int = 20, unknown: int = 0, why: str = "", **fields: Value
) -> Signal:
    """Return a signal with these fields, as if read from evidence named after it."""
    return Signal(
        id=identity,
        fields={name: interval(value) for name, value in fields.items()},
        n=n,
        unknown=unknown,
        evidence=(f"e-{identity}",),
        why=why,
    )


@dataclass(frozen=True)
class Scans:
    """Earlier values of `signal.field`, one every 90 days up to the last."""

    values: Mapping[str, Sequence[Value]] = field(default_factory=dict)
    last_days_ago: int = 90

    def course(self, signal: str, field: str) -> Sequence[Reading]:
        values = self.values.get(f"{signal}.{field}", ())
        return [
            Reading(AS_OF - timedelta(days=self.last_days_ago + 90 * back), interval(value))
            for back, value in enumerate(reversed(values))
        ]


def readings(
    pack: RulePack, *signals: Signal, history: Scans | None = None, unseen: int = 0
) -> Readings:
    """Return what the rules of a pack read."""
    return read_signals(
        signals,
        pack.signals,
        pack.model.thresholds,
        past=Past(as_of=AS_OF, history=history),
        unseen=unseen,
    )
