"""What was seen and where: pieces of evidence as reports cite and list them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from osmm_scan.report import words
from osmm_scan.report.links import permalink, place

# A share over thousands of repositories rests on thousands of facts; JSON lists them all.
CITED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One piece of evidence. `path` is empty where no file proves it; `link` is None where no safe
    permalink leads to it."""

    id: str
    key: str
    subject: str
    found: str
    is_missing: bool
    path: str
    place: str
    link: str | None
    observed_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The evidence that a finding rests on: the first pieces, and how many more there are."""

    shown: tuple[Proof, ...]
    more: int


# Evidence entries of the document by id; a row is made only of what a report shows.
Known: TypeAlias = Mapping[str, dict[str, Any]]


def by_id(document: dict[str, Any]) -> Known:
    """Return the evidence of the document by its id, in the document's order."""
    return {one["id"]: one for one in document["evidence"]}


def cite(known: Known, ids: Iterable[str]) -> Citation:
    """Return a citation of these ids; what proves something comes before what is missing."""
    cited = [known[identity] for identity in ids if identity in known]
    cited.sort(key=lambda one: ("missing" in one, one["source"]["path"] is None))
    return Citation(shown=proofs(cited[:CITED]), more=max(0, len(cited) - CITED))


def proofs(entries: Iterable[dict[str, Any]]) -> tuple[Proof, ...]:
    """Return evidence entries as rows."""
    return tuple(map(_proof, entries))


def _proof(one: dict[str, Any]) -> Proof:
    is_missing = "missing" in one
    return Proof(
        id=one["id"],
        key=one["key"],
        subject=one["subject"],
        found=f"{words.MISSING[one['missing']]}: {one['why']}"
        if is_missing
        else words.value(one["value"]),
        is_missing=is_missing,
        path="" if one["source"]["path"] is None else place(one["source"]),
        place=place(one["source"]),
        link=permalink(one["source"]["url"]),
        observed_at=one["observed_at"],
    )
