"""Every operation that we send is valid on GitHub's published schema, and is cheap."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from graphql import GraphQLError, parse, validate

from osmm_scan.sources.github import documents
from osmm_scan.sources.github.api import RefusalKind
from osmm_scan.sources.github.schemas import FieldShape, prune, schema_of, word
from tests.github_fake.pricing import price
from tests.github_fake.resolving import published
from tests.github_fake.server import FakeGitHub

OPERATIONS = documents.names()


def _faults(text: str) -> list[GraphQLError]:
    return validate(published(), parse(text))


@pytest.fixture(scope="module")
def schema() -> Iterator[dict[str, dict[str, FieldShape]]]:
    with FakeGitHub() as github:
        yield dict(schema_of(github.client().ask("Introspection")))  # type: ignore[arg-type] # plain


def test_a_wrong_operation_would_be_found() -> None:
    assert _faults("query Q { viewer { nickname } }")


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_is_valid(name: str) -> None:
    assert _faults(documents.load(name)) == []


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_is_named_as_its_file(name: str) -> None:
    assert documents.parse(documents.load(name)).name == name


@pytest.mark.parametrize("name", sorted({*OPERATIONS} - {"Introspection"}))
def test_an_operation_asks_what_it_costs(name: str) -> None:
    parts = {part.name: part for part in documents.parse(documents.load(name)).parts}

    assert "cost" in {part.name for part in parts["rateLimit"].parts}


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_read_and_written_is_still_valid(name: str) -> None:
    assert _faults(documents.render(documents.parse(documents.load(name)))) == []


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_page_of_an_operation_costs_few_points(name: str) -> None:
    text = documents.load(name)
    variables = {"n": 50, "ids": ["x"] * 25} if "$n" in text else {"ids": ["x"] * 25}

    assert price({"query": text, "variables": variables}) <= 30


def test_a_current_server_is_asked_everything(schema: dict[str, dict[str, FieldShape]]) -> None:
    operations = [
        documents.parse(documents.load(name)) for name in {*OPERATIONS} - {"Introspection"}
    ]

    assert [prune(one, schema) for one in operations] == [(one, ()) for one in operations]


TEXT = """
# A comment with "quotes" { and brackets.
query Q($org: String!, $n: Int = 50, $since: GitTimestamp) {
  organization(login: $org) {
    name
    open: repositories(first: $n, orderBy: {field: NAME, direction: ASC}) { nodes { ...R } }
  }
}
fragment R on Repository {
  id
  object(expression: "HEAD:a \\"b\\"") { ... on Tree { oid } }
  defaultBranchRef { target { ... on Commit { history(first: 1, since: $since) { totalCount } } } }
}
"""
KNOWN = {
    "Query": {"organization": FieldShape("Organization", frozenset({"login"}))},
    "Organization": {
        "name": FieldShape("String", frozenset()),
        "repositories": FieldShape("Repositories", frozenset({"first", "orderBy"})),
    },
    "Repositories": {"nodes": FieldShape("Repository", frozenset())},
    "Repository": {
        "id": FieldShape("ID", frozenset()),
        "object": FieldShape("GitObject", frozenset({"expression"})),
        "defaultBranchRef": FieldShape("Ref", frozenset()),
    },
    "Ref": {"target": FieldShape("GitObject", frozenset())},
    "GitObject": {},
    "Tree": {"oid": FieldShape("ID", frozenset())},
    "Commit": {"history": FieldShape("History", frozenset({"first"}))},
}


def test_an_unknown_argument_takes_its_field_and_its_variable_along() -> None:
    wording = word(TEXT, KNOWN)

    assert wording.text == (
        "query Q ( $org : String ! $n : Int = 50 ) { organization ( login : $ org ) { name "
        "open : repositories ( first : $ n orderBy : { field : NAME direction : ASC } ) "
        '{ nodes { ... on Repository { id object ( expression : "HEAD:a \\"b\\"" ) '
        "{ ... on Tree { oid } } } } } } }"
    )
    assert wording.variables == {"org", "n"}
    (refusal,) = wording.unsupported
    assert refusal.kind is RefusalKind.UNSUPPORTED
    assert refusal.place == (
        "organization",
        "open",
        "nodes",
        "defaultBranchRef",
        "target",
        "history",
    )


def test_nothing_is_left_of_an_operation_without_its_root() -> None:
    wording = word(TEXT, {"Query": {}})

    assert wording.text is None
    assert [one.place for one in wording.unsupported] == [("organization",)]
