"""What an organisation says about itself in its configuration; nothing here reads a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of the organisation by GitHub login, from one day to another where it is known."""

    login: str
    since: date | None = None
    until: date | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The configuration of a scan. `profile` is None when none is chosen."""

    estate: Estate = field(default_factory=Estate)
    profile: str | None = None
    waivers: tuple[Waiver, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict)
