"""What earlier scans measured, seen through the same limits as what is measured today."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from osmm_scan.engine.readings import Past, Readings, read_signals
from osmm_scan.engine.rules import RulePack
from osmm_scan.engine.tree import Reference
from osmm_scan.engine.trends import Reading
from osmm_scan.model import Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The signals of an earlier scan that were measured as they are today."""

    day: date
    signals: Mapping[str, Signal]


class Recollection:
    """The history that rules ask. Scans in which a signal was not measured are passed over."""

    def __init__(self, pack: RulePack, scans: Iterable[Earlier]) -> None:
        self._scans: Sequence[tuple[Earlier, Readings]] = [
            (scan, _limited(pack, scan)) for scan in scans
        ]

    def course(self, signal: str, field: str) -> Sequence[Reading]:
        """Return the earlier readings of a field."""
        return [
            Reading(scan.day, readings.value(Reference(signal, field)))
            for scan, readings in self._scans
            if signal in scan.signals
        ]


def define_signals(pack: RulePack) -> Mapping[str, str]:
    """Return for each signal a hash of how it is measured; only the same can be compared."""
    populations = pack.model.populations
    return {
        name: _hash(
            {
                "population": [
                    list(populations.get(member, (member,))) for member in signal.population
                ],
                "fields": {
                    field: [declared.type, str(declared.measure)]
                    for field, declared in sorted(signal.fields.items())
                },
            }
        )
        for name, signal in pack.signals.items()
    }


def _limited(pack: RulePack, scan: Earlier) -> Readings:
    return read_signals(
        scan.signals.values(),
        pack.signals,
        pack.model.thresholds,
        past=Past(as_of=scan.day),
    )


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode("ascii")).hexdigest()[:16]
