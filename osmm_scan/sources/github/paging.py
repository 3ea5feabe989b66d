"""Ask for long lists page by page and for many nodes batch by batch, in halves where too heavy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.github.api import Answer

PAGE = 50
_MOST_PAGES = 2000


class TooHeavy(Exception):
    """The server could not compute an answer in time; a smaller question may do."""

    def __init__(self, reason: Unobserved) -> None:
        self.reason = reason
        super().__init__(str(reason))


# Asks with variables; `may_divide` says that a heavy question is asked again in parts.
Asking: TypeAlias = Callable[[Mapping[str, object], bool], Answer]


def by_pages(
    ask: Asking, connection: Sequence[str], variables: Mapping[str, object]
) -> Iterator[Answer]:
    """Yield pages until the list is complete; raises `Unobserved` when it cannot be."""
    seen = _Seen()
    yield from _pass(ask, connection, variables, seen)
    if seen.is_short:
        # The list moved while it was read: what slipped over a page's edge shows in a second pass.
        seen.begin_again()
        yield from _pass(ask, connection, variables, seen)
    if seen.is_short:
        why = f"{len(seen.ids)} of {seen.total} were listed; the list changed meanwhile"
        raise Unobserved(Missing.TRUNCATED, why)


def by_nodes(
    ask: Asking, ids: Sequence[str], variables: Mapping[str, object], batch: int
) -> Iterator[tuple[str, Answer | Unobserved]]:
    """Yield for every id its answer, or why there is none, in the order of the ids."""
    start, size = 0, batch
    while start < len(ids):
        wanted = list(ids[start : start + size])
        try:
            answer = ask({**variables, "ids": wanted}, len(wanted) > 1)
        except TooHeavy:
            size = max(len(wanted) // 2, 1)
            continue
        except Unobserved as reason:
            yield from ((one, reason) for one in wanted)
        else:
            yield from ((one, _node(answer, place)) for place, one in enumerate(wanted))
        start += len(wanted)
        # One heavy node is no reason to ask for all that follow one by one.
        size = min(size * 2, batch)


def _pass(
    ask: Asking, connection: Sequence[str], variables: Mapping[str, object], seen: _Seen
) -> Iterator[Answer]:
    size = _size(variables)
    cursor: str | None = None
    cursors: set[str] = set()
    for _ in range(_MOST_PAGES):
        answer, size = _page(ask, {**variables, "cursor": cursor}, size)
        part = answer.within(*connection)
        yield seen.without_known(answer, connection)
        cursor = _next(part)
        if cursor is None:
            return
        if cursor in cursors:
            raise Unobserved(Missing.TRUNCATED, "the server's list turns in a circle")
        cursors.add(cursor)
    raise Unobserved(Missing.TRUNCATED, f"the list is longer than {_MOST_PAGES} pages")


def _page(ask: Asking, variables: Mapping[str, object], size: int) -> tuple[Answer, int]:
    """Return a page and the size at which the server could compute it."""
    while True:
        try:
            return ask({**variables, "n": size}, size > 1), size
        except TooHeavy:
            size = max(size // 2, 1)


def _node(answer: Answer, position: int) -> Answer | Unobserved:
    try:
        if answer.at("nodes", position) is None:
            return Unobserved(Missing.NO_ACCESS, "gone, or hidden from this token")
        return answer.within("nodes", position)
    except Unobserved as reason:
        return reason


class _Seen:
    """What a list has shown so far: distinct entries, and how many there should be."""

    def __init__(self) -> None:
        self.ids: set[object] = set()
        self.total = 0
        self._position = 0

    @property
    def is_short(self) -> bool:
        return len(self.ids) < self.total

    def begin_again(self) -> None:
        self._position = 0

    def without_known(self, answer: Answer, connection: Sequence[str]) -> Answer:
        """Return the answer with only those entries that did not come before."""
        part = answer.within(*connection).data
        total = part.get("totalCount")
        self.total = total if isinstance(total, int) else 0
        for name in ("nodes", "edges"):
            if isinstance(part.get(name), list):
                kept = [place for place, one in enumerate(part[name]) if self._is_new(one)]
                answer = _only(answer, (*connection, name), kept)
        return answer

    def _is_new(self, entry: Any) -> bool:
        self._position += 1
        inner = entry.get("node", entry) if isinstance(entry, Mapping) else None
        # What has no id, or was refused, can only be told apart by where it stands.
        key = inner.get("id", self._position) if isinstance(inner, Mapping) else self._position
        is_new = key not in self.ids
        self.ids.add(key)
        return is_new


def _only(answer: Answer, place: tuple[str, ...], kept: list[int]) -> Answer:
    """Return an answer with only some entries of a list, and the refusals that concern them."""
    entries = answer.at(*place)
    if len(kept) == len(entries):
        return answer
    depth = len(place)
    moved: Mapping[str | int, int] = {old: new for new, old in enumerate(kept)}
    refusals = []
    for one in answer.refusals:
        if one.place[:depth] != place or len(one.place) == depth:
            refusals.append(one)
        elif one.place[depth] in moved:
            rest = (moved[one.place[depth]], *one.place[depth + 1 :])
            refusals.append(replace(one, place=(*place, *rest)))
    data = _replaced(answer.data, place, [entries[old] for old in kept])
    return Answer(data, tuple(refusals))


def _replaced(data: Mapping[str, Any], place: Sequence[str], value: object) -> Mapping[str, Any]:
    first, *rest = place
    return {**data, first: _replaced(data[first], rest, value) if rest else value}


def _next(part: Answer) -> str | None:
    if part.at("pageInfo", "hasNextPage") is not True:
        return None
    cursor = part.at("pageInfo", "endCursor")
    if not isinstance(cursor, str) or not cursor:
        raise Unobserved(Missing.FAULT, "unexpected answer of the server: no cursor")
    return cursor


def _size(variables: Mapping[str, object]) -> int:
    size = variables.get("n", PAGE)
    return size if isinstance(size, int) else PAGE
