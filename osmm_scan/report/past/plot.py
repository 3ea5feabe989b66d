"""Where the lines of a trend stand. The template draws what is placed here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

_WIDTH, _HEIGHT, _LEFT, _TOP, _FOOT, _RIGHT = 640, 300, 40, 40, 44, 120
_TOP_LEVEL = 5
_SHOWN_DAYS = 6
# Told apart by dash as well as by color, for those who see no colors.
_DASHES = ("", "6 3", "2 2", "8 3 2 3", "1 4")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A place on an axis and what it is called."""

    at: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line through the scans and its name, which stands at its end."""

    points: str
    name: str
    dash: str
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A drawing: what levels are proved (`proved`) and possible (`band`), and each one's share."""

    title: str
    width: int
    height: int
    left: int
    right: int
    bottom: int
    days: tuple[Tick, ...]
    levels: tuple[Tick, ...]
    proved: str
    band: str
    shares: tuple[Line, ...]


def plot(document: Mapping[str, Any]) -> Plot:
    """Return where everything of a course stands."""
    scans = document["scans"]
    across = _across([date.fromisoformat(scan["as_of"]) for scan in scans])
    proved = [_up((scan["level"] or 0) / _TOP_LEVEL) for scan in scans]
    possible = [_up(scan["possible"] / _TOP_LEVEL) for scan in scans]
    band = [*zip(across, proved, strict=True), *reversed([*zip(across, possible, strict=True)])]
    return Plot(
        title=f"{document['target']}: level {_from_to(scans[0]['level'], scans[-1]['level'])}",
        width=_WIDTH,
        height=_HEIGHT,
        left=_LEFT,
        right=_WIDTH - _RIGHT,
        bottom=_HEIGHT - _FOOT,
        days=_days(across, [scan["as_of"] for scan in scans]),
        levels=tuple(
            Tick(at=_up(level / _TOP_LEVEL), text=str(level)) for level in range(_TOP_LEVEL + 1)
        ),
        proved=_path(zip(across, proved, strict=True)),
        band=_path(band),
        shares=_shares(scans, across),
    )


def _from_to(first: int | None, last: int | None) -> str:
    return str(last or 0) if (first or 0) == (last or 0) else f"{first or 0} to {last or 0}"


def _across(days: Sequence[date]) -> list[float]:
    span = (days[-1] - days[0]).days or 1
    room = _WIDTH - _LEFT - _RIGHT
    return [round(_LEFT + room * (day - days[0]).days / span, 1) for day in days]


def _up(part: float) -> float:
    return round(_HEIGHT - _FOOT - (_HEIGHT - _FOOT - _TOP) * part, 1)


def _path(points: Any) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def _days(across: Sequence[float], days: Sequence[str]) -> tuple[Tick, ...]:
    step = -(-len(days) // _SHOWN_DAYS)
    chosen = list(zip(across, days, strict=True))[::-1][::step]
    return tuple(Tick(at=at, text=day) for at, day in reversed(chosen))


def _shares(scans: Sequence[Mapping[str, Any]], across: Sequence[float]) -> tuple[Line, ...]:
    lines = []
    for place, last in enumerate(scans[-1]["levels"]):
        heights = [_up(scan["levels"][place]["progress"]) for scan in scans]
        lines.append(
            Line(
                points=_path(zip(across, heights, strict=True)),
                name=f"L{last['level']} {last['progress']:.0%}",
                dash=_DASHES[place % len(_DASHES)],
                end=heights[-1],
            )
        )
    return _apart(lines)


def _apart(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines with their names moved so that none covers another."""
    placed: list[Line] = []
    floor = float(_HEIGHT - _FOOT + 12)
    for line in sorted(lines, key=lambda one: -one.end):
        floor = min(line.end, floor - 12)
        placed.append(Line(points=line.points, name=line.name, dash=line.dash, end=floor))
    return tuple(sorted(placed, key=lambda one: one.name))
