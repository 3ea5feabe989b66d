"""The estate frame: one row per repository, one column per fact, as the limits of each value.

An unknown fact is the whole range that it could have, so that nothing computed from the frame can
take it for a no. A fact with named parts, such as a document and its quality, has a column for each
part: `document.strategy` with a `quality` becomes `document.strategy.quality`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from osmm_scan.model import Evidence, Value

if TYPE_CHECKING:
    import pandas as pd

Numbers: TypeAlias = "NDArray[np.float64]"
Choice: TypeAlias = "NDArray[np.bool_]"
Objects: TypeAlias = "NDArray[Any]"  # tuples and ids, None or NaN where there is no evidence

# What one clone cannot show is how many sisters it has. No organisation has a million repositories,
# so a share over that many is as open as one clone leaves it, yet never exactly none or all.
UNSEEN_REPOSITORIES = 999_999

FORK = "repository.fork"

_AT_ONCE = 500
_PARTS = ("low", "high", "sets", "evidence")
_LIMITS = frozenset({"low", "high"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One fact of all repositories: its limits, the sets it holds, the evidence it rests on."""

    low: Numbers
    high: Numbers
    sets: Objects
    evidence: Objects


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """Facts of all repositories, in the order of their names; no is 0 and yes is 1.

    `unseen` is how many more repositories the organisation may have that nobody looked at. `whole`
    has the organisation itself as its only row, none when nobody asked about it. `names` are those
    of the rows.
    """

    columns: Mapping[str, Column]
    size: int
    unseen: int
    whole: Estate | None = None
    names: tuple[str, ...] = ()

    def members(self, facts: Sequence[str]) -> tuple[Choice, Choice]:
        """Return which repositories surely, and which possibly, have all these facts.

        What is surely a fork is the work of others and belongs to no population.
        """
        own = np.ones(self.size, dtype=bool)
        if FORK in self.columns:
            own = self.columns[FORK].low < 1
        sure, possible = own.copy(), own.copy()
        for fact in facts:
            sure &= self.columns[fact].low >= 1
            possible &= self.columns[fact].high >= 1
        return sure, possible


def build_estate(
    evidence: Iterable[Evidence],
    facts: Iterable[str],
    *,
    repositories: Sequence[str],
    unseen: int = 0,
) -> Estate:
    """Return the frame of these facts over these repositories; what has no evidence is unknown."""
    wanted = sorted(set(facts))
    names = sorted(repositories)
    known: dict[str, list[Evidence]] = {name: [] for name in names}
    for item in evidence:
        if item.subject in known:
            known[item.subject].append(item)
    # Rows need far more memory than the frames made of them, so there are never many at once.
    starts = range(0, len(names), _AT_ONCE) or range(1)
    frames = [_frames(known, names[start : start + _AT_ONCE], wanted) for start in starts]
    whole = {part: np.concatenate([one.pop(part) for one in frames]) for part in _PARTS}
    columns = {
        fact: Column(**{part: values[:, place] for part, values in whole.items()})
        for place, fact in enumerate(wanted)
    }
    return Estate(columns=columns, size=len(names), unseen=unseen, names=tuple(names))


def _frames(
    known: Mapping[str, Sequence[Evidence]], names: list[str], facts: list[str]
) -> dict[str, pd.DataFrame]:
    """Return the parts of every column for some repositories, a frame each."""
    import pandas as pd  # takes longer than reading a small repository

    wanted = frozenset(facts)
    items = (item for name in names for item in known[name])
    rows = [row for item in items for row in _rows(item, wanted)]
    # Left to itself, pandas keeps text in Arrow where that is installed, which takes no name that
    # is not valid Unicode.
    table = pd.DataFrame(rows, columns=["repository", "fact", *_PARTS], dtype=object)
    index = pd.Index(names, name="repository", dtype=object)
    wide = {
        part: table.pivot(index="repository", columns="fact", values=part).reindex(
            index=index, columns=facts
        )
        for part in _PARTS
    }
    return {
        "low": wide["low"].astype(float).fillna(0.0),
        "high": wide["high"].astype(float).fillna(inf),
        "sets": wide["sets"].astype(object),
        "evidence": wide["evidence"].astype(object),
    }


def _rows(
    item: Evidence, wanted: Collection[str]
) -> Iterator[tuple[str, str, float, float, object, str]]:
    parts = {item.key: item.value}
    if isinstance(item.value, Mapping) and not _LIMITS.issuperset(item.value):
        parts = {f"{item.key}.{name}": part for name, part in item.value.items()}
    for fact, value in parts.items():
        if fact in wanted:
            members = value if isinstance(value, tuple) else None
            yield item.subject, fact, *_limits(value), members, item.id


def _limits(value: Value | None) -> tuple[float, float]:
    if isinstance(value, Mapping):
        low, high = value.get("low", 0.0), value.get("high", inf)
        if isinstance(low, int | float) and isinstance(high, int | float):
            return float(low), float(high)
    if isinstance(value, tuple):
        return float(len(value)), float(len(value))
    if isinstance(value, int | float):
        return float(value), float(value)
    return 0.0, inf
