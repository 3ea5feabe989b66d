"""Readiness of repositories as rows, and of one repository check by check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from osmm_scan.report import words
from osmm_scan.report.view.proofs import Citation, Known, cite
from osmm_scan.report.words import Share, share

# An estate of thousands shows how many checks are met; JSON lists every one.
DETAILED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How many checks of one level a repository meets."""

    level: int
    met: int
    unknown: int
    asked: int
    waived: int
    shade: int
    share: str
    gap: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One check in one repository."""

    id: str
    level: int
    title: str
    is_required: bool
    result: str
    result_id: str
    mark: str
    because: str
    gist: str
    why: str
    action: str
    effort: str
    proof: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChecks:
    """The checks of one level."""

    level: int
    name: str
    cell: Cell
    checks: tuple[CheckRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How many repositories are ready for one level and no higher one."""

    level: int
    number: int
    part: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryRow:
    """One repository of the inventory. `level` is None where it was not judged.

    `unmet` are the titles of the checks that it does not meet, in an estate of few details.
    """

    name: str
    about: tuple[str, ...]
    verdict: str
    level: int | None
    ready: str
    cells: tuple[Cell, ...]
    levels: tuple[LevelChecks, ...]
    unmet: tuple[str, ...]


def repositories(document: dict[str, Any], known: Known) -> tuple[RepositoryRow, ...]:
    """Return every repository of the document, those that are ready for least first."""
    about = {one["name"]: _about(one) for one in document["repositories"]}
    judged = {one["repository"]: one for one in document["readiness"]}
    in_detail = len(judged) <= DETAILED
    titles = {check["id"]: check["title"] for check in document["checks"]}
    rows = (
        RepositoryRow(
            name=name,
            about=about.get(name, ()),
            verdict=_verdict(judged.get(name)),
            level=judged[name]["level"] if name in judged else None,
            ready=str(judged[name]["level"]) if name in judged else "",
            cells=_cells(judged[name]["checks"]) if name in judged else (),
            levels=_levels(document, judged[name], known) if name in judged and in_detail else (),
            unmet=() if in_detail or name not in judged else _unmet(judged[name], titles),
        )
        for name in about.keys() | judged.keys()
    )
    return tuple(sorted(rows, key=lambda row: (row.level is None, row.level or 0, row.name)))


def spread(rows: Iterable[RepositoryRow]) -> tuple[Spread, ...]:
    """Return how many repositories are ready for each level, of those that were judged."""
    ready = Counter(row.level for row in rows if row.level is not None)
    return tuple(
        Spread(level=level, number=ready[level], part=share(ready[level] / ready.total()))
        for level in range(5)
        if ready
    )


def _unmet(readiness: dict[str, Any], titles: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(titles[one["id"]] for one in readiness["checks"] if one["result"] == "unmet")


def _verdict(readiness: dict[str, Any] | None) -> str:
    if readiness is None:
        return "not judged"
    return f"{words.between(readiness['level'], readiness['possible'])} of 4"


def _about(repository: dict[str, Any]) -> tuple[str, ...]:
    told = [repository["visibility"] or "visibility unknown"]
    told += [name for name in ("archived", "fork") if repository[name]]
    if repository["active"] is False:
        told.append("not active")
    return tuple(told)


def _levels(
    document: dict[str, Any], readiness: dict[str, Any], known: Known
) -> tuple[LevelChecks, ...]:
    asked = {check["id"]: check for check in document["checks"]}
    names = {level["level"]: level["name"] for level in document["levels"]}
    rows = [_check(asked[outcome["id"]], outcome, known) for outcome in readiness["checks"]]
    cells = _cells(readiness["checks"])
    return tuple(
        LevelChecks(
            level=cell.level,
            name=names.get(cell.level, ""),
            cell=cell,
            checks=tuple(row for row in rows if row.level == cell.level),
        )
        for cell in cells
    )


def _check(check: dict[str, Any], outcome: dict[str, Any], known: Known) -> CheckRow:
    return CheckRow(
        id=check["id"],
        level=check["level"],
        title=check["title"],
        is_required=check["required"],
        result=words.RESULT[outcome["result"]],
        result_id=outcome["result"],
        mark=words.MARK[outcome["result"]],
        because=outcome["because"],
        gist=words.brief(outcome["because"]),
        why=check["why"],
        action=check["remediation"]["action"],
        effort=words.EFFORT[check["remediation"]["effort"]],
        proof=cite(known, outcome["evidence"]),
    )


def _cells(outcomes: list[dict[str, Any]]) -> tuple[Cell, ...]:
    results: dict[int, list[str]] = {1: [], 2: [], 3: [], 4: []}
    for outcome in outcomes:
        results[outcome["level"]].append(outcome["result"])
    return tuple(_cell(level, here) for level, here in results.items())


def _cell(level: int, results: list[str]) -> Cell:
    met, unknown, waived = (results.count(one) for one in ("met", "unknown", "waived"))
    asked = len(results) - results.count("not_applicable") - waived
    open_ends = (f"{unknown} unknown" if unknown else "", f"{waived} waived" if waived else "")
    return Cell(
        level=level,
        met=met,
        unknown=unknown,
        asked=asked,
        waived=waived,
        shade=words.shade(met, asked),
        share=(share := f"{met} of {asked}" if asked else "none applies"),
        gap=(gap := ", ".join(filter(None, open_ends))),
        text=f"{share}, {gap}" if gap else share,
    )
