"""Answers to the FINOS checklist: proved grades out, grades of a workshop in.

The checklist keeps each answer, 0 to 5, under `<article title>_<item title>`. Its 0 is no answer:
it stands for "no", "unaware" and "not applicable" alike.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any

from osmm_scan.errors import ConfigurationError
from osmm_scan.report.json_text import indented
from osmm_scan.report.markdown import escape
from osmm_scan.report.spreadsheet import sheet
from osmm_scan.verdicts import Finding

if TYPE_CHECKING:
    from osmm_scan.engine.rules import RulePack
    from osmm_scan.engine.schemas import Model

KEY, GRADE = "key", "grade"
_GRADES = range(6)
_WIDTH = 80


def in_checklist(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that the checklist asks for; items of rule packs may not be of them."""
    return tuple(one for one in findings if one.criterion.finos_key)


def as_json(findings: Iterable[Finding]) -> str:
    """Return the proved grades by key; what is unknown has no answer."""
    known = {one.criterion.finos_key: one.grade for one in findings if one.grade is not None}
    return indented(known)


def as_csv(findings: Sequence[Finding]) -> str:
    """Return a row for every item, with its proved grade or an empty cell to be filled in."""
    criteria = [one.criterion for one in findings]
    return sheet(
        {
            KEY: [one.finos_key for one in criteria],
            GRADE: [one.grade for one in findings],
            "level": [one.level for one in criteria],
            "activity": [one.activity_title for one in criteria],
            "item": [one.title for one in criteria],
            "asked": [one.criterion for one in criteria],
        }
    )


def as_text(findings: Iterable[Finding], model: Model) -> str:
    """Return how many items of each level have each grade, the highest level first."""
    (level, *names), *counts = _matrix(findings, model)
    # The names of all grades side by side are wider than a terminal.
    rows = [[level, *map(str, _GRADES)], *counts]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    told = (fill(one, _WIDTH) for one in (f"{', '.join(names)}.", _footnote()))
    return "".join(f"{line}\n" for line in [*lines, "", *told])


def as_markdown(findings: Iterable[Finding], model: Model) -> str:
    """Return the same as a Markdown table."""
    head, *rows = (" | ".join(map(escape, row)) for row in _matrix(findings, model))
    ruler = " | ".join([":--", *["--:" for _ in _GRADES]])
    table = [f"| {row} |" for row in (head, ruler, *rows)]
    return "".join(f"{line}\n" for line in [*table, "", _footnote()])


def read_answers(name: str, text: str, pack: RulePack) -> Mapping[str, int]:
    """Return the grade of each answered item by its id.

    Raises `ConfigurationError`, which lists everything wrong with the file.
    """
    answers = _json_rows(name, text) if name.endswith(".json") else _csv_rows(name, text)
    items = {one.finos_key: one.id for one in pack.criteria if one.finos_key}
    found: dict[str, int] = {}
    faults: list[str] = []
    for place, key, value in answers:
        fault = _fault(key, value, items)
        if fault is None and items[key] in found:
            fault = f"{key!r} is answered twice"
        if fault:
            faults.append(f"{place}: {fault}")
        elif str(value).strip():
            found[items[key]] = int(str(value))
    if faults:
        raise ConfigurationError("\n".join(faults))
    return found


def _fault(key: str, value: Any, items: Mapping[str, str]) -> str | None:
    from osmm_scan.engine.vocabulary import nearest

    if key not in items:
        return f"unknown key {key!r}{nearest(key, items)}"
    told = str(value).strip()
    is_answer = not isinstance(value, bool) and told in {"", *map(str, _GRADES)}
    return None if is_answer else f"{key!r} is answered {told!r}, which is no grade of 0 to 5"


def _json_rows(name: str, text: str) -> Iterator[tuple[str, str, Any]]:
    try:
        pairs = json.loads(text, object_pairs_hook=lambda pairs: pairs)
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(f"{name}: is no JSON: {error}") from error
    is_object = isinstance(pairs, list) and all(isinstance(pair, tuple) for pair in pairs)
    if not is_object:
        raise ConfigurationError(f"{name}: must be an object of keys and grades")
    lines = text.splitlines()
    for key, value in pairs:
        written = json.dumps(key, ensure_ascii=False)
        numbers = (at for at, line in enumerate(lines, start=1) if written in line)
        yield f"{name}:{next(numbers, 1)}", key, "" if value is None else value


def _csv_rows(name: str, text: str) -> Iterator[tuple[str, str, str]]:
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        for column in (KEY, GRADE):
            if column not in (rows.fieldnames or ()):
                raise ConfigurationError(f"{name}:1: has no column {column!r}")
        for row in rows:
            yield f"{name}:{rows.line_num}", row[KEY] or "", row[GRADE] or ""
    except csv.Error as error:
        raise ConfigurationError(f"{name}:{rows.line_num}: is no CSV: {error}") from error


def _matrix(findings: Iterable[Finding], model: Model) -> Iterator[list[str]]:
    placed = [(one.criterion.level, one.grade or 0) for one in findings]
    yield ["Level", "0 none or unknown", *(f"{g} {model.grade_name(g)}" for g in _GRADES[1:])]
    for level in reversed(model.levels):
        counts = [str(placed.count((level.level, grade))) for grade in _GRADES]
        yield [f"{level.level} {level.name}", *counts]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell.rjust(width) if place else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join([first, *others]).rstrip()


def _footnote() -> str:
    return "Proved grades only. As in the checklist, 0 is also what is unknown or does not apply."
