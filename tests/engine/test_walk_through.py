"""Six kinds of organisation by the shipped formula: what each level and the whole come out as."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from osmm_scan.engine.levels import Graded, cumulative_level, judge_levels
from osmm_scan.engine.rules import RulePack, load_rules
from osmm_scan.resources import rules_directory
from osmm_scan.verdicts import Criterion, Status

ATTAINED, PROVISIONAL = Status.ATTAINED, Status.PROVISIONAL
BEGUN, THIN = Status.IN_PROGRESS, Status.INSUFFICIENT_EVIDENCE

# Grades of the items of each level, except those that are named.
Grades = Mapping[int | str, int | None]

SETTLED: Grades = {1: 3, 2: 3, 3: 3, 4: 3, 5: 2, "l5.leveraging-strategically.leverage": 3}


@cache
def _shipped() -> RulePack:
    return load_rules(rules_directory())


def _grade(criterion: Criterion, grades: Grades) -> int | None:
    grade = grades.get(criterion.id, grades.get(criterion.level))
    return None if grade is None else min(grade, criterion.max_observed_grade)


@pytest.mark.parametrize(
    ("profile", "biased", "grades", "statuses", "level"),
    [
        pytest.param(
            "community",
            False,
            {1: 0, 2: 0, 3: 1, 4: 0, "l1.using.use": 1},
            (BEGUN, Status.NOT_STARTED, BEGUN, Status.NOT_STARTED, THIN),
            1,
            id="hobby: uses open source and little else",
        ),
        pytest.param(
            "company",
            True,
            {
                "l1.using.use": 2,
                "l2.license-management.ip-compliance": 1,
                "l3.public-development.contribution": None,
                "l3.community-engagement.hosting": 2,
                4: 1,
            },
            (THIN, THIN, THIN, BEGUN, THIN),
            1,
            id="mid-size company: scattered public work, no visible programme",
        ),
        pytest.param(
            "foundation",
            False,
            SETTLED,
            (ATTAINED, ATTAINED, ATTAINED, ATTAINED, PROVISIONAL),
            5,
            id="foundation: hosting and governance are its purpose",
        ),
        pytest.param(
            "company",
            True,
            SETTLED,
            (PROVISIONAL, PROVISIONAL, ATTAINED, ATTAINED, PROVISIONAL),
            5,
            id="large company: inward compliance is invisible from outside",
        ),
        pytest.param(
            "company",
            True,
            SETTLED
            | {
                "l1.managing.choice": 1,
                "l2.license-management.ip-compliance": 1,
                "l2.software-inventory.tracking": None,
            },
            (PROVISIONAL, PROVISIONAL, ATTAINED, ATTAINED, PROVISIONAL),
            5,
            id="large company: two inward gates open, as many as may be",
        ),
        pytest.param(
            "company",
            True,
            SETTLED | {4: 1, 5: 0, "l4.maintaining.maintainer": 3},
            (PROVISIONAL, PROVISIONAL, ATTAINED, BEGUN, BEGUN),
            3,
            id="publisher without foundations or strategy",
        ),
    ],
)
def test_organisations(
    profile: str, biased: bool, grades: Grades, statuses: tuple[Status, ...], level: int
) -> None:
    pack = _shipped()
    sizes = {one: sum(item.level == one for item in pack.criteria) for one in range(1, 6)}
    items = [
        Graded(one, _grade(one, grades))
        for one in pack.criteria
        if profile not in one.not_applicable_to
    ]

    states = judge_levels(pack.model, items, sizes, is_biased=biased)

    assert tuple(state.status for state in states) == statuses
    assert cumulative_level(pack.model, states, items) == level
