"""Read the expressions of GitHub workflows into trees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

LENGTH_LIMIT = 4_000
# Operators in a row nest as deeply as brackets, so that their number is limited too.
TOKEN_LIMIT = 400
DEPTH_LIMIT = 40

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>[+-]?(?:0x[0-9a-fA-F]{1,16}|\d{1,16}(?:\.\d{1,16})?)(?![\w.]))
    | '(?P<text>(?:[^']|'')*)'
    | (?P<name>[A-Za-z_][\w-]*)
    | (?P<sign>==|!=|<=|>=|&&|\|\||[!<>()\[\],.*])
    )""",
    re.VERBOSE,
)
_OPERATORS = (("||",), ("&&",), ("==", "!="), ("<", "<=", ">", ">="))
_WORDS = {"true": True, "false": False, "null": None}

Known: TypeAlias = "str | float | bool | None"


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that is written out."""

    value: Known


@dataclass(frozen=True, slots=True)
class Name:
    """A context such as `github.event.issue.title`, in lower case; `*` for a computed part."""

    path: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function or operator with its arguments."""

    function: str
    arguments: tuple[Node, ...]


Node: TypeAlias = "Literal | Name | Call"


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """Return an expression as a tree; `ValueError` when it is none."""
    if len(text) > LENGTH_LIMIT:
        raise ValueError("the expression is too long")
    tokens = list(_tokens(text))
    if len(tokens) > TOKEN_LIMIT:
        raise ValueError("the expression has too many parts")
    return _Parser(tokens).whole()


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    text, place = text.rstrip(), 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise ValueError(f"unexpected {text[place : place + 20]!r}")
        yield match.lastgroup, match[match.lastgroup]
        place = match.end()


class _Parser:
    """Recursive descent over tokens, with a limit on depth."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._binary(0)
        if self._next < len(self._tokens):
            raise ValueError("text after the end of the expression")
        return node

    def _takes(self, *signs: str) -> str:
        kind, text = self._peek()
        if kind != "sign" or text not in signs:
            return ""
        self._next += 1
        return text

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._next] if self._next < len(self._tokens) else ("end", "")

    def _binary(self, level: int) -> Node:
        if level == len(_OPERATORS):
            return self._unary()
        node = self._binary(level + 1)
        while sign := self._takes(*_OPERATORS[level]):
            node = Call(sign, (node, self._binary(level + 1)))
        return node

    def _unary(self) -> Node:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise ValueError("the expression is nested too deeply")
        node = Call("!", (self._unary(),)) if self._takes("!") else self._primary()
        self._depth -= 1
        return node

    def _primary(self) -> Node:
        if self._takes("("):
            node = self._binary(0)
            self._expect(")")
            return node
        kind, text = self._peek()
        self._next += 1
        match kind:
            case "number":
                return Literal(float(int(text, 16)) if "x" in text else float(text))
            case "text":
                return Literal(text.replace("''", "'"))
            case "name":
                return self._named(text.lower())
        raise ValueError(f"unexpected {text or 'end'!r}")

    def _named(self, name: str) -> Node:
        if self._takes("("):
            node: Node = Call(name, tuple(self._arguments()))
            return Name("*") if self._path() else node
        if name in _WORDS and self._peek()[1] not in (".", "["):
            return Literal(_WORDS[name])
        return Name(name + self._path())

    def _arguments(self) -> Iterator[Node]:
        if self._takes(")"):
            return
        yield self._binary(0)
        while self._takes(","):
            yield self._binary(0)
        self._expect(")")

    def _path(self) -> str:
        path = ""
        while sign := self._takes(".", "["):
            path += "." + (self._index() if sign == "[" else self._member())
        return path

    def _member(self) -> str:
        kind, text = self._peek()
        self._next += 1
        if kind != "name" and text != "*":
            raise ValueError("a name is expected after a dot")
        return text.lower()

    def _index(self) -> str:
        node = self._binary(0)
        self._expect("]")
        is_text = isinstance(node, Literal) and isinstance(node.value, str)
        return str(node.value).lower() if is_text and isinstance(node, Literal) else "*"

    def _expect(self, sign: str) -> None:
        if not self._takes(sign):
            raise ValueError(f"{sign!r} is expected")
