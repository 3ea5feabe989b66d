"""The JSON report: the document itself, one entry per line, in ASCII."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from osmm_scan.report.document import Document, document
from osmm_scan.report.json_text import compact
from osmm_scan.report.options import Options
from osmm_scan.verdicts import Assessment

NAME = "json"
SUFFIX = ".json"


def render(assessment: Assessment, options: Options) -> str:
    """Return the document as JSON text that any two runs write alike."""
    return "".join(_lines(document(assessment, options)))


def _lines(whole: Document) -> Iterator[str]:
    # Entry by entry the text stays readable, compares well line by line and is written fast.
    opening = "{\n"
    for key, value in whole.items():
        yield f"{opening}{compact(key)}: {_entries(value)}"
        opening = ",\n"
    yield "\n}\n"


def _entries(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return compact(value)
    return "[\n  " + ",\n  ".join(map(compact, value)) + "\n]"
