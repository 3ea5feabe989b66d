"""The items as a table for spreadsheets."""

from __future__ import annotations

from osmm_scan.report.document import document
from osmm_scan.report.options import Options
from osmm_scan.report.spreadsheet import sheet
from osmm_scan.verdicts import Assessment

NAME = "csv"
SUFFIX = ".csv"

_COLUMNS = (
    "id",
    "level",
    "activity",
    "title",
    "grade",
    "possible",
    "max_observed_grade",
    "state",
    "observed",
    "attestation",
    "confidence",
    "gate",
    "because",
    "criterion",
    "why",
)


def render(assessment: Assessment, options: Options) -> str:
    """Return one row per item; an unknown grade is an empty cell."""
    items = document(assessment, options)["items"]
    columns = {name: [item[name] for item in items] for name in _COLUMNS}
    columns |= {
        "action": [item["remediation"]["action"] for item in items],
        "effort": [item["remediation"]["effort"] for item in items],
        "evidence": [" ".join(item["evidence"]) for item in items],
    }
    return sheet(columns)
