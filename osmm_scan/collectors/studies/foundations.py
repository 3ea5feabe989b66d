"""What landscape files and its people's work tell of an organisation's part in foundations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing, Value
from osmm_scan.sources.affiliates import Affiliates, Work
from osmm_scan.sources.landscapes import Membership

FOUNDATION_FACTS: Mapping[str, str] = {
    "foundations.memberships": "foundations that list the organisation as a member",
    "foundations.highest_tier": "its highest tier there: 4 platinum, 3 gold, 2 silver, 1 another",
    "foundations.years": "years since the first of them took it in, as they say",
    "foundations.examined": "foundations, of those that list it, whose projects were looked at",
    "foundations.active_share": "share of them whose projects took changes of its people",
    "foundations.participation": (
        "mean of that share and of two more that are not looked at: people who take part, and "
        "working groups"
    ),
    "foundations.maintainers": "people who merged what others proposed in projects of foundations",
    "foundations.given": "projects of foundations to which an old address of its own leads",
    "foundations.given_active": "those of them that took changes of its people in the window",
}

_MEMBERSHIP = ("foundations.memberships", "foundations.highest_tier", "foundations.years")
_ACTIVITY = ("foundations.examined", "foundations.active_share", "foundations.participation")
_MAINTAINERS = "foundations.maintainers"
# What GitHub has to be asked for besides.
GIVEN = ("foundations.given", "foundations.given_active")
_PARTS = 3

Answers: TypeAlias = "Mapping[str, Value | Unobserved]"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where landscapes list an organisation, or why not, and the projects of every foundation.

    A project is `owner/name` in lower case, or `owner` where all of it belongs to the foundation.
    `given` are those that began at the organisation.
    """

    memberships: tuple[Membership, ...] | Unobserved
    hosted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    given: frozenset[str] | Unobserved = frozenset()

    @property
    def projects(self) -> frozenset[str]:
        """Return the projects of all foundations."""
        return frozenset[str]().union(*self.hosted.values())


def participation(standing: Standing, known: Affiliates | Unobserved, as_of: date) -> Answers:
    """Return every fact about foundations.

    All of them are lower limits: what was not given may list more, and not all work is looked at.
    """
    return {
        **_membership(standing.memberships, as_of),
        **_activity(standing, known),
        **_of_projects(standing, known),
    }


def _membership(listed: Sequence[Membership] | Unobserved, as_of: date) -> Answers:
    if isinstance(listed, Unobserved):
        return dict.fromkeys(_MEMBERSHIP, listed)
    days = [(as_of - one.joined).days for one in listed if one.joined and one.joined <= as_of]
    unsaid = Unobserved(Missing.NOT_COLLECTED, "no landscape file says since when")
    answers: tuple[Value | Unobserved, ...] = (
        {"low": len(_foundations(listed))},
        {"low": max((one.tier for one in listed), default=0)},
        {"low": round(max(days) / 365.25, 1)} if days else unsaid,
    )
    return dict(zip(_MEMBERSHIP, answers, strict=True))


def _activity(standing: Standing, known: Affiliates | Unobserved) -> Answers:
    listed = standing.memberships
    if isinstance(listed, Unobserved):
        return dict.fromkeys(_ACTIVITY, listed)
    if isinstance(known, Unobserved):
        return dict.fromkeys(_ACTIVITY, known)
    projects = [standing.hosted.get(one) for one in _foundations(listed)]
    examined = [one for one in projects if one]
    if not examined:
        why = "no landscape file lists both a membership and projects of that foundation"
        return dict.fromkeys(_ACTIVITY, Unobserved(Missing.NOT_COLLECTED, why))
    places = {one for work in known.work.values() for one in _places(work)}
    share = round(sum(not places.isdisjoint(one) for one in examined) / len(examined), 3)
    limits: tuple[Value, ...] = (
        len(examined),
        {"low": share, "high": 1.0},
        {"low": round(share / _PARTS, 3), "high": 1.0},
    )
    return dict(zip(_ACTIVITY, limits, strict=True))


def _of_projects(standing: Standing, known: Affiliates | Unobserved) -> Answers:
    projects = standing.projects
    if not projects:
        why = "no landscape file that lists projects was given with --landscape"
        return dict.fromkeys((_MAINTAINERS, *GIVEN), Unobserved(Missing.NOT_COLLECTED, why))
    answers = (_maintainers(projects, known), *_given(standing.given, known))
    return dict(zip((_MAINTAINERS, *GIVEN), answers, strict=True))


def _maintainers(projects: frozenset[str], known: Affiliates | Unobserved) -> Value | Unobserved:
    if isinstance(known, Unobserved):
        return known
    everybody = known.work.values()
    return {"low": sum(not projects.isdisjoint(_with_owners(one.maintained)) for one in everybody)}


def _given(
    given: frozenset[str] | Unobserved, known: Affiliates | Unobserved
) -> tuple[Value | Unobserved, Value | Unobserved]:
    """Return how many projects were given away, and in how many its people still work."""
    if isinstance(given, Unobserved):
        return given, given
    if isinstance(known, Unobserved):
        return {"low": len(given)}, known
    places = {one for work in known.work.values() for one in _places(work)}
    return {"low": len(given)}, {"low": len(given & places)}


def _foundations(listed: Sequence[Membership]) -> list[str]:
    return sorted({one.foundation for one in listed})


def _places(work: Work) -> set[str]:
    return _with_owners({**work.targets, **work.maintained})


def _with_owners(slugs: Mapping[str, int]) -> set[str]:
    lower = {slug.lower() for slug in slugs}
    return lower | {slug.partition("/")[0] for slug in lower}
