"""The measure language: what can be computed over a population of repositories, as intervals.

Every function answers with all the values that are possible given what is unknown: unknown facts,
repositories that may or may not belong to the population, and repositories that nobody looked at.
None means that there is nothing to measure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from math import inf

import numpy as np

from osmm_scan.model import Interval
from osmm_scan.signals.advice import defied, heeded, members
from osmm_scan.signals.estate import Numbers
from osmm_scan.signals.samples import Sample
from osmm_scan.signals.unions import breadth, covered, known, shown

BEST_QUALITY = 3.0


def share(sample: Sample) -> Interval | None:
    """Return the share of repositories for which the fact holds."""
    if sample.is_empty:
        return None
    yes = int((sample.low >= 1).sum())
    no = int((sample.high < 1).sum())
    open_ = len(sample.low) - yes - no
    also_yes = int((sample.also_low >= 1).sum())
    also_no = int((sample.also_high < 1).sum())
    also_open = len(sample.also_low) - also_yes - also_no + sample.unseen
    most_no = yes + no + open_ + also_no + also_open
    most_yes = yes + no + open_ + also_yes + also_open
    return Interval(
        yes / most_no if most_no else 0.0,
        (yes + open_ + also_yes + also_open) / most_yes if most_yes else 1.0,
    )


def count(sample: Sample) -> Interval:
    """Return for how many repositories the fact holds."""
    low = int((sample.low >= 1).sum())
    high = int((sample.high >= 1).sum() + (sample.also_high >= 1).sum())
    return Interval(low, inf if sample.unseen else high)


def size(sample: Sample) -> Interval:
    """Return how many repositories the population has."""
    known = len(sample.low)
    return Interval(known, inf if sample.unseen else known + len(sample.also_low))


def total(sample: Sample) -> Interval:
    """Return the sum of the fact."""
    high = float(sample.high.sum() + sample.also_high.sum())
    return Interval(float(sample.low.sum()), inf if sample.unseen else high)


def mean(sample: Sample) -> Interval | None:
    """Return the arithmetic mean of the fact."""
    return _middle(sample, lambda values: float(values.mean()))


def mean_among(sample: Sample, condition: Sample) -> Interval | None:
    """Return the mean of the first fact over those repositories for which the second holds."""
    sure = condition.low >= 1
    maybe = (condition.high >= 1) & ~sure
    also = condition.also_high >= 1
    among = Sample(
        low=sample.low[sure],
        high=sample.high[sure],
        also_low=np.concatenate((sample.low[maybe], sample.also_low[also])),
        also_high=np.concatenate((sample.high[maybe], sample.also_high[also])),
        sets=(),
        unseen=sample.unseen,
    )
    return mean(among)


def median(sample: Sample) -> Interval | None:
    """Return the median of the fact."""
    return _middle(sample, lambda values: float(np.median(values)))


def pooled_median(waits: Sample, asked: Sample) -> Interval | None:
    """Return the median over the members of all sets, where those without an answer last longest.

    `asked` says how many there were; the set holds the value of each that had an answer.
    """
    known = [members for members in waits.sets if isinstance(members, tuple)]
    everybody = total(asked)
    if waits.is_open or len(known) < len(waits.sets) or not everybody.is_exact:
        return Interval(0.0, inf)
    values = sorted(float(str(value)) for members in known for value in members)
    count_ = int(everybody.high)
    if count_ == 0:
        return None
    places = ((count_ - 1) // 2, count_ // 2)
    if places[1] >= len(values):  # the middle one was never answered
        return Interval(values[-1] if values else 0.0, inf)
    return Interval.exactly(sum(values[place] for place in places) / 2)


def largest(sample: Sample) -> Interval | None:
    """Return the largest value of the fact."""
    if sample.is_empty:
        return None
    highs = [*sample.high, *sample.also_high, *([inf] if sample.unseen else [])]
    return Interval(max(sample.low, default=0.0), max(highs))


def smallest(sample: Sample) -> Interval | None:
    """Return the smallest value of the fact."""
    if sample.is_empty:
        return None
    lows = [*sample.low, *sample.also_low, *([0.0] if sample.unseen else [])]
    return Interval(min(lows), min(sample.high, default=inf))


def distinct(sample: Sample) -> Interval:
    """Return how many different members the sets of all repositories have together."""
    known = [members for members in sample.sets if isinstance(members, tuple)]
    together: frozenset[object] = reduce(lambda all_, some: all_ | set(some), known, frozenset())
    is_whole = len(known) == len(sample.sets) and not sample.is_open
    return Interval(len(together), len(together) if is_whole else inf)


def agreement(sample: Sample) -> Interval | None:
    """Return the share of lists that equal or narrow the most common one; empty sets are no list.

    A member that begins with `!` is one that a list shuts out.
    """
    if sample.is_empty:
        return None
    known = [frozenset(members) for members in sample.sets if isinstance(members, tuple)]
    if len(known) < len(sample.sets) or sample.is_open:
        return Interval(0.0, 1.0)
    lists = [members for members in known if members]
    if not lists:
        return None
    often = Counter(lists).most_common()
    common = [members for members, times in often if times == often[0][1]]
    shares = [sum(_narrows(one, standard) for one in lists) / len(lists) for standard in common]
    return Interval(min(shares), max(shares))


def _narrows(members: frozenset[str], standard: frozenset[str]) -> bool:
    """Tell whether a list lets in no more than another of the same kind."""
    shut, shut_there = ({one for one in each if one[:1] == "!"} for each in (members, standard))
    within, within_there = members - shut, standard - shut_there
    return bool(within) == bool(within_there) and within <= within_there and shut >= shut_there


def ratio(part: Sample, whole: Sample) -> Interval | None:
    """Return the sum of one fact divided by the sum of another that contains it."""
    if part.is_empty:
        return None
    top, rest = total(part), total(whole)
    if rest.high == 0:
        return None
    if top.is_exact and rest.is_exact:
        return Interval.exactly(top.low / rest.low)
    return Interval(
        top.low / rest.high if rest.high < inf else 0.0,
        min(1.0, top.high / rest.low) if rest.low else 1.0,
    )


def best(quality: Sample, part: Sample) -> Interval | None:
    """Return the largest value of a part among the documents of the highest quality."""
    found = _at_best(quality, part)
    if found is None:
        return None
    high = inf if found.rivals else max(found.high)
    return Interval(max(found.low) if found.are_ties else 0.0, high)


def newest(quality: Sample, age: Sample) -> Interval | None:
    """Return the smallest age among the documents of the highest quality."""
    found = _at_best(quality, age)
    if found is None:
        return None
    low = 0.0 if found.rivals else min(found.low)
    return Interval(low, min(found.high) if found.are_ties else inf)


@dataclass(frozen=True, slots=True)
class _Best:
    """A part of the best documents that were seen.

    `rivals` tells that others may be as good, `are_ties` that none can be better.
    """

    low: tuple[float, ...]
    high: tuple[float, ...]
    rivals: bool
    are_ties: bool


def _at_best(quality: Sample, part: Sample) -> _Best | None:
    """Return what is known of the best documents; None when there surely is no document."""
    highs = np.minimum(quality.high, BEST_QUALITY)
    top = max(quality.low, default=0.0)
    rivals = quality.is_open or bool((highs > quality.low).any())
    if top == 0 and not rivals:
        return None
    is_best = (quality.low == top) & (highs == top) & (top > 0)
    is_known = bool(is_best.any())
    return _Best(
        tuple(part.low[is_best]) if is_known else (0.0,),
        tuple(part.high[is_best]) if is_known else (inf,),
        rivals=rivals,
        are_ties=is_known and (top >= BEST_QUALITY or not rivals),
    )


def _middle(sample: Sample, middle: Callable[[Numbers], float]) -> Interval | None:
    if sample.is_empty:
        return None
    if sample.unseen or len(sample.low) == 0:
        return Interval(0.0, inf)
    # The middle of some values joined by others lies between it and the outermost of the others.
    lows = [middle(sample.low), *sample.also_low]
    highs = [middle(sample.high), *sample.also_high]
    return Interval(min(lows), max(highs))


# These look at the documents of the best quality, which is their first argument.
OF_THE_BEST = frozenset({"best", "newest"})

# These look at those repositories only for which their second argument holds.
OF_SOME = frozenset({"mean_among"})

# The answer of these lies among the values of the fact, so the limits of a field limit the fact.
WITHIN = frozenset({"any", "max", "mean", "mean_among", "median", "min"})

# Speaks of the organisation itself, not of a population of repositories.
ORGANISATION = "organisation"

MEASURES: Mapping[str, Callable[..., Interval | None]] = {
    "agreement": agreement,
    "any": largest,
    "best": best,
    "breadth": breadth,
    "count": count,
    "covered": covered,
    "defied": defied,
    "distinct": distinct,
    "heeded": heeded,
    "known": known,
    "max": largest,
    "mean": mean,
    "mean_among": mean_among,
    "median": median,
    "members": members,
    "min": smallest,
    ORGANISATION: largest,
    "newest": newest,
    "pooled_median": pooled_median,
    "ratio": ratio,
    "share": share,
    "shown": shown,
    "size": size,
    "sum": total,
}
