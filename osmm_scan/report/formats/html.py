"""The HTML report: one file that loads nothing, works without script and prints well.

A large estate has an index and pages of repositories beside it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from osmm_scan.report import words
from osmm_scan.report.document import document
from osmm_scan.report.options import Options
from osmm_scan.report.templating import fill, trusted
from osmm_scan.report.view import View, view
from osmm_scan.report.view.cut import cut
from osmm_scan.report.view.repositories import RepositoryRow
from osmm_scan.verdicts import Assessment

NAME = "html"
SUFFIX = ".html"

_STEPS = 3
_HIDDEN = 3
_FAULTS = 200
_LEVELS = tuple((str(level), f"level {level}") for level in range(1, 6))
_READY = tuple((str(level), f"level {level}") for level in range(5))
# What one page holds without being slow to open and to filter.
_ON_ONE_PAGE = 500
# The least ready ones, which an index shows as well.
_ON_INDEX = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Repositories by name in a file of their own; `index` leads back from there."""

    file: str
    index: str
    first: str
    last: str
    rows: tuple[RepositoryRow, ...]


def render(assessment: Assessment, options: Options) -> str:
    """Return the report as one page; JSON has what is cut from its longest lists."""
    report = view(document(assessment, options))
    return _index(report, _ON_ONE_PAGE, ())


def pages(assessment: Assessment, options: Options, name: str) -> Iterator[tuple[str, str]]:
    """Yield the report in the file `name`, then the pages of a large estate in a folder beside it.

    Each comes with its path, of which the first is empty.
    """
    report = view(document(assessment, options))
    if len(report.repositories) <= _ON_ONE_PAGE:
        yield "", _index(report, _ON_ONE_PAGE, ())
        return
    parts = _parts(report.repositories, name)
    yield "", _index(report, _ON_INDEX, parts)
    for part in parts:
        yield part.file, fill("html/page.html.jinja", _frame(report) | {"page": part})


def _parts(rows: Sequence[RepositoryRow], name: str) -> tuple[Page, ...]:
    ordered = sorted(rows, key=lambda row: row.name)
    starts = range(0, len(ordered), _ON_ONE_PAGE)
    groups = [tuple(ordered[start : start + _ON_ONE_PAGE]) for start in starts]
    return tuple(
        Page(
            file=f"{PurePath(name).stem}-files/repositories-{number:03}.html",
            index=f"../{quote(name)}#repositories",
            first=group[0].name,
            last=group[-1].name,
            rows=group,
        )
        for number, group in enumerate(groups, start=1)
    )


def _index(report: View, listed: int, parts: Sequence[Page]) -> str:
    values = {
        "steps": cut(report.actions, _STEPS),
        "hidden": cut(report.hidden, _HIDDEN),
        "faults": cut(report.faults, _FAULTS),
        "listed": cut(report.repositories, listed),
        "pages": parts,
        "results": tuple(words.RESULT.items()),
        "states": tuple(words.STATE.items()),
        "levels": _LEVELS,
    }
    return fill("html/report.html.jinja", _frame(report) | values)


def _frame(report: View) -> dict[str, Any]:
    style, script = trusted("html/report.css"), trusted("html/report.js")
    return {
        "report": report,
        "ready": _READY,
        "style": style,
        "style_hash": _hash(style),
        "script": script,
        "script_hash": _hash(script),
    }


def _hash(inline: str) -> str:
    """Return what the content security policy of the page names its only style and script by."""
    return base64.b64encode(hashlib.sha256(inline.encode("utf-8")).digest()).decode("ascii")
