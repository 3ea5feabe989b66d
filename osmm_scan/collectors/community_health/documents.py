"""Find the document that GitHub shows for a repository: its own, else the owner's default."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.blocks import Block
from osmm_scan.collectors.studies.paths import HEALTH_FOLDERS, at_github_locations
from osmm_scan.collectors.studies.placeholders import placeholders
from osmm_scan.collectors.studies.prose import Prose, is_hollow, read
from osmm_scan.model import Evidence, Value
from osmm_scan.sources.repository import Entry, Repository

# No document that people read is longer, and every pattern is tried on every passage.
LIMIT = 512 * 1024


@dataclass(frozen=True)
class Place:
    """A file of the observed repository or of the owner's defaults, and a line of it."""

    home: Repository
    path: str
    line: int | None = None


@dataclass(frozen=True)
class Document:
    """A health document with the repository that it stands in."""

    home: Repository
    path: str
    prose: Prose
    is_inherited: bool = False

    @property
    def is_usable(self) -> bool:
        """Tell whether the document says something and nothing is left to fill in."""
        return not is_hollow(self.prose) and self.is_filled

    @property
    def is_filled(self) -> bool:
        """Tell whether nothing is left to fill in."""
        return next(placeholders(self.prose), None) is None

    def at(self, line: int | None = None) -> Place:
        """Return a line of the document, or the document as a whole."""
        return Place(self.home, self.path, line)


@dataclass(frozen=True)
class Element:
    """Something that a document says, and where it does."""

    name: str
    place: Place


Test = Callable[[Prose], int | None]


def effective(observer: Observer, names: Iterable[str]) -> Document | None:
    """Return the document of one of these names that GitHub shows, None when there is none.

    Raises `Unobserved` when the repository has none and its owner's defaults were not looked at.
    """
    names = tuple(names)
    own = in_repository(observer.repository, names)
    if own:
        return own
    defaults = observer.repository.inherited()
    return in_repository(defaults, names, is_inherited=True) if defaults else None


def in_repository(
    home: Repository, names: Iterable[str], *, is_inherited: bool = False
) -> Document | None:
    """Return the document of one of these names where GitHub looks for it in one repository."""
    path = at_github_locations(near(home), names)
    return Document(home, path, read(home.text(path, limit=LIMIT)), is_inherited) if path else None


def near(home: Repository) -> dict[str, Entry]:
    """Return the files of the folders that GitHub looks in, however long the whole tree is."""
    return {
        path: entry
        for folder in HEALTH_FOLDERS
        for path, entry in home.folder(folder.rstrip("/")).items()
    }


def fact(
    observer: Observer, key: str, value: Value, at: Place | Document | Element | None = None
) -> Evidence:
    """Return a fact of the observed repository, cited where it stands, be it inherited or not."""
    place = _place(at) or Place(observer.repository, "")
    return Evidence(
        key=key,
        subject=observer.repository.name,
        value=value,
        source=place.home.source(place.path or None, place.line),
        observed_at=observer.as_of,
    )


def detail(observer: Observer, element: Element) -> Evidence:
    """Return the detail that a document says something."""
    return fact(observer, "health.element", element.name, element)


def elements(documents: Iterable[Document], tests: Mapping[str, Test]) -> dict[str, Element]:
    """Return what several documents say between them: the first proof of each test."""
    found: dict[str, Element] = {}
    for document in documents:
        for name, test in tests.items():
            line = test(document.prose) if name not in found else None
            if line:
                found[name] = Element(name, document.at(line))
    return found


def says(pattern: str) -> Test:
    """Return a test that a passage matches; it answers with the line."""
    wanted = re.compile(pattern, re.I | re.X)
    return lambda prose: line_of(prose.passages, wanted)


def is_titled(pattern: str) -> Test:
    """Return a test that there is something below a heading that matches."""
    wanted = re.compile(pattern, re.I | re.X)

    def test(prose: Prose) -> int | None:
        return next((block.line for block in prose.under(wanted)), None)

    return test


def either(*tests: Test) -> Test:
    """Return a test that holds where any of these does."""
    return lambda prose: next((line for test in tests if (line := test(prose))), None)


def line_of(blocks: Iterable[Block], wanted: re.Pattern[str]) -> int | None:
    """Return the line of the first block that matches."""
    return next((block.line for block in blocks if wanted.search(block.text)), None)


def _place(at: Place | Document | Element | None) -> Place | None:
    if isinstance(at, Element):
        return at.place
    return at.at() if isinstance(at, Document) else at
