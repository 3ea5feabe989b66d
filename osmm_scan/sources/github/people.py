"""Find the people of organisations, and what they did in public elsewhere."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from osmm_scan.errors import Unobserved
from osmm_scan.settings import Member
from osmm_scan.sources.affiliates import Affiliates, Work
from osmm_scan.sources.github.api import Answer, Api
from osmm_scan.sources.github.inventory import Profile
from osmm_scan.sources.github.reading import expected, moment

# As many searches as `Counts` and `MergedChanges` have room for.
COUNTS, MERGED = 20, 10
_NODES = 30
_YEAR = timedelta(days=365)
_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}")
# No search of GitHub finds anything under these conditions; it fills what is left of a batch.
_NOTHING = "is:issue is:open author:ghost created:<2000-01-01"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days that count, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first.isoformat()}..{self.last.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Whose people to look for: of organisations and a roster; `others` are theirs as well."""

    organisations: Sequence[Profile]
    roster: Sequence[Member] = ()
    others: Sequence[str] = ()

    @property
    def owners(self) -> list[str]:
        """Return every login whose repositories are no outside repositories, sorted."""
        logins = {one.login.lower() for one in self.organisations}
        return sorted(logins | {one.lower() for one in self.others if _LOGIN.fullmatch(one)})


def affiliates(api: Api, people: People, *, as_of: date, days: int) -> Affiliates:
    """Return the members of organisations and the people of a roster, with their work."""
    span = Span(first=as_of - timedelta(days=days), last=as_of)
    declared = {member.login.lower() for member in people.roster if _is_there(member, span)}
    members, are_all = _members(api, people.organisations)
    logins = sorted(login for login in declared | members if _LOGIN.fullmatch(login))
    work, unread = _work(api, logins, people.owners, span)
    return Affiliates(
        work=work, unread=unread, are_all=are_all or bool(declared), by_roster=bool(declared)
    )


def _members(api: Api, profiles: Iterable[Profile]) -> tuple[set[str], bool]:
    """Return the logins that may be seen, and whether these are all."""
    logins: set[str] = set()
    are_all = True
    for one in profiles:
        are_all = are_all and one.is_ours
        try:
            for answer in api.pages("Members", _MEMBERS, org=one.login, n=100):
                nodes = answer.at(*_MEMBERS, "nodes")
                with expected("members"):
                    logins |= {str(node["login"]).lower() for node in nodes if node}
        except Unobserved as reason:
            _log.info("%s: not all members could be listed: %s", one.login, reason.why)
            are_all = False
    return logins, are_all


_MEMBERS = ("organization", "membersWithRole")


def _work(
    api: Api, people: Sequence[str], owners: Sequence[str], span: Span
) -> tuple[Mapping[str, Work], int]:
    elsewhere = " ".join(["is:public", *(f"-org:{owner}" for owner in owners)])
    before = Span(first=span.first - _YEAR, last=span.first - timedelta(days=1))
    changes = f"is:pr {elsewhere}"
    kinds = {
        "anything": f"is:public author:@ created:{span}",
        "closed": f"{changes} -user:@ author:@ is:closed closed:{span}",
        "merged_before": f"{changes} -user:@ author:@ is:merged merged:{before}",
        "reviews": f"{changes} -user:@ -author:@ reviewed-by:@ updated:{span}",
        "issues": f"is:issue {elsewhere} -user:@ author:@ created:{span}",
    }
    questions = [(one, name) for one in people for name in kinds]
    texts = [kinds[name].replace("@", one) for one, name in questions]
    counts = dict(zip(questions, _search(api, "Counts", texts, COUNTS), strict=True))
    merged = f"{changes} -user:@ author:@ is:merged merged:{span}"
    texts = [merged.replace("@", one) for one in people]
    found = dict(zip(people, _search(api, "MergedChanges", texts, MERGED), strict=True))
    work: dict[str, Work] = {}
    for one in people:
        try:
            numbers = {name: _count(counts[one, name]) for name in kinds}
            work[one] = _person(found[one], numbers)
        except Unobserved as reason:
            _log.debug("a person's work could not be looked up: %s", reason.why)
    return work, len(people) - len(work)


def _search(api: Api, operation: str, texts: Sequence[str], room: int) -> list[Answer | Unobserved]:
    """Return what each search found, or why it could not be told."""
    found: list[Answer | Unobserved] = []
    for start in range(0, len(texts), room):
        batch = texts[start : start + room]
        padded = [*batch, *[_NOTHING] * (room - len(batch))]
        try:
            answer = api.ask(operation, **{f"q{place}": text for place, text in enumerate(padded)})
        except Unobserved as reason:
            found += [reason] * len(batch)
            continue
        found += [_within(answer, f"a{place}") for place in range(len(batch))]
    return found


def _within(answer: Answer, alias: str) -> Answer | Unobserved:
    try:
        return answer.within(alias)
    except Unobserved as reason:
        return reason


def _count(found: Answer | Unobserved) -> int:
    if isinstance(found, Unobserved):
        raise found
    number = found.at("issueCount")
    with expected("a number of results"):
        return int(number)


def _person(found: Answer | Unobserved, numbers: Mapping[str, int]) -> Work:
    if isinstance(found, Unobserved):
        raise found
    total = _count(found)
    nodes: list[Mapping[str, Any]] = found.at("nodes")
    with expected("merged changes"):
        changes = [node for node in nodes if node]
        waits = (moment(node["mergedAt"]) - moment(node["createdAt"]) for node in changes)
        return Work(
            **numbers,
            merged=total,
            targets=frozenset(str(node["repository"]["nameWithOwner"]) for node in changes),
            waits=tuple(sorted(waits)),
            has_more=total > len(changes),
        )


def _is_there(member: Member, span: Span) -> bool:
    """Tell whether somebody belonged to the organisation on any of the days."""
    begins = member.since is None or member.since <= span.last
    return begins and (member.until is None or member.until >= span.first)
