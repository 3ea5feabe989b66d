"""What each of several scans came to, for the course that a report or `history` draws."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from osmm_scan.report.past.course import Point
    from osmm_scan.store.archive import Kept
    from osmm_scan.store.database import Store


def points_of(
    history: Store, kept: Iterable[Kept], *, with_signals: bool = False
) -> tuple[Point, ...]:
    """Return a point for the last scan of each day."""
    from osmm_scan.report.past.course import Point
    from osmm_scan.store.archive import last_of_each_day, read_levels_of, read_measured

    daily = last_of_each_day(kept)
    numbers = [one.id for one in daily]
    levels = read_levels_of(history, numbers)
    measured = read_measured(history, numbers) if with_signals else ()
    signals = {one.scan: one.signals for one in measured}
    return tuple(
        Point(
            scan=one.id,
            as_of=one.as_of,
            rules_sha256=one.rules_sha256,
            level=one.level,
            possible=one.possible or 0,
            levels=levels[one.id],
            signals=signals.get(one.id, {}),
        )
        for one in daily
    )
