"""Read expressions of GitHub workflows: how often a condition holds, whose text a value carries.

Nothing is run. What depends on the run, such as `matrix.os`, holds sometimes; what depends on a
setting of the host, such as `vars.ENABLED`, is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from osmm_scan.collectors.studies.workflows.expression_trees import (
    Call,
    Known,
    Literal,
    Name,
    Node,
    parse,
)
from osmm_scan.collectors.studies.workflows.model import Truth

Value: TypeAlias = "Known | Truth"


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


def filled(text: str, context: Context) -> str:
    """Return a text with every expression replaced whose value is known, line by line."""
    if "${{" not in text:
        return text
    parts: list[str] = []
    behind = 0
    for start, expression in embedded(text):
        value = _known(expression, context)
        if value is not None and "\n" not in value:
            parts += text[behind:start], value
            behind = start + len(expression) + len("${{}}")
    return "".join((*parts, text[behind:]))


def carried(expression: str) -> tuple[str, ...]:
    """Return the contexts whose text the value of an expression may carry, sorted."""
    try:
        return tuple(sorted(set(_carried(parse(expression)))))
    except ValueError:
        return ()


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


def _known(expression: str, context: Context) -> str | None:
    try:
        value = _evaluate(parse(expression), context)
    except ValueError:
        return None
    return None if isinstance(value, Truth) else _text(value, lower=False)


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


def _text(value: Value, *, lower: bool = True) -> str:
    if isinstance(value, str) and not lower:
        return value
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
