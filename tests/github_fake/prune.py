"""Cut GitHub's published GraphQL schema down to what our operations use.

    npm pack @octokit/graphql-schema && tar xzf octokit-graphql-schema-*.tgz
    python -m tests.github_fake.prune package/schema.graphql [MORE_OPERATIONS...]

Writes `schema.graphql` beside this file. What an operation names keeps its type; nothing else does.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_schema,
    get_named_type,
    is_specified_scalar_type,
    parse,
    visit,
)

HERE = Path(__file__).parent
QUERIES = HERE.parent.parent / "osmm_scan" / "sources" / "github" / "queries"
OPERATIONS = HERE / "operations"
HEADER = "# Derived by prune.py from @octokit/graphql-schema; see LICENSE.octokit."

# An interface of few kinds, as Actor, keeps them all; Node has hundreds.
_FEW = 12


def main() -> None:
    """Write the schema that the operations need."""
    full, *more = map(Path, sys.argv[1:])
    schema = build_schema(full.read_text(encoding="utf-8"), assume_valid=True)
    used = _Used(schema)
    for file in (*QUERIES.glob("*.graphql"), *OPERATIONS.glob("*.graphql"), *more):
        used.add(file.read_text(encoding="utf-8"))
    text = "\n\n".join(used.definitions())
    (HERE / "schema.graphql").write_text(f"{HEADER}\n{text}\n", encoding="utf-8")


class _Used(Visitor):
    """The fields and arguments that operations name, by type."""

    def __init__(self, schema: GraphQLSchema) -> None:
        super().__init__()
        self._schema = schema
        self._fields: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._types: set[str] = set()

    def add(self, text: str) -> None:
        self._info = TypeInfo(self._schema)
        visit(parse(text), TypeInfoVisitor(self._info, self))

    def enter_field(self, node: Any, *_: object) -> None:
        parent = self._info.get_parent_type()
        if parent is None or "__" in (parent.name[:2], node.name.value[:2]):
            return
        arguments = self._fields[parent.name][node.name.value]
        arguments.update(argument.name.value for argument in node.arguments or ())

    def enter_named_type(self, node: Any, *_: object) -> None:
        self._types.add(node.name.value)

    def definitions(self) -> Iterator[str]:
        kept = self._kept()
        for name in sorted(kept):
            kind = self._schema.type_map[name]
            if not is_specified_scalar_type(kind):
                yield self._definition(kind, kept)

    def _kept(self) -> set[str]:
        kept: set[str] = set()
        waiting = {"Query", *self._types, *self._fields}
        while waiting:
            name = waiting.pop()
            kept.add(name)
            waiting |= self._needed(self._schema.type_map[name]) - kept
        return kept

    def _needed(self, kind: GraphQLNamedType) -> set[str]:
        match kind:
            case GraphQLInputObjectType():
                return {get_named_type(field.type).name for field in kind.fields.values()}
            case GraphQLUnionType():
                # Whatever member no operation names is told apart by its name alone.
                return {member.name for member in kind.types if len(kind.types) <= _FEW}
            case GraphQLInterfaceType():
                members = self._schema.get_possible_types(kind)
                few = {member.name for member in members if len(members) <= _FEW}
                return few | self._in_fields(kind)
            case GraphQLObjectType():
                return self._in_fields(kind)
        return set()

    def _in_fields(self, kind: Any) -> set[str]:
        return {name for field in self._of(kind) for name in self._named(kind, field)}

    def _named(self, kind: Any, name: str) -> Iterator[str]:
        field = kind.fields[name]
        yield get_named_type(field.type).name
        for argument in self._arguments(kind, name):
            yield get_named_type(field.args[argument].type).name

    def _of(self, kind: Any) -> set[str]:
        """Return the fields of a type that are used, by itself or by an interface of it."""
        return {name for owner in (kind, *kind.interfaces) for name in self._own(owner)}

    def _own(self, kind: Any) -> set[str]:
        names = set(self._fields.get(kind.name, {}))
        # A type without fields is no type.
        return names or ({"id"} if "id" in kind.fields else {next(iter(kind.fields))})

    def _arguments(self, kind: Any, name: str) -> list[str]:
        used = {
            argument
            for owner in (kind, *kind.interfaces)
            for argument in self._fields.get(owner.name, {}).get(name, ())
        }
        return [argument for argument in kind.fields[name].args if argument in used]

    def _definition(self, kind: Any, kept: set[str]) -> str:
        match kind:
            case GraphQLScalarType():
                return f"scalar {kind.name}"
            case GraphQLEnumType():
                return f"enum {kind.name} {{ {' '.join(kind.values)} }}"
            case GraphQLUnionType():
                members = [member.name for member in kind.types if member.name in kept]
                return f"union {kind.name} = {' | '.join(members)}"
            case GraphQLInputObjectType():
                fields = [f"  {name}: {one.type}" for name, one in kind.fields.items()]
                return "\n".join([f"input {kind.name} {{", *fields, "}"])
        word = "interface" if isinstance(kind, GraphQLInterfaceType) else "type"
        over = [one.name for one in kind.interfaces if one.name in kept]
        above = f" implements {' & '.join(over)}" if over else ""
        fields = [self._field(kind, name) for name in sorted(self._of(kind))]
        return "\n".join([f"{word} {kind.name}{above} {{", *fields, "}"])

    def _field(self, kind: Any, name: str) -> str:
        arguments = [
            f"{argument}: {kind.fields[name].args[argument].type}"
            for argument in self._arguments(kind, name)
        ]
        brackets = f"({', '.join(arguments)})" if arguments else ""
        return f"  {name}{brackets}: {kind.fields[name].type}"


if __name__ == "__main__":
    main()
