"""Execute GraphQL operations over a world, on GitHub's published schema."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    build_schema,
    get_named_type,
    get_nullable_type,
    graphql_sync,
    is_enum_type,
    is_list_type,
)

from tests.github_fake.world import Node, World

SCHEMA = Path(__file__).parent / "schema.graphql"

_EMPTY = {"Boolean": False, "Int": 0, "Float": 0.0, "ID": "none", "String": ""}
# Arguments that keep what has the same value in a field of this name.
_SAME = {
    "isArchived": "isArchived",
    "isFork": "isFork",
    "privacy": "visibility",
    "visibility": "visibility",
}
_AMONG = {"states": "state", "types": "__typename"}


@cache
def published() -> GraphQLSchema:
    """Return the schema as GitHub publishes it, cut down to what is used."""
    return build_schema(SCHEMA.read_text(encoding="utf-8"))


def without(names: Sequence[str]) -> GraphQLSchema:
    """Return the schema of an older server that lacks `Type.field`s."""
    schema = build_schema(SCHEMA.read_text(encoding="utf-8"))
    for name in names:
        kind, _, field = name.partition(".")
        del schema.type_map[kind].fields[field]  # type: ignore[attr-defined] # objects only
    return schema


def execute(world: World, schema: GraphQLSchema, body: dict[str, Any], cost: int) -> dict[str, Any]:
    """Return the answer to a question, errors written as GitHub writes them."""
    result = graphql_sync(
        schema,
        body["query"],
        root_value=_root(world, cost),
        variable_values=body.get("variables") or {},
        field_resolver=_Resolver(world),
        type_resolver=_type_of,
    )
    answer: dict[str, Any] = {"data": result.data}
    if result.errors:
        answer["errors"] = [_error(error) for error in result.errors]
    return answer


def _root(world: World, cost: int) -> Node:
    def organization(login: str) -> Node:
        return _found(world.organizations, login, f"Could not resolve to an Organization: {login}")

    def repository(owner: str, name: str, **_: Any) -> Node:
        return _found(world.repositories, f"{owner}/{name}", "Could not resolve to a Repository")

    def node(id: str) -> Node | None:
        return world.objects.get(id)

    def nodes(ids: list[str]) -> list[Node | None]:
        return [world.objects.get(one) for one in ids]

    return {
        "organization": organization,
        "repository": repository,
        "user": lambda login: _found(world.users, login, "Could not resolve to a User"),
        "node": node,
        "nodes": nodes,
        "search": lambda query, **page: _searched(world.search(query), page),
        "viewer": {"__typename": "User", "id": "U_viewer", "login": world.viewer},
        "rateLimit": lambda **_: {
            "limit": 5000,
            "cost": cost,
            "remaining": world.points,
            "used": 5000 - world.points,
            "resetAt": "2026-06-30T12:00:00Z",
            "nodeCount": 0,
        },
    }


class _Resolver:
    """Finds the value of any field."""

    def __init__(self, world: World) -> None:
        self._world = world

    def __call__(self, source: Node, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        kind, name = info.parent_type.name, info.field_name
        rule = self._world.refused.get(f"{kind}.{name}")
        refused = rule(source) if callable(rule) else rule
        if refused:
            raise GraphQLError(f"{name}: not for you", extensions={"type": refused})
        value = source.get(name)
        if callable(value):
            value = value(**arguments)
        named = get_named_type(info.return_type)
        if isinstance(value, list) and named.name.endswith("Connection"):
            return _connection(value, arguments)
        return _empty(info) if value is None else value


def _connection(entries: list[Node], arguments: dict[str, Any]) -> Node:
    """Return a page of a list with GitHub's usual filters, order and paging."""
    kept = [entry for entry in entries if _is_wanted(entry, arguments)]
    order = arguments.get("orderBy")
    if order:
        words = order["field"].lower().split("_")
        key = words[0] + "".join(word.title() for word in words[1:])
        kept.sort(key=lambda one: one.get(key) or "", reverse=order["direction"] == "DESC")
    start = int(arguments.get("after") or 0)
    page = kept[start : start + arguments.get("first", 0)]
    end = start + len(page)
    return {
        "totalCount": len(kept),
        "totalSize": sum(entry.get("size", 0) for entry in kept),
        "nodes": page,
        "edges": [{"node": entry, **entry.get("edge", {})} for entry in page],
        "pageInfo": {"hasNextPage": end < len(kept), "endCursor": str(end) if page else None},
    }


def _is_wanted(entry: Node, arguments: dict[str, Any]) -> bool:
    same = all(
        entry.get(field, False) == arguments[name]
        for name, field in _SAME.items()
        if arguments.get(name) is not None
    )
    return same and all(
        entry.get(field) in arguments[name] for name, field in _AMONG.items() if arguments.get(name)
    )


def _searched(entries: list[Node], page: dict[str, Any]) -> Node:
    found = _connection(entries, {"first": page.get("first", 0), "after": page.get("after")})
    return {**found, "issueCount": len(entries)}


def _found(things: dict[str, Node], name: str, otherwise: str) -> Node:
    if name.lower() not in things:
        raise GraphQLError(otherwise, extensions={"type": "NOT_FOUND"})
    return things[name.lower()]


def _empty(info: GraphQLResolveInfo) -> Any:
    """Return null, or the least that a field that is never null may hold."""
    if not isinstance(info.return_type, GraphQLNonNull):
        return None
    kind = get_nullable_type(info.return_type)
    if is_list_type(kind):
        return []
    if is_enum_type(kind):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLObjectType):
        return _connection([], {"first": 0}) if kind.name.endswith("Connection") else {}
    return _EMPTY.get(get_named_type(kind).name, "2026-01-01T00:00:00Z")


def _type_of(value: Node, *_: Any) -> str:
    return str(value["__typename"])


def _error(error: GraphQLError) -> dict[str, Any]:
    formatted: dict[str, Any] = dict(error.formatted)
    extensions = dict(formatted.pop("extensions", {}))
    if "type" in extensions:
        formatted["type"] = extensions.pop("type")
    elif error.message.startswith("Cannot query field"):
        extensions["code"] = "undefinedField"
    elif error.message.startswith("Unknown argument"):
        extensions["code"] = "argumentNotAccepted"
    return {**formatted, **({"extensions": extensions} if extensions else {})}
