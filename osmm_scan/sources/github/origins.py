"""Say where git fetches a repository from, and let no name reach git that could mislead it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from osmm_scan.errors import SourceError, Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.remotes import is_slug, parse_remote
from osmm_scan.sources.repository import Remote

if TYPE_CHECKING:
    from osmm_scan.sources.github.hosts import Host

_OID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
# A part of what git allows: enough for the names that people give, and safe in a refspec.
_BRANCH = re.compile(r"(?![/.-])[^\x00-\x20\x7f~^:?*\[\\]{1,250}(?<![/.])")
_NO_BRANCH = ("..", "//", "/.", "@{")
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What to fetch: a repository, and the branch and commit that its HEAD was seen at."""

    address: str
    remote: Remote
    branch: str | None
    commit: str | None


def origin(host: Host, slug: str, *, branch: str | None, commit: str | None) -> Origin:
    """Return where to fetch `OWNER/NAME` from; `Unobserved` where the names cannot be trusted."""
    web = urlsplit(host.web)
    if web.scheme != "https" and web.hostname not in _LOOPBACK:
        raise SourceError(f"{host.web}: repositories are fetched by https only")
    remote = remote_of(host, slug)
    is_wrong = (branch is not None and not _is_branch(branch)) or (
        commit is not None and not _OID.fullmatch(commit)
    )
    if is_wrong:
        raise Unobserved(
            Missing.FAULT, "the server gave its newest commit a name that none can have"
        )
    address = f"{host.web}/{remote.owner}/{remote.name}.git"
    return Origin(address=address, remote=remote, branch=branch, commit=commit)


def remote_of(host: Host, slug: str) -> Remote:
    """Return `OWNER/NAME` on a server; `Unobserved` for names that no repository can have."""
    web = urlsplit(host.web)
    # Evidence names servers; addresses of this machine are all the same server to it.
    server = "localhost" if web.hostname in _LOOPBACK else web.hostname or ""
    owner, _, name = slug.partition("/")
    if not (is_slug(owner) and is_slug(name)):
        raise Unobserved(Missing.FAULT, "the server gave it a name that no repository can have")
    # Evidence must lead back to the server, which an address in numbers does not.
    if parse_remote(f"https://{server}/{slug}") is None:
        raise SourceError(f"{host.web}: give the server by its name, not by its address")
    return Remote(server, owner, name)


def _is_branch(name: str) -> bool:
    return bool(_BRANCH.fullmatch(name)) and not any(part in name for part in _NO_BRANCH)
