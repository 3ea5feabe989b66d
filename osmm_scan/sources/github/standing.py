"""Find out what a token may see of an organisation before anything is scanned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from osmm_scan.errors import Unobserved
from osmm_scan.sources.github.api import Answer, Api

# What is looked at, by the operation that looks and the place of the proof.
_PROBES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "members": ("ProbeMembers", ("membersWithRole", "totalCount")),
    "teams": ("ProbeTeams", ("teams", "totalCount")),
    "verified domains": ("ProbeOwner", ("domains", "totalCount")),
    "two-factor rule": ("ProbeOwner", ("requiresTwoFactorAuthentication",)),
}
_OUTSIDER = "a token of a member shows those that are not public"
_NOT_OWNER = "shown to owners of the organisation alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who the token is to an organisation, and for each thing looked at why it stays hidden.

    An empty reason says that it shows.
    """

    organisation: str
    is_member: bool
    is_owner: bool
    repositories: int
    private_repositories: int
    people: int
    hidden: Mapping[str, str]


def look(api: Api, organisation: str) -> Standing:
    """Return the token's standing; raises `Unobserved` when there is no such organisation."""
    answer = api.ask("ProbeStanding", org=organisation).within("organization")
    is_member = answer.at("viewerIsAMember") is True
    asked = {name for name, _ in _PROBES.values()}
    answers = {name: _asked(api, name, organisation) for name in sorted(asked)}
    hidden = {
        what: _reason(answers[operation], place, is_member=is_member)
        for what, (operation, place) in _PROBES.items()
    }
    return Standing(
        organisation=str(answer.at("login")),
        is_member=is_member,
        is_owner=answer.at("viewerCanAdminister") is True,
        repositories=_count(answer, "repositories"),
        private_repositories=_count(answer, "closed"),
        people=_people(answers["ProbeMembers"]),
        hidden=hidden,
    )


def _asked(api: Api, operation: str, organisation: str) -> Answer | Unobserved:
    try:
        return api.ask(operation, org=organisation).within("organization")
    except Unobserved as reason:
        return reason


def _reason(answer: Answer | Unobserved, place: tuple[str, ...], *, is_member: bool) -> str:
    if isinstance(answer, Unobserved):
        return answer.why
    try:
        value = answer.at(*place)
    except Unobserved as reason:
        return reason.why
    if value is None:
        # GitHub answers null without an error to whoever may not know.
        return _NOT_OWNER
    return "" if is_member or place[0] not in {"membersWithRole", "teams"} else _OUTSIDER


def _people(answer: Answer | Unobserved) -> int:
    if isinstance(answer, Unobserved) or answer.refused("membersWithRole"):
        return 0
    return _count(answer, "membersWithRole")


def _count(answer: Answer, connection: str) -> int:
    count = answer.at(connection, "totalCount")
    return count if isinstance(count, int) else 0
