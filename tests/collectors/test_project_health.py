"""How many people and organisations carry a project."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.collectors import project_health
from osmm_scan.collectors.project_health import smallest_half
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing
from osmm_scan.sources.repository import Commit, Remote
from tests.fakes import FakeRepository, commit, facts

ACME = Remote("github.com", "acme", "widgets")
ADA, ALAN = "Ada Lovelace <ada@acme.com>", "Alan Turing <alan@acme.com>"
GRACE = "Grace Hopper <grace@navy.mil>"
NIKLAUS, BARBARA = "Niklaus Wirth <nw@gmail.com>", "Barbara Liskov <bl@gmail.com>"
BEFORE = commit("2024-01-01", ADA, "first")


def made(**commits: tuple[str, int]) -> list[Commit]:
    return [
        commit("2026-05-01", author, f"{name}{index}")
        for name, (author, number) in commits.items()
        for index in range(number)
    ]


def found(commits: object, remote: Remote | None = ACME) -> dict[str, Evidence]:
    return facts(project_health, FakeRepository({}, commits=commits, remote=remote))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param([], 0, id="nobody"),
        pytest.param([7], 1, id="one"),
        pytest.param([5, 5], 1, id="half is enough"),
        pytest.param([4, 3, 3], 2, id="two"),
        pytest.param([1] * 10, 5, id="all alike"),
        pytest.param([1, 2, 30, 4], 1, id="in any order"),
    ],
)
def test_the_smallest_half(parts: list[int], expected: int) -> None:
    assert smallest_half(parts) == expected


@given(st.lists(st.integers(1, 50), min_size=1), st.integers(1, 50))
def test_joining_two_parts_never_needs_more(parts: list[int], extra: int) -> None:
    apart = smallest_half([*parts, extra])

    assert smallest_half([parts[0] + extra, *parts[1:]]) <= apart


def test_people_are_counted_even_if_few() -> None:
    item = found(made(a=(ADA, 3), b=(GRACE, 1)))

    assert item["contributors.count"].value == 2
    assert item["contributors.absence_factor"].missing is Missing.NOT_SUPPORTED
    assert item["diversity.organisations"].missing is Missing.NOT_SUPPORTED


def test_shallow_history_tells_nothing() -> None:
    item = found(Unobserved(Missing.NOT_COLLECTED, "the clone is shallow"))

    assert {one.missing for one in item.values()} == {Missing.NOT_COLLECTED}


@pytest.mark.parametrize(
    ("commits", "factor", "single"),
    [
        pytest.param(made(a=(ADA, 20)), 1, True, id="one person"),
        pytest.param(made(a=(ADA, 10), b=(GRACE, 10)), 1, True, id="half is enough"),
        pytest.param(made(a=(ADA, 8), b=(GRACE, 6), c=(ALAN, 6)), 2, False, id="two people"),
    ],
)
def test_absence_factor(commits: list[Commit], factor: int, single: bool) -> None:
    item = found(commits)

    assert item["contributors.absence_factor"].value == factor
    assert item["contributors.single"].value is single


def test_newcomers_are_a_share_of_the_contributors() -> None:
    item = found([*made(a=(ADA, 15), b=(GRACE, 5)), BEFORE])

    assert item["contributors.new_share"].value == 0.5


def test_in_a_young_project_everybody_is_new() -> None:
    assert found(made(a=(ADA, 20)))["contributors.new_share"].missing is Missing.NOT_SUPPORTED


@pytest.mark.parametrize(
    ("commits", "organisations", "factor"),
    [
        pytest.param(made(a=(ADA, 15), b=(ALAN, 5)), 1, 1, id="one organisation"),
        pytest.param(made(a=(ADA, 12), b=(GRACE, 10)), 2, 1, id="two organisations"),
        pytest.param(
            made(a=(ADA, 10), b=(NIKLAUS, 10), c=(BARBARA, 10)),
            {"low": 1, "high": 3},
            {"low": 1, "high": 2},
            id="freemail is unknown",
        ),
        pytest.param(
            made(b=(NIKLAUS, 10), c=(BARBARA, 10)), {"low": 1, "high": 2}, 1, id="nothing is known"
        ),
    ],
)
def test_organisations(commits: list[Commit], organisations: object, factor: object) -> None:
    item = found(commits)

    assert item["diversity.organisations"].value == organisations
    assert item["diversity.elephant_factor"].value == factor


@pytest.mark.parametrize(
    ("commits", "share"),
    [
        pytest.param(made(a=(ADA, 20)), 0.0, id="nobody from outside"),
        pytest.param(made(a=(ADA, 15), b=(GRACE, 5)), 0.25, id="some"),
        pytest.param(
            made(a=(ADA, 10), b=(GRACE, 5), c=(NIKLAUS, 5)),
            {"low": 0.25, "high": 0.5},
            id="freemail may be either",
        ),
    ],
)
def test_outsiders(commits: list[Commit], share: object) -> None:
    assert found(commits)["diversity.outside_share"].value == share


@pytest.mark.parametrize(
    ("commits", "others"),
    [
        pytest.param(made(a=(ADA, 2)), (), id="nobody from outside"),
        pytest.param(made(a=(ADA, 2), b=(GRACE, 9)), (), id="a domain that may be one person's"),
        pytest.param(
            made(a=(ADA, 2), b=(GRACE, 1), c=("Wendy Orr <wendy@navy.mil>", 1)),
            ("navy.mil",),
            id="a domain that two share",
        ),
        pytest.param(made(a=(ADA, 2), b=(BARBARA, 1)), (), id="freemail names nobody"),
        pytest.param(made(b=(GRACE, 1)), None, id="the owner is not known"),
    ],
)
def test_organisations_from_outside(commits: list[Commit], others: object) -> None:
    assert found(commits)["diversity.outside_organisations"].value == others


@pytest.mark.parametrize(
    ("commits", "is_outside"),
    [
        pytest.param(made(a=(ADA, 20)), False, id="nobody from outside"),
        pytest.param(made(a=(ADA, 19), b=(GRACE, 1)), True, id="one commit"),
        pytest.param(made(a=(ADA, 1), b=(GRACE, 1)), True, id="few commits are enough"),
        pytest.param(made(a=(ADA, 9), b=(GRACE, 1), c=(BARBARA, 9)), True, id="one for sure"),
        pytest.param(made(a=(ADA, 9), c=(BARBARA, 9)), None, id="freemail may be either"),
    ],
)
def test_somebody_from_outside(commits: list[Commit], is_outside: bool | None) -> None:
    assert found(commits)["contributors.outside"].value is is_outside


@pytest.mark.parametrize(
    "remote",
    [
        pytest.param(None, id="no remote"),
        pytest.param(Remote("github.com", "widgetry", "widgets"), id="another name"),
    ],
)
def test_without_the_owners_domain_nobody_is_outside(remote: Remote | None) -> None:
    item = found(made(a=(ADA, 10), b=(GRACE, 10)), remote)

    assert item["diversity.outside_share"].missing is Missing.NOT_COLLECTED
    assert item["contributors.outside"].missing is Missing.NOT_COLLECTED


@pytest.mark.parametrize("owner", ["acme", "ACME", "acme-labs", "acme-oss", "ac-me"])
def test_the_owners_domain_has_its_name(owner: str) -> None:
    item = found(made(a=(ADA, 15), b=(GRACE, 5)), Remote("github.com", owner, "widgets"))

    assert item["diversity.outside_share"].value == 0.25
