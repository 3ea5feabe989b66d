"""The course over scans for people: a drawing, and the same as rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from osmm_scan.report import words
from osmm_scan.report.past.plot import Plot, plot


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRow:
    """What one scan came to; `note` says what makes it hard to compare with the one before."""

    as_of: str
    level: str
    shares: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The course of a target. `levels` are those that every row has a share of."""

    plot: Plot
    levels: tuple[int, ...]
    rows: tuple[ScanRow, ...]


def trend(document: dict[str, Any]) -> Trend | None:
    """Return the course, or None where there is only one scan."""
    scans = document.get("trend", [])
    if not scans:
        return None
    return Trend(
        plot=plot({"target": document["target"]["name"], "scans": scans}),
        levels=tuple(one["level"] for one in scans[-1]["levels"]),
        rows=tuple(_row(scan, before) for scan, before in zip(scans, [None, *scans], strict=False)),
    )


def _row(scan: dict[str, Any], before: dict[str, Any] | None) -> ScanRow:
    is_other = before is not None and scan["rules_sha256"] != before["rules_sha256"]
    return ScanRow(
        as_of=scan["as_of"],
        level=words.between(scan["level"] or 0, scan["possible"]),
        shares=tuple(words.share(one["progress"]).text for one in scan["levels"]),
        note="by other rules than before" if is_other else "",
    )
