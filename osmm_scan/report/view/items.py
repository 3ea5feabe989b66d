"""The items of the model as rows: the level by grade matrix, activities, items and facets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from osmm_scan.report import words
from osmm_scan.report.view.proofs import Citation, Known, cite
from osmm_scan.report.words import Share, share

COLUMNS = ("0", "1", "2", "3", "4", "5", "unknown", "not applicable")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """How many items of a level have each grade; `counts` follow `COLUMNS`."""

    level: int
    name: str
    counts: tuple[int, ...]
    total: int


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
    state: str
    state_id: str
    because: str
    confidence: Share
    trust: str
    proof: Citation
    action: str
    effort: str
    next: str
    is_gate: bool
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One activity with its items; `mean` is the mean of the known grades."""

    level: int
    title: str
    mean: float | None
    verdict: str
    coverage: Share
    items: tuple[Item, ...]


def matrix(document: dict[str, Any]) -> tuple[MatrixRow, ...]:
    """Return one row for every level."""
    return tuple(_matrix_row(level, document["items"]) for level in document["levels"])


def activities(document: dict[str, Any], known: Known) -> tuple[Activity, ...]:
    """Return the activities of the model with their items."""
    grouped = _by_activity(items(document["items"], document, known))
    titled = {(one["level"], _short(one)): one for one in document["activities"]}
    return tuple(_activity(titled[place], grouped.get(place, [])) for place in sorted(titled))


def items(
    entries: Iterable[dict[str, Any]], document: dict[str, Any], known: Known
) -> tuple[Item, ...]:
    """Return items or facets of the document as rows."""
    titles = {(one["level"], _short(one)): one["title"] for one in document["activities"]}
    return tuple(_item(one, titles, known) for one in entries)


def _short(activity: dict[str, Any]) -> str:
    return str(activity["id"]).removeprefix(f"l{activity['level']}.")


def _by_activity(rows: Iterable[Item]) -> dict[tuple[int, str], list[Item]]:
    grouped: dict[tuple[int, str], list[Item]] = {}
    for row in rows:
        grouped.setdefault((row.level, row.id.split(".")[1]), []).append(row)
    return grouped


def _activity(entry: dict[str, Any], rows: list[Item]) -> Activity:
    mean = entry["mean"]
    return Activity(
        level=entry["level"],
        title=entry["title"],
        mean=mean,
        verdict="unknown" if mean is None else f"{mean:.1f} of 5",
        coverage=share(entry["coverage"]),
        items=tuple(rows),
    )


def _item(entry: dict[str, Any], titles: dict[tuple[int, str], str], known: Known) -> Item:
    return Item(
        id=entry["id"],
        level=entry["level"],
        activity=titles.get((entry["level"], entry["activity"]), entry["activity"]),
        title=entry["title"],
        criterion=entry["criterion"],
        why=entry["why"],
        grade=entry["grade"],
        possible=entry["possible"],
        verdict=_verdict(entry),
        state=words.STATE[entry["state"]],
        state_id=entry["state"],
        because=entry["because"],
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
    if grade is None:
        return f"unknown, at most {possible} of 5"
    return f"{grade} of 5" if grade == possible else f"{grade} of 5, at most {possible}"


def _next(step: dict[str, Any] | None) -> str:
    return "" if step is None else f"Grade {step['grade']}, {step['name']}: {step['needs']}"


def _matrix_row(level: dict[str, Any], entries: Iterable[dict[str, Any]]) -> MatrixRow:
    places = [_column(one) for one in entries if one["level"] == level["level"]]
    counts = tuple(places.count(column) for column in range(len(COLUMNS)))
    return MatrixRow(level=level["level"], name=level["name"], counts=counts, total=len(places))


def _column(entry: dict[str, Any]) -> int:
    if entry["state"] == "not_applicable":
        return COLUMNS.index("not applicable")
    return COLUMNS.index("unknown") if entry["grade"] is None else int(entry["grade"])
