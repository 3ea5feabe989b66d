"""The measure language over intervals."""

from __future__ import annotations

from itertools import product
from math import inf
from statistics import fmean
from statistics import median as exact_median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osmm_scan.model import Evidence, Interval, Missing, Value
from osmm_scan.signals.estate import UNSEEN_REPOSITORIES, Estate, build_estate
from osmm_scan.signals.measures import MEASURES
from osmm_scan.signals.samples import take
from tests.fakes import AS_OF

UNKNOWN = None


def evidence(repository: str, key: str, value: Value | None) -> Evidence:
    if value is UNKNOWN:
        return Evidence(
            key=key, subject=repository, missing=Missing.FAULT, why="damaged", observed_at=AS_OF
        )
    return Evidence(key=key, subject=repository, value=value, observed_at=AS_OF)


def estate_of(
    facts: list[Value | None], members: list[bool | None] | None = None, unseen: int = 0
) -> Estate:
    members = members if members is not None else [True] * len(facts)
    names = [f"acme/r{number}" for number in range(len(facts))]
    found = [evidence(name, "it.is", fact) for name, fact in zip(names, facts, strict=True)]
    found += [evidence(name, "in.it", member) for name, member in zip(names, members, strict=True)]
    return build_estate(found, ["it.is", "in.it"], repositories=names, unseen=unseen)


def measured(name: str, estate: Estate, highest: float = inf) -> Interval | None:
    return MEASURES[name](take(estate, ("in.it",), "it.is", highest))


@pytest.mark.parametrize(
    ("facts", "members", "unseen", "expected"),
    [
        pytest.param([], [], 0, None, id="nothing to measure is no share"),
        pytest.param([True], [False], 0, None, id="nobody is a member"),
        pytest.param([False, False], [True, True], 0, Interval(0, 0), id="none"),
        pytest.param([True, False], [True, True], 0, Interval(0.5, 0.5), id="half"),
        pytest.param([True, None], [True, True], 0, Interval(0.5, 1), id="unknown fact"),
        pytest.param([True, False], [True, None], 0, Interval(0.5, 1), id="unknown member says no"),
        pytest.param([False, True], [True, None], 0, Interval(0, 0.5), id="unknown member is yes"),
        pytest.param([True, True], [True, None], 0, Interval(1, 1), id="member or not, all do"),
        pytest.param([True], [None], 0, Interval(0, 1), id="only a possible member"),
        pytest.param(
            [True], [True], 9, Interval(0.1, 1.0), id="one yes among nine that nobody saw"
        ),
        pytest.param([False], [True], 9, Interval(0.0, 0.9), id="one no among nine unseen"),
    ],
)
def test_share(
    facts: list[Value | None], members: list[bool | None], unseen: int, expected: Interval | None
) -> None:
    assert measured("share", estate_of(facts, members, unseen)) == expected


def test_one_repository_proves_existence_and_nothing_more() -> None:
    share = measured("share", estate_of([True], unseen=UNSEEN_REPOSITORIES))

    assert share is not None
    assert 0 < share.low < 0.001
    assert share.high == 1.0


@pytest.mark.parametrize(
    ("name", "facts", "members", "expected"),
    [
        pytest.param("count", [True, None, False], [True] * 3, Interval(1, 2), id="count"),
        pytest.param("size", [None, None], [True, None], Interval(1, 2), id="size"),
        pytest.param("sum", [2, {"low": 1, "high": 3}], [True] * 2, Interval(3, 5), id="sum"),
        pytest.param("sum", [2, None], [True] * 2, Interval(2, inf), id="sum of the unknown"),
        pytest.param("max", [2, 7], [True] * 2, Interval(7, 7), id="max"),
        pytest.param("max", [2, None], [True] * 2, Interval(2, inf), id="max of the unknown"),
        pytest.param("min", [2, 7], [True] * 2, Interval(2, 2), id="min"),
        pytest.param("min", [2, 7], [True, None], Interval(2, 2), id="a larger possible member"),
        pytest.param("min", [7, 2], [True, None], Interval(2, 7), id="a smaller possible member"),
        pytest.param("mean", [2, 4], [True] * 2, Interval(3, 3), id="mean"),
        pytest.param("median", [1, 2, 9], [True] * 3, Interval(2, 2), id="median"),
        pytest.param("median", [1], [False], None, id="median of nothing"),
        pytest.param("any", [False, True], [True] * 2, Interval(1, 1), id="any"),
        pytest.param("distinct", [("a", "b"), ("b",)], [True] * 2, Interval(2, 2), id="distinct"),
        pytest.param("distinct", [("a",), None], [True] * 2, Interval(1, inf), id="one set unread"),
        pytest.param(
            "distinct", [("a",), ("b",)], [True, None], Interval(1, inf), id="a possible member"
        ),
    ],
)
def test_other_measures(
    name: str, facts: list[Value | None], members: list[bool | None], expected: Interval | None
) -> None:
    assert measured(name, estate_of(facts, members)) == expected


