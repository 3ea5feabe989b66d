"""Find the people of organisations, and what they did in public elsewhere."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.settings import Member
from osmm_scan.sources.affiliates import Affiliates, Work
from osmm_scan.sources.github.api import Answer, Api
from osmm_scan.sources.github.inventory import Profile
from osmm_scan.sources.github.reading import expected, moment

# As many searches as an operation has room for.
SEARCHES = 20
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
    declared = {
        member.login.lower() for member in people.roster if member.is_there(span.first, span.last)
    }
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
    merged = f"{changes} -user:@ is:merged merged:{span}"
    lists = {"own": f"{merged} author:@", "others'": f"{merged} -author:@ reviewed-by:@"}
    counts = _ask(api, "Counts", people, kinds)
    found = _ask(api, "MergedChanges", people, lists)
    work: dict[str, Work] = {}
    colleagues = frozenset(people)
    for one in people:
        try:
            numbers = {name: _count(counts[one, name]) for name in kinds}
            merges = _merges(found[one, "others'"], one)
            # A colleague's own repository is no project of others.
            outside = {slug: merges[slug] for slug in merges if _owner(slug) not in colleagues}
            work[one] = _person(found[one, "own"], numbers, outside)
        except Unobserved as reason:
            _log.debug("a person's work could not be looked up: %s", reason.why)
    return work, len(people) - len(work)


def _ask(
    api: Api, operation: str, people: Sequence[str], kinds: Mapping[str, str]
) -> Mapping[tuple[str, str], Answer | Unobserved]:
    """Return what each kind of search found of each person."""
    questions = [(one, name) for one in people for name in kinds]
    texts = [kinds[name].replace("@", one) for one, name in questions]
    return dict(zip(questions, _search(api, operation, texts), strict=True))


def _search(api: Api, operation: str, texts: Sequence[str]) -> list[Answer | Unobserved]:
    """Return what each search found, or why it could not be told."""
    found: list[Answer | Unobserved] = []
    for start in range(0, len(texts), SEARCHES):
        found += _batch(api, operation, texts[start : start + SEARCHES])
    return found


def _batch(api: Api, operation: str, texts: Sequence[str]) -> list[Answer | Unobserved]:
    """Return what at most as many searches found as there is room for; halves where too heavy."""
    padded = [*texts, *[_NOTHING] * (SEARCHES - len(texts))]
    try:
        answer = api.ask(operation, **{f"q{place}": text for place, text in enumerate(padded)})
    except Unobserved as reason:
        if reason.missing is not Missing.TRUNCATED or len(texts) == 1:
            return [reason] * len(texts)
        half = len(texts) // 2
        parts = (texts[:half], texts[half:])
        return [one for part in parts for one in _batch(api, operation, part)]
    return [_within(answer, f"a{place}") for place in range(len(texts))]


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


def _person(
    found: Answer | Unobserved, numbers: Mapping[str, int], maintained: Mapping[str, int]
) -> Work:
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
            targets=Counter(str(node["repository"]["nameWithOwner"]) for node in changes),
            waits=tuple(sorted(waits)),
            has_more=total > len(changes),
            maintained=maintained,
        )


def _merges(found: Answer | Unobserved, login: str) -> Mapping[str, int]:
    """Return the repositories of which a person merged such a change, with their stars.

    What cannot be told is left out: the number of such repositories is a lower limit anyway.
    """
    try:
        nodes = [] if isinstance(found, Unobserved) else found.at("nodes")
        with expected("merged changes"):
            return {
                str(node["repository"]["nameWithOwner"]): int(node["repository"]["stargazerCount"])
                for node in nodes
                if node and _is_by(login, node["mergedBy"])
            }
    except Unobserved:
        return {}


def _is_by(login: str, account: Mapping[str, Any] | None) -> bool:
    return account is not None and str(account["login"]).lower() == login


def _owner(slug: str) -> str:
    return slug.partition("/")[0].lower()
