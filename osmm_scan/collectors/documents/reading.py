"""Read a document once: its structure, its words, its title, and the days it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from posixpath import splitext
from typing import TypeAlias

from osmm_scan.collectors.documents.phrases import Words
from osmm_scan.collectors.documents.rubrics import Element
from osmm_scan.collectors.documents.sieve import Sieve
from osmm_scan.collectors.studies.blocks import Block, Kind, likely_headings
from osmm_scan.collectors.studies.blocks import blocks as read_blocks
from osmm_scan.collectors.studies.markup import shown
from osmm_scan.collectors.studies.prose import Prose, as_shown, read_lines
from osmm_scan.collectors.studies.prose import read as read_prose

_SETTING = re.compile(r"([A-Za-z][\w-]{0,40})\s?:\s?(.{0,300})")
_SETTINGS_LIMIT = 60
_OPENING = 12
# In a page of nested tags, indented lines are text like any other.
_CLOSING = re.compile(r"^[ \t]+</(?:div|p|section|li|ul)>", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_PAGE_SAMPLE = 20_000
_PAGE_TAGS = 5
# A place, or for sections the ways to tell their topic.
Scope: TypeAlias = "str | tuple[Element, ...]"
# Folders further up say where a text lies, not what it is about.
_PATH_PARTS = 2


@dataclass(frozen=True, slots=True)
class Found:
    """The lines at which an element was found, one per passage."""

    element: Element
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Reading:
    """A text with its path and the name of its repository, of which nothing more is known."""

    path: str
    text: str
    repository: str = ""

    @cached_property
    def prose(self) -> Prose:
        """Return the structure."""
        return read_prose(self._plain)

    @cached_property
    def _plain(self) -> str:
        sample = self.text[:_PAGE_SAMPLE]
        is_page = sample.count("</") >= _PAGE_TAGS and len(_CLOSING.findall(sample)) >= _PAGE_TAGS
        return _INDENT.sub("", self.text) if is_page else self.text

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Return headings and passages in order."""
        return tuple(block for block in self.prose.blocks if block.kind is not Kind.CODE)

    @cached_property
    def settings(self) -> Mapping[str, str]:
        """Return the settings before the text, by their lower-case names."""
        return dict(_settings(self.text))

    @cached_property
    def title(self) -> str:
        """Return what names the document: its settings, its first heading, its path."""
        parts = splitext(self.path)[0].split("/")
        named = (self.settings.get(name, "") for name in ("title", "description"))
        return " ".join([*named, self._first_heading, *parts[-_PATH_PARTS:]])

    @cached_property
    def sieve(self) -> Sieve:
        """Return what tells at little cost that a text does not say something."""
        return Sieve(self.text)

    @cached_property
    def likely_headings(self) -> tuple[str, ...]:
        """Return what all headings say, and lines that look like headings."""
        return tuple(shown(text) for text in likely_headings(self._lines))

    @property
    def _first_heading(self) -> str:
        """Return the first heading, before which hardly ever much stands."""
        if not any(self.likely_headings):
            return ""
        found = (block.text for block in self._stream() if block.kind is Kind.HEADING)
        return next(found, "")

    @cached_property
    def _lead(self) -> tuple[Block, ...]:
        """Return the first headings and passages; the rest need not be read for them."""
        found = (block for block in self._stream() if block.kind is not Kind.CODE)
        return tuple(islice(found, _OPENING))

    def _stream(self) -> Iterator[Block]:
        return as_shown(read_blocks(self._lines))

    @cached_property
    def _lines(self) -> tuple[str, ...]:
        return read_lines(self._plain)

    @cached_property
    def _subject(self) -> str:
        """Return the title; what lies at the top is about what its repository is named after."""
        return self.title if "/" in self.path else f"{self.title} {self._home}"

    @cached_property
    def _home(self) -> str:
        return self.repository.rpartition("/")[2]

    @cached_property
    def _signposts(self) -> Words:
        return Words((*self.likely_headings, self.title))

    @cached_property
    def _title_words(self) -> Words:
        return Words((self.title,))

    @cached_property
    def _scopes(self) -> dict[Scope, tuple[Words, tuple[int, ...]]]:
        """Return what was read so far."""
        return {}

    def _scope(self, element: Element) -> tuple[Words, tuple[int, ...]]:
        key = element.topic or element.place
        if key not in self._scopes:
            self._scopes[key] = self._read(element)
        return self._scopes[key]

    def _read(self, element: Element) -> tuple[Words, tuple[int, ...]]:
        match element.place:
            case "text":
                return _scope(self.blocks)
            case "opening":
                return _scope(self._lead, self.title)
            case "headings":
                return _scope(self.prose.headings, self.title)
            case "section":
                return _scope(self._under(element.topic))
            case _:
                return _scope((), self._name(element.place))

    def _under(self, topic: tuple[Element, ...]) -> Iterator[Block]:
        """Yield the blocks below headings about a topic; all, where it is that of the title."""
        is_all = any(self.find(way) for way in topic if way.place == "subject")
        headings = [way for way in topic if way.place == "headings"]
        level: int | None = None
        for block in self.blocks:
            if block.level and (level is None or block.level <= level):
                words = Words((block.text,))
                level = block.level if any(_says(words, way) for way in headings) else None
            if is_all or level is not None:
                yield block

    def _name(self, place: str) -> str:
        """Return what stands in no line of the text."""
        names = {
            "title": self.title,
            "subject": self._subject,
            "folder": self.path.rpartition("/")[0],
            "place": f"{self.path} {self._home}",
        }
        return names[place]

    def find(self, element: Element) -> Found | None:
        """Return where an element stands, None when it is not there."""
        found = self._find(element)
        here = self._find(element.here) if element.here else None
        if found is None or here is None:
            return found or here
        return Found(element, tuple(sorted({*found.lines, *here.lines})))

    def _find(self, element: Element) -> Found | None:
        if not self._may_find(element):
            return None
        words, lines = self._scope(element)
        if not words.has_any(*element.signs):
            return None
        kinds = 0
        passages: set[int] = set()
        for phrase in element.phrases:
            found = words.find(phrase)
            kinds += bool(found)
            passages.update(found)
        if kinds < element.distinct or len(passages) < element.passages:
            return None
        return Found(element, tuple(lines[number] for number in sorted(passages)))

    def may_find(self, element: Element) -> bool:
        """Tell at little cost when an element is not there, before the structure is read."""
        return self._may_find(element) or (
            element.here is not None and self._may_find(element.here)
        )

    def _may_find(self, element: Element) -> bool:
        if element.place in self._scopes:
            return True
        match element.place:
            case "text" | "section":
                return self.sieve.passes(element)
            case "opening":
                return self.sieve.passes(element) or _says(self._title_words, element)
            case "headings":
                return _says(self._signposts, element)
            case _:
                return True


def _says(words: Words, element: Element) -> bool:
    return words.has_any(*element.signs) and any(words.find(one) for one in element.phrases)


def _scope(blocks: Iterable[Block], *more: str) -> tuple[Words, tuple[int, ...]]:
    """Return the words of some blocks and of what stands in no line, with the line of each."""
    read = tuple(blocks)
    lines = (*(block.line for block in read), *(1 for _ in more))
    return Words((*(block.text for block in read), *more)), lines


def _settings(text: str) -> Iterator[tuple[str, str]]:
    lines = text.removeprefix("\ufeff").split("\n", _SETTINGS_LIMIT)
    if lines[0].rstrip() != "---":
        return
    for line in lines[1:_SETTINGS_LIMIT]:
        if line.rstrip() == "---":
            return
        match = _SETTING.match(line)
        if match:
            yield match[1].lower(), match[2].strip().strip("\"'")
