"""The JSON report: the document itself, one entry per line, in ASCII."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from osmm_scan.model import Assessment
from osmm_scan.report.document import Document, document
from osmm_scan.report.options import Options

NAME = "json"
SUFFIX = ".json"


def render(assessment: Assessment, options: Options) -> str:
    """Return the document as JSON text that any two runs write alike."""
    return "".join(_lines(document(assessment, options)))


def _lines(whole: Document) -> Iterator[str]:
    # The C encoder works only without indentation; entry by entry the text stays readable,
    # compares well line by line and is written ten times as fast.
    opening = "{\n"
    for key, value in whole.items():
        yield f"{opening}{_text(key)}: {_entries(value)}"
        opening = ",\n"
    yield "\n}\n"


def _entries(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _text(value)
    return "[\n  " + ",\n  ".join(map(_text, value)) + "\n]"


def _text(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=True, allow_nan=False)
    # A build log on GitHub obeys "##[command]" anywhere in a line.
    return text.replace("##[", "\\u0023\\u0023[")
