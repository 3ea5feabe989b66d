"""What was seen and where: pieces of evidence as reports cite and list them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from osmm_scan.report import words
from osmm_scan.report.links import permalink, place
from osmm_scan.report.records import Records
from osmm_scan.report.view.cut import Cut, cut

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


# Evidence entries of the document by id; a row is made only of what a report shows.
Known: TypeAlias = Mapping[str, dict[str, Any]]
Citation: TypeAlias = Cut[Proof]


def by_id(document: dict[str, Any]) -> Known:
    """Return the evidence of the document by its id, in the document's order."""
    records: Records = document["evidence"]
    return records.by_id()


def cite(known: Known, ids: Iterable[str]) -> Citation:
    """Return the first pieces of evidence of these ids; what proves comes before what misses."""
    cited = [known[identity] for identity in ids if identity in known]
    cited.sort(key=lambda one: ("missing" in one, one["source"]["path"] is None))
    first = cut(cited, CITED)
    return Cut(shown=proofs(first.shown), more=first.more, total=first.total)


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
