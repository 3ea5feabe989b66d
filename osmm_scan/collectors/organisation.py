"""Turn what an organisation shows as a whole into evidence: its people's work, what it pays for.

Aggregates only: nobody's name is in any of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from osmm_scan.collectors.studies.foundations import FOUNDATION_FACTS, Standing, participation
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing, Source, Value
from osmm_scan.sources.affiliates import Affiliates, Work

ORGANISATION_FACTS: Mapping[str, str] = {
    "affiliates.active": "people of the organisation who did anything in public in the window",
    "affiliates.declared": "the organisation declared its people in a roster",
    "affiliates.hidden": "people of the organisation whom this scan could not see",
    **FOUNDATION_FACTS,
    "sponsorships.active": "projects and people that the organisation sponsors",
    "upstream.merged": "changes of its people merged in repositories of others in the window",
    "upstream.targets": "repositories of others that took such changes",
    "upstream.per_person": "merged changes for each active person",
    "upstream.contributor_share": "share of the active people with such a change",
    "upstream.retained_share": "share of last year's contributors who still contribute",
    "upstream.accepted_share": "share of their closed pull requests elsewhere that were merged",
    "upstream.closed": "their pull requests elsewhere that were closed",
    "upstream.merge_days": "median days from opening to merge of their changes elsewhere",
    "upstream.noncode": "pull requests of others that they reviewed, and issues that they wrote",
    "upstream.reviewers": "people of the organisation who review changes elsewhere",
    "upstream.maintainers": "people who merged what others proposed in repositories of others",
    "upstream.maintained": "repositories of others, with 50 stars or more, where they did",
    "upstream.strategic": "projects of others that the organisation declares strategic",
    "upstream.strategic_share": (
        "share of them that took a change of its people in the window, or that they maintain"
    ),
    "upstream.dependency_share": (
        "share of changes of its people merged elsewhere that landed in direct dependencies of its "
        "repositories or in projects that it calls strategic"
    ),
    "upstream.strategic_derived": "that list was derived from its dependencies, not declared",
}

_DAY = 86_400
# A project with fewer stars counts only if something is known to depend on it.
_STARS = 50
_ANSWERS: Mapping[str, Callable[[Affiliates], Value | Unobserved]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """What was asked of an organisation as a whole; what could not be told says why.

    `depends_on` are repositories, as `owner/name` in lower case, of which its own use packages.
    """

    name: str
    url: str
    affiliates: Affiliates | Unobserved
    sponsorships: int | Unobserved
    standing: Standing
    strategic: tuple[str, ...] = ()
    depends_on: frozenset[str] = frozenset()


def collect_organisation(presence: Presence, as_of: date) -> tuple[Evidence, ...]:
    """Return every fact about the organisation as a whole, sorted by key."""
    answers = {
        "sponsorships.active": presence.sponsorships,
        **dict(_people(presence.affiliates)),
        **participation(presence.standing, presence.affiliates, as_of),
        **_strategic(presence),
        "upstream.dependency_share": _alignment(presence),
    }
    source = Source(url=presence.url)
    return tuple(
        _evidence(key, answers[key], presence.name, source, as_of)
        for key in sorted(ORGANISATION_FACTS)
    )


def _people(known: Affiliates | Unobserved) -> Iterator[tuple[str, Value | Unobserved]]:
    for key, answer in _ANSWERS.items():
        try:
            yield key, known if isinstance(known, Unobserved) else answer(known)
        except Unobserved as reason:
            yield key, reason


def _strategic(presence: Presence) -> Mapping[str, Value | Unobserved]:
    """Return how many strategic projects took a change: a project is `OWNER/NAME` or an owner.

    Not everybody who maintains a project shows here, so the share is a lower limit.
    """
    keys = ("upstream.strategic", "upstream.strategic_share", "upstream.strategic_derived")
    if isinstance(presence.affiliates, Unobserved):
        return dict.fromkeys(keys, presence.affiliates)
    if not presence.strategic:
        why = "no project is declared strategic in the configuration"
        return dict.fromkeys(keys, Unobserved(Missing.NOT_COLLECTED, why))
    everybody = presence.affiliates.work.values()
    projects = {one.lower() for work in everybody for one in (*work.targets, *work.maintained)}
    reached = projects | {one.partition("/")[0] for one in projects}
    wanted = {one.lower() for one in presence.strategic}
    share = round(len(wanted & reached) / len(wanted), 3)
    return dict(zip(keys, (len(wanted), {"low": share, "high": 1.0}, False), strict=True))


def _alignment(presence: Presence) -> Value | Unobserved:
    """Return which share of merged changes landed in dependencies, as a lower limit.

    Most packages do not tell their repository, and what they depend on in turn is not known.
    """
    known = presence.affiliates
    if isinstance(known, Unobserved):
        return known
    helped = presence.depends_on | {one.lower() for one in presence.strategic}
    hits = sum(
        count
        for work in known.work.values()
        for slug, count in work.targets.items()
        if not helped.isdisjoint({slug.lower(), slug.lower().partition("/")[0]})
    )
    share = _ratio(known, hits, _sum(known, lambda one: one.merged))
    return share if isinstance(share, Unobserved) else {"low": share, "high": 1.0}


def _evidence(  # noqa: PLR0917 - one place that fills in every field
    key: str, answer: Value | Unobserved, subject: str, source: Source, as_of: date
) -> Evidence:
    if isinstance(answer, Unobserved):
        return Evidence(
            key=key,
            subject=subject,
            missing=answer.missing,
            why=answer.why,
            source=source,
            observed_at=as_of,
        )
    return Evidence(key=key, subject=subject, value=answer, source=source, observed_at=as_of)


def _active(known: Affiliates) -> list[Work]:
    return [one for one in known.work.values() if one.anything or one.merged or one.reviews]


def _at_least(known: Affiliates, number: int, *, is_cut: bool = False) -> Value:
    """Return a number, as a lower limit where people or their work are out of sight."""
    is_exact = known.are_all and not known.unread and not is_cut
    return number if is_exact else {"low": number}


def _ratio(known: Affiliates, part: int, whole: int) -> Value | Unobserved:
    """Return a share among all people; one of a part of them would speak for nobody else."""
    if not known.are_all:
        why = "members who conceal it cannot be seen; declare a roster, or use a member's token"
        return Unobserved(Missing.NO_ACCESS, why)
    if known.unread:
        return Unobserved(Missing.FAULT, f"the work of {known.unread} people is not known")
    if not whole:
        return Unobserved(Missing.NOT_SUPPORTED, "there is nothing that it could be a share of")
    return round(part / whole, 3)


def _hidden(known: Affiliates) -> Value | Unobserved:
    if not known.are_all:
        why = "how many members conceal their membership is shown to members only"
        return Unobserved(Missing.NO_ACCESS, why)
    return known.unread


def _sum(known: Affiliates, count: Callable[[Work], int]) -> int:
    return sum(count(one) for one in known.work.values())


def _targets(known: Affiliates) -> Value:
    everything = frozenset[str]().union(*(one.targets for one in known.work.values()))
    is_cut = any(one.has_more for one in known.work.values())
    return _at_least(known, len(everything), is_cut=is_cut)


def _maintainers(known: Affiliates) -> Value:
    """Return a lower limit: who is listed as a maintainer but merged nothing does not show."""
    return {"low": sum(bool(one.maintained) for one in known.work.values())}


def _maintained(known: Affiliates) -> Value:
    everything = {
        slug
        for one in known.work.values()
        for slug, stars in one.maintained.items()
        if stars >= _STARS
    }
    return {"low": len(everything)}


def _contributor_share(known: Affiliates) -> Value | Unobserved:
    active = _active(known)
    return _ratio(known, sum(one.merged > 0 for one in active), len(active))


def _retained_share(known: Affiliates) -> Value | Unobserved:
    before = [one for one in known.work.values() if one.merged_before]
    return _ratio(known, sum(one.merged > 0 for one in before), len(before))


def _per_person(known: Affiliates) -> Value | Unobserved:
    return _ratio(known, _sum(known, lambda one: one.merged), len(_active(known)))


def _merge_days(known: Affiliates) -> Value | Unobserved:
    waits = sorted(wait for one in known.work.values() for wait in one.waits)
    if not waits:
        return Unobserved(Missing.NOT_SUPPORTED, "no change was merged elsewhere")
    if not known.are_all or known.unread or any(one.has_more for one in known.work.values()):
        return Unobserved(Missing.TRUNCATED, "only a part of the merged changes was looked at")
    half = len(waits) // 2
    return round((waits[(len(waits) - 1) // 2] + waits[half]) / 2 / _DAY, 2)


_ANSWERS = {
    "affiliates.active": lambda known: _at_least(known, len(_active(known))),
    "affiliates.declared": lambda known: known.by_roster,
    "affiliates.hidden": _hidden,
    "upstream.merged": lambda known: _at_least(known, _sum(known, lambda one: one.merged)),
    "upstream.targets": _targets,
    "upstream.per_person": _per_person,
    "upstream.contributor_share": _contributor_share,
    "upstream.retained_share": _retained_share,
    "upstream.accepted_share": lambda known: _ratio(
        known, _sum(known, lambda one: one.merged), _sum(known, lambda one: one.closed)
    ),
    "upstream.maintainers": _maintainers,
    "upstream.maintained": _maintained,
    "upstream.closed": lambda known: _at_least(known, _sum(known, lambda one: one.closed)),
    "upstream.merge_days": _merge_days,
    "upstream.noncode": lambda known: _at_least(
        known, _sum(known, lambda one: one.reviews + one.issues)
    ),
    "upstream.reviewers": lambda known: _at_least(known, _sum(known, lambda one: one.reviews > 0)),
}
