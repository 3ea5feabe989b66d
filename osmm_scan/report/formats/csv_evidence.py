"""The evidence as a table for spreadsheets: every fact, and where it was seen."""

from __future__ import annotations

from osmm_scan.report.document import document
from osmm_scan.report.options import Options
from osmm_scan.report.spreadsheet import sheet
from osmm_scan.verdicts import Assessment

NAME = "csv-evidence"
SUFFIX = ".evidence.csv"

_COLUMNS = ("id", "subject", "key", "value", "missing", "why")
_SOURCE = ("path", "line", "commit", "url")


def render(assessment: Assessment, options: Options) -> str:
    """Return one row per piece of evidence: its value, or what is missing and why."""
    evidence = document(assessment, options)["evidence"]
    columns = {name: [one.get(name) for one in evidence] for name in _COLUMNS}
    columns |= {name: [one["source"][name] for one in evidence] for name in _SOURCE}
    return sheet(columns | {"observed_at": [one["observed_at"] for one in evidence]})
