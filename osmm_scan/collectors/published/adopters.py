"""Count the organisations that a project names as its users."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from osmm_scan.collectors.community_health.documents import LIMIT
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.blocks import Block
from osmm_scan.collectors.studies.paths import TEXT_ENDINGS
from osmm_scan.collectors.studies.prose import Prose, read
from osmm_scan.model import Evidence

FACTS: Mapping[str, str] = {
    "adopters.outside_orgs": "organisations other than the owner that a list of adopters names",
}

_NAME = re.compile(r"(?:adopters?|users|who[-_]?uses(?:[-_].{0,30})?|in[-_]the[-_]wild)", re.I)
_FOLDERS = frozenset({"", ".github", "community", "docs"})
_HEADS = re.compile(
    r"^(?:adopters?|compan(?:y|ies)|contacts?|name|organi[sz]ations?|orgs?|user|type|vendor"
    r"|who|project|logo|end[- ]user)s?\b",
    re.I,
)
_LABEL = re.compile(r"^[*_]{0,2}[\w ]{1,30}[*_]{0,2}:")
_MARK = re.compile(r"^(?:[-*+•]|\d{1,3}[.)])\s+")
_ADD = re.compile(r"\b(?:add|pull request|please|your|submit|list|edit|template|example)\b", re.I)


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield how many adopters are named; without a list there are none."""
    for path in observer.repository.entries():
        stem, ending = posixpath.splitext(posixpath.basename(path))
        is_near = posixpath.dirname(path).lower() in _FOLDERS
        if is_near and ending.lower() in TEXT_ENDINGS and _NAME.fullmatch(stem):
            prose = read(observer.repository.text(path, limit=LIMIT))
            owner = observer.repository.name.partition("/")[0].lower()
            yield observer.fact("adopters.outside_orgs", len(adopters(prose) - {owner}), path)
            return
    yield observer.fact("adopters.outside_orgs", 0)


def adopters(prose: Prose) -> frozenset[str]:
    """Return the names in a list of adopters, folded: of table rows, of items, else of headings."""
    for names in (_rows(prose), _items(prose), _headings(prose)):
        found = frozenset(" ".join(name.lower().split()) for name in names)
        if found:
            return found
    return frozenset()


def _rows(prose: Prose) -> Iterator[str]:
    for block in prose.passages:
        if block.text.startswith("|"):
            cells = [cell.strip() for cell in block.text.strip("|").split("|")]
            first = next((cell for cell in cells if cell), "")
            if first and not _HEADS.match(first):
                yield first


def _items(prose: Prose) -> Iterator[str]:
    for block in prose.passages:
        text = _MARK.sub("", block.text)
        if text != block.text and not _LABEL.match(text):
            name = re.split(r"[,:(\u2013\u2014]| - |\.(?:\s|$)", text, maxsplit=1)[0].strip(" *_")
            if name and len(name) < 60 and not _ADD.search(name):
                yield name


def _headings(prose: Prose) -> Iterator[str]:
    """Where items describe each adopter, the headings name them."""
    for block in prose.headings[1:]:
        if len(block.text) < 60 and not _HEADS.match(block.text) and not _ADD.search(block.text):
            yield _name(block)


def _name(block: Block) -> str:
    return re.split(r"[(:]", block.text, maxsplit=1)[0]
