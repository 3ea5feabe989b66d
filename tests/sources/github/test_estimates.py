"""The cost of a scan is foretold by GitHub's own formula."""

from __future__ import annotations

from datetime import date

import pytest

from osmm_scan.sources.github import documents
from osmm_scan.sources.github.estimates import estimate, price
from osmm_scan.sources.github.gathering import chosen, gather
from osmm_scan.sources.github.inventory import list_repositories, profile, sponsorships
from osmm_scan.sources.github.people import People, affiliates
from tests.github_fake import pricing
from tests.github_fake.server import NOW, FakeGitHub
from tests.github_fake.world import World
from tests.sources.github.network import FakeClock

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


@pytest.mark.parametrize("is_owner", [False, True])
def test_a_scan_costs_what_was_foretold(is_owner: bool) -> None:
    world = World()
    acme = world.organization("acme")
    for number in range(160):
        repository = world.repository(acme, f"r{number}", stargazerCount=number)
        repository["viewerCanAdminister"] = is_owner
        world.rest[f"/repos/{repository['nameWithOwner']}/security-advisories"] = []
    for number in range(30):
        world.member(acme, f"person{number}")
    with FakeGitHub(world) as github:
        api = github.client(clock=FakeClock(NOW))
        whose = People(organisations=[profile(api, "acme")])
        sponsorships(api, "acme")
        affiliates(api, whose, as_of=date(2026, 6, 30), days=365)
        lines = list_repositories(api, "acme").lines
        gather(api, lines, chosen(lines, since=0))

    foretold = estimate(len(lines), 30, is_owner=is_owner)
    assert api.spent.requests == pytest.approx(foretold.requests, abs=2)
    assert api.spent.points == pytest.approx(foretold.points, rel=0.05)
