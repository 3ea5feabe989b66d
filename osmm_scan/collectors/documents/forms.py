"""Recognise documents by their form: technology radars and lists of people."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from osmm_scan.collectors.documents.reading import Reading
from osmm_scan.collectors.studies.markup import addresses

RINGS = {
    "adopt": "adopt",
    "trial": "trial",
    "assess": "assess",
    "hold": "hold",
    "avoid": "hold",
    "caution": "hold",
    "retire": "hold",
    "deprecate": "hold",
    "deprecated": "hold",
}
# A radar with fewer entries gives no overview.
ENTRIES = 5
_DEPTH = 12
_ROWS = 5_000

_HANDLE = re.compile(r"(?<![\w.@/])@([A-Za-z\d][A-Za-z\d-]{1,38}(?:/[\w-]{1,60})?)(?![\w.@])")
_PROFILE = re.compile(r"https?://github\.com/([A-Za-z\d][A-Za-z\d-]{1,38})/?(?=[)\s>\]|,\"']|$)")
_OWNERS_ITEM = re.compile(r"\s{0,8}-\s+\"?([A-Za-z\d][A-Za-z\d-]{1,60})\"?\s*(?:#.*)?")
_OWNERS_LIST = re.compile(
    r"\s{0,8}(?:approvers|reviewers|emeritus_approvers|maintainers|owners)\s*:", re.I
)
_TABLE_NAME = re.compile(r"[^\W\d_][\w.'-]{1,38}(?: [\w.'-]{1,30}){0,3}")
_TABLE_HEADS = frozenset(
    {"name", "maintainer", "maintainers", "github", "handle", "role", "roles", "member", "reviewer"}
    | {"approver", "lead", "area", "project", "github id", "github username", "contributor"}
)
_BLANK_NAME = re.compile(r"(?:your|some|example|github|user|name|handle|id|xxx)[-_]?", re.I)
_HEADING_RING = re.compile(r"\W{0,8}(\w+)\W{0,8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a form shows: its quality, where, and the fields that can be read from it."""

    quality: int
    lines: tuple[tuple[int, int], ...]
    why: str = ""
    parts: Mapping[str, int | bool] = field(default_factory=dict)


def radar(reading: Reading, is_named: bool) -> Shape | None:
    """Return a technology radar: entries, each in a ring, as JSON, CSV or a page.

    In a table of a page that is not named a radar, a word or two of its rings say nothing.
    """
    rings = tuple(_radar_rings(reading))
    # A table of decisions has some words of a radar as well, but not so many of its rings.
    if len(rings) >= ENTRIES and len(set(rings)) >= (2 if is_named else 3):
        last = reading.text.count("\n") + 1
        parts = {"entries": len(rings), "hold_count": rings.count("hold")}
        return Shape(quality=2, lines=((1, last),), parts=parts)
    if rings and (is_named or _states_rings(reading)):
        parts = {"entries": len(rings), "hold_count": rings.count("hold")}
        why = "fewer than five entries with a ring, or too few rings"
        return Shape(quality=1, lines=((1, 1),), why=why, parts=parts)
    return None


def _states_rings(reading: Reading) -> bool:
    """Tell whether rings are stated as such, and not read from the words of a table."""
    return _ending(reading) in {"json", "csv", "tsv"} or "ring" in reading.settings


def _ending(reading: Reading) -> str:
    return reading.path.lower().rpartition(".")[2]


def _radar_rings(reading: Reading) -> Iterator[str]:
    ending = _ending(reading)
    if ending == "json":
        yield from _json_rings(reading.text)
    elif ending in {"csv", "tsv"}:
        yield from _csv_rings(reading.text)
    elif _may_have_rings(reading):
        yield from _page_rings(reading)


def _may_have_rings(reading: Reading) -> bool:
    """Tell at little cost when a page has no rings."""
    return (
        reading.settings.get("ring", "").lower() in RINGS
        or any(_heading_ring(heading) for heading in reading.likely_headings)
        or reading.sieve.passes_together("|", tuple(RINGS))
    )


