"""Say what the scan could not see, what would show it, and which items that hides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from osmm_scan.engine.rules import RulePack
from osmm_scan.model import Access, Criterion, Evidence, Hidden, Missing, Signal
from osmm_scan.signals.measuring import used_facts


def describe_access(
    pack: RulePack, token: str, signals: Iterable[Signal], evidence: Iterable[Evidence]
) -> Access:
    """Return everything that stayed hidden, grouped by what it needs, most items first."""
    hides: dict[tuple[str, str], set[str]] = defaultdict(set)
    users = _users((*pack.criteria, *pack.facets))
    unread = _unread(evidence)
    for signal in signals:
        declared = pack.signals[signal.id]
        if signal.missing is not None:
            hides[f"what waits for {declared.awaits}", declared.awaits] |= users[signal.id]
        for why in {unread[fact] for fact in used_facts(declared) if fact in unread}:
            hides[why[0], why[1]] |= users[signal.id]
    hidden = [
        Hidden(what=what, needs=needs, hides=tuple(sorted(items)))
        for (what, needs), items in hides.items()
        if items
    ]
    return Access(
        token=token,
        could_not_see=tuple(sorted(hidden, key=lambda one: (-len(one.hides), one.what))),
    )


_NEEDS: Mapping[Missing, str] = {
    Missing.NO_ACCESS: "a token with more rights",
    Missing.NOT_COLLECTED: "a scan that reads it",
    Missing.TRUNCATED: "a smaller file or a higher limit",
    Missing.FAULT: "an undamaged repository",
}


def _users(criteria: Iterable[Criterion]) -> Mapping[str, set[str]]:
    users: dict[str, set[str]] = defaultdict(set)
    for criterion in criteria:
        for signal in criterion.signals:
            users[signal].add(criterion.id)
    return users


def _unread(evidence: Iterable[Evidence]) -> Mapping[str, tuple[str, str]]:
    """Return for each fact that some repository hid what was hidden and what it needs."""
    return {
        item.key: (item.why, _NEEDS[item.missing])
        for item in evidence
        if item.missing is not None and item.missing in _NEEDS
    }
