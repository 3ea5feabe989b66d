"""The first screen: the verdict as a range in words, and the levels as bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from osmm_scan.report import words
from osmm_scan.report.view.charts import Staircase, staircase
from osmm_scan.report.words import Share, share


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The verdict in words, and what it rests on.

    Checks are plain yes or no, so only an organisation has `confidence` and `stability`.
    """

    kind: str
    about: str
    name: str
    top: int
    level_name: str
    sentence: str
    status: str
    because: str
    coverage: Share
    weight: str
    confidence: Share | None
    trust: str
    stability: Share | None
    beyond: str
    stairs: Staircase
    scan: tuple[tuple[str, str], ...]
    looked_at: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One level: what is proved, what is still possible, and the most that a scan can show.

    `ceiling` and `known` belong to an organisation, `note` counts the checks of a repository.
    """

    level: int
    name: str
    status: str
    is_reached: bool
    proved: Share
    possible: Share
    between: Share
    ceiling: Share | None
    known: Share | None
    note: str
    blockers: tuple[str, ...]


def headline(document: dict[str, Any]) -> Headline:
    """Return the verdict of the document in words."""
    verdict = document["verdict"]
    is_repository = document["target"]["kind"] == "repository"
    top = 4 if is_repository else 5
    return Headline(
        kind=document["target"]["kind"],
        about="Repository readiness" if is_repository else "Open source maturity",
        name=document["target"]["name"],
        top=top,
        level_name=verdict["name"].strip(),
        sentence=_sentence(verdict, top),
        status=words.STATUS[verdict["status"]],
        because=words.sentence(verdict["because"]),
        coverage=share(verdict["coverage"]),
        weight="the checks" if is_repository else "the weight",
        confidence=None if is_repository else share(verdict["confidence"]),
        trust=words.band(verdict["confidence"]),
        stability=None if verdict["stability"] is None else share(verdict["stability"]),
        beyond=_beyond(verdict),
        stairs=staircase(verdict, top),
        scan=_scan(document),
        looked_at=words.VISIBILITY[document["visibility"]],
        token=document["access"]["token"],
    )


def level_bars(document: dict[str, Any]) -> tuple[Bar, ...]:
    """Return the bars of an organisation's levels, or of what one repository is ready for."""
    if document["target"]["kind"] == "repository":
        names = {level["level"]: level["name"] for level in document["levels"]}
        return tuple(
            _readiness_bar(level, names.get(level, ""), readiness)
            for readiness in document["readiness"]
            for level in (1, 2, 3, 4)
        )
    titles = item_titles(document)
    return tuple(_maturity_bar(level, titles) for level in document["levels"])


def item_titles(document: dict[str, Any]) -> dict[str, str]:
    """Return the titles of items, each with its activity, and of activities by their ids."""
    activities = {one["id"]: one["title"] for one in document["activities"]}
    known = {identity.rpartition(".")[2]: title for identity, title in activities.items()}
    items = {
        item["id"]: f"{known.get(item['activity'], item['activity'])}: {item['title']}"
        for item in document["items"]
    }
    return known | activities | items


def _sentence(verdict: dict[str, Any], top: int) -> str:
    level, possible = verdict["level"] or 0, verdict["possible"]
    if possible == 0:
        return f"No level of {top} is reached, and nothing unseen could change that"
    if level == 0:
        return f"No level is proved; level {possible} of {top} is still possible"
    if level == possible:
        return f"Level {level} of {top} is proved, and nothing unseen could raise it"
    return f"Level {level} of {top} is proved; level {possible} is still possible"


def _beyond(verdict: dict[str, Any]) -> str:
    if verdict["reach"] <= (verdict["level"] or 0):
        return ""
    return f"Level {verdict['reach']} passes by itself, but a level below it does not."


def _scan(document: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    target = document["target"]
    told = [
        ("As of", f"{document['as_of']}, activity of the last {document['window_days']} days"),
        ("Looked at", words.VISIBILITY[document["visibility"]]),
        ("Token", document["access"]["token"]),
        ("Profile", document["profile"]),
    ]
    if target["commit"] is not None:
        told.append(("Commit", target["commit"][:12]))
    if target["kind"] == "organisation":
        told.append(
            ("Estate", words.count(len(document["repositories"]), "repository", "repositories"))
        )
    return tuple(told)


def _maturity_bar(level: dict[str, Any], titles: dict[str, str]) -> Bar:
    return Bar(
        level=level["level"],
        name=level["name"],
        status=words.STATUS[level["status"]],
        is_reached=level["status"] == "attained",
        proved=share(level["progress"]),
        possible=share(level["upper"]),
        between=share(max(0.0, level["upper"] - level["progress"])),
        ceiling=share(level["ceiling"]),
        known=share(level["coverage"]),
        note="",
        blockers=tuple(titles.get(blocker, blocker) for blocker in level["blockers"]),
    )


def _readiness_bar(level: int, name: str, readiness: dict[str, Any]) -> Bar:
    here = [one["result"] for one in readiness["checks"] if one["level"] == level]
    met, unknown, waived = (here.count(one) for one in ("met", "unknown", "waived"))
    asked = len(here) - here.count("not_applicable") - waived
    note = f"{met} of {asked}" if asked else "none applies"
    note += f", {waived} waived" if waived else ""
    return Bar(
        level=level,
        name=name,
        status=_ready(level, readiness),
        is_reached=level <= readiness["level"],
        proved=share(met / asked if asked else 0.0),
        possible=share((met + unknown) / asked if asked else 0.0),
        between=share(unknown / asked if asked else 0.0),
        ceiling=None,
        known=None,
        note=f"{note}, {unknown} unknown" if unknown else note,
        blockers=(),
    )


def _ready(level: int, readiness: dict[str, Any]) -> str:
    if level <= readiness["level"]:
        return "ready"
    return "still possible" if level <= readiness["possible"] else "not ready"
