"""The people of an organisation and what they did elsewhere, as collectors are told of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What one person did in public in the window, outside of the organisation unless said.

    `targets` are the repositories that took a change, `has_more` tells that not all are known.
    `waits` are the seconds from opening to merge of those changes that are known.
    """

    anything: int
    merged: int
    closed: int
    merged_before: int
    reviews: int
    issues: int
    targets: frozenset[str] = frozenset()
    waits: tuple[int, ...] = ()
    has_more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliates:
    """Everybody who is known to belong to an organisation, by login.

    `are_all` tells that nobody can be missing, `by_roster` that the organisation declared them.
    `unread` are those whose work could not be looked up.
    """

    work: Mapping[str, Work]
    unread: int
    are_all: bool
    by_roster: bool
