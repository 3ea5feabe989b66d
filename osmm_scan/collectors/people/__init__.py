"""Tell who is named to look after a project, and whether they still do.

Names and addresses stay here; evidence holds counts and the places where people are named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.people.insights import core_team
from osmm_scan.collectors.people.named import Named, people, teams
from osmm_scan.collectors.people.owners import code_owners, default_owner, listed_owners
from osmm_scan.collectors.people.rosters import rostered
from osmm_scan.collectors.studies import history
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing, Value

FACTS: Mapping[str, str] = {
    "maintainers.named": "at least two people or one team are named as maintainers or owners",
    "maintainers.active_share": (
        "share of the people named that committed, merged or reviewed within 180 days; those whom "
        "history does not show under their name, address or account are unknown"
    ),
    "maintainers.two_active": "at least two of the people named were active within 180 days",
    "owners.named": "CODEOWNERS has an owner for everything, or a maintainer is named",
}


@dataclass(frozen=True, slots=True)
class Roster:
    """All who are named, and why more may be."""

    named: tuple[Named, ...]
    hidden: Unobserved | None


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield whether people are named, and how many of them are active."""
    roster = observer.once(study)
    yield _named(observer, roster)
    yield _owned(observer, roster)
    yield from _activity(observer, roster)


def study(observer: Observer) -> Roster:
    """Return everybody whom the repository's files name; one that is unreadable hides no other."""
    found: list[Named] = []
    hidden: Unobserved | None = None
    for source in (_rosters, _owners, _code_owners, core_team):
        try:
            found.extend(source(observer))
        except Unobserved as reason:
            hidden = reason
    return Roster(tuple(found), hidden)


def _rosters(observer: Observer) -> Iterator[Named]:
    for named in rostered(observer.repository):
        yield from named


def _owners(observer: Observer) -> Iterator[Named]:
    yield from listed_owners(observer.repository)


def _code_owners(observer: Observer) -> Iterator[Named]:
    for rule in code_owners(observer.repository):
        yield from rule.owners


def _named(observer: Observer, roster: Roster) -> Evidence:
    enough = len(people(roster.named)) > 1 or bool(teams(roster.named))
    return _yes_unless_hidden(observer, "maintainers.named", roster, enough=enough)


def _owned(observer: Observer, roster: Roster) -> Evidence:
    try:
        rule = default_owner(code_owners(observer.repository))
    except Unobserved:
        rule = None
    if rule:
        return observer.fact("owners.named", True, rule.path, rule.line)
    return _yes_unless_hidden(observer, "owners.named", roster, enough=bool(roster.named))


def _yes_unless_hidden(observer: Observer, key: str, roster: Roster, *, enough: bool) -> Evidence:
    if roster.hidden and not enough:
        return observer.missing(key, roster.hidden)
    at = (roster.named[0].path, roster.named[0].line) if roster.named else (None, None)
    return observer.fact(key, enough, *at)


def _activity(observer: Observer, roster: Roster) -> Iterator[Evidence]:
    if not roster.named and not roster.hidden:
        yield observer.fact("maintainers.two_active", False)
        raise Unobserved(Missing.NOT_SUPPORTED, "nobody is named")
    past = observer.once(history.digest)
    persons = people(roster.named, past.people)
    active = sum(bool(marks & past.active) for marks in persons)
    seen = set(past.people.values())
    gone = sum(bool(marks & seen) for marks in persons) - active
    yield _two_active(observer, roster, active, len(persons) - gone)
    if roster.hidden:
        raise roster.hidden
    if not persons:
        raise Unobserved(Missing.NOT_COLLECTED, "only teams are named, and who is in them is not")
    low, high = active / len(persons), (len(persons) - gone) / len(persons)
    share: Value = round(low, 3)
    if low < high:
        share = {"low": round(low, 3), "high": round(high, 3)}
    first = roster.named[0]
    yield observer.fact("maintainers.active_share", share, first.path, first.line)


def _two_active(observer: Observer, roster: Roster, low: int, high: int) -> Evidence:
    key = "maintainers.two_active"
    is_open = high > 1 or bool(teams(roster.named)) or roster.hidden
    if low < 2 and is_open:
        why = f"{low} of those named are seen in history, others may go by other names"
        return observer.missing(key, roster.hidden or Unobserved(Missing.NOT_COLLECTED, why))
    return observer.fact(key, low > 1)
