"""Prepare a document for people: sorted rows, words and percentages, ready to be shown.

Templates show what stands here; they do not decide, sort or calculate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from osmm_scan.report.view import appendix
from osmm_scan.report.view.actions import Action, actions
from osmm_scan.report.view.cut import Cut, cut
from osmm_scan.report.view.headline import Bar, Headline, headline, level_bars
from osmm_scan.report.view.items import (
    COLUMNS,
    Activity,
    Item,
    MatrixRow,
    activities,
    items,
    matrix,
)
from osmm_scan.report.view.outward import Group, outward
from osmm_scan.report.view.proofs import Proof, by_id, proofs
from osmm_scan.report.view.repositories import RepositoryRow, Spread, repositories, spread
from osmm_scan.report.view.rules import own_rules
from osmm_scan.report.view.trend import Trend, trend

__all__ = ["View", "view"]

# More rows than anybody reads make a page slow; JSON lists them all.
LISTED = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything that a report for people shows."""

    headline: Headline
    bars: tuple[Bar, ...]
    actions: tuple[Action, ...]
    hidden: tuple[appendix.HiddenRow, ...]
    columns: tuple[str, ...]
    items: tuple[Item, ...]
    judged: tuple[Item, ...]
    unknown: int
    attested: int
    matrix: tuple[MatrixRow, ...]
    activities: tuple[Activity, ...]
    facets: tuple[Item, ...]
    repositories: tuple[RepositoryRow, ...]
    trend: Trend | None
    outward: tuple[Group, ...]
    spread: tuple[Spread, ...]
    in_detail: bool
    signals: tuple[appendix.SignalRow, ...]
    evidence: Cut[Proof]
    faults: tuple[appendix.FaultRow, ...]
    waivers: tuple[appendix.Note, ...]
    attestations: tuple[appendix.Note, ...]
    tool: str
    rules: str
    own_rules: str


def view(document: dict[str, Any]) -> View:
    """Return the document as people read it."""
    known = by_id(document)
    rows = items(document["items"], known)
    estate = repositories(document, known)
    evidence = cut(document["evidence"], LISTED)
    return View(
        headline=headline(document),
        bars=level_bars(document),
        actions=actions(document),
        hidden=appendix.hidden(document),
        columns=COLUMNS,
        items=rows,
        judged=tuple(row for row in rows if row.grade is not None),
        unknown=sum(row.grade is None for row in rows),
        attested=sum(row.is_attested for row in rows),
        matrix=matrix(document, rows),
        activities=activities(document, rows),
        facets=items(document["facets"], known),
        repositories=estate,
        trend=trend(document),
        outward=outward(document),
        spread=spread(estate),
        in_detail=any(row.levels for row in estate),
        signals=appendix.signals(document),
        evidence=Cut(shown=proofs(evidence.shown), more=evidence.more, total=evidence.total),
        faults=appendix.faults(document),
        waivers=appendix.waivers(document),
        attestations=appendix.attestations(document),
        tool=f"{document['tool']['name']} {document['tool']['version']}",
        rules=document["tool"]["rules_sha256"][:12],
        own_rules=own_rules(document),
    )
