"""Digest a repository's history in one pass: counts, and who took part, without bots.

Memory grows with the number of people, not of commits. Times are those at which commits landed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies import commit_messages as messages
from osmm_scan.collectors.studies.bots import is_bot
from osmm_scan.collectors.studies.domains import organisation
from osmm_scan.collectors.studies.identities import marks, same_people
from osmm_scan.collectors.studies.update_bots import is_update
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.repository import Commit, Person

DAY = 86_400
MINIMUM = 20
RECENT_DAYS = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """A person with commits in the window; `identity` is a hash, `organisation` a domain.

    `addresses` tells how many of them each address made; none of these is to leave.
    """

    identity: str
    commits: int
    is_new: bool
    organisation: str | None
    addresses: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What history shows; the counts are of the window and, but for `merges`, without merges.

    `human` and what follows up to `releases` are commits of people: signed off, with a signature,
    reviewable in public, with nothing but a version as subject; `merges` are merged pull requests.
    `synced` were copied in from a place that outsiders do not see; `sync_outside` of them began as
    public pull requests. `people` leads from the marks (of `identities`) of everybody ever seen to
    who it is; `active` are those who committed, merged or reviewed within 180 days.
    `latest_update` is when the newest update of dependencies by a bot landed within the window.
    """

    human: int
    signed_off: int
    signed: int
    reviewable: int
    merges: int
    releases: int
    synced: int
    sync_outside: int
    bots: int
    future: int
    undated: int
    first: int | None
    latest_human: int | None
    latest_update: int | None
    contributors: tuple[Contributor, ...]
    people: Mapping[str, str]
    active: frozenset[str]

    def require_sample(self) -> None:
        """Raise `Unobserved` when there are too few human commits to judge a practice by."""
        if self.human < MINIMUM:
            raise Unobserved(
                Missing.NOT_SUPPORTED,
                f"only {self.human} human commits in the window; {MINIMUM} are needed",
            )


def digest(observer: Observer) -> History:
    """Return what the whole history of HEAD shows, as of the observer's date."""
    tally = _Tally(observer.since, observer.until)
    for commit in observer.repository.commits():
        tally.add(commit)
    counts = tally.counts
    groups = _groups(tally.traces)
    return History(
        human=counts["human"],
        signed_off=counts["signed_off"],
        signed=counts["signed"],
        reviewable=counts["reviewable"],
        merges=counts["merges"],
        releases=counts["releases"],
        synced=counts["synced"],
        sync_outside=counts["sync_outside"],
        bots=counts["bots"],
        future=counts["future"],
        undated=counts["undated"],
        first=tally.first,
        latest_human=tally.latest_human,
        latest_update=tally.latest_update,
        contributors=_contributors(tally, groups),
        people={
            mark: identity
            for identity, members in groups.items()
            for person in members
            for mark in marks(person)
        },
        active=_active(tally, groups),
    )


@dataclass(slots=True)
class _Trace:
    """What one name with one address did: commits in the window, first and last time."""

    first: int
    last: int
    commits: int = 0


