"""Say before a scan which signals a token cannot show, and which items that hides."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from osmm_scan.engine.rules import RulePack
from osmm_scan.signals.declarations import SignalDeclaration

# What a token of some standing lacks, as the declarations of signals name it, and what has it.
NEEDS: Mapping[str, str] = {
    "read-token": "any token",
    "private-content": "a token that may read the organisation's private repositories",
    "org-admin": "a token of an owner of the organisation",
}


# What no token shows; signals that wait for something else name it themselves.
_AWAITED: Mapping[str, str] = {
    "github": "data of GitHub that is not collected yet",
    "documents": "documents that no collector reads yet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The signals that stay unknown, in whole or in part, until there is what they need."""

    needs: str
    is_token: bool
    signals: tuple[str, ...]
    items: tuple[str, ...]
    # How many of the items belong to each level.
    levels: Mapping[int, int]


@dataclass(slots=True)
class _Group:
    signals: set[str] = field(default_factory=set)
    items: dict[str, int] = field(default_factory=dict)


def foresee(pack: RulePack, lacks: frozenset[str]) -> tuple[Outlook, ...]:
    """Return what stays unknown to a token that lacks some kinds of access, most items first.

    What no token shows, because the scan has no source for it, is said as well.
    """
    groups: dict[str, _Group] = defaultdict(_Group)
    for criterion in (*pack.criteria, *pack.facets):
        for name in criterion.signals:
            for needs in _needs(pack.signals[name], lacks):
                groups[needs].signals.add(pack.signals[name].name)
                groups[needs].items[criterion.id] = criterion.level
    found = (
        Outlook(
            needs=needs,
            is_token=needs in NEEDS.values(),
            signals=tuple(sorted(group.signals)),
            items=tuple(sorted(group.items)),
            levels=dict(sorted(Counter(group.items.values()).items())),
        )
        for needs, group in groups.items()
    )
    return tuple(sorted(found, key=lambda one: (not one.is_token, -len(one.items), one.needs)))


def _needs(signal: SignalDeclaration, lacks: frozenset[str]) -> Iterator[str]:
    if signal.is_measured:
        yield from (NEEDS[kind] for kind in NEEDS if kind in lacks and kind in signal.access)
    else:
        yield _AWAITED.get(signal.awaits, signal.awaits)
