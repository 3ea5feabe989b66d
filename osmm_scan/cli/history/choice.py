"""Find the scans that a `history` command speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from osmm_scan.cli.history.points import points_of
from osmm_scan.engine.vocabulary import nearest
from osmm_scan.errors import StoreError, UsageError

if TYPE_CHECKING:
    from osmm_scan.report.past.course import Course
    from osmm_scan.store.archive import Kept
    from osmm_scan.store.database import Store


def complete_scans(
    history: Store, scan: int | None = None, target: str | None = None
) -> tuple[Kept, ...]:
    """Return one scan, or all complete ones of a target or of all; `StoreError` when none."""
    from osmm_scan.store.archive import find_scan, list_scans

    if scan is not None:
        return (find_scan(history, scan),)
    kept = tuple(one for one in list_scans(history, target=target) if one.is_complete)
    if not kept:
        of = f" of {target}" if target else ""
        raise StoreError(f"{history.name}: no complete scan{of}; see 'osmm-scan history list'")
    return kept


def pick_target(history: Store, target: str | None) -> str:
    """Return the target to look at: the one that is named, or the only one there is."""
    names = sorted({one.target for one in complete_scans(history)})
    if target is None and len(names) > 1:
        raise UsageError(f"--target: which one? there are {', '.join(names)}")
    if target is not None and target not in names:
        raise UsageError(f"--target {target}: no complete scan of it{nearest(target, names)}")
    return target or names[0]


def two_scans(
    history: Store, numbers: tuple[int | None, int | None], target: str | None
) -> tuple[Kept, Kept]:
    """Return the two scans to compare; what is not given is the last one, or the one before."""
    from osmm_scan.store.archive import find_scan

    first, second = (None if number is None else find_scan(history, number) for number in numbers)
    if first is not None and second is None:
        second = complete_scans(history, target=first.target)[-1]
    if first is None or second is None:
        kept = complete_scans(history, target=pick_target(history, target))
        if len(kept) < 2:
            raise StoreError(f"{history.name}: only one complete scan; there is nothing to compare")
        first, second = kept[-2:]
    if (first.kind, first.target) != (second.kind, second.target):
        raise UsageError(
            f"scan {first.id} is of {first.target}, scan {second.id} of {second.target}; "
            "compare two of the same"
        )
    return first, second


def course_of(history: Store, target: str, signals: tuple[str, ...]) -> Course:
    """Return the course of a target: of the signals that are named, or of those that moved."""
    from osmm_scan.report.past.course import Course, moving_fields

    kept = complete_scans(history, target=target)
    points = points_of(history, kept, with_signals=True)
    known = {
        f"{signal.id}.{field}" for signal in points[-1].signals.values() for field in signal.fields
    }
    wanted = [_fields(name, known) for name in signals]
    fields = tuple(field for one in wanted for field in one) or moving_fields(points)
    return Course(target=target, points=points, fields=fields)


def _fields(name: str, known: set[str]) -> list[str]:
    found = sorted(one for one in known if name in {one, one.partition(".")[0]})
    if not found:
        raise UsageError(f"--signal {name}: no such signal{nearest(name, sorted(known))}")
    return found
