"""What a reader may choose about a report, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from osmm_scan.report.past.course import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Choices about how a report looks; none of them changes a number or a verdict.

    `flags` are the yes/no fields as `signal.field`, see `document.flags`. `private` names private
    repositories instead of numbering them. `width`, `color` and `encoding` describe the terminal.
    `past` is what earlier scans of the same target came to, by day.
    """

    flags: frozenset[str] = frozenset()
    private: bool = False
    width: int = 80
    color: bool = False
    encoding: str = "utf-8"
    past: tuple[Point, ...] = ()
