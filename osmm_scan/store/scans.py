"""Keep scans: begun, one repository after the other, then complete or failed."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select, update

from osmm_scan.errors import StoreError
from osmm_scan.model import Bundle, Evidence
from osmm_scan.store.database import Store
from osmm_scan.store.facts import fingerprint, write_facts
from osmm_scan.store.nouns import write_assessment
from osmm_scan.store.records import FactReader, write_fact, write_header
from osmm_scan.store.rows import insert_missing, insert_row, original, storable
from osmm_scan.store.schema import assessments, catalogues, readings, scans, visits
from osmm_scan.verdicts import Assessment


class ScanState(StrEnum):
    """How far a scan came. One that was killed stays `running`: it is not complete."""

    RUNNING = "running"
    COMPLETE = "complete"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a scan is about to do. Scans with the same `inputs` see the same in the same clone."""

    kind: str
    target: str
    as_of: str
    window_days: int
    started: str
    tool_version: str
    rules_sha256: str
    inputs: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What one clone showed: `fingerprint` tells in which state it was."""

    fingerprint: str
    name: str
    owner: str | None
    commit: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a scan came to; `definitions` tells by which declaration each signal was measured."""

    bundle: Bundle
    assessment: Assessment
    definitions: Mapping[str, str]


def begin(store: Store, plan: Plan) -> tuple[int, Mapping[str, Visit]]:
    """Begin a scan, and return its number and what unfinished ones like it already saw by place."""
    with store.writing() as connection:
        before = _interrupted(connection, plan.inputs)
        scan = _insert_scan(connection, plan)
        seen: dict[str, Visit] = {}
        for one in before:
            seen |= _visits(connection, one, store.name)
        if before:
            why = f"interrupted; scan {scan} went on from there"
            connection.execute(
                update(scans)
                .where(scans.c.id.in_(before), scans.c.state == ScanState.RUNNING)
                .values(state=ScanState.FAILED, why=why)
            )
    return scan, seen


def keep(store: Store, scan: int, place: str, visit: Visit) -> None:
    """Keep what one clone showed; safe on disk when this returns."""
    row = {
        "scan": scan,
        "place": storable(place),
        "fingerprint": visit.fingerprint,
        "seen": _packed(visit),
    }
    with store.writing() as connection:
        connection.execute(insert(visits).values(row))


def complete(
    store: Store,
    scan: int,
    outcome: Outcome,
) -> None:
    """Keep all that a scan saw and what was made of it; only with this it is complete."""
    with store.writing() as connection:
        _complete(connection, scan, outcome)


def record(
    store: Store,
    plan: Plan,
    outcome: Outcome,
) -> int:
    """Keep a scan that has already ended, and return its number."""
    with store.writing() as connection:
        scan = _insert_scan(connection, plan)
        _complete(connection, scan, outcome)
    return scan


def content_of(bundle: Bundle) -> str:
    """Return a hash of everything in a bundle, by which a scan with the same is found."""
    return _content(bundle, fingerprint(bundle.evidence))


def fail(store: Store, scan: int, why: str) -> None:
    """Say that a scan ended without a result; what it saw stays for the next one."""
    with store.writing() as connection:
        connection.execute(
            update(scans)
            .where(scans.c.id == scan, scans.c.state == ScanState.RUNNING)
            .values(state=ScanState.FAILED, why=storable(why))
        )


def _insert_scan(connection: Connection, plan: Plan) -> int:
    row = {
        "kind": plan.kind,
        "target": storable(plan.target),
        "as_of": plan.as_of,
        "window_days": plan.window_days,
        "started": plan.started,
        "state": ScanState.RUNNING,
        "tool_version": plan.tool_version,
        "rules_sha256": plan.rules_sha256,
        "inputs_sha256": plan.inputs,
    }
    return insert_row(connection, scans, row)


