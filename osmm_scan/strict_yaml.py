"""Read YAML as plain data with the place of every value, safely however hostile the text is.

Only the scalars of the YAML 1.2 core schema are typed: `on`, `no`, `12:30`, `012` and dates stay
strings. Nothing is ever constructed from a tag, merge keys and duplicate keys are refused, and
size, depth and the number of values are limited before anything is built from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import yaml

from osmm_scan.yaml_scalars import STANDARD_TAG, Scalar, read_scalar

SIZE_LIMIT = 2 * 1024 * 1024
DEPTH_LIMIT = 64
# Values after every alias has been replaced by what it stands for, as any reader will meet them.
VALUE_LIMIT = 400_000

Path: TypeAlias = "tuple[Scalar, ...]"

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_KEY = object()
# Shared by all single values, of which a document may have very many; never written to.
_NOTHING: dict[Any, Any] = {}


class YamlFault(Exception):
    """What is wrong with a YAML text and where; lines and columns count from 1."""

    def __init__(self, line: int, column: int, problem: str) -> None:
        self.line = line
        self.column = column
        self.problem = problem
        super().__init__(f"{line}:{column}: {problem}")


@dataclass(slots=True)
class _Place:
    """Where a value begins, and where the keys and values inside it begin."""

    line: int
    column: int
    inside: dict[Scalar, _Place] = field(default_factory=lambda: _NOTHING)
    keys: dict[Scalar, tuple[int, int]] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document: its data, and where each part of it stands in the text."""

    data: Any
    _root: _Place

    def at(self, path: Path) -> tuple[int, int]:
        """Return line and column of the value at a path of keys and indexes.

        A path that leads nowhere is answered with the last place on the way.
        """
        place = self._root
        for key in path:
            if key not in place.inside:
                break
            place = place.inside[key]
        return place.line, place.column

    def at_key(self, path: Path) -> tuple[int, int]:
        """Return line and column of the key that a path ends with, else of its value."""
        place = self._root
        for key in path[:-1]:
            if key not in place.inside:
                return self.at(path)
            place = place.inside[key]
        return place.keys.get(path[-1], self.at(path)) if path else self.at(path)


def load(
    text: str, *, aliases: bool = False, tags: bool = False, limit: int = SIZE_LIMIT
) -> Document:
    """Return the only document of a text, or raise `YamlFault`.

    `aliases` allows anchors and aliases. `tags` reads a value with a local tag, such as GitLab's
    `!reference`, as if it had none. `limit` is the most characters. An empty text holds None.
    """
    documents = _Builder(aliases=aliases, tags=tags, several=False).build(text, limit)
    return documents[0] if documents else Document(None, _Place(1, 1))


def load_several(text: str, *, aliases: bool = False, tags: bool = False) -> tuple[Document, ...]:
    """Return all documents of a text as `load` does."""
    return tuple(_Builder(aliases=aliases, tags=tags, several=True).build(text))


@dataclass(slots=True)
class _Node:
    """A finished value; `size` and `height` count what is inside it, aliases followed."""

    value: Any
    place: _Place
    size: int = 1
    height: int = 0


@dataclass(slots=True)
class _Open:
    """A sequence or mapping that has not ended yet."""

    node: _Node
    anchor: str | None
    key: Any = _NO_KEY

    @property
    def wants_key(self) -> bool:
        return isinstance(self.node.value, dict) and self.key is _NO_KEY

    def take_key(self, node: _Node) -> None:
        key, line, column = node.value, node.place.line, node.place.column
        if isinstance(key, dict | list):
            raise YamlFault(line, column, "a key must be a single value")
        places = self.node.place.keys
        if key in places:
            first = places[key][0]
            raise YamlFault(line, column, f"the key {key!r} appears twice, first in line {first}")
        places[key] = line, column
        self.key = key
        self.node.size += node.size

    def take_value(self, node: _Node) -> None:
        whole = self.node
        key = len(whole.value) if self.key is _NO_KEY else self.key
        if isinstance(whole.value, dict):
            whole.value[key] = node.value
        else:
            whole.value.append(node.value)
        self.key = _NO_KEY
        whole.place.inside[key] = node.place
        whole.size += node.size
        whole.height = max(whole.height, node.height + 1)


