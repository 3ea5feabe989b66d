"""List the repositories of organisations, each with what tells whether it changed."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from osmm_scan.errors import SourceError, Unobserved, UsageError
from osmm_scan.model import Missing
from osmm_scan.sources.github.api import Answer, Api, RefusalKind
from osmm_scan.sources.github.reading import expected, nature, seconds
from osmm_scan.sources.hosting import Nature
from osmm_scan.sources.remotes import is_slug

_LIST = ("organization", "repositories")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What an organisation shows of itself, and what it shows to us alone."""

    login: str
    website: str
    verified: bool
    is_ours: bool
    is_administered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One repository as the inventory lists it; `trouble` says why it cannot be fetched."""

    id: str
    slug: str
    nature: Nature
    branch: str | None
    commit: str | None
    pushed: int | None
    updated: str
    stars: int
    trouble: str = ""

    @property
    def is_at_rest(self) -> bool:
        """Tell whether no work of its owner happens here."""
        return self.nature.archived or self.nature.fork or self.nature.mirror


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The repositories of an organisation; `unseen` more exist, and `why` they are not here."""

    lines: tuple[Line, ...]
    unseen: int
    why: str = ""


def profile(api: Api, login: str) -> Profile:
    """Return the profile of an organisation.

    Raises `UsageError` when there is none of that name, `SourceError` when it cannot be seen.
    """
    if not is_slug(login):
        raise UsageError(f"{login}: no name that an organisation can have")
    try:
        answer = api.ask("Organisation", org=login)
        refused = answer.refused("organization")
        if refused is not None and refused.kind is RefusalKind.NOT_FOUND:
            raise UsageError(f"{login}: no such organisation on {api.host.web}, or it is hidden")
        return _profile(answer)
    except Unobserved as reason:
        raise SourceError(f"{login}: {reason.why}") from reason


def list_repositories(api: Api, login: str) -> Listing:
    """Return every repository of an organisation that may be seen, sorted by name."""
    lines: list[Line] = []
    total, hidden, why = 0, 0, ""
    try:
        for answer in api.pages("RepositoryList", _LIST, org=login, n=100):
            page = answer.at(*_LIST)
            with expected("the list of repositories"):
                total = int(page["totalCount"])
                nodes = page["nodes"]
            lines += [_line(node) for node in nodes if node]
            hidden += sum(node is None for node in nodes)
    except Unobserved as reason:
        if not lines:
            raise SourceError(f"{login}: {reason.why}") from reason
        why = reason.why
        _log.warning("%s: not all repositories could be listed: %s", login, why)
    unseen = max(total - len(lines), hidden)
    return Listing(lines=tuple(sorted(lines, key=lambda line: line.slug)), unseen=unseen, why=why)


def find_repository(api: Api, slug: str) -> Line | None:
    """Return one repository, None when there is none that we may see.

    The line has the name that the repository has now.
    """
    owner, _, name = slug.partition("/")
    try:
        answer = api.ask("OneRepository", owner=owner, name=name)
        refused = answer.refused("repository")
        if refused is not None and refused.kind is RefusalKind.NOT_FOUND:
            return None
        found = answer.at("repository")
        return None if found is None else _line(found)
    except Unobserved as reason:
        raise SourceError(f"{slug}: {reason.why}") from reason


def sponsorships(api: Api, login: str) -> int:
    """Return how many projects and people an organisation sponsors, of those that it shows."""
    answer = api.ask("Sponsorships", org=login)
    count = answer.at("organization", "sponsorshipsAsSponsor", "totalCount")
    with expected("sponsorships"):
        return int(count)


def verified_domains(api: Api, login: str) -> tuple[str, ...]:
    """Return the domains that an organisation proved to be its own, sorted; owners alone see them.

    Raises `Unobserved` for everybody else.
    """
    found = api.ask("Domains", org=login).at("organization", "domains")
    if found is None:
        raise Unobserved(Missing.NO_ACCESS, "shown to owners of the organisation alone")
    with expected("domains"):
        nodes = [node for node in found["nodes"] if node and node["isVerified"]]
        return tuple(sorted(str(node["domain"]) for node in nodes))


def _profile(answer: Answer) -> Profile:
    node = answer.at("organization")
    with expected("the organisation"):
        return Profile(
            login=str(node["login"]),
            # An older Enterprise Server does not know all of them.
            website=str(node.get("websiteUrl") or ""),
            verified=bool(node.get("isVerified")),
            is_ours=bool(node.get("viewerIsAMember")),
            is_administered=bool(node.get("viewerCanAdminister")),
        )


def _line(node: Mapping[str, Any]) -> Line:
    with expected("the list of repositories"):
        slug = str(node["nameWithOwner"])
        owner, _, name = slug.partition("/")
        if not (is_slug(owner) and is_slug(name)):
            raise ValueError("no name")
        branch = node["defaultBranchRef"] or {}
        return Line(
            id=str(node["id"]),
            slug=slug,
            nature=nature(node),
            branch=branch.get("name"),
            commit=(branch.get("target") or {}).get("oid"),
            pushed=seconds(node["pushedAt"]),
            updated=str(node["updatedAt"]),
            stars=int(node.get("stargazerCount") or 0),
            trouble=_trouble(node),
        )


def _trouble(node: Mapping[str, Any]) -> str:
    if node.get("isDisabled"):
        return "GitHub disabled it"
    if node.get("isLocked"):
        return f"it is locked ({str(node.get('lockReason') or 'no reason given').lower()})"
    if node["defaultBranchRef"] is None and not node["isEmpty"]:
        return "its default branch does not exist"
    return ""
