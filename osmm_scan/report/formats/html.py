"""The HTML report: one file that loads nothing, works without script and prints well."""

from __future__ import annotations

import base64
import hashlib

from osmm_scan.report import words
from osmm_scan.report.document import document
from osmm_scan.report.options import Options
from osmm_scan.report.templating import fill, trusted
from osmm_scan.report.view import view
from osmm_scan.report.view.cut import cut
from osmm_scan.verdicts import Assessment

NAME = "html"
SUFFIX = ".html"

_STEPS = 3
_HIDDEN = 3
_FAULTS = 200
_LEVELS = tuple((str(level), f"level {level}") for level in range(1, 6))
_READY = tuple((str(level), f"level {level}") for level in range(5))


def render(assessment: Assessment, options: Options) -> str:
    """Return the report as one page; JSON has what is cut from its longest lists."""
    report = view(document(assessment, options))
    style, script = trusted("html/report.css"), trusted("html/report.js")
    values = {
        "report": report,
        "steps": cut(report.actions, _STEPS),
        "hidden": cut(report.hidden, _HIDDEN),
        "faults": cut(report.faults, _FAULTS),
        "results": tuple(words.RESULT.items()),
        "states": tuple(words.STATE.items()),
        "levels": _LEVELS,
        "ready": _READY,
        "style": style,
        "style_hash": _hash(style),
        "script": script,
        "script_hash": _hash(script),
    }
    return fill("html/report.html.jinja", values)


def _hash(inline: str) -> str:
    """Return what the content security policy of the page names its only style and script by."""
    return base64.b64encode(hashlib.sha256(inline.encode("utf-8")).digest()).decode("ascii")
