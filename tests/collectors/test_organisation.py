"""Sums over people are exact only when nobody and nothing is out of sight."""

from __future__ import annotations

from typing import Any

import pytest

from osmm_scan.collectors.organisation import (
    ORGANISATION_FACTS,
    Presence,
    collect_organisation,
)
from osmm_scan.collectors.studies.foundations import Standing
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing
from osmm_scan.sources.affiliates import Affiliates, Work
from tests.fakes import AS_OF

DAY = 86_400
UNASKED = Unobserved(Missing.NOT_COLLECTED, "not asked")


def work(**done: Any) -> Work:
    nothing = {
        name: 0 for name in ("anything", "merged", "closed", "merged_before", "reviews", "issues")
    }
    return Work(**nothing | done)


def affiliates(*people: Work, **known: Any) -> Affiliates:
    named = {f"p{number}": one for number, one in enumerate(people)}
    return Affiliates(**{"work": named, "unread": 0, "are_all": True, "by_roster": False, **known})


def collected(people: Affiliates | Unobserved, **more: Any) -> dict[str, Evidence]:
    presence = Presence(
        name="acme",
        url="https://github.com/acme",
        affiliates=people,
        **{"sponsorships": UNASKED, "standing": Standing(UNASKED), **more},
    )
    return {item.key: item for item in collect_organisation(presence, AS_OF)}


@pytest.mark.parametrize(
    ("people", "key", "expected"),
    [
        pytest.param(affiliates(), "upstream.merged", 0, id="nobody, and nobody hidden"),
        pytest.param(affiliates(), "upstream.contributor_share", Missing.NOT_SUPPORTED, id="of 0"),
        pytest.param(affiliates(are_all=False), "upstream.merged", {"low": 0}, id="all hidden"),
        pytest.param(
            affiliates(work(merged=3), are_all=False), "upstream.merged", {"low": 3}, id="a part"
        ),
        pytest.param(
            affiliates(work(merged=3), are_all=False),
            "upstream.contributor_share",
            Missing.NO_ACCESS,
            id="a share of a part says nothing",
        ),
        pytest.param(
            affiliates(work(merged=3), unread=1), "upstream.merged", {"low": 3}, id="one unread"
        ),
        pytest.param(
            affiliates(work(merged=3), unread=1),
            "upstream.contributor_share",
            Missing.FAULT,
            id="one unread may change the share",
        ),
        pytest.param(affiliates(work(merged=1), work()), "affiliates.active", 1, id="idle people"),
        pytest.param(
            affiliates(work(merged=1, anything=1), work(anything=1)),
            "upstream.contributor_share",
            0.5,
            id="half of the active",
        ),
        pytest.param(
            affiliates(work(merged_before=2), work(merged_before=1, merged=1)),
            "upstream.retained_share",
            0.5,
            id="half came back",
        ),
        pytest.param(
            affiliates(work(merged=1, closed=4)), "upstream.accepted_share", 0.25, id="accepted"
        ),
        pytest.param(
            affiliates(work(targets={"a/b": 1}), work(targets={"a/b": 2, "c/d": 1})),
            "upstream.targets",
            2,
            id="targets of several people count once",
        ),
        pytest.param(
            affiliates(work(targets={"a/b": 1}, has_more=True)),
            "upstream.targets",
            {"low": 1},
            id="there are more targets",
        ),
        pytest.param(
            affiliates(work(waits=(DAY, 2 * DAY)), work(waits=(9 * DAY,))),
            "upstream.merge_days",
            2.0,
            id="median over all people",
        ),
        pytest.param(
            affiliates(work(waits=(DAY,), has_more=True)),
            "upstream.merge_days",
            Missing.TRUNCATED,
            id="a median of a part",
        ),
        pytest.param(affiliates(work()), "upstream.maintainers", {"low": 0}, id="merged nothing"),
        pytest.param(
            affiliates(work(maintained={"a/b": 50}), work(maintained={"a/b": 50, "c/d": 49})),
            "upstream.maintainers",
            {"low": 2},
            id="two merged what others proposed",
        ),
        pytest.param(
            affiliates(work(maintained={"a/b": 50}), work(maintained={"a/b": 50, "c/d": 49})),
            "upstream.maintained",
            {"low": 1},
            id="in one project that is known",
        ),
        pytest.param(affiliates(), "affiliates.hidden", 0, id="nobody hidden"),
        pytest.param(affiliates(are_all=False), "affiliates.hidden", Missing.NO_ACCESS, id="some"),
        pytest.param(UNASKED, "upstream.merged", Missing.NOT_COLLECTED, id="not asked"),
        pytest.param(UNASKED, "affiliates.declared", Missing.NOT_COLLECTED, id="not asked either"),
    ],
)
def test_sums_and_shares(people: Affiliates | Unobserved, key: str, expected: object) -> None:
    found = collected(people)[key]

    assert (found.value if found.missing is None else found.missing) == expected


def test_every_fact_is_said_once() -> None:
    assert collected(UNASKED).keys() == ORGANISATION_FACTS.keys()
    assert collected(affiliates(work(merged=1))).keys() == ORGANISATION_FACTS.keys()


@pytest.mark.parametrize(
    ("people", "depends_on", "strategic", "expected"),
    [
        pytest.param(UNASKED, (), (), Missing.NOT_COLLECTED, id="people not known"),
        pytest.param(affiliates(), ("a/b",), (), Missing.NOT_SUPPORTED, id="nothing merged"),
        pytest.param(
            affiliates(work(merged=4, targets={"a/b": 4}), are_all=False),
            ("a/b",),
            (),
            Missing.NO_ACCESS,
            id="a part of the people",
        ),
        pytest.param(
            affiliates(work(merged=4, targets={"a/b": 4})), (), (), 0.0, id="no name told one"
        ),
        pytest.param(
            affiliates(work(merged=4, targets={"A/b": 1, "c/d": 3})), ("a/b",), (), 0.25, id="one"
        ),
        pytest.param(
            affiliates(work(merged=4, targets={"a/b": 1}, has_more=True)),
            ("a/b",),
            (),
            0.25,
            id="targets that were not looked at",
        ),
        pytest.param(
            affiliates(work(merged=4, targets={"a/b": 1, "c/d": 2})),
            ("a/b",),
            ("C",),
            0.75,
            id="strategic owner",
        ),
    ],
)
def test_changes_in_dependencies_are_a_lower_limit(
    people: Affiliates | Unobserved,
    depends_on: tuple[str, ...],
    strategic: tuple[str, ...],
    expected: object,
) -> None:
    told = collected(people, depends_on=frozenset(depends_on), strategic=strategic)
    found = told["upstream.dependency_share"]

    limits = {"low": expected, "high": 1.0}
    assert found.missing == expected if found.missing else found.value == limits
