"""The verdict as `name=value` lines, as a step of GitHub Actions hands it to later ones."""

from __future__ import annotations

from osmm_scan.report.document import document
from osmm_scan.report.options import Options
from osmm_scan.report.words import STATED
from osmm_scan.verdicts import Assessment

NAME = "outputs"
SUFFIX = ".outputs.txt"

_NAMES = ("level", "possible", "status")


def render(assessment: Assessment, options: Options) -> str:
    """Return level, possible level and status; a level that is unknown is empty.

    Of an organisation also how many grades rest on attestations, as readiness never does.
    """
    whole = document(assessment, options)
    values = {name: whole["verdict"][name] for name in _NAMES}
    if whole["target"]["kind"] == "organisation":
        values["attested"] = sum(item["state"] in STATED for item in whole["items"])
    return "".join(f"{name}={_shown(value)}\n" for name, value in values.items())


def _shown(value: int | str | None) -> str:
    return "" if value is None else str(value)
