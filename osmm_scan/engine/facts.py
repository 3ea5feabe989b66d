"""What became of facts from one scan to the next: appeared, vanished, changed, aged, hidden, seen.

A fact is the same fact as long as its subject, key and path are; that it was seen at another commit
or on another line changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from osmm_scan.model import Evidence, Value

# Numbers that grow although nobody does anything.
_AGE = "_days"


class Fate(StrEnum):
    """What became of a fact."""

    APPEARED = "appeared"
    VANISHED = "vanished"
    CHANGED = "changed"
    AGED = "aged"
    # It could be observed and no longer can, or the other way round.
    HIDDEN = "hidden"
    SEEN = "seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactChange:
    """One fact with another fate than to stay; `before` or `after` is None where it is not."""

    fate: Fate
    before: Evidence | None
    after: Evidence | None

    @property
    def fact(self) -> Evidence:
        """Return the fact as it was seen last."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - a change has at least one side
        return found


def changed_facts(before: Iterable[Evidence], after: Iterable[Evidence]) -> tuple[FactChange, ...]:
    """Return what is different, by subject and key."""
    old, new = _by_place(before), _by_place(after)
    changes = (_change(old.get(place), new.get(place)) for place in sorted(old.keys() | new.keys()))
    return tuple(change for change in changes if change is not None)


def _by_place(facts: Iterable[Evidence]) -> dict[tuple[str, str, str, int], Evidence]:
    found: dict[tuple[str, str, str, int], Evidence] = {}
    count: Counter[tuple[str, str, str]] = Counter()
    for fact in facts:
        # A fact of the whole repository may be found in another file next time.
        path = fact.source.path or "" if isinstance(fact.value, Mapping) else ""
        place = (fact.subject, fact.key, path)
        found[(*place, count[place])] = fact
        count[place] += 1
    return found


def _change(old: Evidence | None, new: Evidence | None) -> FactChange | None:
    if old is not None and new is not None:
        fate = _fate(old, new)
        return None if fate is None else FactChange(fate=fate, before=old, after=new)
    fate = Fate.APPEARED if old is None else Fate.VANISHED
    return FactChange(fate=fate, before=old, after=new)


def _fate(old: Evidence, new: Evidence) -> Fate | None:
    if old.missing is not None or new.missing is not None:
        if old.missing is not None and new.missing is not None:
            return None
        return Fate.SEEN if old.missing is not None else Fate.HIDDEN
    if old.value == new.value:
        return None
    return Fate.AGED if _is_older(old.key, old.value, new.value) else Fate.CHANGED


def _is_older(key: str, old: Value | None, new: Value | None) -> bool:
    if isinstance(old, Mapping) and isinstance(new, Mapping) and old.keys() == new.keys():
        parts = [(name, old[name], new[name]) for name in old if old[name] != new[name]]
        return all(_is_older(name, before, after) for name, before, after in parts)
    return (
        key.endswith(_AGE)
        and isinstance(old, int | float)
        and isinstance(new, int | float)
        and new > old
    )
