"""The people of an organisation and what they did elsewhere, as collectors are told of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What one person did in public in the window, outside of the organisation unless said.

    `targets` tells how many changes each repository took, `has_more` that not all are known.
    `waits` are the seconds from opening to merge of those changes that are known. `maintained` are
    repositories where the person merged what somebody else proposed, with their stars; there may
    be others.
    """

    anything: int
    merged: int
    closed: int
    merged_before: int
    reviews: int
    issues: int
    targets: Mapping[str, int] = field(default_factory=dict)
    waits: tuple[int, ...] = ()
    has_more: bool = False
    maintained: Mapping[str, int] = field(default_factory=dict)


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
