"""Read a health document as headings, passages, code, links and addresses, each with its line.

Markdown, reStructuredText, AsciiDoc and plain text are read alike: what matters is what a reader
is told, not how it looks. Comments are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from osmm_scan.collectors.studies import markup
from osmm_scan.collectors.studies.blocks import Block, Kind, blocks, without_comments

# Chinese, Japanese and Korean put no space between words; there a letter counts as one.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Link:
    """A link and the text it is shown as, which is empty for a badge.

    `passage` is the line at which the sentence around it begins.
    """

    line: int
    text: str
    target: str
    passage: int


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address."""

    line: int
    text: str
    passage: int


@dataclass(frozen=True)
class Prose:
    """A document in reading order."""

    blocks: tuple[Block, ...]
    _lines: tuple[str, ...]
    _written: tuple[Block, ...]

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Return the links of headings and passages."""
        targets = dict(_targets(self._lines))
        return tuple(
            Link(block.line_at(place), shown, target, block.line)
            for block in self._written
            for place, shown, target in markup.links(block.text, targets)
        )

    @cached_property
    def addresses(self) -> tuple[Address, ...]:
        """Return the e-mail addresses of headings and passages."""
        return tuple(
            Address(block.line_at(place), address, block.line)
            for block in self._written
            for place, address in markup.addresses(block.text)
        )

    @cached_property
    def headings(self) -> tuple[Block, ...]:
        """Return the headings."""
        return tuple(block for block in self.blocks if block.kind is Kind.HEADING)

    @cached_property
    def passages(self) -> tuple[Block, ...]:
        """Return paragraphs, list items and table rows, each as one line without markup."""
        return tuple(block for block in self.blocks if block.kind is Kind.TEXT)

    @cached_property
    def code(self) -> tuple[Block, ...]:
        """Return lines of code, from code blocks and from within sentences."""
        return tuple(block for block in self.blocks if block.kind is Kind.CODE)

    @cached_property
    def words(self) -> int:
        """Return how many words stand outside of headings and code blocks."""
        return sum(count_words(block.text) for block in self.passages)

    def under(self, title: re.Pattern[str]) -> Iterator[Block]:
        """Yield the blocks below each heading that `title` matches, to the next of its level."""
        level: int | None = None
        for block in self.blocks:
            if block.kind is Kind.HEADING and (level is None or block.level <= level):
                level = block.level if title.search(block.text) else None
            elif level is not None:
                yield block


def read(text: str) -> Prose:
    """Return a document's structure."""
    lines = read_lines(text)
    found = tuple(blocks(lines))
    written = tuple(block for block in found if block.kind is not Kind.CODE)
    return Prose(tuple(as_shown(found)), lines, written)


def read_lines(text: str) -> tuple[str, ...]:
    """Return a document's lines without its comments."""
    return tuple(without_comments(text.removeprefix("\ufeff")))


def count_words(text: str) -> int:
    """Return how many words a text has."""
    return len(_WORD.findall(text))


def is_hollow(prose: Prose) -> bool:
    """Tell whether a document says nothing: hardly a sentence, and nowhere to go on reading."""
    return prose.words == 0 or (prose.words < 15 and not prose.links and not prose.addresses)


def _targets(lines: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield where labels lead; the target may stand on the next line."""
    for line, following in pairwise((*lines, "")):
        is_open = line.rstrip().endswith("]:") and following.strip()
        found = markup.definition(f"{line} {following.strip()}" if is_open else line)
        if found:
            yield found


def as_shown(found: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks as they are read, without markup, and what they mark as code after them."""
    for block in found:
        if block.kind is Kind.CODE:
            yield block
            continue
        text = markup.shown(block.text)
        if text.strip("-*+|: "):
            yield Block(block.kind, block.line, text, block.level)
        for place, code in markup.code(block.text):
            yield Block(Kind.CODE, block.line_at(place), code)
