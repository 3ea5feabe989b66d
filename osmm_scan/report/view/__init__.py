"""Prepare a document for people: sorted rows, words and percentages, ready to be shown.

Templates show what stands here; they do not decide, sort or calculate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from osmm_scan.report import words
from osmm_scan.report.view.actions import Action, actions
from osmm_scan.report.view.cut import Cut, cut
from osmm_scan.report.view.headline import Bar, Headline, headline, item_titles, level_bars
from osmm_scan.report.view.items import (
    COLUMNS,
    Activity,
    Item,
    MatrixRow,
    activities,
    items,
    matrix,
)
from osmm_scan.report.view.proofs import Citation, Proof, by_id, cite, proofs
from osmm_scan.report.view.repositories import RepositoryRow, repositories

__all__ = ["View", "view"]

# More rows than anybody reads make a page slow; JSON lists them all.
LISTED = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenRow:
    """What stayed hidden, what would show it, and the titles of the items behind it."""

    what: str
    needs: str
    hides: tuple[str, ...]
    hidden: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalRow:
    """One measure with its fields in words."""

    id: str
    name: str
    fields: tuple[tuple[str, str], ...]
    over: str
    why: str
    proof: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultRow:
    """Something that could not be read."""

    subject: str
    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A waiver or an attestation, as the pairs that it was written in."""

    title: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything that a report for people shows."""

    headline: Headline
    bars: tuple[Bar, ...]
    actions: tuple[Action, ...]
    hidden: tuple[HiddenRow, ...]
    columns: tuple[str, ...]
    items: tuple[Item, ...]
    judged: tuple[Item, ...]
    unknown: int
    attested: int
    matrix: tuple[MatrixRow, ...]
    activities: tuple[Activity, ...]
    facets: tuple[Item, ...]
    repositories: tuple[RepositoryRow, ...]
    in_detail: bool
    signals: tuple[SignalRow, ...]
    evidence: Cut[Proof]
    faults: tuple[FaultRow, ...]
    waivers: tuple[Note, ...]
    attestations: tuple[Note, ...]
    tool: str
    rules: str


def view(document: dict[str, Any]) -> View:
    """Return the document as people read it."""
    known = by_id(document)
    rows = items(document["items"], document, known)
    evidence = cut(document["evidence"], LISTED)
    tool = document["tool"]
    return View(
        headline=headline(document),
        bars=level_bars(document),
        actions=actions(document),
        hidden=_hidden(document),
        columns=COLUMNS,
        items=rows,
        judged=tuple(row for row in rows if row.grade is not None),
        unknown=sum(row.grade is None for row in rows),
        attested=sum(row.is_attested for row in rows),
        matrix=matrix(document, rows),
        activities=activities(document, rows),
        facets=items(document["facets"], document, known),
        repositories=(rows_of_repositories := repositories(document, known)),
        in_detail=any(row.levels for row in rows_of_repositories),
        signals=tuple(
            _signal(signal, cite(known, signal["evidence"])) for signal in document["signals"]
        ),
        evidence=Cut(shown=proofs(evidence.shown), more=evidence.more, total=evidence.total),
        faults=tuple(FaultRow(**fault) for fault in document["faults"]),
        waivers=tuple(map(_note, document["waivers"])),
        attestations=tuple(map(_note, document["attestations"])),
        tool=f"{tool['name']} {tool['version']}",
        rules=tool["rules_sha256"][:12],
    )


def _hidden(document: dict[str, Any]) -> tuple[HiddenRow, ...]:
    titles = item_titles(document)
    return tuple(
        HiddenRow(
            what=one["what"],
            needs=one["needs"],
            hides=tuple(titles.get(identity, identity) for identity in one["hides"]),
            hidden=words.count(len(one["hides"]), "item"),
        )
        for one in document["access"]["could_not_see"]
    )


def _signal(signal: dict[str, Any], proof: Citation) -> SignalRow:
    return SignalRow(
        id=signal["id"],
        name=words.name(signal["id"]),
        fields=tuple((name, words.value(field)) for name, field in signal["fields"].items()),
        over=f"{signal['n']:,} examined, {signal['unknown']:,} unknown",
        why=f"{words.MISSING[signal['missing']]}: {signal['why']}" if "missing" in signal else "",
        proof=proof,
    )


def _note(entry: dict[str, Any]) -> Note:
    pairs = tuple((words.name(key), words.value(entry[key])) for key in sorted(entry))
    title = words.value(entry.get("item") or entry.get("signal"))
    return Note(title=title, pairs=pairs)
