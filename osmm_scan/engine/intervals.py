"""Three-valued truth, and comparisons of intervals with numbers.

A comparison is true when every value of the interval satisfies it, false when none does, and else
unknown, so that learning more can only turn an unknown into true or false, never one of these into
the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum, StrEnum

from osmm_scan.model import Interval


class Truth(Enum):
    """Kleene's three values, ordered: false, unknown, true."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    def __bool__(self) -> bool:
        raise TypeError("a truth has three values: compare it with Truth.TRUE or Truth.FALSE")


class Operator(StrEnum):
    """The comparisons of the rule language."""

    EQUAL = "=="
    AT_LEAST = ">="
    AT_MOST = "<="
    MORE = ">"
    LESS = "<"


def all_of(parts: Iterable[Truth]) -> Truth:
    """Return whether all parts are true; nothing at all is true."""
    return Truth(min((part.value for part in parts), default=Truth.TRUE.value))


def any_of(parts: Iterable[Truth]) -> Truth:
    """Return whether any part is true; nothing at all is false."""
    return Truth(max((part.value for part in parts), default=Truth.FALSE.value))


def negation(part: Truth) -> Truth:
    """Return the opposite; unknown stays unknown."""
    return Truth(Truth.TRUE.value - part.value)


def compare(interval: Interval | None, operator: Operator, number: float) -> Truth:
    """Return whether the value within an interval satisfies a comparison; None is unknown."""
    if interval is None:
        return Truth.UNKNOWN
    return _COMPARISONS[operator](interval, number)


def holds(interval: Interval | None) -> Truth:
    """Return whether a yes-or-no measure, which is 1 or 0, is a yes."""
    return compare(interval, Operator.AT_LEAST, 1)


def _at_least(interval: Interval, number: float) -> Truth:
    return _decide(is_true=interval.low >= number, is_false=interval.high < number)


def _more(interval: Interval, number: float) -> Truth:
    return _decide(is_true=interval.low > number, is_false=interval.high <= number)


def _equal(interval: Interval, number: float) -> Truth:
    return all_of((_at_least(interval, number), negation(_more(interval, number))))


def _decide(*, is_true: bool, is_false: bool) -> Truth:
    if is_true:
        return Truth.TRUE
    return Truth.FALSE if is_false else Truth.UNKNOWN


_COMPARISONS: Mapping[Operator, Callable[[Interval, float], Truth]] = {
    Operator.EQUAL: _equal,
    Operator.AT_LEAST: _at_least,
    Operator.AT_MOST: lambda interval, number: negation(_more(interval, number)),
    Operator.MORE: _more,
    Operator.LESS: lambda interval, number: negation(_at_least(interval, number)),
}
