"""Measures over what the sets of all repositories hold together."""

from __future__ import annotations

from math import inf

import pytest

from osmm_scan.model import Evidence, Interval, Missing, Value
from osmm_scan.signals.estate import build_estate
from osmm_scan.signals.measures import MEASURES
from osmm_scan.signals.samples import take
from tests.fakes import AS_OF

NAMES = ("acme/axle", "acme/bolt", "acme/cog")


def measured(
    function: str, *facts: tuple[Value | None, ...], members: tuple[bool | None, ...] = (True,) * 3
) -> Interval | None:
    keys = [f"it.is{number}" for number in range(len(facts))]
    columns = dict(zip(keys, facts, strict=True)) | {"in.it": members}
    found = [
        Evidence(key=key, subject=name, observed_at=AS_OF, value=value)
        if value is not None
        else Evidence(
            key=key, subject=name, observed_at=AS_OF, missing=Missing.FAULT, why="damaged"
        )
        for key, values in columns.items()
        for name, value in zip(NAMES, values, strict=True)
    ]
    estate = build_estate(found, columns, repositories=NAMES)
    return MEASURES[function](*(take(estate, ("in.it",), key) for key in keys))


@pytest.mark.parametrize(
    ("sets", "expected"),
    [
        pytest.param(((), (), ()), Interval(0, inf), id="none is known"),
        pytest.param((("a",), ("a", "b"), ()), Interval(2, inf), id="each once"),
        pytest.param((("a",), None, ()), Interval(1, inf), id="unknown"),
    ],
)
def test_what_is_known_is_a_lower_limit(sets: tuple[Value | None, ...], expected: Interval) -> None:
    assert measured("known", sets) == expected


YES = (True, True, True)


@pytest.mark.parametrize(
    ("listed", "condition", "expected"),
    [
        pytest.param(((), (), ()), YES, Interval(0, 0), id="nothing is named"),
        pytest.param((("other",), (), ()), YES, Interval(0, 0), id="others are"),
        pytest.param((("acme/axle",), (), ()), YES, Interval(1 / 3, 1 / 3), id="in full"),
        pytest.param((("Axle", "BOLT"), (), ("cog",)), YES, Interval(1, 1), id="by name alone"),
        pytest.param((("axle",), None, ()), YES, Interval(1 / 3, 1), id="a list is unknown"),
        pytest.param((("axle",), (), ()), (True, False, False), Interval(1, 1), id="one of one"),
        pytest.param((("axle",), (), ()), (False,) * 3, None, id="none that could be named"),
        pytest.param(
            (("axle",), (), ()), (True, None, False), Interval(0.5, 1), id="one more may count"
        ),
        pytest.param(
            (("axle",), (), ()), (None, True, False), Interval(0, 0.5), id="it may not count"
        ),
    ],
)
def test_repositories_that_are_named(
    listed: tuple[Value | None, ...],
    condition: tuple[bool | None, ...],
    expected: Interval | None,
) -> None:
    assert measured("covered", listed, condition) == expected


def test_nothing_is_covered_where_nothing_was_looked_at() -> None:
    assert measured("covered", ((), (), ()), YES, members=(False,) * 3) is None


@pytest.mark.parametrize(
    ("others", "adopters", "low"),
    [
        pytest.param(((), (), ()), (0, 0, 0), 0.0, id="nobody"),
        pytest.param((("a.com",), ("a.com", "b.com"), ()), (0, 0, 0), 2 / 30, id="contributors"),
        pytest.param(((), (), ()), (4, 4, 2), 0.5 / 3, id="adopters"),
        pytest.param((tuple("abcdefghijkl"), (), ()), (40, 0, 0), 2 / 3, id="more than enough"),
        pytest.param((None, (), ()), (None, 10, 0), 0.5 / 3, id="unknown"),
    ],
)
def test_an_ecosystem_is_at_least_as_broad(
    others: tuple[Value | None, ...], adopters: tuple[Value | None, ...], low: float
) -> None:
    found = measured("breadth", others, adopters)

    assert found is not None
    assert (found.low, found.high) == (pytest.approx(low), 1.0)


@pytest.mark.parametrize(
    ("first", "second", "low"),
    [
        pytest.param((False,) * 3, (None,) * 3, 0.0, id="nowhere"),
        pytest.param((True, False, None), (None,) * 3, 0.5, id="somewhere"),
        pytest.param((True,) * 3, (False, True, False), 1.0, id="all of them"),
    ],
)
def test_what_holds_somewhere_is_shown(
    first: tuple[Value | None, ...], second: tuple[Value | None, ...], low: float
) -> None:
    assert measured("shown", first, second) == Interval(low, 1.0)