@dataclass(slots=True)
class _Tally:
    since: int
    until: int
    counts: Counter[str] = field(default_factory=Counter)
    traces: dict[Person, _Trace] = field(default_factory=dict)
    first: int | None = None
    latest_human: int | None = None
    latest_update: int | None = None
    _robots: dict[Person, bool] = field(default_factory=dict)

    def add(self, commit: Commit) -> None:
        """Count one commit; what is dated after the reference date is no activity."""
        time = commit.committed
        if time is None:
            self.counts["undated"] += 1
        elif time > self.until:
            self.counts["future"] += 1
        else:
            self.first = time if self.first is None else min(self.first, time)
            self._add_people(commit, time)
            if time > max(self.latest_update or 0, self.since) and is_update(commit):
                self.latest_update = time
            if time > self.since:
                self._count(commit)

    def _add_people(self, commit: Commit, time: int) -> None:
        if not self._is_robot(commit.author):
            self.latest_human = max(time, self.latest_human or time)
        for person in self._makers(commit):
            trace = self._see(person, time)
            trace.commits += time > self.since and commit.parents < 2
        if time > self.until - RECENT_DAYS * DAY:
            for person in self._assistants(commit):
                self._see(person, time)

    def _count(self, commit: Commit) -> None:
        counts, message = self.counts, commit.message
        is_human = not self._is_robot(commit.author)
        if commit.parents > 1:
            counts["merges"] += self._is_merged_request(message)
            return
        is_synced = messages.is_synced(message)
        counts["synced"] += is_synced
        counts["sync_outside"] += is_synced and messages.is_outside_change(message)
        counts["bots"] += not is_human
        counts["human"] += is_human
        counts["reviewable"] += is_human and messages.is_reviewable(message)
        counts["releases"] += is_human and messages.is_release(message)
        counts["signed"] += is_human and commit.signed
        counts["signed_off"] += is_human and messages.is_signed_off(commit)

    def _is_merged_request(self, message: str) -> bool:
        account = messages.merged_account(message)
        return account is not None and not self._is_robot(_holder(account))

    def _makers(self, commit: Commit) -> list[Person]:
        """Return a human author, then those whom squashing hides: human co-authors."""
        if self._is_robot(commit.author):
            return []
        makers = [commit.author]
        if named := messages.co_authors(commit.message):
            credited = set(marks(commit.author))
            for person in named:
                if not self._is_robot(person) and credited.isdisjoint(marks(person)):
                    makers.append(person)
                credited.update(marks(person))
        return makers

    def _assistants(self, commit: Commit) -> Iterator[Person]:
        """Yield who merged, reviewed or signed off: that is activity, too."""
        account = messages.merged_account(commit.message)
        if account:
            yield _holder(account)
        for person in (commit.committer, *(who for _, who in messages.trailers(commit.message))):
            if not self._is_robot(person):
                yield person

    def _see(self, person: Person, time: int) -> _Trace:
        trace = self.traces.get(person)
        if trace is None:
            trace = self.traces[person] = _Trace(time, time)
        elif time < trace.first:
            trace.first = time
        elif time > trace.last:
            trace.last = time
        return trace

    def _is_robot(self, person: Person) -> bool:
        known = self._robots.get(person)
        if known is None:
            known = self._robots[person] = is_bot(person)
        return known


def _holder(account: str) -> Person:
    return Person("", f"{account}@users.noreply.github.com")


def _groups(people: Iterable[Person]) -> dict[str, list[Person]]:
    groups: dict[str, list[Person]] = defaultdict(list)
    for person, identity in same_people(people).items():
        groups[identity].append(person)
    return groups


def _contributors(tally: _Tally, groups: dict[str, list[Person]]) -> tuple[Contributor, ...]:
    found = [_contributor(identity, tally, people) for identity, people in groups.items()]
    return tuple(
        sorted((one for one in found if one.commits), key=lambda one: (-one.commits, one.identity))
    )


def _contributor(identity: str, tally: _Tally, people: list[Person]) -> Contributor:
    commits: Counter[str] = Counter()
    addresses: Counter[str] = Counter()
    for person in people:
        commits[organisation(person) or ""] += tally.traces[person].commits
        addresses[person.email.strip().lower()] += tally.traces[person].commits
    known = sorted((-count, name) for name, count in commits.items() if name and count)
    return Contributor(
        identity=identity,
        commits=sum(commits.values()),
        is_new=min(tally.traces[person].first for person in people) > tally.since,
        organisation=known[0][1] if known else None,
        addresses=tuple(sorted(addresses.items())),
    )


def _active(tally: _Tally, groups: dict[str, list[Person]]) -> frozenset[str]:
    recent = tally.until - RECENT_DAYS * DAY
    return frozenset(
        identity
        for identity, people in groups.items()
        if any(tally.traces[person].last > recent for person in people)
    )
