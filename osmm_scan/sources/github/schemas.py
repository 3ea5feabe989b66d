"""What a server's GraphQL schema knows, and operations cut down to it.

An older GitHub Enterprise Server refuses a whole operation for one unknown field. A field that it
does not know is left out instead and said to be unsupported; so is one with an unknown argument,
since without the argument it would mean something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.github.api import Answer, Place, Refusal, RefusalKind
from osmm_scan.sources.github.documents import Operation, Part, parse, render

_ANYWHERE = {"__typename"}


@dataclass(frozen=True, slots=True)
class FieldShape:
    """A field: the type behind lists and non-nulls, and the names of its arguments."""

    type: str
    arguments: frozenset[str]


Schema = Mapping[str, Mapping[str, FieldShape]]


@dataclass(frozen=True, slots=True)
class Wording:
    """An operation as a server understands it (`text` is None when nothing of it is left)."""

    text: str | None
    variables: frozenset[str]
    unsupported: tuple[Refusal, ...] = ()


def schema_of(answer: Answer) -> Schema:
    """Return the schema that the operation `Introspection` answered with."""
    try:
        return {
            kind["name"]: {one["name"]: _shape(one) for one in kind["fields"] or []}
            for kind in answer.at("__schema", "types")
        }
    except (KeyError, TypeError) as error:
        raise Unobserved(Missing.FAULT, "unexpected answer of the server: no schema") from error


def word(text: str, schema: Schema | None = None) -> Wording:
    """Return an operation as it is to be sent, cut down to a schema where there is one."""
    operation = parse(text)
    if schema is None:
        return Wording(text, frozenset(operation.variables))
    pruned, unsupported = prune(operation, schema)
    if pruned is None:
        return Wording(None, frozenset(), unsupported)
    return Wording(render(pruned), frozenset(pruned.variables), unsupported)


def prune(operation: Operation, schema: Schema) -> tuple[Operation | None, tuple[Refusal, ...]]:
    """Return what a server can be asked (None: nothing), and the places that it does not know."""
    refused: list[Refusal] = []
    parts = tuple(_known(operation.parts, "Query", (), (schema, refused)))
    if not [part for part in parts if part.name != "rateLimit"]:
        return None, tuple(refused)
    used = set(_variables(parts))
    variables = {name: words for name, words in operation.variables.items() if name in used}
    return replace(operation, variables=variables, parts=parts), tuple(refused)


def _known(
    parts: tuple[Part, ...], kind: str, place: Place, context: tuple[Schema, list[Refusal]]
) -> Iterator[Part]:
    """Yield the parts that a type has, and note the others as refused."""
    schema, refused = context
    for part in parts:
        here = place if part.on else (*place, part.key)
        inner = part.on or _type(part, kind, schema)
        if inner is None or (part.on and part.on not in schema):
            refused.append(_unsupported(part, kind, here))
            continue
        inside = tuple(_known(part.parts, inner, here, context))
        # A field that has nothing left to be asked for cannot be asked for either.
        if inside or not part.parts:
            yield replace(part, parts=inside)


def _type(part: Part, kind: str, schema: Schema) -> str | None:
    if part.name in _ANYWHERE:
        return "String"
    shape = schema.get(kind, {}).get(part.name)
    if shape is None or not set(_arguments(part)) <= shape.arguments:
        return None
    return shape.type


def _arguments(part: Part) -> Iterator[str]:
    """Yield the names of a field's own arguments, not those inside of an object."""
    depth = 0
    for word, following in zip(part.arguments, part.arguments[1:], strict=False):
        depth += (word in {"{", "["}) - (word in {"}", "]"})
        if following == ":" and depth == 0:
            yield word


def _variables(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        for word, following in zip(part.arguments, part.arguments[1:], strict=False):
            if word == "$":
                yield following
        yield from _variables(part.parts)


def _unsupported(part: Part, kind: str, place: Place) -> Refusal:
    name = f"the type {part.on}" if part.on else f"{kind}.{part.name}"
    return Refusal(place, RefusalKind.UNSUPPORTED, f"this server's API does not know {name}")


def _shape(one: Mapping[str, Any]) -> FieldShape:
    kind = one["type"]
    while kind.get("ofType"):
        kind = kind["ofType"]
    return FieldShape(kind["name"], frozenset(argument["name"] for argument in one["args"]))
