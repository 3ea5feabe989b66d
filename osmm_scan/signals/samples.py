"""One fact over a population of repositories, as the limits of what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from math import inf

import numpy as np

from osmm_scan.signals.estate import Estate, Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The values of one fact: `low` and `high` over sure members, `also_*` over possible ones.

    `names` are those of the repositories, in the same order.
    """

    low: Numbers
    high: Numbers
    also_low: Numbers
    also_high: Numbers
    sets: tuple[object, ...]
    unseen: int
    names: tuple[str, ...] = ()
    also_names: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether repositories outside this sample may count, too."""
        return self.unseen > 0 or len(self.also_low) > 0

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to measure, for sure."""
        return len(self.low) == 0 and not self.is_open


def take(estate: Estate, population: tuple[str, ...], fact: str, highest: float = inf) -> Sample:
    """Return a fact, which is never above `highest`, over a population of boolean facts."""
    sure, possible = estate.members(population)
    maybe = possible & ~sure
    column = estate.columns[fact]
    low, high = np.minimum(column.low, highest), np.minimum(column.high, highest)
    return Sample(
        low=low[sure],
        high=high[sure],
        also_low=low[maybe],
        also_high=high[maybe],
        sets=tuple(column.sets[sure]),
        unseen=estate.unseen,
        names=tuple(compress(estate.names, sure)),
        also_names=tuple(compress(estate.names, maybe)),
    )
