"""Count the commits of an organisation's people by how they can be told to be theirs.

Addresses stay inside; what leaves are sums.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies import history
from osmm_scan.collectors.studies.domains import registered
from osmm_scan.collectors.studies.history import Contributor
from osmm_scan.collectors.studies.identities import login
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing


@dataclass(frozen=True, slots=True)
class Staff:
    """Commits in the window: under an agreed identity, and others that staff may have made.

    An identity is agreed on when its address is of a declared domain, or names an account of the
    roster.
    """

    identified: int
    open: int


def staff(observer: Observer) -> Staff:
    """Return the commits of staff; raises `Unobserved` when no domain is declared."""
    declared = _declared(observer)
    people = observer.once(history.digest).contributors
    identified = sum(declared.agreed(person) for person in people)
    possible = sum(person.commits for person in people if declared.may_have(person))
    return Staff(identified, possible - identified)


@dataclass(frozen=True, slots=True)
class _Declared:
    """Who belongs to the organisation by its own words."""

    domains: frozenset[str]
    accounts: frozenset[str]

    def agreed(self, person: Contributor) -> int:
        """Return how many commits somebody made under an agreed identity."""
        return sum(count for address, count in person.addresses if self._is_agreed(address))

    def may_have(self, person: Contributor) -> bool:
        """Tell whether somebody may belong to the organisation.

        Others are those whom addresses place elsewhere, and accounts beside the roster.
        """
        if self.agreed(person):
            return True
        if person.organisation:
            return person.organisation in map(registered, self.domains)
        return not (self.accounts and any(login(address) for address, _ in person.addresses))

    def _is_agreed(self, address: str) -> bool:
        account, domain = login(address), address.rpartition("@")[2]
        return account in self.accounts if account else not self.domains.isdisjoint(_ends(domain))


def _declared(observer: Observer) -> _Declared:
    estate = observer.estate
    if not estate.domains:
        why = "the configuration names no domains of the organisation's addresses"
        raise Unobserved(Missing.NOT_COLLECTED, why)
    first = datetime.fromtimestamp(observer.since, UTC).date()
    accounts = {one.login.lower() for one in estate.roster if one.is_there(first, observer.as_of)}
    return _Declared(frozenset(map(str.lower, estate.domains)), frozenset(accounts))


def _ends(domain: str) -> Iterable[str]:
    """Yield a domain and all above it."""
    labels = domain.split(".")
    return (".".join(labels[place:]) for place in range(min(len(labels), 10)))