def test_the_mean_of_an_unknown_share_stays_within_the_field() -> None:
    assert measured("mean", estate_of([0.5, None]), highest=1.0) == Interval(0.25, 0.75)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        pytest.param([], [], None, id="nothing"),
        pytest.param([0], [0], None, id="no commits"),
        pytest.param([3, 2], [10, 10], Interval(0.25, 0.25), id="weighted by size"),
        pytest.param([3, None], [10, 10], Interval(0.15, 1.0), id="an unknown part"),
        pytest.param([3, None], [10, None], Interval(0.0, 1.0), id="all unknown"),
    ],
)
def test_ratio(
    part: list[Value | None], whole: list[Value | None], expected: Interval | None
) -> None:
    names = [f"acme/r{number}" for number in range(len(part))]
    found = [evidence(name, "a.part", value) for name, value in zip(names, part, strict=True)]
    found += [evidence(name, "a.whole", value) for name, value in zip(names, whole, strict=True)]
    estate = build_estate(found, ["a.part", "a.whole"], repositories=names)

    assert MEASURES["ratio"](take(estate, (), "a.part"), take(estate, (), "a.whole")) == expected


_EXACT = {
    "share": fmean,
    "mean": fmean,
    "median": exact_median,
    "max": max,
    "min": min,
    "sum": sum,
    "count": sum,
}


@settings(max_examples=60, deadline=None)
@given(
    facts=st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=4),
    members=st.lists(st.sampled_from([True, False, None]), min_size=4, max_size=4),
)
def test_every_way_to_resolve_the_unknown_stays_inside(
    facts: list[bool | None], members: list[bool | None]
) -> None:
    estate = estate_of(list(facts), members[: len(facts)])
    worlds = product(
        product(*([fact] if fact is not None else [True, False] for fact in facts)),
        product(
            *([member] if member is not None else [True, False] for member in members[: len(facts)])
        ),
    )
    answers = [
        (name, exact([float(fact) for fact, member in zip(*world, strict=True) if member]))
        for world in worlds
        if any(world[1])
        for name, exact in _EXACT.items()
    ]

    outside = [
        (name, value)
        for name, value in answers
        if not _holds(measured(name, estate, highest=1.0), value)
    ]
    assert outside == []


def _holds(interval: Interval | None, value: float) -> bool:
    return interval is not None and interval.low - 1e-12 <= value <= interval.high + 1e-12


DOCUMENT = "document.strategy"


def documents(*found: Value | None) -> Estate:
    names = [f"acme/r{number}" for number in range(len(found))]
    facts = [evidence(name, DOCUMENT, value) for name, value in zip(names, found, strict=True)]
    return build_estate(facts, [f"{DOCUMENT}.quality", f"{DOCUMENT}.age"], repositories=names)


def at_best(name: str, estate: Estate) -> Interval | None:
    quality, age = (take(estate, (), f"{DOCUMENT}.{part}") for part in ("quality", "age"))
    return MEASURES[name](quality, age)


NONE: Value = {"quality": 0}


@pytest.mark.parametrize(
    ("found", "best", "newest"),
    [
        pytest.param([NONE, NONE], None, None, id="no document has no age"),
        pytest.param([{"quality": 2, "age": 9}, NONE], Interval(9, 9), Interval(9, 9), id="one"),
        pytest.param(
            [{"quality": 2, "age": 9}, {"quality": 1, "age": 3}],
            Interval(9, 9),
            Interval(9, 9),
            id="a worse one does not count",
        ),
        pytest.param(
            [{"quality": 2, "age": 9}, {"quality": 2, "age": 3}],
            Interval(9, 9),
            Interval(3, 3),
            id="two as good",
        ),
        pytest.param(
            [{"quality": 2, "age": 9}, None],
            Interval(0, inf),
            Interval(0, inf),
            id="an unread repository may have a better one",
        ),
        pytest.param(
            [{"quality": 3, "age": 9}, None],
            Interval(9, inf),
            Interval(0, 9),
            id="an unread repository can only tie with the best",
        ),
        pytest.param([None], Interval(0, inf), Interval(0, inf), id="nothing was read"),
        pytest.param([{"quality": 2}], Interval(0, inf), Interval(0, inf), id="no age is known"),
    ],
)
def test_the_best_document_speaks(
    found: list[Value | None], best: Interval | None, newest: Interval | None
) -> None:
    estate = documents(*found)

    assert (at_best("best", estate), at_best("newest", estate)) == (best, newest)


