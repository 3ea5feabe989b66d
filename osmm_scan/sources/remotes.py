"""Tell host, owner and name of a remote address, and trust none that may mislead a reader."""

from __future__ import annotations

import re

from osmm_scan.sources.repository import Remote

_LENGTH_LIMIT = 2048
_PRINTABLE = re.compile(r"[!-\[\]-~]+")  # ASCII without blanks, controls and the backslash
_URL = re.compile(
    r"(https|ssh|git|git\+ssh|ssh\+git)://(?:([^/@]*)@)?([^/@:]+)(?::(\d{1,5}))?/(.*)"
)
_SCP = re.compile(r"(?:([^/@:]*)@)?([^/@:]+):(?!/)(.*)")
_USER = re.compile(r"[A-Za-z0-9_%+-]*")  # a dot would let `github.com@evil.example` pass
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z][a-z0-9-]{0,61}")
_SLUG = re.compile(r"[A-Za-z0-9_.-]{1,100}")
_ALIASES = {"ssh.github.com": "github.com", "www.github.com": "github.com"}


def parse_remote(address: str) -> Remote | None:
    """Return the remote behind a clone's address, None when it names no owner and repository."""
    if len(address) > _LENGTH_LIMIT or not _PRINTABLE.fullmatch(address):
        return None
    url = _URL.fullmatch(address)
    if url:
        scheme, account, host, port, path = url.groups()
        if scheme == "https" and port not in {None, "443"}:
            return None  # the pages of a host at another port need not be its own
        return _remote(account, host, path)
    scp = None if "://" in address else _SCP.fullmatch(address)
    return _remote(*scp.groups()) if scp else None


def is_slug(name: str) -> bool:
    """Tell whether a text can be the name of an owner or repository."""
    return _SLUG.fullmatch(name) is not None and name not in {".", ".."}


def _remote(account: str | None, host: str, path: str) -> Remote | None:
    user = (account or "").partition(":")[0]
    host = _ALIASES.get(host.lower(), host.lower())
    owner, _, name = path.rstrip("/").partition("/")
    name = name.removesuffix(".git")
    if not _USER.fullmatch(user) or not _HOST.fullmatch(host) or host.startswith("github.com."):
        return None
    return Remote(host, owner, name) if is_slug(owner) and is_slug(name) else None
