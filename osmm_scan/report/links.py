"""Where a piece of evidence can be looked up: a link that is safe to follow and a short label."""

from __future__ import annotations

import re
from typing import Any

# Only what a permalink needs: no quotes, spaces, brackets, user names or other schemes.
_PERMALINK = re.compile(r"https://[A-Za-z0-9.-]+(?::\d+)?(?:/[\w.~!$&*+,;=:@%/?#-]*)?", re.ASCII)


def permalink(url: str | None) -> str | None:
    """Return the address if it is a plain https address, else None."""
    return url if url is not None and _PERMALINK.fullmatch(url) else None


def place(source: dict[str, Any]) -> str:
    """Return the path and line, the commit, or the address where something was seen."""
    if source["path"] is not None:
        return str(source["path"]) + ("" if source["line"] is None else f":{source['line']}")
    if source["commit"] is not None:
        return f"at commit {source['commit'][:12]}"
    return "" if source["url"] is None else str(source["url"])
