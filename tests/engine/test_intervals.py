"""Three-valued logic, and what can be said of a number known only within limits."""

from __future__ import annotations

from itertools import product
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.engine.intervals import Operator, Truth, all_of, any_of, compare, holds, negation
from osmm_scan.model import Interval
from tests.patience import patient

F, U, T = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE
truths = st.sampled_from(Truth)
numbers = st.integers(-5, 5).map(float)
intervals = st.tuples(numbers, numbers).map(lambda ends: Interval(min(ends), max(ends)))


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (F, F, F, F),
        (F, U, F, U),
        (F, T, F, T),
        (U, F, F, U),
        (U, U, U, U),
        (U, T, U, T),
        (T, F, F, T),
        (T, U, U, T),
        (T, T, T, T),
    ],
)
def test_and_and_or_follow_kleene(left: Truth, right: Truth, both: Truth, either: Truth) -> None:
    assert all_of([left, right]) is both
    assert any_of([left, right]) is either


@pytest.mark.parametrize(("part", "opposite"), [(F, T), (U, U), (T, F)])
def test_not_follows_kleene(part: Truth, opposite: Truth) -> None:
    assert negation(part) is opposite


def test_nothing_is_all_and_not_any() -> None:
    assert all_of([]) is T
    assert any_of([]) is F


@pytest.mark.parametrize("truth", Truth)
def test_a_truth_is_never_taken_for_a_boolean(truth: Truth) -> None:
    with pytest.raises(TypeError, match="three values"):
        bool(truth)


@patient
@given(st.lists(truths))
def test_de_morgan_holds(parts: list[Truth]) -> None:
    assert negation(all_of(parts)) is any_of(map(negation, parts))


@pytest.mark.parametrize(
    ("low", "high", "outcomes"),
    [
        # in the order == >= <= > <, against 3
        pytest.param(0, 2, (F, F, T, F, T), id="all below"),
        pytest.param(0, 3, (U, U, T, F, U), id="up to the number"),
        pytest.param(3, 3, (T, T, T, F, F), id="exactly the number"),
        pytest.param(2, 4, (U, U, U, U, U), id="around the number"),
        pytest.param(3, 9, (U, T, U, U, F), id="from the number on"),
        pytest.param(4, 9, (F, T, F, T, F), id="all above"),
        pytest.param(4, inf, (F, T, F, T, F), id="above without end"),
        pytest.param(0, inf, (U, U, U, U, U), id="anything"),
    ],
)
def test_comparisons(low: float, high: float, outcomes: tuple[Truth, ...]) -> None:
    interval = Interval(low, high)

    assert tuple(compare(interval, operator, 3) for operator in Operator) == outcomes


@pytest.mark.parametrize("operator", Operator)
def test_nothing_measured_is_unknown(operator: Operator) -> None:
    assert compare(None, operator, 0) is U


@pytest.mark.parametrize(
    ("low", "high", "truth"), [(0, 0, F), (0, 1, U), (1, 1, T)], ids=["no", "open", "yes"]
)
def test_a_flag_holds_when_it_is_a_yes(low: float, high: float, truth: Truth) -> None:
    assert holds(Interval(low, high)) is truth
    assert holds(None) is U


@patient
@given(intervals, st.sampled_from(Operator), numbers)
def test_a_comparison_says_what_all_values_say(
    interval: Interval, operator: Operator, number: float
) -> None:
    values = range(int(interval.low), int(interval.high) + 1)
    each = {compare(Interval.exactly(value), operator, number) for value in values}

    truth = compare(interval, operator, number)

    assert truth is (each.pop() if len(each) == 1 else U)


def test_exact_values_leave_nothing_unknown() -> None:
    outcomes = {
        compare(Interval.exactly(value), operator, 3)
        for value, operator in product(range(6), Operator)
    }

    assert outcomes == {T, F}
