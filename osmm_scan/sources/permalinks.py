"""Make addresses that show a file as it was at one commit."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import quote

from osmm_scan.sources.repository import Remote

_GITHUB = re.compile(r"github\.com|[a-z0-9-]+\.ghe\.com")
# Browsers resolve dots and turn backslashes round, and escapes stand for bytes that are no text.
_UNLINKABLE = re.compile(r"(?:^|/)(?:\.{0,2})(?:/|$)|\\")


def permalink(
    remote: Remote, commit: str, path: str | None, line: int | None, *, hosts: Collection[str]
) -> str | None:
    """Return the page of a file or commit, None where the host is no GitHub that we know."""
    if not _GITHUB.fullmatch(remote.host) and remote.host not in hosts:
        return None
    if path is None:
        return f"{remote.url}/tree/{commit}"
    if _UNLINKABLE.search(path):
        return None
    anchor = "" if line is None else f"#L{line}"
    return f"{remote.url}/blob/{commit}/{quote(path, safe='/')}{anchor}"
