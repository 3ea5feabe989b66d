"""Long lists cut to what a reader looks at, with the number of what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut(Generic[T]):
    """The first entries of a list of `total`, and how many `more` there are."""

    shown: tuple[T, ...]
    more: int
    total: int


def cut(entries: Sequence[T], limit: int) -> Cut[T]:
    """Return the first `limit` entries."""
    return Cut(shown=tuple(entries[:limit]), more=max(0, len(entries) - limit), total=len(entries))
