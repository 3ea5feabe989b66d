"""Measures over what all repositories show together, as intervals.

A set lists what could be told apart, so that there may be more than it shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress
from math import inf

from osmm_scan.model import Interval
from osmm_scan.signals.samples import Sample

# How many others make an ecosystem as broad as can be: organisations that contribute, adopters.
_CONTRIBUTING, _ADOPTING = 10, 20
_PARTS = 3


def known(sample: Sample) -> Interval:
    """Return how many different members the sets have together; there may be more."""
    return Interval(len(_union(sample)), inf)


def covered(listed: Sample, condition: Sample) -> Interval | None:
    """Return the share of the repositories with the second fact that the first one names.

    A repository is named by `OWNER/NAME` or by its name alone.
    """
    named = frozenset(str(one).lower() for one in _union(listed))
    is_open = listed.is_open or any(not isinstance(one, tuple) for one in listed.sets)
    sure = list(compress(condition.names, condition.low >= 1))
    maybe = list(compress(condition.names, (condition.low < 1) & (condition.high >= 1)))
    maybe += compress(condition.also_names, condition.also_high >= 1)
    yes, also = _named(sure, named), _named(maybe, named)
    rest = len(maybe) - also + condition.unseen
    if not sure and not maybe and not condition.unseen:
        return None
    low = yes / (len(sure) + rest) if len(sure) + rest else 0.0
    if is_open or condition.unseen or not len(sure) + also:
        return Interval(low, 1.0)
    return Interval(low, (yes + also) / (len(sure) + also))


def breadth(others: Sample, adopters: Sample) -> Interval:
    """Return the mean of three shares: organisations that contribute, adopters, and who maintains.

    How many flagships have maintainers from outside is not known, so the mean is open by a third.
    """
    contributing = min(1.0, len(_union(others)) / _CONTRIBUTING)
    adopting = min(1.0, float(adopters.low.sum()) / _ADOPTING)
    return Interval((contributing + adopting) / _PARTS, 1.0)


def shown(*tests: Sample) -> Interval:
    """Return the share of these facts that hold in some repository; the others may, elsewhere."""
    return Interval(sum(bool((one.low >= 1).any()) for one in tests) / len(tests), 1.0)


def _union(sample: Sample) -> frozenset[object]:
    return frozenset(one for each in sample.sets if isinstance(each, tuple) for one in each)


def _named(names: Iterable[str], named: frozenset[str]) -> int:
    lower = (name.lower() for name in names)
    return sum(name in named or name.rpartition("/")[2] in named for name in lower)
