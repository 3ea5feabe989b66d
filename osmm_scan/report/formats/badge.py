"""The badge as the endpoint of shields.io reads it."""

from __future__ import annotations

from osmm_scan.report.badge import badge
from osmm_scan.report.document import document
from osmm_scan.report.json_text import compact
from osmm_scan.report.options import Options
from osmm_scan.verdicts import Assessment

NAME = "badge"
SUFFIX = ".badge.json"


def render(assessment: Assessment, options: Options) -> str:
    """Return label, message and color."""
    shown = badge(document(assessment, options))
    written = {
        "schemaVersion": 1,
        "label": shown.label,
        "message": shown.message,
        "color": shown.color,
    }
    return compact(written) + "\n"