def _json_rings(text: str) -> Iterator[str]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    open_ = [(data, 0)]
    while open_:
        value, depth = open_.pop()
        if isinstance(value, dict):
            ring = _ring_of(value)
            if ring:
                yield ring
            open_.extend((inner, depth + 1) for inner in value.values() if depth < _DEPTH)
        elif isinstance(value, list):
            ring_names = depth < _DEPTH
            open_.extend((inner, depth + 1) for inner in value if ring_names)


def _ring_of(entry: Mapping[str, Any]) -> str:
    """Return the ring of an entry: by its name, or by its number from the inside."""
    names = {str(name).lower() for name in entry}
    if not names & {"label", "name", "title", "key", "id"}:
        return ""
    ring = next((entry[name] for name in entry if str(name).lower() in {"ring", "ringid"}), None)
    if ring is None and isinstance(entry.get("timeline"), list) and entry["timeline"]:
        newest = entry["timeline"][0]
        ring = newest.get("ringId") if isinstance(newest, dict) else None
    if isinstance(ring, int) and not isinstance(ring, bool):
        return ("adopt", "trial", "assess", "hold")[ring] if 0 <= ring <= 3 else ""
    return RINGS.get(str(ring).strip().lower(), "") if ring is not None else ""


def _csv_rings(text: str) -> Iterator[str]:
    try:
        rows = csv.reader(text.splitlines()[:_ROWS])
        column = None
        for row in rows:
            if column is None:
                names = [cell.strip().lower() for cell in row]
                column = names.index("ring") if "ring" in names else None
            elif column < len(row):
                ring = RINGS.get(row[column].strip().lower())
                if ring:
                    yield ring
    except csv.Error:
        return


def _page_rings(reading: Reading) -> Iterator[str]:
    setting = RINGS.get(reading.settings.get("ring", "").lower())
    if setting:
        yield setting
    current = ""
    for block in reading.blocks:
        if block.level:
            current = _heading_ring(block.text)
        elif current and block.text.lstrip().startswith(("-", "*", "|", "+")):
            if block.text.strip("|-: "):
                yield current
        elif block.text.startswith("|"):
            cells = [cell.strip().lower() for cell in block.text.strip("|").split("|")]
            ring = next((RINGS[cell] for cell in cells if cell in RINGS), "")
            if ring and len(cells) > 1:
                yield ring


def _heading_ring(text: str) -> str:
    match = _HEADING_RING.fullmatch(text)
    return RINGS.get(match[1].lower(), "") if match else ""


def people(reading: Reading, is_named: bool) -> Shape | None:
    """Return a list of maintainers: two people or a team make it one."""
    if not is_named:
        return None
    found = dict(_people(reading.text))
    real = {name: line for name, line in found.items() if not _is_blank(name)}
    if not real:
        why = "only placeholders" if found else "names nobody"
        return Shape(quality=0, lines=((1, 1),), why=why)
    lines = ((min(real.values()), max(real.values())),)
    is_team = any("/" in name for name in real)
    quality = 2 if len(real) > 1 or is_team else 1
    why = "" if quality > 1 else "names one person"
    return Shape(quality=quality, lines=lines, why=why, parts={"people": len(real)})


def _people(text: str) -> Iterator[tuple[str, int]]:
    in_list = False
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > 1000:
            continue
        found = [match.lower() for match in (*_HANDLE.findall(line), *_PROFILE.findall(line))]
        found = found or [address.lower() for _, address in addresses(line)]
        item = _OWNERS_ITEM.fullmatch(line)
        if _OWNERS_LIST.match(line):
            in_list = True
        elif item and in_list and not found:
            found = [item[1].lower()]
        elif line.startswith("|") and not found:
            found = list(_in_table(line))
        elif line.strip() and not line.lstrip().startswith(("-", "#")):
            in_list = False
        yield from ((name, number) for name in found)


def _in_table(line: str) -> Iterator[str]:
    """Yield the account or name that a row of a table begins with."""
    cell = line.strip("|").partition("|")[0].strip()
    if _TABLE_NAME.fullmatch(cell) and cell.lower() not in _TABLE_HEADS:
        yield cell.lower()


def _is_blank(name: str) -> bool:
    return bool(_BLANK_NAME.match(name))


FORMS: Mapping[str, Callable[[Reading, bool], Shape | None]] = {"people": people, "radar": radar}
