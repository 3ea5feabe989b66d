"""The repositories as a table for spreadsheets: what each is, is ready for, meets and shows."""

from __future__ import annotations

from typing import Any

from osmm_scan.report.document import document
from osmm_scan.report.options import Options
from osmm_scan.report.spreadsheet import sheet
from osmm_scan.verdicts import Assessment

NAME = "csv-repositories"
SUFFIX = ".repositories.csv"

_ABOUT = ("visibility", "archived", "fork", "active")
_READY = ("level", "possible")


def render(assessment: Assessment, options: Options) -> str:
    """Return one row per repository, with a column for every check and every fact."""
    whole = document(assessment, options)
    about = {one["name"]: one for one in whole["repositories"]}
    judged = {one["repository"]: one for one in whole["readiness"]}
    names = sorted(about.keys() | judged.keys())
    columns: dict[str, list[Any]] = {"repository": names}
    columns |= {key: [about.get(name, {}).get(key) for name in names] for key in _ABOUT}
    columns |= {key: [judged.get(name, {}).get(key) for name in names] for key in _READY}
    results = [_results(judged.get(name)) for name in names]
    columns |= {
        f"check {check['id']}": [one.get(check["id"]) for one in results]
        for check in whole["checks"]
    }
    facts = [about[name]["facts"] if name in about else {} for name in names]
    keys = sorted({key for shown in facts for key in shown})
    return sheet(columns | {f"fact {key}": [shown.get(key) for shown in facts] for key in keys})


def _results(readiness: dict[str, Any] | None) -> dict[str, str]:
    return {one["id"]: one["result"] for one in readiness["checks"]} if readiness else {}
