"""What a configuration file may hold. Checked once when it is read, then trusted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from osmm_scan.engine.parts import Number, Part, Text

_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_DOMAIN = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}")


def _day(value: object) -> object:
    """Read `2026-06-30`, and the dates that TOML has of its own."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        pass
    raise ValueError("must be a day such as 2026-06-30")


def _role(value: str) -> str:
    if "@" in value or not value.strip():
        raise ValueError("must be a role such as 'Head of Open Source', never a person")
    return value


def _login(value: str) -> str:
    if not _LOGIN.fullmatch(value):
        raise ValueError(f"{value!r} is no login of GitHub")
    return value


def _domain(value: str) -> str:
    if not _DOMAIN.fullmatch(value):
        raise ValueError(f"{value!r} is no domain such as acme.example, in lower case")
    return value


Day: TypeAlias = Annotated[date, BeforeValidator(_day)]
Role: TypeAlias = Annotated[
    Text, AfterValidator(_role), Field(description="A role, never a person's name or address.")
]
Login: TypeAlias = Annotated[Text, AfterValidator(_login)]
Domain: TypeAlias = Annotated[Text, AfterValidator(_domain)]


class MemberEntry(Part):
    """A person of the organisation, from one day to another where it is known."""

    login: Login = Field(description="The GitHub login.")
    since: Day | None = None
    until: Day | None = None

    @model_validator(mode="after")
    def _ordered(self) -> MemberEntry:
        if self.since and self.until and self.until < self.since:
            raise ValueError("until is before since")
        return self


class EstateEntry(Part):
    """What belongs to the organisation beside the repositories that are scanned."""

    organisations: tuple[Login, ...] = Field((), description="GitHub organisations.")
    aliases: tuple[Text, ...] = Field((), description="Other names that it is known by.")
    domains: tuple[Domain, ...] = Field((), description="Domains of its e-mail addresses.")
    roster: tuple[MemberEntry, ...] = Field((), description="Its people, for what they contribute.")
    strategic: tuple[Text, ...] = Field((), description="Projects that it declares strategic.")


class ProfileEntry(Part):
    """A kind of organisation like another, with more items that do not apply to it."""

    based_on: Text = Field(description="The profile that it starts from.")
    means: Text = Field(description="What kind of organisation it describes.")
    not_applicable: Mapping[Text, Text] = Field(description="Items, each with the reason.")


class WaiverEntry(Part):
    """A decision not to count something, for a reason, until a day."""

    what: Text = Field(description="The id of an item, a signal or a readiness check.")
    scope: Text = Field(description="'*', or for a check a pattern of repository names.")
    reason: Text
    owner: Role
    expires: Day = Field(description="The last day on which it counts.")


class Configuration(Part):
    """The configuration of osmm-scan."""

    estate: EstateEntry = Field(EstateEntry(), description="What belongs to the organisation.")
    profile: Text | None = Field(None, description="The profile to judge by.")
    profiles: Mapping[Text, ProfileEntry] = Field({}, description="Profiles of your own.")
    waivers: tuple[WaiverEntry, ...] = Field((), description="What is not to count.")
    thresholds: Mapping[Text, Number] = Field({}, description="Stricter numbers of the model.")
