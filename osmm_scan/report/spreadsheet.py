"""Write rows as CSV (RFC 4180) of which no cell is a formula, whatever program opens it."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from osmm_scan.report.inert import for_log, visible
from osmm_scan.report.json_text import compact

# What begins a formula; NFKC makes the full-width and small variants of a character equal to it.
_FORMULA = {"=", "+", "-", "@", "\u2212"}


def sheet(columns: Mapping[str, Iterable[Any]]) -> str:
    """Return columns of equal length, each with its heading, as CSV with one row per line.

    Unknown is an empty cell. Control characters are written out.
    """
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(map(cell, columns))
    writer.writerows(map(cell, row) for row in zip(*columns.values(), strict=True))
    return for_log(written.getvalue())


def cell(value: Any) -> str:
    """Return a value of the document as a cell; lists and limits as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _text(value)
    return compact(value)


def _text(text: str) -> str:
    shown = visible(text)
    first = unicodedata.normalize("NFKC", shown.lstrip()[:1])
    return f"'{shown}" if first in _FORMULA else shown
