"""Our GraphQL operations: load them, read them into parts and write them back.

Understands the part of GraphQL that `queries/` is written in: one query with variables, fields with
aliases and arguments, fragments. It never reads what others wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

_COMMENT = re.compile(r"#[^\n]*")
_WORD = re.compile(r'"(?:[^"\\\n]|\\.)*"|\.\.\.|[A-Za-z_][A-Za-z0-9_]*|-?[0-9.]+|[^\s,]')
_OPENING, _CLOSING = {"(", "[", "{"}, {")", "]", "}"}


@dataclass(frozen=True, slots=True)
class Part:
    """A field of a selection, or with `on` the fields that hold for one type only.

    `arguments` are the words between the brackets.
    """

    name: str
    alias: str | None = None
    arguments: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    on: str | None = None

    @property
    def key(self) -> str:
        """Return the name under which an answer holds the field."""
        return self.alias or self.name


@dataclass(frozen=True, slots=True)
class Operation:
    """One query: its variables with the words that declare them, and what it selects."""

    name: str
    variables: Mapping[str, tuple[str, ...]]
    parts: tuple[Part, ...]


@cache
def load(name: str) -> str:
    """Return the text of one of our operations."""
    return (files("osmm_scan.sources.github") / "queries" / f"{name}.graphql").read_text("utf-8")


def names() -> tuple[str, ...]:
    """Return the names of all our operations."""
    folder = files("osmm_scan.sources.github") / "queries"
    return tuple(sorted(file.name.removesuffix(".graphql") for file in folder.iterdir()))


def parse(text: str) -> Operation:
    """Return the operation that a text of ours writes down, its fragments put in place."""
    words = _Words(text)
    fragments: dict[str, Part] = {}
    queries: list[Operation] = []
    while words.has_more:
        if words.take() == "query":
            queries.append(Operation(words.take(), _variables(words), _selection(words)))
        else:
            name, _, kind = words.take(), words.take(), words.take()
            fragments[name] = Part("...", on=kind, parts=_selection(words))
    (query,) = queries
    return replace(query, parts=_in_place(query.parts, fragments))


def render(operation: Operation) -> str:
    """Return the text of an operation."""
    return " ".join(_rendered(operation))


def _rendered(operation: Operation) -> Iterator[str]:
    yield from ("query", operation.name)
    if operation.variables:
        yield "("
        for name, declaration in operation.variables.items():
            yield from ("$" + name, ":", *declaration)
        yield ")"
    yield from _rendered_parts(operation.parts)


def _rendered_parts(parts: tuple[Part, ...]) -> Iterator[str]:
    yield "{"
    for part in parts:
        if part.on:
            yield from ("...", "on", part.on)
        else:
            yield from (part.alias, ":", part.name) if part.alias else (part.name,)
        if part.arguments:
            yield from ("(", *part.arguments, ")")
        if part.parts:
            yield from _rendered_parts(part.parts)
    yield "}"


class _Words:
    """The words of a text, taken one after the other."""

    def __init__(self, text: str) -> None:
        self._words: list[str] = _WORD.findall(_COMMENT.sub("", text))
        self._next = 0

    @property
    def has_more(self) -> bool:
        return self._next < len(self._words)

    def peek(self) -> str:
        return self._words[self._next]

    def take(self) -> str:
        word = self.peek()
        self._next += 1
        return word

    def group(self) -> tuple[str, ...]:
        """Take a bracketed group and return what is inside of it; nothing when there is none."""
        if self.peek() != "(":
            return ()
        begin, depth = self._next, 0
        while True:
            word = self.take()
            depth += (word in _OPENING) - (word in _CLOSING)
            if depth == 0:
                return tuple(self._words[begin + 1 : self._next - 1])


def _variables(words: _Words) -> dict[str, tuple[str, ...]]:
    """Return each declared variable with its type and default: `$n: Int = 50`."""
    found: dict[str, tuple[str, ...]] = {}
    for declaration in " ".join(words.group()).split("$")[1:]:
        name, _, *rest = declaration.split()
        found[name] = tuple(rest)
    return found


def _selection(words: _Words) -> tuple[Part, ...]:
    if not words.has_more or words.peek() != "{":
        return ()
    words.take()
    parts: list[Part] = []
    while words.peek() != "}":
        parts.append(_part(words))
    words.take()
    return tuple(parts)


def _part(words: _Words) -> Part:
    name = words.take()
    if name == "...":
        if words.peek() == "on":
            words.take()
            return Part("...", on=words.take(), parts=_selection(words))
        return Part("...", alias=words.take())
    alias = None
    if words.peek() == ":":
        words.take()
        alias, name = name, words.take()
    return Part(name, alias=alias, arguments=words.group(), parts=_selection(words))


def _in_place(parts: tuple[Part, ...], fragments: Mapping[str, Part]) -> tuple[Part, ...]:
    """Return parts with every spread (a nameless part with an alias) as the fragment it names."""
    named = (fragments[part.alias] if part.name == "..." and part.alias else part for part in parts)
    return tuple(replace(part, parts=_in_place(part.parts, fragments)) for part in named)