class _Builder:
    """Turns parser events into documents, iteratively: no depth of nesting can exhaust a stack."""

    def __init__(self, *, aliases: bool, tags: bool, several: bool) -> None:
        self._allows_aliases = aliases
        self._allows_tags = tags
        self._allows_several = several
        self._values = 0
        self._documents: list[Document] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, _Node | None] = {}

    def build(self, text: str, limit: int = SIZE_LIMIT) -> list[Document]:
        for event in _events(text, limit):
            match event:
                case yaml.ScalarEvent():
                    self._scalar(event)
                case yaml.MappingStartEvent():
                    self._start(event, {})
                case yaml.SequenceStartEvent():
                    self._start(event, [])
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._end()
                case yaml.AliasEvent():
                    self._alias(event)
                case yaml.DocumentStartEvent():
                    self._document(event)
        return self._documents

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        if self._documents and not self._allows_several:
            raise _fault(event, "only one document is allowed in this file")
        self._anchors = {}

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        # The C parser gives plain scalars an empty style.
        plain = not event.style and event.tag is None
        if plain and event.value == "<<" and self._open and self._open[-1].wants_key:
            raise _fault(event, "merge keys ('<<') are not supported")
        try:
            value = read_scalar(event.value, event.tag, plain=plain)
        except ValueError as error:
            raise _fault(event, str(error)) from None
        except KeyError:
            self._check_tag(event, "!")
            value = event.value
        self._count(event, 1)
        node = _Node(value, _place(event))
        self._anchor(event, node)
        self._add(node)

    def _start(self, event: yaml.CollectionStartEvent, empty: dict[Any, Any] | list[Any]) -> None:
        self._check_tag(event, STANDARD_TAG + ("map" if isinstance(empty, dict) else "seq"))
        self._check_depth(event, len(self._open) + 1)
        self._count(event, 1)
        # Within its own value an anchor stands for nothing yet.
        self._anchor(event, None)
        place = replace(_place(event), inside={}, keys={})
        self._open.append(_Open(_Node(empty, place), event.anchor))

    def _end(self) -> None:
        ended = self._open.pop()
        if ended.anchor is not None:
            self._anchors[ended.anchor] = ended.node
        self._add(ended.node)

    def _alias(self, event: yaml.AliasEvent) -> None:
        if not self._allows_aliases:
            raise _fault(event, "aliases are not allowed here")
        target = self._anchors.get(str(event.anchor))
        if target is None:
            is_inside = event.anchor in self._anchors
            problem = "stands inside its own value" if is_inside else "has no anchor before it"
            raise _fault(event, f"the alias *{event.anchor} {problem}")
        self._check_depth(event, len(self._open) + target.height)
        self._count(event, target.size)
        # What is inside is shared and keeps its place; the value itself stands at the alias.
        place = replace(_place(event), inside=target.place.inside, keys=target.place.keys)
        self._add(replace(target, place=place))

    def _anchor(self, event: yaml.NodeEvent, node: _Node | None) -> None:
        if event.anchor is None:
            return
        if not self._allows_aliases:
            raise _fault(event, "anchors are not allowed here")
        self._anchors[event.anchor] = node

    def _add(self, node: _Node) -> None:
        if not self._open:
            self._documents.append(Document(node.value, node.place))
        elif self._open[-1].wants_key:
            self._open[-1].take_key(node)
        else:
            self._open[-1].take_value(node)

    def _count(self, event: yaml.Event, size: int) -> None:
        self._values += size
        if self._values > VALUE_LIMIT:
            raise _fault(event, f"more than {VALUE_LIMIT} values")

    def _check_depth(self, event: yaml.Event, depth: int) -> None:
        if depth > DEPTH_LIMIT:
            raise _fault(event, f"nested deeper than {DEPTH_LIMIT} levels")

    def _check_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, usual: str) -> None:
        if event.tag in (None, "!", usual) or (self._allows_tags and event.tag.startswith("!")):
            return
        shown = event.tag.replace(STANDARD_TAG, "!!", 1)[:80]
        raise _fault(event, f"the tag {shown} is not allowed")


def _events(text: str, limit: int) -> Iterator[yaml.Event]:
    if len(text) > limit:
        raise YamlFault(1, 1, f"longer than {limit} characters")
    text = text.removeprefix("\ufeff")
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        before = text[: forbidden.start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise YamlFault(line, column, f"the character {forbidden[0]!a} is not allowed in YAML")
    try:
        yield from yaml.parse(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        place = _position(error.problem_mark or error.context_mark)
        raise YamlFault(*place, str(error.problem or error.context)) from error
    except yaml.YAMLError as error:
        raise YamlFault(1, 1, " ".join(str(error).split())) from error


def _place(event: yaml.Event) -> _Place:
    return _Place(*_position(event.start_mark))


def _fault(event: yaml.Event, problem: str) -> YamlFault:
    return YamlFault(*_position(event.start_mark), problem)


def _position(mark: Any) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
