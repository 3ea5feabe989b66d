"""What `osmm-scan doctor` finds out, and how it says it in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from osmm_scan.engine.outlook import Outlook
    from osmm_scan.sources.github.api import Window
    from osmm_scan.sources.github.estimates import Estimate
    from osmm_scan.sources.github.hosts import Host
    from osmm_scan.sources.github.standing import Standing

_WIDTH = 80
_MARGIN = 10
_MOST_SKEW = 60

_ADVICE: Mapping[str, str] = {
    "none": (
        "A scan of an organisation needs a token. Make one at {web}/settings/tokens; public "
        "facts need no scope. Give it in GH_TOKEN or by --token-file."
    ),
    "classic personal access token": (
        "Members and teams need the scope read:org, private repositories repo, packages "
        "read:packages; what owners alone see needs an owner's token with admin:org."
    ),
    "fine-grained personal access token": (
        "Make the organisation its owner and give it read access to: members, administration, "
        "contents, issues, pull requests, discussions, metadata."
    ),
    "GitHub App installation token": (
        "Give the App read access to: members, administration, contents, issues, pull requests, "
        "discussions, metadata; and install it for all repositories."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """Everything that was found out about the server, the token and the organisation."""

    host: Host
    token: str
    login: str | None
    scopes: tuple[str, ...] | None
    windows: Mapping[str, Window]
    skew: float
    standing: Standing | None
    cost: Estimate | None
    unknown: tuple[Outlook, ...]


def describe(found: Diagnosis) -> Iterator[str]:
    """Yield the lines of a diagnosis, 80 columns wide."""
    yield from _wrapped("Server", f"{found.host.kind}, {found.host.rest}{_version(found.host)}")
    yield from _wrapped("Token", _token(found))
    for name, window in sorted(found.windows.items()):
        yield from _wrapped("Limit", f"{name}: {_window(window)}")
    if abs(found.skew) > _MOST_SKEW:
        yield from _wrapped("Clock", f"{abs(found.skew):.0f} seconds off the server's; set it")
    if found.standing is not None:
        yield from _organisation(found.standing)
    if found.cost is not None:
        yield from _wrapped("Cost", _cost(found.cost))
    yield from _unknown(found.unknown)
    advice = _ADVICE.get(found.token)
    if advice:
        yield from ("", *_wrapped("Advice", advice.format(web=found.host.web)))


def as_json(found: Diagnosis) -> dict[str, object]:
    """Return a diagnosis as JSON types."""
    host, standing, cost = found.host, found.standing, found.cost
    return {
        "schema_version": 1,
        "server": {"kind": host.kind, "api": host.rest, "web": host.web, "version": host.version},
        "token": {
            "kind": found.token,
            "login": found.login,
            "scopes": None if found.scopes is None else list(found.scopes),
        },
        "limits": {
            name: {"limit": one.limit, "left": one.left, "resets": _moment(one)}
            for name, one in sorted(found.windows.items())
        },
        "clock_skew_seconds": round(found.skew),
        "organisation": standing
        and {
            "name": standing.organisation,
            "is_member": standing.is_member,
            "is_owner": standing.is_owner,
            "repositories": standing.repositories,
            "private_repositories": standing.private_repositories,
            "people": standing.people,
            "hidden": {what: why for what, why in standing.hidden.items() if why},
        },
        "cost": cost
        and {
            "requests": cost.requests,
            "points": cost.points,
            "seconds": round(cost.seconds),
        },
        "will_stay_unknown": [
            {
                "needs": one.needs,
                "is_token": one.is_token,
                "signals": list(one.signals),
                "items": list(one.items),
                "levels": {str(level): count for level, count in one.levels.items()},
            }
            for one in found.unknown
        ],
    }


def _wrapped(name: str, text: str) -> Iterator[str]:
    indent = _MARGIN + 2 * text.startswith("- ")
    yield from wrap(
        text,
        _WIDTH,
        initial_indent=name.ljust(_MARGIN),
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _version(host: Host) -> str:
    return f", version {host.version}" if host.version else ""


def _token(found: Diagnosis) -> str:
    whose = f" of {found.login}" if found.login else ""
    if found.scopes is None:
        return f"{found.token}{whose}"
    return f"{found.token}{whose}, scopes: {', '.join(found.scopes) or 'none'}"


def _window(window: Window) -> str:
    return f"{window.left:,} of {window.limit:,} points left, anew at {_moment(window)}"


def _moment(window: Window) -> str:
    try:
        return datetime.fromtimestamp(window.resets, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError, OSError):
        return "no time that could be read"


def _organisation(standing: Standing) -> Iterator[str]:
    role = "an owner" if standing.is_owner else "a member" if standing.is_member else "no member"
    counts = (
        f"{standing.repositories:,} repositories ({standing.private_repositories:,} private), "
        f"{standing.people:,} members"
    )
    yield ""
    yield from _wrapped("Target", f"{standing.organisation}: you see {counts} and are {role}.")
    for what, why in sorted(standing.hidden.items()):
        yield from _wrapped("", f"- {what}: {why or 'shown'}")


def _cost(cost: Estimate) -> str:
    minutes = max(1, round(cost.seconds / 60))
    return (
        f"about {cost.requests:,} requests, {cost.points:,} points and {minutes:,} minutes "
        "for a first scan, clones apart"
    )


def _unknown(unknown: tuple[Outlook, ...]) -> Iterator[str]:
    for title, is_token in (("A better token would show more:", True), ("No token shows:", False)):
        group = [one for one in unknown if one.is_token is is_token]
        if group:
            yield from ("", title)
        for one in group:
            levels = ", ".join(f"{count} of level {level}" for level, count in one.levels.items())
            yield from _wrapped("", f"- {one.needs}; items that need it: {levels}")
    if unknown:
        yield from ("", "Each is needed for items in whole or in part; -f json names them.")
