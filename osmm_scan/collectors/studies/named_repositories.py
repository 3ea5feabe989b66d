"""Read from a text which repositories it names, by address on a forge or in front of a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osmm_scan.collectors.studies.prose import read

# A host that is called after its software, such as github.com or gitlab.acme.com.
_ADDRESS = re.compile(
    r"(?<![\w.-])(?:www\.)?(?:github|gitlab)\.[\w.-]{2,60}[/:]"
    r"([A-Za-z0-9][\w-]{0,38})/([A-Za-z0-9_.-]{1,100})"
)
_CELL = re.compile(
    r"\|\s*[*`\[]{0,3}([A-Za-z0-9][\w.-]{0,99})[*`\]]{0,3}(?:\([^()|]{0,300}\))?\s*\|"
)


def addressed(text: str) -> frozenset[str]:
    """Return `owner/name` in lower case of every repository whose address stands there."""
    found = ((match[1], match[2]) for match in _ADDRESS.finditer(text))
    return frozenset(
        f"{owner}/{name.rstrip('.').removesuffix('.git')}".lower() for owner, name in found
    )


def named(text: str) -> frozenset[str]:
    """Return what is addressed, and in lower case every name that leads the row of a table."""
    leading = (match[1].lower() for row in _rows(text) if (match := _CELL.match(row)))
    return addressed(text) | frozenset(leading)


def _rows(text: str) -> Iterator[str]:
    """Yield the rows of tables without their heads."""
    was_row = False
    for block in read(text).passages:
        is_row = block.text.startswith("|")
        if is_row and was_row:
            yield block.text
        was_row = is_row
