"""The cost of a scan is foretold by GitHub's own formula."""

from __future__ import annotations

import pytest

from osmm_scan.sources.github import documents
from osmm_scan.sources.github.estimates import estimate, price
from tests.github_fake import pricing

OPERATIONS = sorted({*documents.names()} - {"Introspection"})


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_price_is_what_the_formula_says(name: str) -> None:
    body = {"query": documents.load(name), "variables": {"n": 50, "ids": ["x"] * 25}}

    assert price(name, {"n": 50}, 25) == pricing.price(body)


def test_an_empty_organisation_costs_a_few_questions() -> None:
    assert estimate(0).points == estimate(0).requests <= 5


def test_costs_grow_with_the_repositories() -> None:
    small, large = estimate(100), estimate(1000)

    assert small.requests < large.requests < 10 * small.requests
    assert small.seconds < large.seconds
