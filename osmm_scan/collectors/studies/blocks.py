"""Cut a document into headings, passages and code by its lines, whatever its markup is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from osmm_scan.collectors.studies.markup import definition


class Kind(StrEnum):
    """What a block of a document is."""

    HEADING = "heading"
    TEXT = "text"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, list item or table row, or one line of code. Lines count from 1.

    `starts` says where in the text each of its lines begins.
    """

    kind: Kind
    line: int
    text: str
    level: int = 0
    starts: tuple[int, ...] = ()

    def line_at(self, offset: int) -> int:
        """Return the line of a place in the text."""
        return self.line + max(bisect_right(self.starts, offset) - 1, 0)


_FENCE = re.compile(r"\s*(?:[-*+]\s{1,3})?(`{3,}|~{3,})")
_HEADINGS = (
    re.compile(r"\s{0,3}(#{1,6})\s+(.*)"),
    re.compile(r"(={1,6})\s+(\S.*)"),
    re.compile(r"\s*<h([1-6])[^<>]{0,500}>(.*)", re.I),
)
_QUOTE = re.compile(r"\s{0,3}>(?:\s?>)*\s?")
_RULER = re.compile(r"\s{0,3}([=\-~^\"'`#*+.:_])\1{2,}\s*")
_HEADING_SIGNS = frozenset("#=<")
_RULER_SIGNS = frozenset("=-~^\"'`#*+.:_")
_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s+")
_SETTING = re.compile(r"\s*$|\s*#|\s*- |\s+\S|[\w\"'-]{1,60}\s?:")
# Rows of tables and directives of reStructuredText begin a passage of their own.
_OPENING = re.compile(r"\s*(?:[-*+•]\s|\d{1,3}[.)]\s|\||\.\. |:[\w-]{1,40}:)")


def without_comments(text: str) -> Iterator[str]:
    """Yield the lines of a text with its HTML comments blanked out."""
    if "<!--" not in text:
        yield from text.splitlines()
        return
    is_inside = False
    for line in text.splitlines():
        kept: list[str] = []
        rest = line
        while rest:
            before, mark, rest = rest.partition("-->" if is_inside else "<!--")
            if not is_inside:
                kept.append(before)
            is_inside ^= bool(mark)
        yield "".join(kept)


def blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Yield the blocks of a document in order."""
    reader = _Reader()
    settings = _settings(lines)
    for number, line in enumerate(lines[settings:], settings + 1):
        yield from reader.read(number, line)
    yield from reader.passage()


def likely_headings(lines: Iterable[str]) -> Iterator[str]:
    """Yield what every heading says, and other lines that look like headings.

    It takes a small part of the time of `blocks`, because code is not told apart from text.
    """
    before = ""
    for line in lines:
        bare = line.lstrip()
        while bare.startswith(">"):
            bare = bare[1:].lstrip()
        first = bare[:1]
        if first in _HEADING_SIGNS:
            heading = _heading(bare)
            if heading:
                yield heading[1]
        if before and first in _RULER_SIGNS and bare[:3] == 3 * first:
            yield before
        before = bare


def _settings(lines: Sequence[str]) -> int:
    """Return how many lines of settings stand before the text."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    for number, line in enumerate(lines[1:200], 2):
        if line.rstrip() == "---":
            return number
        if not _SETTING.match(line):
            return 0
    return 0


class _Reader:
    """Lines in, blocks out; sentences that run over several lines are joined."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._start = 0
        self._fence = ""
        self._in_list = False
        self._in_quote = False

    def read(self, number: int, line: str) -> Iterator[Block]:
        """Yield what this line completes."""
        # Most lines begin with a letter, and nothing but text or code does.
        if line.lstrip()[:1].isalpha() and not self._fence and not self._in_quote:
            if self._is_code(line):
                yield Block(Kind.CODE, number, line.strip())
            else:
                self._take(number, line, is_item=False)
            return
        quote = None if self._fence else _QUOTE.match(line)
        if self._in_quote != bool(quote):
            yield from self.passage()
        self._in_quote = bool(quote)
        yield from self._read(number, line[quote.end() :] if quote else line)

    def _read(self, number: int, line: str) -> Iterator[Block]:
        fence = _FENCE.match(line)
        if self._fence:
            if fence and fence[1].startswith(self._fence):
                self._fence = ""
            elif line.strip():
                yield Block(Kind.CODE, number, line.strip())
        elif fence and not self._is_underline(line):
            yield from self.passage()
            self._fence = fence[1]
        elif not line.strip() or definition(line):
            yield from self.passage()
        elif self._is_code(line):
            yield Block(Kind.CODE, number, line.strip())
        else:
            yield from self._read_text(number, line)

    def passage(self) -> Iterator[Block]:
        """Yield the passage that is open."""
        if self._lines:
            lines = [line.strip() for line in self._lines]
            starts = accumulate((len(line) + 1 for line in lines[:-1]), initial=0)
            yield Block(Kind.TEXT, self._start, " ".join(lines), starts=tuple(starts))
        self._lines = []

    def _is_underline(self, line: str) -> bool:
        """Tildes begin code, but as long as the only line above they make it a heading."""
        return (
            len(self._lines) == 1
            and len(line.rstrip("~")) == 0
            and len(line) >= len(self._lines[0])
        )

    def _is_code(self, line: str) -> bool:
        """Indented lines are code, unless they go on with a passage or a list."""
        return line.startswith(("    ", "\t")) and not self._lines and not self._in_list

    def _read_text(self, number: int, line: str) -> Iterator[Block]:
        heading = _heading(line)
        if heading:
            yield from self.passage()
            yield Block(Kind.HEADING, number, heading[1], heading[0])
        elif _RULER.fullmatch(line):
            yield from self._ruler(line)
        else:
            if _OPENING.match(line):
                yield from self.passage()
            self._take(number, line, is_item=_ITEM.match(line) is not None)

    def _take(self, number: int, line: str, *, is_item: bool) -> None:
        self._in_list = is_item or (self._in_list and line[0] in " \t")
        self._start = self._start if self._lines else number
        self._lines.append(line)

    def _ruler(self, line: str) -> Iterator[Block]:
        """A ruler below a single line makes it a heading; else it only divides."""
        if len(self._lines) == 1 and not _OPENING.match(self._lines[0]):
            level = 1 if line.strip()[0] in "=#*" else 2
            yield Block(Kind.HEADING, self._start, self._lines[0].strip(), level)
            self._lines = []
        else:
            yield from self.passage()


def _heading(line: str) -> tuple[int, str] | None:
    for form in _HEADINGS:
        match = form.match(line)
        if match:
            level = int(match[1]) if match[1].isdigit() else len(match[1])
            return level, match[2].strip().rstrip("#=").strip()
    return None
