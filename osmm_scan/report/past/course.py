"""The course of levels and signals over scans: as a document, as text of 80 columns and as SVG."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from osmm_scan.model import Interval, Signal
from osmm_scan.report.json_text import indented
from osmm_scan.report.options import Options
from osmm_scan.report.past.plot import plot
from osmm_scan.report.templating import fill
from osmm_scan.report.terminal import Paper, Styled
from osmm_scan.report.values import interval, number, text
from osmm_scan.report.words import share, value
from osmm_scan.verdicts import LevelVerdict

_FIELDS = 12
_SPARKS = "▁▂▃▄▅▆▇█"
_ASCII_SPARKS = "01234567"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What one scan came to."""

    scan: int
    as_of: date
    rules_sha256: str
    level: int | None
    possible: int
    levels: tuple[LevelVerdict, ...]
    signals: Mapping[str, Signal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Scans of one target by day. `fields` are those to show, as `signal.field`."""

    target: str
    points: tuple[Point, ...]
    fields: tuple[str, ...]


def moving_fields(points: Sequence[Point]) -> tuple[str, ...]:
    """Return the fields whose value is not the same in all scans, by name; ages always grow."""
    names = {
        f"{signal.id}.{name}"
        for point in points
        for signal in point.signals.values()
        for name in signal.fields
        if not name.endswith("age_days")
    }
    return tuple(
        name for name in sorted(names) if any(one != two for one, two in _pairs(points, name))
    )


def document(course: Course, options: Options) -> dict[str, Any]:
    """Return the course as plain JSON types."""
    return {
        "schema_version": 1,
        "target": text(course.target),
        "scans": [_scan(point) for point in course.points],
        "signals": {
            name: [
                interval(_read(point, name), is_flag=name in options.flags)
                for point in course.points
            ]
            for name in course.fields
        },
    }


def render_json(course: Course, options: Options) -> str:
    """Return the course as JSON."""
    return indented(document(course, options))


def render_svg(course: Course, options: Options) -> str:
    """Return the course of the level, and of how far each level is, as a drawing."""
    return fill("svg/trend.svg.jinja", {"plot": plot(document(course, options))})


def render_text(course: Course, options: Options) -> str:
    """Return the course for a terminal."""
    whole = document(course, options)
    paper = Paper(options)
    paper.ends((whole["target"], "bold"), right=(f"Trend over {len(course.points)} scans", "dim"))
    paper.line((paper.marks.line * paper.width, "dim"))
    _show_scans(paper, whole["scans"])
    if course.fields:
        _show_fields(paper, course, whole["signals"])
    return paper.written()


def _scan(point: Point) -> dict[str, Any]:
    return {
        "scan": point.scan,
        "as_of": point.as_of.isoformat(),
        "rules_sha256": point.rules_sha256,
        "level": point.level,
        "possible": point.possible,
        "levels": [
            {
                "level": one.level,
                "status": str(one.status),
                "progress": number(one.progress),
                "upper": number(one.upper),
            }
            for one in sorted(point.levels, key=lambda one: one.level)
        ],
    }


def _show_scans(paper: Paper, scans: Sequence[Mapping[str, Any]]) -> None:
    levels = [one["level"] for one in scans[-1]["levels"]]
    head: list[Styled] = [(name, "dim") for name in ("scan", "as of", "level", "possible", "")]
    head += [(f"L{level}", "dim") for level in levels]
    rows = [head]
    rules = scans[0]["rules_sha256"]
    for scan in scans:
        row: list[Styled] = [
            (str(scan["scan"]), ""),
            (scan["as_of"], ""),
            (str(scan["level"] or 0), "bold"),
            (str(scan["possible"]), ""),
            ("other rules" if scan["rules_sha256"] != rules else "", "yellow"),
        ]
        row += [(share(one["progress"]).text, "") for one in scan["levels"]]
        rows.append(row)
        rules = scan["rules_sha256"]
    paper.table(rows, flex=4, right=(0, 2, 3, *range(5, 5 + len(levels))))
    paper.line(("L1 to L5: the share of each level's grades that is proved", "dim"))


def _show_fields(paper: Paper, course: Course, signals: Mapping[str, list[Any]]) -> None:
    paper.heading("Signals that moved", "first, course of what is proved, last")
    rows: list[list[Styled]] = []
    for name in course.fields[:_FIELDS]:
        lows = [_low(_read(point, name)) for point in course.points]
        first, last = signals[name][0], signals[name][-1]
        rows.append(
            [(name, ""), (_short(first), ""), (_spark(paper, lows), "blue"), (_short(last), "bold")]
        )
    paper.table(rows, flex=0, right=(1,))
    if len(course.fields) > _FIELDS:
        more = len(course.fields) - _FIELDS
        paper.line((f"and {more:,} more; choose with --signal, or see -f json", "dim"))


def _short(found: Any) -> str:
    """Return a value with three digits, for a narrow column."""
    if isinstance(found, dict):
        return f"{_short(found['low'])} to {_short(found['high'])}"
    return f"{found:.3g}" if isinstance(found, float) else value(found)


def _spark(paper: Paper, values: Sequence[float | None]) -> str:
    """Return a line of blocks as high as the values, a space where there is none."""
    marks = _SPARKS if paper.is_unicode else _ASCII_SPARKS
    known = [one for one in values if one is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    reach = (high - low) or 1.0
    return "".join(
        " " if one is None else marks[round((one - low) / reach * (len(marks) - 1))]
        for one in values
    )


def _low(within: Interval | None) -> float | None:
    return within.low if within is not None and within.is_bounded else None


def _read(point: Point, name: str) -> Interval | None:
    signal, _, field = name.partition(".")
    found = point.signals.get(signal)
    return None if found is None else found.fields.get(field)


def _pairs(points: Sequence[Point], name: str) -> Iterable[tuple[Interval | None, Interval | None]]:
    values = [_read(point, name) for point in points]
    return pairwise(values)
