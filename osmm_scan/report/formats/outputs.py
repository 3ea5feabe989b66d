"""The verdict as `name=value` lines, as a step of GitHub Actions hands it to later ones."""

from __future__ import annotations

from osmm_scan.report.document import document
from osmm_scan.report.options import Options
from osmm_scan.verdicts import Assessment

NAME = "outputs"
SUFFIX = ".outputs.txt"

_NAMES = ("level", "possible", "status")


def render(assessment: Assessment, options: Options) -> str:
    """Return level, possible level and status; a level that is unknown is empty."""
    verdict = document(assessment, options)["verdict"]
    return "".join(f"{name}={_shown(verdict[name])}\n" for name in _NAMES)


def _shown(value: int | str | None) -> str:
    return "" if value is None else str(value)
