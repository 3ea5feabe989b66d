"""What an operation costs by GitHub's documented formula.

Each connection is one request for every node of the connection around it; a hundred requests are
one point, and nothing costs less than one point.
"""

from __future__ import annotations

from typing import Any

from graphql import DocumentNode, FieldNode, FragmentDefinitionNode, OperationDefinitionNode, parse
from graphql.utilities import value_from_ast_untyped


def price(body: dict[str, Any]) -> int:
    """Return the points that a question costs."""
    document = parse(body["query"])
    variables = {**_defaults(document), **(body.get("variables") or {})}
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    requests = sum(
        _requests(node.selection_set, 1, (variables, fragments))
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode)
    )
    return max(1, round(requests / 100))


def _defaults(document: DocumentNode) -> dict[str, Any]:
    return {
        one.variable.name.value: value_from_ast_untyped(one.default_value)
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode)
        for one in node.variable_definitions or ()
        if one.default_value
    }


def _requests(selection: Any, around: int, context: tuple[dict[str, Any], dict[str, Any]]) -> int:
    variables, fragments = context
    total = 0
    for node in selection.selections if selection else ():
        inner, count = getattr(node, "selection_set", None), around
        if isinstance(node, FieldNode):
            values = {
                one.name.value: value_from_ast_untyped(one.value, variables)
                for one in node.arguments or ()
            }
            size = values.get("first") or values.get("last")
            total += around if size else 0
            count = around * (size or len(values.get("ids") or [1]))
        elif inner is None:
            inner = fragments[node.name.value].selection_set
        total += _requests(inner, count, context)
    return total
