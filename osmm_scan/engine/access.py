"""Say what the scan could not see, what would show it, and which items that hides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from osmm_scan.engine.rules import RulePack
from osmm_scan.model import Bundle, Evidence, Missing, Signal
from osmm_scan.signals.declarations import SignalDeclaration
from osmm_scan.signals.measuring import used_facts
from osmm_scan.verdicts import Access, Criterion, Hidden

GITHUB = "a scan through GitHub's API, which shows settings, pull requests and people"
OTHERS = "a scan of the whole organisation"

# What a kind of nothing needs. What does not apply to a repository needs nothing.
_NEEDS: Mapping[Missing, str] = {
    Missing.NO_ACCESS: "a token with more rights",
    Missing.NOT_COLLECTED: GITHUB,
    Missing.TRUNCATED: "smaller files: some were too large to be read",
    Missing.FAULT: "an undamaged clone",
}

_AWAITED = {
    "github": GITHUB,
    "documents": "documents that no collector reads yet",
}


@dataclass(slots=True)
class _Gap:
    """What one remedy would show: signals by name, and the items that read them."""

    names: set[str] = field(default_factory=set)
    items: set[str] = field(default_factory=set)


def describe_access(pack: RulePack, bundle: Bundle, signals: Iterable[Signal]) -> Access:
    """Return everything that stayed hidden, by what would show it, most items first."""
    gaps: dict[str, _Gap] = defaultdict(_Gap)
    users = _users((*pack.criteria, *pack.facets))
    for identity, remedies in what_would_show(pack, bundle, signals).items():
        for needs in remedies:
            gaps[needs].names.add(pack.signals[identity].name)
            gaps[needs].items |= users[identity]
    hidden = [
        Hidden(what=_list(gap.names), needs=needs, hides=tuple(sorted(gap.items)))
        for needs, gap in gaps.items()
        if gap.items
    ]
    return Access(
        token=bundle.token,
        could_not_see=tuple(sorted(hidden, key=lambda one: (-len(one.hides), one.needs))),
    )


def what_would_show(
    pack: RulePack, bundle: Bundle, signals: Iterable[Signal]
) -> Mapping[str, tuple[str, ...]]:
    """Return for each signal what would show more of it, nothing where all was seen."""
    unread = _unread(bundle.evidence)
    is_alone = bundle.unseen > 0
    return {
        signal.id: tuple(
            dict.fromkeys(_needs(pack.signals[signal.id], signal, unread, is_alone=is_alone))
        )
        for signal in signals
    }


def _needs(
    declared: SignalDeclaration,
    signal: Signal,
    unread: Mapping[str, frozenset[Missing]],
    *,
    is_alone: bool,
) -> Iterator[str]:
    if signal.missing is not None:
        awaited = _AWAITED.get(declared.awaits, declared.awaits)
        yield GITHUB if declared.is_measured else awaited
        return
    if is_alone:
        yield OTHERS
    kinds = {kind for fact in used_facts(declared) for kind in unread.get(fact, ())}
    yield from sorted({_NEEDS[kind] for kind in kinds if kind in _NEEDS})


def _unread(evidence: Iterable[Evidence]) -> Mapping[str, frozenset[Missing]]:
    """Return for each fact why some repositories did not show it."""
    kinds: dict[str, set[Missing]] = defaultdict(set)
    for item in evidence:
        if item.missing is not None:
            kinds[item.key].add(item.missing)
    return {fact: frozenset(found) for fact, found in kinds.items()}


def _users(criteria: Iterable[Criterion]) -> Mapping[str, set[str]]:
    users: dict[str, set[str]] = defaultdict(set)
    for criterion in criteria:
        for signal in criterion.signals:
            users[signal].add(criterion.id)
    return users


def _list(names: Iterable[str], most: int = 3) -> str:
    first, *others = sorted(names)
    shown = [first, *map(_inside, others)]
    more = f" and {len(shown) - most} more" if len(shown) > most else ""
    return ", ".join(shown[:most]) + more


def _inside(name: str) -> str:
    """Return a name as it stands inside a sentence; abbreviations stay as they are."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
