"""The items of the model as rows: the level by grade matrix, activities, items and facets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from osmm_scan.report import words
from osmm_scan.report.view.charts import kind_of
from osmm_scan.report.view.proofs import Citation, Known, cite
from osmm_scan.report.words import Share, share

COLUMNS = ("0", "1", "2", "3", "4", "5", "unknown", "not applicable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item or facet as judged. `grade` is None when unknown."""

    id: str
    level: int
    activity: str
    title: str
    criterion: str
    why: str
    grade: int | None
    possible: int
    verdict: str
    pips: tuple[str, ...]
    state: str
    state_id: str
    is_attested: bool
    is_marked: bool
    because: str
    gist: str
    confidence: Share
    trust: str
    proof: Citation
    action: str
    effort: str
    next: str
    is_gate: bool
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many items of a level stand in one column; `kind` says how its cell is shaded."""

    number: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """The items of a level, and how many have each grade; `counts` follow `COLUMNS`."""

    level: int
    name: str
    counts: tuple[Count, ...]
    total: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One activity with its items; `mean` is the mean of the known grades."""

    id: str
    level: int
    title: str
    mean: float | None
    verdict: str
    length: Share
    coverage: Share
    size: str
    items: tuple[Item, ...]


def matrix(document: dict[str, Any], rows: Iterable[Item]) -> tuple[MatrixRow, ...]:
    """Return one row for every level."""
    everything = tuple(rows)
    return tuple(
        _matrix_row(level, tuple(row for row in everything if row.level == level["level"]))
        for level in document["levels"]
    )


def activities(document: dict[str, Any], rows: Iterable[Item]) -> tuple[Activity, ...]:
    """Return the activities of the model with their items."""
    grouped: dict[str, list[Item]] = {}
    for row in rows:
        grouped.setdefault(row.activity, []).append(row)
    return tuple(_activity(one, grouped.get(_id(one), [])) for one in document["activities"])


def items(entries: Iterable[dict[str, Any]], known: Known) -> tuple[Item, ...]:
    """Return items or facets of the document as rows."""
    return tuple(_item(one, known) for one in entries)


def _id(activity: dict[str, Any]) -> str:
    return str(activity["id"]).removeprefix(f"l{activity['level']}.")


def _activity(entry: dict[str, Any], rows: list[Item]) -> Activity:
    mean = entry["mean"]
    return Activity(
        id=_id(entry),
        level=entry["level"],
        title=entry["title"],
        mean=mean,
        verdict="unknown" if mean is None else f"{mean:.1f} of 5",
        length=share((mean or 0) / 5),
        coverage=share(entry["coverage"]),
        size=words.count(len(rows), "item"),
        items=tuple(rows),
    )


def _item(entry: dict[str, Any], known: Known) -> Item:
    return Item(
        id=entry["id"],
        level=entry["level"],
        activity=entry["activity"],
        title=entry["title"],
        criterion=entry["criterion"],
        why=entry["why"],
        grade=entry["grade"],
        possible=entry["possible"],
        verdict=_verdict(entry),
        pips=tuple(kind_of(step, entry["grade"], entry["possible"]) for step in range(1, 6)),
        state=words.STATE[entry["state"]],
        state_id=entry["state"],
        is_attested=entry["state"] in words.STATED,
        is_marked=entry["state"] in {*words.STATED, "waived"},
        because=entry["because"],
        gist=words.brief(entry["because"]),
        confidence=share(entry["confidence"]),
        trust=words.band(entry["confidence"]),
        proof=cite(known, entry["evidence"]),
        action=entry["remediation"]["action"],
        effort=words.EFFORT[entry["remediation"]["effort"]],
        next=_next(entry["next"]),
        is_gate=entry["gate"],
        says=entry["repository_says"],
    )


def _verdict(entry: dict[str, Any]) -> str:
    grade, possible = entry["grade"], entry["possible"]
    if entry["state"] == "not_applicable":
        return "not applicable"
    known = f"unknown, up to {possible} of 5"
    if grade is not None:
        known = f"{words.between(grade, possible)} of 5"
    if entry["attestation"] is not None:
        seen = "unknown" if entry["observed"] is None else entry["observed"]
        return f"{known} {words.STATE[entry['state']]}, observed {seen}"
    return f"{known}, waived" if entry["state"] == "waived" else known


def _next(step: dict[str, Any] | None) -> str:
    return "" if step is None else f"Grade {step['grade']}, {step['name']}: {step['needs']}"


def _matrix_row(level: dict[str, Any], rows: tuple[Item, ...]) -> MatrixRow:
    places = [_column(row) for row in rows]
    return MatrixRow(
        level=level["level"],
        name=level["name"],
        counts=tuple(
            _count(column, places.count(place), len(rows)) for place, column in enumerate(COLUMNS)
        ),
        total=len(rows),
        items=rows,
    )


def _count(column: str, number: int, total: int) -> Count:
    shade = words.shade(number, total)
    is_grade = column.isdigit()
    return Count(number=number, kind=f"{'shade' if is_grade else 'gray'}-{shade}")


def _column(row: Item) -> int:
    if row.state_id == "not_applicable":
        return COLUMNS.index("not applicable")
    return COLUMNS.index("unknown") if row.grade is None else row.grade
