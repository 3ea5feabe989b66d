"""What a badge says of an assessment: two short texts and a color, and no name of anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from osmm_scan.report.words import STATED, between, share

_UNKNOWN = "lightgrey"
# From no level to level 5; a repository ends at 4, which is the best that it can show.
_COLORS = ("red", "orange", "yellow", "yellowgreen", "green", "brightgreen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """The texts of a badge and its color by the name that shields.io gives it."""

    label: str
    message: str
    color: str


def badge(document: dict[str, Any]) -> Badge:
    """Return the proved level, what is still possible, and how much could be seen."""
    verdict = document["verdict"]
    is_repository = document["target"]["kind"] == "repository"
    label = "OSMM readiness" if is_repository else "OSMM"
    level, known = verdict["level"], f"{share(verdict['coverage']).text} seen"
    stated = sum(item["state"] in STATED for item in document["items"])
    if stated and not is_repository:
        known = f"{share(verdict['coverage']).text} known, {stated} attested"
    if level is None:
        return Badge(label=label, message=f"unknown ({known})", color=_UNKNOWN)
    shown = f"level {between(level, verdict['possible'])} of {4 if is_repository else 5}"
    color = _COLORS[-1] if is_repository and level == 4 else _COLORS[level]
    return Badge(label=label, message=f"{shown} ({known})", color=color)