MIT, BOTH, OTHER = ("MIT",), ("Apache-2.0", "MIT"), ("BSD-3-Clause",)
NO_GPL, NO_COPYLEFT = (
    ("!GPL-2.0-only", "!GPL-3.0-only"),
    (
        "!AGPL-3.0-only",
        "!GPL-2.0-only",
        "!GPL-3.0-only",
    ),
)


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        pytest.param([], None, id="no repository"),
        pytest.param([(), ()], None, id="no list"),
        pytest.param([None, BOTH], Interval(0, 1), id="an unknown list may be any"),
        pytest.param([BOTH], Interval(1, 1), id="one list"),
        pytest.param([BOTH, (), BOTH], Interval(1, 1), id="the same"),
        pytest.param([BOTH, BOTH, MIT], Interval(1, 1), id="one is narrower"),
        pytest.param([MIT, MIT, BOTH], Interval(2 / 3, 2 / 3), id="one is wider"),
        pytest.param([MIT, MIT, OTHER, OTHER], Interval(0.5, 0.5), id="two standards"),
        pytest.param([MIT, BOTH], Interval(0.5, 1), id="either may be the standard"),
        pytest.param([NO_GPL, NO_GPL, NO_COPYLEFT], Interval(1, 1), id="one shuts out more"),
        pytest.param(
            [NO_COPYLEFT, NO_COPYLEFT, NO_GPL], Interval(2 / 3, 2 / 3), id="one shuts out less"
        ),
        pytest.param([MIT, MIT, NO_GPL], Interval(2 / 3, 2 / 3), id="another kind of list"),
    ],
)
def test_lists_agree_that_equal_or_narrow_the_most_common(
    lists: list[Value | None], expected: Interval | None
) -> None:
    assert measured("agreement", estate_of(lists)) == expected


def test_lists_that_nobody_saw_may_agree_or_not() -> None:
    assert measured("agreement", estate_of([BOTH, BOTH], unseen=3)) == Interval(0, 1)


@pytest.mark.parametrize(
    ("values", "holds", "members", "expected"),
    [
        pytest.param([0.5], [False], [True], None, id="it holds for none"),
        pytest.param([0.5, None], [True, False], [True, True], Interval(0.5, 0.5), id="no matter"),
        pytest.param([0.5, 1.0], [True, True], [True, False], Interval(0.5, 0.5), id="no member"),
        pytest.param([0.5, 1.0], [True, True], [True, True], Interval(0.75, 0.75), id="the mean"),
        pytest.param([0.5, 1.0], [True, None], [True, True], Interval(0.5, 1), id="may hold"),
        pytest.param([0.5, 1.0], [True, True], [True, None], Interval(0.5, 1), id="may be member"),
        pytest.param([0.5, None], [True, True], [True, True], Interval(0.25, 0.75), id="unknown"),
    ],
)
def test_a_mean_among_some_leaves_the_others_out(
    values: list[Value | None],
    holds: list[bool | None],
    members: list[bool | None],
    expected: Interval | None,
) -> None:
    names = [f"acme/r{number}" for number in range(len(values))]
    facts = {"it.is": values, "on.it": holds, "in.it": members}
    found = [
        evidence(name, key, value)
        for key, column in facts.items()
        for name, value in zip(names, column, strict=True)
    ]
    estate = build_estate(found, facts, repositories=names)
    samples = (take(estate, ("in.it",), fact, 1.0) for fact in ("it.is", "on.it"))

    assert MEASURES["mean_among"](*samples) == expected


@pytest.mark.parametrize(
    ("waits", "asked", "expected"),
    [
        pytest.param([], [], None, id="no repository"),
        pytest.param([()], [0], None, id="nobody asked"),
        pytest.param([(1.0, 3.0, 9.0)], [3], Interval(3, 3), id="the middle one"),
        pytest.param([(1.0, 3.0)], [2], Interval(2, 2), id="between the middle ones"),
        pytest.param([(9.0,), (1.0, 2.0)], [1, 2], Interval(2, 2), id="over all repositories"),
        pytest.param([(1.0, 3.0)], [3], Interval(3, 3), id="silence lasts longest"),
        pytest.param([(1.0,)], [3], Interval(1, inf), id="most were never answered"),
        pytest.param([()], [3], Interval(0, inf), id="none was ever answered"),
        pytest.param([(1.0,), None], [1, None], Interval(0, inf), id="one repository is unknown"),
    ],
)
def test_the_median_of_all_waits(
    waits: list[Value | None], asked: list[Value | None], expected: Interval | None
) -> None:
    names = [f"acme/r{number}" for number in range(len(waits))]
    found = [evidence(name, "it.took", one) for name, one in zip(names, waits, strict=True)]
    found += [evidence(name, "it.was", one) for name, one in zip(names, asked, strict=True)]
    estate = build_estate(found, ["it.took", "it.was"], repositories=names)

    answer = MEASURES["pooled_median"](take(estate, (), "it.took"), take(estate, (), "it.was"))

    assert answer == expected


def test_forks_belong_to_no_population() -> None:
    facts = [("acme/fork", True), ("acme/own", False), ("acme/unknown", UNKNOWN)]
    found = [evidence(name, "repository.fork", value) for name, value in facts]
    estate = build_estate(found, ["repository.fork"], repositories=[name for name, _ in facts])

    assert MEASURES["size"](take(estate, (), "repository.fork")) == Interval(2, 2)
