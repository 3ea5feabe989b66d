"""Settings, advisories and releases are said as the host says them."""

from __future__ import annotations

from typing import Any

import pytest

from osmm_scan.collectors import hosting as subject
from osmm_scan.model import Missing
from osmm_scan.sources.hosting import Advisory, Protection, Release
from osmm_scan.sources.repository import Remote
from tests.collectors.hosting.hosts import FakeHost, at, nature, requests
from tests.fakes import FakeRepository, facts

REMOTE = Remote("github.com", "acme", "widgets")


def said(**answers: Any) -> dict[str, Any]:
    host = FakeHost(**{"nature": nature(), **answers})
    found = facts(subject, FakeRepository(remote=REMOTE), host)
    return {
        key: item.value if item.missing is None else item.missing for key, item in found.items()
    }


def advisory(day: str, *, fixed: bool = True) -> Advisory:
    return Advisory(id=day, published=at(day), fixed=fixed)


def release(day: str, *files: str) -> Release:
    return Release(tag=day, published=at(day), files=files)


def protection(**asked: Any) -> Protection:
    nothing = {"pull_requests": False, "reviews": 0, "checks": False, "by_organisation": False}
    return Protection(**nothing | asked)


@pytest.mark.parametrize(
    ("answers", "key", "expected"),
    [
        pytest.param({}, "hosting.described", False, id="no description"),
        pytest.param({}, "hosting.topics", Missing.NO_ACCESS, id="hidden topics alone"),
        pytest.param(
            {"nature": nature(description="Tools")}, "hosting.described", True, id="description"
        ),
        pytest.param({"topics": ("a", "b")}, "hosting.topics", ("a", "b"), id="topics"),
        pytest.param({}, "branch.protected", Missing.NO_ACCESS, id="hidden protection"),
        pytest.param({"protection": protection()}, "branch.protected", False, id="open branch"),
        pytest.param(
            {"protection": protection(checks=True)}, "branch.protected", True, id="checks"
        ),
        pytest.param(
            {"protection": protection(pull_requests=True, reviews=2)},
            "branch.required_reviews",
            2,
            id="reviews",
        ),
        pytest.param(
            {"protection": protection(checks=True, by_organisation=True)},
            "branch.organisation_rules",
            True,
            id="rules of the organisation",
        ),
        pytest.param(
            {"private_reporting": False}, "advisories.private_reporting", False, id="no button"
        ),
        pytest.param({"advisories": ()}, "advisories.published", 0, id="no advisory"),
        pytest.param(
            {"advisories": (advisory("2026-07-01"), advisory("2023-06-01"))},
            "advisories.published",
            0,
            id="after the day, and over three years before",
        ),
        pytest.param(
            {"advisories": (advisory("2026-05-01"), advisory("2024-05-01", fixed=False))},
            "advisories.fixed",
            1,
            id="one of two with a fix",
        ),
        pytest.param(
            {"releases": ()}, "releases.signed_files", Missing.NOT_SUPPORTED, id="no release"
        ),
        pytest.param(
            {"releases": (release("2026-07-01", "a.sig"),)},
            "releases.signed_files",
            Missing.NOT_SUPPORTED,
            id="a later release",
        ),
        pytest.param(
            {"releases": (release("2026-01-01", "a.sig"), release("2026-02-01", "a.whl"))},
            "releases.signed_files",
            False,
            id="an earlier one was signed",
        ),
        pytest.param(
            {"releases": (release("2026-02-01", "a.whl", "a.whl.sigstore.json"),)},
            "releases.signed_files",
            True,
            id="signed",
        ),
        pytest.param(
            {"releases": (release("2026-02-01", "bombast.json"),)},
            "releases.sbom_file",
            False,
            id="a word that begins alike",
        ),
        pytest.param(
            {"releases": (release("2026-02-01", "widgets-sbom.cdx.json"),)},
            "releases.sbom_file",
            True,
            id="a bill of materials",
        ),
    ],
)
def test_what_the_host_says(answers: dict[str, Any], key: str, expected: object) -> None:
    assert said(**answers)[key] == expected


def test_facts_cite_the_page_of_the_host() -> None:
    host = FakeHost(nature=nature(), protection=protection(), changes=requests())
    found = facts(subject, FakeRepository(remote=REMOTE), host)

    assert found["branch.protected"].source.url == "https://github.com/acme/widgets/rules"
    assert found["reviews.merged"].source.url == "https://github.com/acme/widgets/pulls"
    assert found["hosting.described"].source.url == "https://github.com/acme/widgets"
