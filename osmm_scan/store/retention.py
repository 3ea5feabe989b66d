"""Remove old scans from a history, and the facts that no scan holds any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, delete, exists, false, func, select

from osmm_scan.store.database import Store
from osmm_scan.store.scans import ScanState
from osmm_scan.store.schema import assessments, catalogues, evidence, observations, scans


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What may go: complete scans of a target beyond the last `keep`, those that speak of a day
    before `before`, and, if `unfinished`, those that never came to their end."""

    keep: int | None = None
    before: date | None = None
    unfinished: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """How much went."""

    scans: int
    facts: int


def prune(store: Store, limits: Limits) -> Removed:
    """Remove what the limits let go; the last complete scan of a target always stays."""
    with store.writing(alone=True) as connection:
        gone = connection.execute(select(scans.c.id).where(_is_over(limits))).scalars().all()
        connection.execute(delete(scans).where(scans.c.id.in_(gone)))
        facts = _remove_orphans(connection)
    return Removed(scans=len(gone), facts=facts)


def _is_over(limits: Limits) -> ColumnElement[bool]:
    later = scans.alias("later")
    behind = (
        select(func.count())
        .where(later.c.target == scans.c.target, later.c.kind == scans.c.kind)
        .where(later.c.state == ScanState.COMPLETE, later.c.id > scans.c.id)
        .scalar_subquery()
    )
    complete = scans.c.state == ScanState.COMPLETE
    wanted: ColumnElement[bool] = false()
    if limits.keep is not None:
        wanted |= complete & (behind >= limits.keep)
    if limits.before is not None:
        wanted |= complete & (behind > 0) & (scans.c.as_of < limits.before.isoformat())
    if limits.unfinished:
        wanted |= ~complete
    return wanted


def _remove_orphans(connection: Connection) -> int:
    held = exists().where(observations.c.evidence == evidence.c.id)
    facts = connection.execute(delete(evidence).where(~held)).rowcount
    used = exists().where(assessments.c.catalogue == catalogues.c.sha256)
    connection.execute(delete(catalogues).where(~used))
    return facts
