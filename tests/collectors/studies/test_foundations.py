"""A part in foundations is told by what files list and people do; what they do not list is open."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from osmm_scan.collectors.studies.foundations import FOUNDATION_FACTS, Standing, participation
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.affiliates import Affiliates, Work
from osmm_scan.sources.landscapes import Membership
from tests.fakes import AS_OF

UNASKED = Unobserved(Missing.NOT_COLLECTED, "not asked")
CNCF = frozenset({"cncf", "kubernetes/kubernetes"})
FINOS = frozenset({"finos/waltz"})
ACTIVITY = ("foundations.examined", "foundations.active_share", "foundations.participation")


def member(foundation: str, **more: Any) -> Membership:
    return Membership(**{"foundation": foundation, "name": "acme", "domain": "", "tier": 1, **more})


def people(*works: dict[str, dict[str, int]]) -> Affiliates:
    names = ("anything", "merged", "closed", "merged_before", "reviews", "issues")
    nothing: dict[str, Any] = dict.fromkeys(names, 0)
    work = {f"p{number}": Work(**nothing | one) for number, one in enumerate(works)}
    return Affiliates(work=work, unread=0, are_all=True, by_roster=True)


def told(
    known: Affiliates | Unobserved, *listed: Membership, **hosted: frozenset[str]
) -> dict[str, Any]:
    found = participation(Standing(listed, hosted), known, AS_OF)
    return {
        key: value.missing if isinstance(value, Unobserved) else value
        for key, value in found.items()
    }


def test_nothing_is_told_when_nothing_was_given() -> None:
    found = participation(Standing(UNASKED), people(), AS_OF)

    assert found.keys() == FOUNDATION_FACTS.keys()
    assert {value.missing for value in found.values() if isinstance(value, Unobserved)} == {
        Missing.NOT_COLLECTED
    }
    assert all(isinstance(value, Unobserved) for value in found.values())


@pytest.mark.parametrize(
    ("listed", "count", "tier"),
    [
        pytest.param([], {"low": 0}, {"low": 0}, id="listed nowhere that was looked at"),
        pytest.param([member("lf", tier=2)], {"low": 1}, {"low": 2}, id="once"),
        pytest.param([member("lf"), member("lf", tier=4)], {"low": 1}, {"low": 4}, id="two files"),
        pytest.param([member("lf"), member("cncf")], {"low": 2}, {"low": 1}, id="two foundations"),
    ],
)
def test_memberships_are_counted_by_foundation(
    listed: list[Membership], count: object, tier: object
) -> None:
    found = told(UNASKED, *listed)

    assert (found["foundations.memberships"], found["foundations.highest_tier"]) == (count, tier)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param([None], Missing.NOT_COLLECTED, id="no file tells"),
        pytest.param([date(2030, 1, 1)], Missing.NOT_COLLECTED, id="later than the day"),
        pytest.param([date(2024, 6, 30), None, date(2025, 6, 30)], {"low": 2.0}, id="longest"),
    ],
)
def test_years_of_membership(days: list[date | None], expected: object) -> None:
    listed = [member("lf", joined=day) for day in days]

    assert told(UNASKED, *listed)["foundations.years"] == expected


@pytest.mark.parametrize(
    ("work", "share", "mean"),
    [
        pytest.param({}, 0.0, 0.0, id="nothing seen"),
        pytest.param({"targets": {"other/tool": 1}}, 0.0, 0.0, id="work elsewhere"),
        pytest.param({"targets": {"kubernetes/website": 1}}, 0.0, 0.0, id="beside a project"),
        pytest.param({"targets": {"Kubernetes/kubernetes": 9}}, 0.5, 0.167, id="in one of two"),
        pytest.param({"maintained": {"cncf/toc": 1}}, 0.5, 0.167, id="in a whole organisation"),
        pytest.param(
            {"targets": {"cncf/toc": 1}, "maintained": {"finos/waltz": 1}}, 1.0, 0.333, id="in both"
        ),
    ],
)
def test_activity_is_a_lower_limit(work: dict[str, Any], share: float, mean: float) -> None:
    found = told(people(work), member("cncf"), member("finos"), cncf=CNCF, finos=FINOS)

    assert [found[key] for key in ACTIVITY] == [
        2,
        {"low": share, "high": 1.0},
        {"low": mean, "high": 1.0},
    ]


@pytest.mark.parametrize(
    ("known", "listed"),
    [
        pytest.param(UNASKED, [member("cncf")], id="people unknown"),
        pytest.param(people(), [], id="no membership"),
        pytest.param(people(), [member("lf")], id="projects of that foundation not listed"),
    ],
)
def test_activity_needs_people_and_projects(
    known: Affiliates | Unobserved, listed: list[Membership]
) -> None:
    found = told(known, *listed, cncf=CNCF)

    assert {found[key] for key in ACTIVITY} == {Missing.NOT_COLLECTED}


@pytest.mark.parametrize(
    ("works", "expected"),
    [
        pytest.param([], {"low": 0}, id="nobody"),
        pytest.param([{"targets": {"finos/waltz": 3}}], {"low": 0}, id="contributors only"),
        pytest.param([{"maintained": {"other/tool": 3}}], {"low": 0}, id="of other projects"),
        pytest.param(
            [{"maintained": {"finos/waltz": 3}}, {"maintained": {"cncf/a": 1, "cncf/b": 1}}],
            {"low": 2},
            id="two people",
        ),
    ],
)
def test_maintainers_are_people(works: list[dict[str, Any]], expected: object) -> None:
    found = told(people(*works), cncf=CNCF, finos=FINOS)

    assert found["foundations.maintainers"] == expected


@pytest.mark.parametrize(
    ("given", "works", "count", "active"),
    [
        pytest.param(set(), [], {"low": 0}, {"low": 0}, id="none"),
        pytest.param(UNASKED, [{}], Missing.NOT_COLLECTED, Missing.NOT_COLLECTED, id="not asked"),
        pytest.param({"cncf/a"}, [{}], {"low": 1}, {"low": 0}, id="given and left"),
        pytest.param(
            {"cncf/a"}, [{"targets": {"cncf/b": 9}}], {"low": 1}, {"low": 0}, id="work beside it"
        ),
        pytest.param(
            {"cncf/a", "finos/waltz"},
            [{"targets": {"CNCF/a": 1}}, {"targets": {"CNCF/a": 1}}],
            {"low": 2},
            {"low": 1},
            id="two at work in one",
        ),
        pytest.param({"cncf/a"}, [{"maintained": {"cncf/a": 9}}], {"low": 1}, {"low": 1}, id="led"),
    ],
)
def test_given_projects_are_lower_limits(
    given: Any, works: list[dict[str, Any]], count: object, active: object
) -> None:
    known = given if isinstance(given, Unobserved) else frozenset(given)
    standing = Standing(UNASKED, {"cncf": CNCF, "finos": FINOS}, known)

    found = participation(standing, people(*works), AS_OF)

    answers = [found["foundations.given"], found["foundations.given_active"]]
    assert [one.missing if isinstance(one, Unobserved) else one for one in answers] == [
        count,
        active,
    ]


def test_given_projects_do_not_need_people() -> None:
    standing = Standing(UNASKED, {"cncf": CNCF}, frozenset({"cncf/a"}))

    found = participation(standing, UNASKED, AS_OF)

    assert found["foundations.given"] == {"low": 1}
    assert found["foundations.given_active"] == UNASKED
