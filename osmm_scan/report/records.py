"""The evidence of a document, turned into entries one by one as they are read.

An estate of thousands of repositories has millions of facts, of which most reports show a few.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeAlias, overload

from osmm_scan.model import Evidence

Entry: TypeAlias = dict[str, Any]  # JSON leaves osmm-scan here


class Records(Sequence[Entry]):
    """Evidence once each, by subject, key and id; `show` makes the entry of one piece."""

    def __init__(
        self,
        everything: Iterable[Evidence],
        show: Callable[[Evidence], Entry],
        subject: Callable[[str], str] = str,
    ) -> None:
        self._known = _once(everything)
        self._show = show
        # One key after the other, for millions of tuples would take more than the evidence.
        order = sorted(self._known, key=attrgetter("key"))
        order.sort(key=lambda one: subject(one.subject))
        self._order = order

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> list[Entry]: ...
    def __getitem__(self, place: int | slice) -> Entry | list[Entry]:
        if isinstance(place, slice):
            return [self._show(one) for one in self._order[place]]
        return self._show(self._order[place])

    def __iter__(self) -> Iterator[Entry]:
        return map(self._show, self._order)

    def __len__(self) -> int:
        return len(self._order)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Records) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # what is compared by content is no key

    def changed(self, change: Callable[[Entry], Entry], subject: Callable[[str], str]) -> Records:
        """Return the records with every entry changed, and in the order of their new subjects."""

        def show(one: Evidence) -> Entry:
            return change(self._show(one))

        return Records(self._known, show, subject)

    def by_id(self) -> Mapping[str, Entry]:
        """Return the entries by their id, in the order of the records."""
        return _ById(self._order, self._known, self._show)


class _ById(Mapping[str, Entry]):
    """Entries by id, found by halving: a table of millions would take more than they do."""

    def __init__(
        self,
        order: Sequence[Evidence],
        known: Sequence[Evidence],
        show: Callable[[Evidence], Entry],
    ) -> None:
        self._order, self._known, self._show = order, known, show

    def __getitem__(self, identity: str) -> Entry:
        place = bisect_left(self._known, identity, key=attrgetter("id"))
        if place == len(self._known) or self._known[place].id != identity:
            raise KeyError(identity)
        return self._show(self._known[place])

    def __iter__(self) -> Iterator[str]:
        return (one.id for one in self._order)

    def __len__(self) -> int:
        return len(self._known)


def _once(everything: Iterable[Evidence]) -> list[Evidence]:
    """Return evidence by id, what is there more than once a single time."""
    ordered = sorted(everything, key=attrgetter("id"))
    return [next(same) for _, same in groupby(ordered, key=attrgetter("id"))]
