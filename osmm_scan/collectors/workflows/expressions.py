"""Read expressions of GitHub workflows: how often a condition holds, whose text a value carries.

Nothing is run. What depends on the run, such as `matrix.os`, holds sometimes; what depends on a
setting of the host, such as `vars.ENABLED`, is not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from osmm_scan.collectors.workflows.model import Truth

LENGTH_LIMIT = 4_000
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
Value: TypeAlias = "Known | Truth"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known when a condition is judged: contexts by lower-case name."""

    names: Mapping[str, Value] = field(default_factory=dict)

    def value(self, path: str) -> Value:
        """Return what a context holds, as far as that can be known."""
        if path in self.names:
            return self.names[path]
        parent, _, _ = path.rpartition(".")
        while parent:
            if f"{parent}.*" in self.names:
                return self.names[f"{parent}.*"]
            parent, _, _ = parent.rpartition(".")
        return Truth.SETTING if path.startswith(("vars.", "secrets.")) else Truth.SOMETIMES


def truth(condition: str | None, context: Context) -> Truth:
    """Return how often an `if:` holds; one that cannot be read is not known."""
    if condition is None or not condition.strip():
        return Truth.ALWAYS
    text = condition.strip()
    if text.startswith("${{") and text.endswith("}}") and text.count("${{") == 1:
        text = text[3:-2]
    elif "${{" in text:
        return Truth.ALWAYS  # a text with values put into it is never empty, hence always true
    try:
        return _truth(_evaluate(parse(text), context))
    except ValueError:
        return Truth.SETTING


def embedded(text: str) -> Iterator[tuple[int, str]]:
    """Yield every `${{ ... }}` of a text: where it starts and what stands inside."""
    start = text.find("${{")
    while start >= 0:
        end = text.find("}}", start)
        if end < 0:
            return
        yield start, text[start + 3 : end]
        start = text.find("${{", end)


def carried(expression: str) -> tuple[str, ...]:
    """Return the contexts whose text the value of an expression may carry, sorted."""
    try:
        return tuple(sorted(set(_carried(parse(expression)))))
    except ValueError:
        return ()


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """Return an expression as a tree; `ValueError` when it is none."""
    if len(text) > LENGTH_LIMIT:
        raise ValueError("the expression is too long")
    return _Parser(list(_tokens(text))).whole()


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


def _evaluate(node: Node, context: Context) -> Value:
    match node:
        case Literal():
            return node.value
        case Name():
            return context.value(node.path)
        case Call():
            arguments = [_evaluate(argument, context) for argument in node.arguments]
            value = _FUNCTIONS.get(node.function, _depends)(arguments)
            if value is (node.function == "!=") and _REPOSITORY.intersection(node.arguments):
                # A clone may still have the address of before the repository was renamed.
                return Truth.SETTING
            return value


def _truth(value: Value) -> Truth:
    if isinstance(value, Truth):
        return value
    return Truth.ALWAYS if value else Truth.NEVER


def _depends(arguments: list[Value]) -> Value:
    """Return what a value that is computed from these can be said to be."""
    vague = [argument for argument in arguments if isinstance(argument, Truth)]
    return min(vague, default=Truth.SOMETIMES)


def _and(arguments: list[Value]) -> Value:
    first, second = arguments
    if not isinstance(first, Truth):
        return second if first else first
    return Truth(min(first, _truth(second)))


def _or(arguments: list[Value]) -> Value:
    first, second = arguments
    if not isinstance(first, Truth):
        return first if first else second
    return Truth(max(first, _truth(second)))


def _not(arguments: list[Value]) -> Value:
    value = arguments[0]
    return value.inverse() if isinstance(value, Truth) else not value


def _compare(judge: Callable[[str, str], bool]) -> Callable[[list[Value]], Value]:
    def compare(arguments: list[Value]) -> Value:
        if len(arguments) != 2 or any(isinstance(value, Truth) for value in arguments):
            return _depends(arguments)
        first, second = (_text(value) for value in arguments)
        return judge(first, second)

    return compare


def _text(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value).lower()


_FUNCTIONS: Mapping[str, Callable[[list[Value]], Value]] = {
    "&&": _and,
    "||": _or,
    "!": _not,
    "==": _compare(lambda first, second: first == second),
    "!=": _compare(lambda first, second: first != second),
    "contains": _compare(lambda first, second: second in first),
    "startswith": _compare(lambda first, second: first.startswith(second)),
    "endswith": _compare(lambda first, second: first.endswith(second)),
    "always": lambda _: True,
    "success": lambda _: True,
    # What runs only after something else went wrong is no practice.
    "failure": lambda _: False,
    "cancelled": lambda _: False,
}
_REPOSITORY = frozenset(
    Name(path)
    for path in (
        "github.event.repository.full_name",
        "github.repository",
        "github.repository_owner",
    )
)
# Their value is yes or no, or a digest: nobody can put text of their own into it.
_OPAQUE = frozenset(
    {"!", "==", "!=", "<", "<=", ">", ">=", "contains", "startswith", "endswith", "hashfiles"}
)


def _carried(node: Node) -> Iterator[str]:
    match node:
        case Name():
            yield node.path
        case Call("&&", (_, second)):
            yield from _carried(second)
        case Call() if node.function not in _OPAQUE:
            for argument in node.arguments:
                yield from _carried(argument)
