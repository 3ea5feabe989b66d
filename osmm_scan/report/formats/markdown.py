"""The Markdown report, as GitHub renders it in comments, files and step summaries."""

from __future__ import annotations

from osmm_scan.report.document import document
from osmm_scan.report.options import Options
from osmm_scan.report.templating import fill
from osmm_scan.report.view import view
from osmm_scan.report.view.cut import cut
from osmm_scan.verdicts import Assessment

NAME = "markdown"
SUFFIX = ".md"

_STEPS = 5
_REPOSITORIES = 200
_HIDDEN = 20
_FAULTS = 50
_NOTES = 100
_SCANS = 24


def render(assessment: Assessment, options: Options) -> str:
    """Return the report as Markdown, short enough for a step summary; JSON has what is cut."""
    report = view(document(assessment, options))
    values = {
        "report": report,
        "scans": cut(report.trend.rows[-_SCANS:] if report.trend else (), _SCANS),
        "steps": cut(report.actions, _STEPS),
        "repositories": cut(report.repositories, _REPOSITORIES),
        "attestations": cut(report.attestations, _NOTES),
        "waivers": cut(report.waivers, _NOTES),
        "hidden": cut(report.hidden, _HIDDEN),
        "faults": cut(report.faults, _FAULTS),
    }
    return fill("markdown/report.md.jinja", values)
