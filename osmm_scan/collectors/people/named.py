"""What a file that names people yields: a person or a team, and where it is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from osmm_scan.collectors.studies.bots import is_bot
from osmm_scan.collectors.studies.identities import is_full_name, marks
from osmm_scan.sources.repository import Person

_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
# Addresses of functions and lists reach nobody in particular.
_SHARED = re.compile(
    r"(?:[\w.-]{0,40}[-_.])?(?:admin|contact|dev|discuss|hello|help|info|list|maintainers|oss"
    r"|owners|private|security|support|team|users)(?:[-_.][\w-]{0,40})?@.*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A person with the marks of `identities`, or a team, named at a line of a file."""

    marks: frozenset[str]
    is_team: bool
    path: str
    line: int


def person(
    path: str, line: int, *, name: str = "", address: str = "", account: str = ""
) -> Named | None:
    """Return a person by whatever is known; None for machines, lists and nobody."""
    who = Person(name, "" if _SHARED.fullmatch(address) else address)
    known = {mark for mark in marks(who) if not mark.startswith("name:")}
    if account:
        known.add(f"@{account.lower()}")
    if is_full_name(" ".join(name.split())):
        known.add(f"name:{' '.join(name.lower().split())}")
    if not known or is_bot(who) or is_bot(Person(account, "")):
        return None
    return Named(frozenset(known), False, path, line)


def owner(text: str, path: str, line: int) -> Named | None:
    """Return who is meant by `@account`, `@organisation/team` or an address."""
    if _ADDRESS.fullmatch(text):
        return person(path, line, address=text)
    if text.startswith("@") and text.count("/") == 1:
        return Named(frozenset({text.lower()}), True, path, line)
    if re.fullmatch(r"@[A-Za-z0-9][A-Za-z0-9_-]{0,38}", text):
        return person(path, line, account=text[1:])
    return None


def people(
    named: Iterable[Named], known: Mapping[str, str] | None = None
) -> tuple[frozenset[str], ...]:
    """Return the distinct persons, each with all marks; `known` joins marks of the same person."""
    groups: dict[str, set[str]] = {}
    for one in named:
        also = {known[mark] for mark in one.marks if mark in known} if known else set()
        if not one.is_team:
            _join(groups, one.marks | also)
    distinct = {id(group): group for group in groups.values()}
    return tuple(frozenset(group) for group in distinct.values())


def _join(groups: dict[str, set[str]], marks: frozenset[str]) -> None:
    """Put marks, and whatever shares one with them, into one group."""
    touched = {id(groups[mark]): groups[mark] for mark in marks if mark in groups}
    largest = max(touched.values(), key=len, default=set())
    for moved in (marks, *(group for group in touched.values() if group is not largest)):
        largest.update(moved)
        groups.update(dict.fromkeys(moved, largest))


def teams(named: Iterable[Named]) -> frozenset[str]:
    """Return the distinct teams."""
    return frozenset(mark for one in named if one.is_team for mark in one.marks)
