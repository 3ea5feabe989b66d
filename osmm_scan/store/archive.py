"""Read scans back: which there are, what they saw, and how they were judged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from osmm_scan.errors import StoreError
from osmm_scan.model import Bundle, Interval, Signal
from osmm_scan.store.database import Store
from osmm_scan.store.facts import read_facts
from osmm_scan.store.nouns import read_assessment, read_levels
from osmm_scan.store.records import read_header
from osmm_scan.store.rows import original, storable
from osmm_scan.store.scans import ScanState
from osmm_scan.store.schema import assessments, catalogues, readings, scans, visits
from osmm_scan.verdicts import Assessment, LevelVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One scan of a history. `profile`, `level` and `possible` are None until it is complete.

    `done` counts the repositories that a scan has finished that is not complete.
    """

    id: int
    kind: str
    target: str
    as_of: date
    window_days: int
    started: str
    state: ScanState
    why: str
    tool_version: str
    rules_sha256: str
    profile: str | None
    level: int | None
    possible: int | None
    done: int

    @property
    def is_complete(self) -> bool:
        """Tell whether the scan came to its end."""
        return self.state is ScanState.COMPLETE


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The signals of an earlier scan, and by which declaration each was measured."""

    scan: int
    day: date
    signals: Mapping[str, Signal]
    definitions: Mapping[str, str]

    def measured_as(self, definitions: Mapping[str, str]) -> Mapping[str, Signal]:
        """Return the signals that were measured by these declarations."""
        return {
            name: signal
            for name, signal in self.signals.items()
            if self.definitions[name] == definitions.get(name)
        }


def list_scans(store: Store, *, target: str | None = None) -> tuple[Kept, ...]:
    """Return the scans of a history, or those of one target, oldest first."""
    chosen = _listing()
    if target is not None:
        chosen = chosen.where(scans.c.target == storable(target))
    with store.reading() as connection:
        return tuple(_kept(row) for row in connection.execute(chosen))


def scans_like(store: Store, bundle: Bundle | Assessment) -> tuple[Kept, ...]:
    """Return the complete scans that looked at the same with the same eyes, oldest first."""
    alike = (
        _listing()
        .where(scans.c.target == storable(bundle.target.name), scans.c.kind == bundle.target.kind)
        .where(scans.c.window_days == bundle.window_days, scans.c.state == ScanState.COMPLETE)
    )
    with store.reading() as connection:
        found = connection.execute(alike.add_columns(scans.c.header))
        return tuple(
            _kept(row) for row in found if json.loads(row.header)["visibility"] == bundle.visibility
        )


def find_scan(store: Store, scan: int) -> Kept:
    """Return one scan; `StoreError` when there is none with this number."""
    with store.reading() as connection:
        row = connection.execute(_listing().where(scans.c.id == scan)).one_or_none()
    if row is None:
        raise StoreError(f"{store.name}: no scan {scan}; see 'osmm-scan history list'")
    return _kept(row)


def find_content(store: Store, content: str) -> Kept | None:
    """Return the last complete scan that saw exactly this, see `scans.content_of`."""
    alike = _listing().where(scans.c.content_sha256 == content)
    with store.reading() as connection:
        rows = connection.execute(alike).all()
    return _kept(rows[-1]) if rows else None


def read_scan(store: Store, scan: int) -> Bundle:
    """Return what a complete scan observed."""
    with store.reading() as connection:
        return _bundle(connection, scan, store.name)


def read_judgement(store: Store, scan: int) -> Assessment:
    """Return how a complete scan was judged at its time."""
    chosen = (
        select(assessments.c.document, catalogues.c.document)
        .join_from(assessments, catalogues, catalogues.c.sha256 == assessments.c.catalogue)
        .where(assessments.c.scan == scan)
    )
    with store.reading() as connection:
        bundle = _bundle(connection, scan, store.name)
        document, catalogue = connection.execute(chosen).one()
    try:
        return read_assessment(document, catalogue, bundle.evidence)
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(store.name, scan, error) from error


def read_levels_of(store: Store, numbers: Sequence[int]) -> Mapping[int, tuple[LevelVerdict, ...]]:
    """Return how the levels of complete scans were judged at their time."""
    chosen = select(assessments.c.scan, assessments.c.document)
    with store.reading() as connection:
        rows = connection.execute(chosen.where(assessments.c.scan.in_(numbers))).all()
    try:
        return {row.scan: read_levels(row.document) for row in rows}
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(store.name, numbers[0], error) from error


def read_measured(store: Store, numbers: Sequence[int]) -> tuple[Measured, ...]:
    """Return what scans measured, in the order of their numbers."""
    chosen = (
        select(readings, scans.c.as_of)
        .join_from(readings, scans)
        .where(readings.c.scan.in_(numbers))
        .order_by(readings.c.scan, readings.c.signal, readings.c.field)
    )
    with store.reading() as connection:
        rows = connection.execute(chosen).all()
    by_scan: dict[int, list[Row[Any]]] = {}
    for row in rows:
        by_scan.setdefault(row.scan, []).append(row)
    return tuple(_measured(scan, fields) for scan, fields in by_scan.items())


def last_of_each_day(kept: Iterable[Kept]) -> tuple[Kept, ...]:
    """Return the last scan that speaks of each day, by day."""
    last = {one.as_of: one for one in sorted(kept, key=lambda one: one.id)}
    return tuple(last[day] for day in sorted(last))


def _listing() -> Select[Any]:
    done = select(func.count()).where(visits.c.scan == scans.c.id).scalar_subquery()
    return (
        select(
            *(column for column in scans.c if column is not scans.c.header),
            assessments.c.profile,
            assessments.c.level,
            assessments.c.possible,
            done.label("done"),
        )
        .join_from(scans, assessments, isouter=True)
        .order_by(scans.c.id)
    )


def _kept(row: Row[Any]) -> Kept:
    return Kept(
        id=row.id,
        kind=row.kind,
        target=original(row.target),
        as_of=date.fromisoformat(row.as_of),
        window_days=row.window_days,
        started=row.started,
        state=ScanState(row.state),
        why=original(row.why),
        tool_version=row.tool_version,
        rules_sha256=row.rules_sha256,
        profile=row.profile,
        level=row.level,
        possible=row.possible,
        done=row.done,
    )


def _bundle(connection: Connection, scan: int, name: str) -> Bundle:
    found = connection.execute(select(scans.c.header).where(scans.c.id == scan)).one_or_none()
    if found is None:
        raise StoreError(f"{name}: no scan {scan}; see 'osmm-scan history list'")
    if found.header is None:
        raise StoreError(
            f"{name}: scan {scan} is not complete; run it again, it goes on from there"
        )
    try:
        header = json.loads(found.header)
        facts = tuple(read_facts(connection, scan))
        if len(facts) != header["facts"]:
            raise ValueError(f"{len(facts)} of {header['facts']} facts")
        return read_header(header, facts)
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(name, scan, error) from error


def _damaged(name: str, scan: int, error: Exception) -> StoreError:
    return StoreError(f"{name}: scan {scan} is damaged: {error!r}; restore a backup")


def _measured(scan: int, rows: Sequence[Row[Any]]) -> Measured:
    fields: dict[str, dict[str, Interval | None]] = {}
    for row in rows:
        within = None if row.low is None else Interval(row.low, row.high)
        fields.setdefault(row.signal, {})[row.field] = within
    counted = {row.signal: row for row in rows}
    return Measured(
        scan=scan,
        day=date.fromisoformat(rows[0].as_of),
        signals={
            name: Signal(id=name, fields=found, n=counted[name].n, unknown=counted[name].unknown)
            for name, found in fields.items()
        },
        definitions={name: row.definition for name, row in counted.items()},
    )