def _interrupted(connection: Connection, inputs: str | None) -> list[int]:
    """Return the unfinished scans with these inputs that still hold something, oldest first."""
    if inputs is None:
        return []
    chosen = (
        select(scans.c.id)
        .where(scans.c.inputs_sha256 == inputs, scans.c.state != ScanState.COMPLETE)
        .order_by(scans.c.id)
    )
    return list(connection.execute(chosen).scalars())


def _visits(connection: Connection, scan: int, name: str) -> dict[str, Visit]:
    rows = connection.execute(select(visits).where(visits.c.scan == scan))
    try:
        return {original(row.place): _unpacked(row.fingerprint, bytes(row.seen)) for row in rows}
    except (zlib.error, KeyError, TypeError, ValueError) as error:
        raise StoreError(f"{name}: scan {scan} is damaged: {error!r}") from error


def _packed(visit: Visit) -> bytes:
    content = {
        "name": visit.name,
        "owner": visit.owner,
        "commit": visit.commit,
        "evidence": [write_fact(one) for one in visit.evidence],
    }
    return zlib.compress(json.dumps(content).encode("ascii"))


def _unpacked(fingerprint: str, seen: bytes) -> Visit:
    content = json.loads(zlib.decompress(seen))
    return Visit(
        fingerprint=fingerprint,
        name=content["name"],
        owner=content["owner"],
        commit=content["commit"],
        evidence=tuple(map(FactReader().read, content["evidence"])),
    )


def _complete(connection: Connection, scan: int, outcome: Outcome) -> None:
    bundle = outcome.bundle
    facts = write_facts(connection, scan, bundle.evidence)
    _write_assessment(connection, scan, outcome.assessment)
    _write_readings(connection, scan, outcome)
    _forget_visits(connection, scan)
    done = connection.execute(
        update(scans)
        .where(scans.c.id == scan)
        .values(
            kind=bundle.target.kind,
            target=storable(bundle.target.name),
            state=ScanState.COMPLETE,
            why="",
            header=_header(bundle),
            content_sha256=_content(bundle, facts),
        )
    )
    if done.rowcount != 1:
        raise StoreError(f"scan {scan} was removed from the history while it ran")


def _forget_visits(connection: Connection, scan: int) -> None:
    """Remove what no scan will go on from: that of this one, and of those that it went on from."""
    own = select(scans.c.inputs_sha256).where(scans.c.id == scan).scalar_subquery()
    over = select(scans.c.id).where(
        (scans.c.id == scan)
        | ((scans.c.inputs_sha256 == own) & (scans.c.state == ScanState.FAILED))
    )
    connection.execute(delete(visits).where(visits.c.scan.in_(over)))


def _content(bundle: Bundle, facts: str) -> str:
    return hashlib.sha256(f"{_header(bundle)}\n{facts}".encode("ascii")).hexdigest()


def _header(bundle: Bundle) -> str:
    return json.dumps(write_header(bundle), sort_keys=True)


def _write_assessment(connection: Connection, scan: int, assessment: Assessment) -> None:
    document, catalogue = write_assessment(assessment)
    sha256 = hashlib.sha256(catalogue.encode("ascii")).hexdigest()
    insert_missing(connection, catalogues, [{"sha256": sha256, "document": catalogue}])
    row = {
        "scan": scan,
        "profile": assessment.profile,
        "level": assessment.verdict.level,
        "possible": assessment.verdict.possible,
        "catalogue": sha256,
        "document": document,
    }
    connection.execute(insert(assessments).values(row))


def _write_readings(connection: Connection, scan: int, outcome: Outcome) -> None:
    rows = [
        {
            "scan": scan,
            "signal": signal.id,
            "field": field,
            "low": None if within is None else within.low,
            "high": None if within is None else within.high,
            "n": signal.n,
            "unknown": signal.unknown,
            "definition": outcome.definitions[signal.id],
        }
        for signal in outcome.assessment.signals
        for field, within in signal.fields.items()
    ]
    if rows:
        connection.execute(insert(readings), rows)
