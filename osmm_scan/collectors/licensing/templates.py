"""The licenses that can be recognised: their texts as templates, their flags, their index.

A template is words: `[ ... ]` encloses optional ones, `( ... )` the words that may replace what
stands there, `*` among them when any may. `tools/license_templates.py` writes the data.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from osmm_scan.collectors.licensing.words import is_light
from osmm_scan.resources import rules_directory

GRAM = 5
# A place for a name may hold this many words by default; more are a part of the text.
_LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class License:
    """What the SPDX license list and the FSF say of one license."""

    id: str
    name: str
    osi: bool
    libre: bool
    content: bool

    @property
    def is_open(self) -> bool:
        """Tell whether the OSI approves it, the FSF calls it free or it is open content."""
        return self.osi or self.libre or self.content


@dataclass(frozen=True, slots=True)
class Template:
    """The words of one text. `needed` marks required ones, `gaps` what may stand before one."""

    id: str
    kind: str
    words: tuple[str, ...]
    needed: bytes
    gaps: Mapping[int, frozenset[str]]

    @property
    def size(self) -> int:
        """Return the number of required words."""
        return sum(self.needed)

    def before(self, place: int) -> Template:
        """Return the words before a place, read backwards."""
        return Template(
            self.id,
            self.kind,
            self.words[:place][::-1],
            self.needed[:place][::-1],
            {place - at: words for at, words in self.gaps.items() if at <= place},
        )

    def since(self, place: int) -> Template:
        """Return the words from a place on."""
        return Template(
            self.id,
            self.kind,
            self.words[place:],
            self.needed[place:],
            {at - place: words for at, words in self.gaps.items() if at >= place},
        )


class Hit(NamedTuple):
    """A run of words that a template holds at `place`; it stands for `weight` such runs."""

    template: int
    place: int
    weight: int


class Index(Mapping[int, tuple[Hit, ...]]):
    """Which templates hold a run of words, by its code; hits are made when they are asked for."""

    def __init__(self, flat: Mapping[int, Sequence[int]]) -> None:
        self._flat = flat

    def __getitem__(self, code: int) -> tuple[Hit, ...]:
        flat = self._flat[code]
        return tuple(map(Hit, flat[::3], flat[1::3], flat[2::3]))

    def __iter__(self) -> Iterator[int]:
        return iter(self._flat)

    def __len__(self) -> int:
        return len(self._flat)


@dataclass(frozen=True, slots=True)
class Library:
    """Every license, every template, and which template holds which run of words.

    `weights` tell how many runs of words each template has.
    """

    licenses: Mapping[str, License]
    renamed: Mapping[str, str]
    sources: tuple[tuple[str, str, str], ...]
    index: Index
    weights: tuple[int, ...]


@cache
def library() -> Library:
    """Return the shipped license texts."""
    path = rules_directory() / "licenses" / "templates.json.gz"
    data: Any = json.loads(gzip.decompress(path.read_bytes()))
    weights = [0] * len(data["templates"])
    for _, flat in data["grams"]:
        for template_, weight in zip(flat[::3], flat[2::3], strict=True):
            weights[template_] += weight
    return Library(
        {name: License(name, **flags) for name, flags in data["licenses"].items()},
        data["renamed"],
        tuple((entry["id"], entry["kind"], entry["text"]) for entry in data["templates"]),
        Index(dict(data["grams"])),
        tuple(weights),
    )


@cache
def template(number: int) -> Template:
    """Return one template, ready to be compared."""
    template_id, kind, text = library().sources[number]
    return parse(template_id, kind, text)


def parse(template_id: str, kind: str, text: str) -> Template:
    """Return the template that a text in template notation describes."""
    words: list[str] = []
    needed = bytearray()
    gaps: dict[int, frozenset[str]] = {}
    inside = ""
    allowed: frozenset[str] = frozenset()
    start = 0
    for mark in text.split():
        if mark in "[]()":
            inside = mark if mark in "[(" else ""
            start = len(words)
            # What may stand in a place may also stand between the words that usually do.
            allowed = gaps.get(len(words), frozenset()) if inside else frozenset()
        elif inside == "(":
            gaps[len(words)] = gaps.get(len(words), frozenset()) | {mark}
        else:
            words.append(mark)
            needed.append(not inside and not is_light(mark))
            if allowed and len(words) - start < _LONGEST_NAME:
                gaps[len(words)] = allowed
    return Template(template_id, kind, tuple(words), bytes(needed), gaps)
