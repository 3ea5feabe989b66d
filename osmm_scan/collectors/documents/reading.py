"""Read a document once: its structure, its words, its title, and the days it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import splitext

from osmm_scan.collectors.documents.phrases import Words
from osmm_scan.collectors.documents.rubrics import Element
from osmm_scan.collectors.studies.blocks import Block, Kind
from osmm_scan.collectors.studies.prose import Prose
from osmm_scan.collectors.studies.prose import read as read_prose

_SETTING = re.compile(r"([A-Za-z][\w-]{0,40})\s?:\s?(.{0,300})")
_SETTINGS_LIMIT = 60
_OPENING = 12
# In a page of nested tags, indented lines are text like any other.
_CLOSING = re.compile(r"^[ \t]+</(?:div|p|section|li|ul)>", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_PAGE_SAMPLE = 20_000
_PAGE_TAGS = 5
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
        is_page = len(_CLOSING.findall(self.text[:_PAGE_SAMPLE])) >= _PAGE_TAGS
        return read_prose(_INDENT.sub("", self.text) if is_page else self.text)

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
        heading = next((block.text for block in self.prose.headings[:1]), "")
        parts = splitext(self.path)[0].split("/")
        named = (self.settings.get(name, "") for name in ("title", "description"))
        return " ".join([*named, heading, *parts[-_PATH_PARTS:]])

    @cached_property
    def _subject(self) -> str:
        """Return the title; what lies at the top is about what its repository is named after."""
        return self.title if "/" in self.path else f"{self.title} {self._home}"

    @cached_property
    def _home(self) -> str:
        return self.repository.rpartition("/")[2]

    @cached_property
    def _scopes(self) -> Mapping[str, tuple[Words, tuple[int, ...]]]:
        opening = self.blocks[:_OPENING]
        headings = self.prose.headings
        return {
            "text": _scope(self.blocks),
            "title": _scope((), self.title),
            "headings": _scope(headings, self.title),
            "opening": _scope(opening, self.title),
            "folder": _scope((), self.path.rpartition("/")[0]),
            "subject": _scope((), self._subject),
            "place": _scope((), f"{self.path} {self._home}"),
        }

    def find(self, element: Element) -> Found | None:
        """Return where an element stands, None when it is not there."""
        words, lines = self._scopes[element.place]
        kinds = 0
        passages: set[int] = set()
        for phrase in element.phrases:
            found = words.find(phrase)
            kinds += bool(found)
            passages.update(found)
        if kinds < element.distinct or len(passages) < element.passages:
            return None
        return Found(element, tuple(lines[number] for number in sorted(passages)))


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
