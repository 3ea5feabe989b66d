"""The badge as a picture that loads nothing."""

from __future__ import annotations

from osmm_scan.report.badge import badge
from osmm_scan.report.document import document
from osmm_scan.report.options import Options
from osmm_scan.report.templating import fill
from osmm_scan.verdicts import Assessment

NAME = "badge-svg"
SUFFIX = ".svg"

# White on each of these has a contrast of 4.5 to 1 at least.
_FILLS = {
    "red": "#b3261e",
    "orange": "#a84300",
    "yellow": "#7d6000",
    "yellowgreen": "#5a6b00",
    "green": "#1b7a34",
    "brightgreen": "#0b7a20",
    "lightgrey": "#5f6368",
}
_LETTER = 7
_EDGE = 6


def render(assessment: Assessment, options: Options) -> str:
    """Return the badge as SVG, with its text as its name for those who cannot see it."""
    shown = badge(document(assessment, options))
    left, right = (len(text) * _LETTER for text in (shown.label, shown.message))
    values = {
        "badge": shown,
        "fill": _FILLS[shown.color],
        "edge": _EDGE,
        "left": left,
        "right": right,
        "middle": left + 2 * _EDGE,
        "rest": right + 2 * _EDGE,
        "start": left + 3 * _EDGE,
        "width": left + right + 4 * _EDGE,
    }
    return fill("svg/badge.svg.jinja", values)
