"""Measure from history how many people and organisations carry a project, as CHAOSS defines it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies import history
from osmm_scan.collectors.studies.history import Contributor, History
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing, Value

FACTS: Mapping[str, str] = {
    "contributors.count": "people with commits in the window, co-authors included",
    "contributors.absence_factor": "fewest people who made half of the commits in the window",
    "contributors.single": "one person made half of the commits in the window",
    "contributors.new_share": "share of the contributors whose first commit is in the window",
    "contributors.outside": "somebody with an address outside the owner made a commit",
    "diversity.organisations": (
        "organisations among the contributors, by address domain; freemail and noreply are unknown"
    ),
    "diversity.outside_share": "share of the commits by people with an address outside the owner",
    "diversity.outside_organisations": (
        "address domains outside the owner that two or more contributors share: a single person's "
        "may be their own"
    ),
    "diversity.elephant_factor": "fewest organisations whose people made half of the commits",
}

# What owners add to their name on a forge: `acme-labs` at acme.com.
_SUFFIX = re.compile(r"-?(?:corp|foundation|hq|inc|io|labs?|oss|opensource|org|project|team|tech)$")


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield counts of people, then of organisations."""
    past = observer.once(history.digest)
    people = past.contributors
    yield observer.fact("contributors.count", len(people))
    yield _outsiders(observer)
    yield _others(observer)
    past.require_sample()
    factor = smallest_half(one.commits for one in people)
    yield observer.fact("contributors.absence_factor", factor)
    yield observer.fact("contributors.single", factor == 1)
    yield _newcomers(observer, past)
    yield from _organisations(observer, people)


def smallest_half(parts: Iterable[int]) -> int:
    """Return how many of the largest parts make half of the whole."""
    ordered = sorted(parts, reverse=True)
    needed = sum(ordered) / 2
    for count, part in enumerate(ordered, 1):
        needed -= part
        if needed <= 0:
            return count
    return 0


def outside_share(observer: Observer) -> Value:
    """Return the share of commits by outsiders, within limits where addresses tell nothing.

    Raises `Unobserved` when no domain can be told to be the owner's.
    """
    people = observer.once(history.digest).contributors
    own = observer.once(_own_domains)
    total = sum(one.commits for one in people)
    inside = sum(one.commits for one in people if one.organisation in own)
    unknown = sum(one.commits for one in people if one.organisation is None)
    return _between((total - inside - unknown) / total, (total - inside) / total)


def _own_domains(observer: Observer) -> frozenset[str]:
    people = observer.once(history.digest).contributors
    known = {one.organisation for one in people if one.organisation}
    own = frozenset(domain for domain in known if _is_owners(observer, domain))
    if not own:
        why = "which address domains belong to the owner is not known"
        raise Unobserved(Missing.NOT_COLLECTED, why)
    return own


def _others(observer: Observer) -> Evidence:
    key = "diversity.outside_organisations"
    try:
        own = observer.once(_own_domains)
    except Unobserved as reason:
        return observer.missing(key, reason)
    people = observer.once(history.digest).contributors
    known = Counter(one.organisation for one in people if one.organisation)
    shared = {domain for domain, count in known.items() if count > 1}
    return observer.fact(key, tuple(sorted(shared - own)))


def _outsiders(observer: Observer) -> Evidence:
    key = "contributors.outside"
    try:
        share = outside_share(observer)
    except Unobserved as reason:
        return observer.missing(key, reason)
    if isinstance(share, Mapping) and not share["low"]:
        why = "those whose address may be outside the owner may be inside, too"
        return observer.missing(key, Unobserved(Missing.NOT_COLLECTED, why))
    return observer.fact(key, bool(share))


def _newcomers(observer: Observer, past: History) -> Evidence:
    key = "contributors.new_share"
    if past.first is None or past.first > observer.since:
        why = "the whole history lies within the window, so everybody is new"
        return observer.missing(key, Unobserved(Missing.NOT_SUPPORTED, why))
    share = sum(one.is_new for one in past.contributors) / len(past.contributors)
    return observer.fact(key, round(share, 3))


def _organisations(observer: Observer, people: tuple[Contributor, ...]) -> Iterator[Evidence]:
    """Those of unknown organisation may all be of the largest one, or each of one of their own."""
    known: Counter[str] = Counter()
    for one in people:
        known[one.organisation or ""] += one.commits
    hidden = known.pop("", 0)
    apart = [one.commits for one in people if one.organisation is None]
    most = max(known.values(), default=0)
    low = [*sorted(known.values())[:-1], most + hidden]
    yield observer.fact(
        "diversity.organisations", _between(max(len(known), 1), len(known) + len(apart))
    )
    yield observer.fact(
        "diversity.elephant_factor",
        _between(smallest_half(low), smallest_half([*known.values(), *apart])),
    )
    yield observer.fact("diversity.outside_share", outside_share(observer))


def _is_owners(observer: Observer, domain: str) -> bool:
    remote = observer.repository.remote
    if remote is None:
        return False
    owner = remote.owner.lower()
    label = domain.partition(".")[0]
    return label in {owner, owner.replace("-", ""), _SUFFIX.sub("", owner)}


def _between(low: float, high: float) -> Value:
    low, high = round(low, 3), round(high, 3)
    return low if low == high else {"low": low, "high": high}
