"""The course of a target over its scans as an entry of the document; this scan is the last."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from osmm_scan.model import TargetKind
from osmm_scan.report.options import Options
from osmm_scan.report.past.course import Point
from osmm_scan.report.values import number
from osmm_scan.verdicts import Assessment, LevelVerdict

Entry: TypeAlias = dict[str, Any]  # JSON leaves osmm-scan here


def trend(whole: Assessment, options: Options) -> list[Entry]:
    """Return one entry per scan, oldest first, none where this is the first scan.

    Levels of the model are about an organisation, so a repository has its readiness only.
    """
    if not options.past:
        return []
    has_levels = whole.target.kind is TargetKind.ORGANISATION
    now = Point(
        scan=0,
        as_of=whole.as_of,
        rules_sha256=whole.rules_sha256,
        level=whole.verdict.level,
        possible=whole.verdict.possible,
        levels=whole.levels,
        signals={},
    )
    return [_scan(point, has_levels=has_levels) for point in (*options.past, now)]


def _scan(point: Point, *, has_levels: bool) -> Entry:
    return {
        # This scan gets its number when it is kept, if it is.
        "scan": point.scan or None,
        "as_of": point.as_of.isoformat(),
        "rules_sha256": point.rules_sha256,
        "level": point.level,
        "possible": point.possible,
        "levels": _levels(point.levels) if has_levels else [],
    }


def _levels(verdicts: Iterable[LevelVerdict]) -> list[Entry]:
    return [
        {
            "level": one.level,
            "status": str(one.status),
            "progress": number(one.progress),
            "upper": number(one.upper),
            "coverage": number(one.coverage),
        }
        for one in sorted(verdicts, key=lambda one: one.level)
    ]
