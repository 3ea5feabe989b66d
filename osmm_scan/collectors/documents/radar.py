"""Read technology radars: entries, each in a ring, as JSON, CSV or a page."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename, splitext
from typing import Any

from osmm_scan.collectors.documents.reading import Reading
from osmm_scan.collectors.documents.shapes import Shape

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

_HEADING_RING = re.compile(r"\W{0,8}(\w+)\W{0,8}")
_NAMES = ("label", "name", "title", "key", "id")
# What an entry may call the packages that it means.
_ALIASES = ("package", "packages", "purl", "purls", "alias", "aliases")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\([^()]{0,300}\)")
# What is said of an entry follows its name.
_REMARK = re.compile(r"\s[-\u2013\u2014]\s|:(?:\s|$)|\s\(")


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry calls what it is about, and its ring."""

    names: tuple[str, ...]
    ring: str


def radar(reading: Reading, is_named: bool) -> Shape | None:
    """Return a technology radar: entries, each in a ring, as JSON, CSV or a page.

    In a table of a page that is not named a radar, a word or two of its rings say nothing.
    """
    rings = tuple(entry.ring for entry in entries(reading))
    parts = {"entries": len(rings), "hold_count": rings.count("hold")}
    # A table of decisions has some words of a radar as well, but not so many of its rings.
    if len(rings) >= ENTRIES and len(set(rings)) >= (2 if is_named else 3):
        last = reading.text.count("\n") + 1
        return Shape(quality=2, lines=((1, last),), parts=parts)
    if rings and (is_named or _states_rings(reading)):
        why = "fewer than five entries with a ring, or too few rings"
        return Shape(quality=1, lines=((1, 1),), why=why, parts=parts)
    return None


def _states_rings(reading: Reading) -> bool:
    """Tell whether rings are stated as such, and not read from the words of a table."""
    return _ending(reading) in {"json", "csv", "tsv"} or "ring" in reading.settings


def _ending(reading: Reading) -> str:
    return reading.path.lower().rpartition(".")[2]


def entries(reading: Reading) -> Iterator[Entry]:
    """Yield the entries of a text, which need be no radar."""
    ending = _ending(reading)
    if ending == "json":
        yield from _in_json(reading.text)
    elif ending in {"csv", "tsv"}:
        yield from _in_csv(reading.text)
    elif _may_have_rings(reading):
        yield from _on_page(reading)


def _may_have_rings(reading: Reading) -> bool:
    """Tell at little cost when a page has no rings."""
    return (
        reading.settings.get("ring", "").lower() in RINGS
        or any(_heading_ring(heading) for heading in reading.likely_headings)
        or reading.sieve.passes_together("|", tuple(RINGS))
    )


def _in_json(text: str) -> Iterator[Entry]:
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
                yield Entry(tuple(_named(value)), ring)
        inside = value.values() if isinstance(value, dict) else value
        if isinstance(value, dict | list) and depth < _DEPTH:
            open_.extend((inner, depth + 1) for inner in inside)


def _ring_of(entry: Mapping[str, Any]) -> str:
    """Return the ring of an entry: by its name, or by its number from the inside."""
    if {str(name).lower() for name in entry}.isdisjoint(_NAMES):
        return ""
    ring = next((entry[name] for name in entry if str(name).lower() in {"ring", "ringid"}), None)
    if ring is None and isinstance(entry.get("timeline"), list) and entry["timeline"]:
        newest = entry["timeline"][0]
        ring = newest.get("ringId") if isinstance(newest, dict) else None
    if isinstance(ring, int) and not isinstance(ring, bool):
        return ("adopt", "trial", "assess", "hold")[ring] if 0 <= ring <= 3 else ""
    return RINGS.get(str(ring).strip().lower(), "") if ring is not None else ""


def _named(entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of an entry, and the packages that it states."""
    lower = {str(name).lower(): value for name, value in entry.items()}
    for name in (*_NAMES, *_ALIASES):
        value = lower.get(name)
        many = value if isinstance(value, list) else [value]
        yield from (one for one in many if isinstance(one, str) and one)


def _in_csv(text: str) -> Iterator[Entry]:
    try:
        rows = csv.reader(text.splitlines()[:_ROWS])
        head: list[str] = []
        for row in rows:
            if "ring" not in head:
                head = [cell.strip().lower() for cell in row]
                continue
            entry = dict(zip(head, row, strict=False))
            ring = RINGS.get(entry.get("ring", "").strip().lower())
            if ring:
                yield Entry(tuple(_named(entry)), ring)
    except csv.Error:
        return


def _on_page(reading: Reading) -> Iterator[Entry]:
    setting = RINGS.get(reading.settings.get("ring", "").lower())
    if setting:
        yield Entry((file_name(reading.path), *_named(reading.settings)), setting)
    current = ""
    for block in reading.blocks:
        text = block.text.lstrip()
        if block.level:
            current = _heading_ring(block.text)
        elif current and text.startswith(("-", "*", "|", "+")):
            if text.strip("|-: "):
                yield Entry((_first(text),), current)
        elif text.startswith("|"):
            cells = [cell.strip().lower() for cell in text.strip("|").split("|")]
            ring = next((RINGS[cell] for cell in cells if cell in RINGS), "")
            if ring and len(cells) > 1:
                yield Entry((_first(text),), ring)


def file_name(path: str) -> str:
    """Return what an entry is called: its file, or its folder where the file is an index."""
    stem = splitext(basename(path))[0]
    return path.split("/")[-2] if stem in {"index", "_index"} and "/" in path else stem


def _first(text: str) -> str:
    """Return what a row or an item is about: its first cell that is no ring, or its first words."""
    shown = _LINK.sub(r"\1", text)
    if text.startswith("|"):
        cells = (cell.strip(" *`_") for cell in shown.strip("|").split("|"))
        return next((cell for cell in cells if cell and cell.lower() not in RINGS), "")
    return _REMARK.split(_ITEM.sub("", shown, count=1).replace("**", ""), maxsplit=1)[0].strip(
        " *`_"
    )


def _heading_ring(text: str) -> str:
    match = _HEADING_RING.fullmatch(text)
    return RINGS.get(match[1].lower(), "") if match else ""
