"""The JSON report: the document itself, one entry per line, in ASCII."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from osmm_scan.report.document import Document, document
from osmm_scan.report.json_text import compact
from osmm_scan.report.options import Options
from osmm_scan.verdicts import Assessment

NAME = "json"
SUFFIX = ".json"


def pieces(assessment: Assessment, options: Options) -> Iterator[str]:
    """Yield the report part by part; of a large estate it is larger than it should be at once."""
    return _lines(document(assessment, options))


def render(assessment: Assessment, options: Options) -> str:
    """Return the document as JSON text that any two runs write alike."""
    return "".join(_lines(document(assessment, options)))


def _lines(whole: Document) -> Iterator[str]:
    # Entry by entry the text stays readable, compares well line by line and is written fast.
    opening = "{\n"
    for key, value in whole.items():
        yield f"{opening}{compact(key)}: "
        yield from _entries(value)
        opening = ",\n"
    yield "\n}\n"


def _entries(value: Any) -> Iterator[str]:
    if isinstance(value, str | dict) or not isinstance(value, Sequence) or not value:
        yield compact(value)
        return
    opening = "[\n  "
    for entry in value:
        yield opening + compact(entry)
        opening = ",\n  "
    yield "\n]"
