"""Keep facts once by content, and read back those of a scan in their order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, insert, select

from osmm_scan.model import Evidence
from osmm_scan.store.records import FactReader, write_fact
from osmm_scan.store.rows import insert_missing, insert_row, original, storable
from osmm_scan.store.schema import evidence, observations, subjects

# SQLite takes at most 32766 parameters in a statement, PostgreSQL 65535.
_AT_ONCE = 1000
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class _Fact:
    """One fact as it is kept: apart from the commit and the day that it was seen at."""

    digest: bytes
    key: str
    record: str
    observed_at: str


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring facts of one subject, and the commit that it was seen at."""

    subject: str
    revision: str | None
    facts: tuple[_Fact, ...]

    def content(self) -> bytes:
        """Return what a fingerprint is made of."""
        name = f"{storable(self.subject)} {storable(self.revision or '')}\n".encode("ascii")
        return name + b"".join(one.digest + one.observed_at.encode("ascii") for one in self.facts)


def write_facts(connection: Connection, scan: int, everything: Iterable[Evidence]) -> str:
    """Keep the facts of a scan in their order, and return their fingerprint."""
    content = hashlib.sha256()
    for position, run in enumerate(_runs(everything)):
        content.update(run.content())
        row = {
            "scan": scan,
            "position": position,
            "name": storable(run.subject),
            "revision": None if run.revision is None else storable(run.revision),
        }
        _write_run(connection, insert_row(connection, subjects, row), run.facts)
    return content.hexdigest()


def fingerprint(everything: Iterable[Evidence]) -> str:
    """Return a hash of facts, their order included."""
    content = hashlib.sha256()
    for run in _runs(everything):
        content.update(run.content())
    return content.hexdigest()


def read_facts(connection: Connection, scan: int) -> Iterator[Evidence]:
    """Yield the facts of a scan; fails as `FactReader.read` does when one is damaged."""
    rows = connection.execute(
        select(subjects.c.name, subjects.c.revision, observations.c.observed_at, evidence.c.record)
        .join_from(subjects, observations, observations.c.subject == subjects.c.id)
        .join(evidence, evidence.c.id == observations.c.evidence)
        .where(subjects.c.scan == scan)
        .order_by(subjects.c.position, observations.c.position)
    )
    reader = FactReader()
    for name, revision, observed_at, record in rows:
        fact = _unfolded(json.loads(record), None if revision is None else original(revision))
        yield reader.read({**fact, "subject": original(name), "observed_at": observed_at})


def _runs(everything: Iterable[Evidence]) -> Iterator[_Run]:
    for subject, run in groupby(everything, key=lambda one: one.subject):
        facts = tuple(run)
        revision = next((one.source.commit for one in facts if one.source.commit), None)
        yield _Run(subject, revision, tuple(_kept(one, revision) for one in facts))


def _write_run(connection: Connection, subject: int, facts: Sequence[_Fact]) -> None:
    known = _identities(connection, facts)
    connection.execute(
        insert(observations),
        [
            {
                "subject": subject,
                "position": position,
                "evidence": known[fact.digest],
                "observed_at": fact.observed_at,
            }
            for position, fact in enumerate(facts)
        ],
    )


def _identities(connection: Connection, facts: Iterable[_Fact]) -> dict[bytes, int]:
    # Two scans that write the same facts in different order could wait for each other for ever.
    distinct = sorted({fact.digest: fact for fact in facts}.values(), key=lambda one: one.digest)
    known: dict[bytes, int] = {}
    for start in range(0, len(distinct), _AT_ONCE):
        part = distinct[start : start + _AT_ONCE]
        rows = [{"digest": one.digest, "key": one.key, "record": one.record} for one in part]
        insert_missing(connection, evidence, rows)
        chosen = select(evidence.c.digest, evidence.c.id)
        found = connection.execute(
            chosen.where(evidence.c.digest.in_([one.digest for one in part]))
        )
        known.update((bytes(digest), identity) for digest, identity in found)
    return known


def _kept(item: Evidence, revision: str | None) -> _Fact:
    fact = write_fact(item)
    del fact["subject"]
    observed_at = fact.pop("observed_at")
    record = _encode(_folded(fact, revision))
    digest = hashlib.sha256(record.encode("ascii")).digest()
    return _Fact(digest, storable(item.key), record, observed_at)


def _folded(fact: Mapping[str, Any], revision: str | None) -> dict[str, Any]:
    """Return a fact in which the commit of its subject is left open."""
    folded = dict(fact)
    if revision is None:
        return folded
    if folded.get("commit") == revision:
        folded["commit"] = True
    if revision in folded.get("url", ""):
        folded["url"] = folded["url"].split(revision)
    return folded


def _unfolded(fact: dict[str, Any], revision: str | None) -> dict[str, Any]:
    if fact.get("commit") is True:
        fact["commit"] = revision
    if isinstance(fact.get("url"), list):
        fact["url"] = (revision or "").join(fact["url"])
    return fact
