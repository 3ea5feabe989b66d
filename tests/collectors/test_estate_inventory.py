"""Lists of an owner's repositories."""

from __future__ import annotations

import json

import pytest

from osmm_scan.collectors import estate_inventory
from osmm_scan.collectors.estate_inventory import FILE_LIMIT
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing, Value
from tests.fakes import FakeRepository, change, facts


def listing(count: int = 5, owner: str = "acme", **more: str) -> str:
    return json.dumps(
        [{"url": f"https://github.com/{owner}/r{number}", **more} for number in range(count)]
    )


FULL = listing(team="rail", lifecycle="production")


def found(path: str, text: str | Unobserved) -> dict[str, Value | Missing | None]:
    repository = FakeRepository({path: text}, changes=[change(path, "2026-06-20", 1)])
    seen = facts(estate_inventory, repository)
    return {
        key.rpartition(".")[2]: item.value if item.missing is None else item.missing
        for key, item in seen.items()
    }


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("data/other.json", FULL, id="another file"),
        pytest.param("vendor/x/repos.json", FULL, id="somebody else's"),
        pytest.param("repos.json", listing(4, team="rail"), id="few"),
        pytest.param("repos.json", listing(owner="others", team="rail"), id="of others"),
        pytest.param("repos.json", listing(owner="acme-labs", team="rail"), id="a longer name"),
        pytest.param("docs/repos.md", FULL, id="a page"),
    ],
)
def test_what_is_no_inventory(path: str, text: str) -> None:
    none = {"present": False, "quality": 0, "repositories": (), "age_days": Missing.NOT_SUPPORTED}

    assert found(path, text) == none


def test_names_and_stars_tell_nothing_of_a_repository() -> None:
    named = {"present": True, "quality": 1, "repositories": (), "age_days": 10}

    assert found("repos.json", listing(stars="12")) == named


@pytest.mark.parametrize(
    "path", ["repos.json", "inventory/all-repositories.json", "catalog.yaml", "data/portfolio.csv"]
)
def test_an_inventory_tells_of_each_repository(path: str) -> None:
    names = tuple(f"acme/r{number}" for number in range(5))
    told = {"present": True, "quality": 2, "repositories": names, "age_days": 10}

    assert found(path, FULL) == told


def test_files_beyond_the_limit_are_not_passed_over() -> None:
    files = {f"repos-{number}.json": "[]" for number in range(FILE_LIMIT + 1)}

    seen = facts(estate_inventory, FakeRepository(files))

    assert {item.missing for item in seen.values()} == {Missing.TRUNCATED}


def test_an_unreadable_file_is_unknown() -> None:
    assert found("repos.json", Unobserved(Missing.FAULT, "damaged"))["present"] is Missing.FAULT
