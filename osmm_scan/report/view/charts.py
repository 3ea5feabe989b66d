"""Where the parts of a chart stand. Templates draw what is placed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_WIDTH, _GAP, _HEIGHT, _FOOT, _EDGE = 64, 8, 120, 24, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Stair:
    """One step of the staircase of levels; `kind` is proved, possible or open."""

    level: int
    kind: str
    x: int
    y: int
    width: int
    height: int
    middle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Staircase:
    """The levels as steps that rise to the top."""

    width: int
    height: int
    baseline: int
    steps: tuple[Stair, ...]


def staircase(verdict: dict[str, Any], top: int) -> Staircase:
    """Return one step for each level up to `top`."""
    return Staircase(
        width=top * (_WIDTH + _GAP) - _GAP + 2 * _EDGE,
        height=_HEIGHT + _FOOT + _EDGE,
        baseline=_HEIGHT + _FOOT - 6,
        steps=tuple(_stair(level, verdict, top) for level in range(1, top + 1)),
    )


def kind_of(step: int, proved: int | None, possible: int) -> str:
    """Return whether a step is proved, possible or open."""
    if step <= (proved or 0):
        return "proved"
    return "possible" if step <= possible else "open"


def _stair(level: int, verdict: dict[str, Any], top: int) -> Stair:
    height = _HEIGHT * level // top
    left = (level - 1) * (_WIDTH + _GAP) + _EDGE
    return Stair(
        level=level,
        kind=kind_of(level, verdict["level"], verdict["possible"]),
        x=left,
        y=_HEIGHT - height + _EDGE,
        width=_WIDTH,
        height=height,
        middle=left + _WIDTH // 2,
    )
