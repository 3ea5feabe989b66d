"""What an organisation says about itself in its configuration; nothing here reads a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of the organisation by GitHub login, from one day to another where it is known."""

    login: str
    since: date | None = None
    until: date | None = None

    def is_there(self, first: date, last: date) -> bool:
        """Tell whether somebody belonged to the organisation on any of the days."""
        begins = self.since is None or self.since <= last
        return begins and (self.until is None or self.until >= first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """What belongs to the organisation beside the repositories that are scanned.

    `organisations` are GitHub logins, `aliases` other names that it is known by, `domains` those
    of its e-mail addresses, `strategic` the names of projects that it declares strategic.
    """

    organisations: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    roster: tuple[Member, ...] = ()
    strategic: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A decision not to count an item, signal or check in a scope, for a reason, until a day.

    `scope` is `*` or a pattern of repository names; `owner` a role, never a person's name.
    """

    what: str
    scope: str
    reason: str
    owner: str
    expires: date


class ProofKind(StrEnum):
    """What an attestation points to."""

    FILE = "file"
    LINK = "link"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One piece of evidence for an attestation: a link, the id of a document, or a file.

    `value` is the address, the id, or the path of the file in `repository`.
    """

    kind: ProofKind
    value: str
    repository: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """What somebody states of an item. What they left open is None or empty.

    `accountable_role` and `second_person` are roles, never persons' names.
    """

    item: str
    grade: int
    statement: str = ""
    evidence: tuple[Proof, ...] = ()
    accountable_role: str | None = None
    second_person: str | None = None
    dated: date | None = None
    expires: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomProfile:
    """A kind of organisation like another one, with more items that do not apply, each with why."""

    based_on: str
    means: str
    not_applicable: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The configuration of a scan. `profile` is None when none is chosen."""

    estate: Estate = field(default_factory=Estate)
    profile: str | None = None
    profiles: Mapping[str, CustomProfile] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict)
