"""Look up literal strings in Python source, which is never run nor even parsed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from osmm_scan.collectors.inventory.formats.python_requirements import read_requirement
from osmm_scan.collectors.inventory.formats.python_tokens import Token, TokenKind, read_tokens
from osmm_scan.collectors.inventory.purls import pypi
from osmm_scan.collectors.inventory.statements import (
    File,
    Role,
    Scope,
    Statement,
    manifest,
)

_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_BETWEEN = frozenset({",", *_OPENING, *_CLOSING})
# What makes a literal only a part of the value when it follows.
_OPERATORS = frozenset({"+", "-", "*", "%", ".", "[", "(", "if", "or", "and"})
# Nobody writes a longer list by hand.
_MOST_TOKENS = 5000
_KEYWORDS = {
    "install_requires": Scope.RUNTIME,
    "tests_require": Scope.DEVELOPMENT,
    "extras_require": Scope.OPTIONAL,
}


@dataclass(frozen=True, slots=True)
class Literal:
    """A string of the source and its line."""

    text: str
    line: int


class Source:
    """Python source as tokens, and where its names are first given a value."""

    def __init__(self, text: str) -> None:
        self.tokens = read_tokens(text)
        self._given: dict[str, int] = {}
        for place, (token, following) in enumerate(pairwise(self.tokens)):
            if following.text == "=" and place + 2 < len(self.tokens):
                self._given.setdefault(token.text, place + 2)

    def after(self, name: str, sign: str, start: int = 0) -> int | None:
        """Return the place after a name and the sign that follows it."""
        for place in range(start, len(self.tokens) - 2):
            if self.tokens[place].text == name and self.tokens[place + 1].text == sign:
                return place + 2
        return None

    def literals(self, place: int) -> list[Literal] | None:
        """Return the strings of the value at a place; None when they would have to be computed.

        Of a mapping only the values are returned.
        """
        token = self.tokens[place]
        if token.kind is not TokenKind.NAME:
            return self._value(place)
        # A variable stands for the literal that the same file gives it.
        given = self._given.get(token.text)
        if given is None or self.tokens[given].kind is TokenKind.NAME or self._goes_on(place):
            return None
        return self._value(given)

    def _value(self, place: int) -> list[Literal] | None:
        tokens = self.tokens[place : place + _MOST_TOKENS]
        length = _strings_ahead(tokens) or _brackets_ahead(tokens)
        if not length or self._goes_on(place + length - 1):
            return None
        return _collect(tokens[:length])

    def _goes_on(self, place: int) -> bool:
        return place + 1 < len(self.tokens) and self.tokens[place + 1].text in _OPERATORS


def parse_setup_py(file: File) -> Iterator[Statement]:
    """Yield the requirements that a setup.py states as literals."""
    source = Source(file.text)
    call = source.after("setup", "(")
    if call is None:
        return
    line = source.tokens[call - 1].line
    name = source.after("name", "=", call)
    for literal in (name and source.literals(name)) or ():
        yield file.package(pypi(literal.text), Role.LIBRARY, literal.line)
    if any(token.text == "**" for token in source.tokens[call:]):
        yield file.computed("the arguments of setup() are computed", line)
    for keyword, scope in _KEYWORDS.items():
        place = source.after(keyword, "=", call)
        found = [] if place is None else source.literals(place)
        if place is not None and found is None:
            yield file.computed(f"{keyword} is computed", source.tokens[place - 1].line)
        for literal in found or ():
            yield read_requirement(file, literal.text, literal.line, scope)


def _strings_ahead(tokens: list[Token]) -> int:
    """Return how many of the first tokens are strings and the commas between them."""
    length = 0
    for place, token in enumerate(tokens):
        if token.kind is TokenKind.STRING:
            length = place + 1
        elif token.text != "," or length != place:
            break
    return length


def _brackets_ahead(tokens: list[Token]) -> int:
    """Return how many tokens a list, tuple, set or mapping has, 0 when there is none."""
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth <= 0:
            return place + 1 if place else 0
    return 0


def _collect(tokens: list[Token]) -> list[Literal] | None:
    """Return the strings among tokens, neighbours joined as Python does; keys are left out."""
    found: list[tuple[int, list[str]]] = []
    previous = ""
    for token in tokens:
        kind = "text" if token.kind is TokenKind.STRING else token.text
        literal = token.literal
        if kind == "text" and literal is not None:
            if previous != "text":
                found.append((token.line, []))
            found[-1][1].append(literal)
        elif kind == ":" and previous == "text":
            found.pop()
        elif kind not in _BETWEEN:
            return None
        previous = kind
    return [Literal("".join(parts), line) for line, parts in found]


FORMATS = (manifest("pypi", parse_setup_py, "setup.py"),)
