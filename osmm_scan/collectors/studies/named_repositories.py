"""Read from a text which repositories it names by their address on a forge."""

from __future__ import annotations

import re

# A host that is called after its software, such as github.com or gitlab.acme.com.
_ADDRESS = re.compile(
    r"(?<![\w.-])(?:www\.)?(?:github|gitlab)\.[\w.-]{2,60}[/:]"
    r"([A-Za-z0-9][\w-]{0,38})/([A-Za-z0-9_.-]{1,100})"
)


def addressed(text: str) -> frozenset[str]:
    """Return `owner/name` in lower case of every repository whose address stands there."""
    found = ((match[1], match[2]) for match in _ADDRESS.finditer(text))
    return frozenset(
        f"{owner}/{name.rstrip('.').removesuffix('.git')}".lower() for owner, name in found
    )
