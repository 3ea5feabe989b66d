"""Read single values of a clone's configuration as plain text: nothing in it takes effect.

Includes are not followed. What does not look like the usual notation is passed over.
"""

from __future__ import annotations

import re

CONFIG_LIMIT = 1024 * 1024
_SECTION = re.compile(r'\s*\[\s*([A-Za-z0-9.-]+)\s*(?:"((?:[^"\\]|\\.)*)")?\s*\]\s*')
_ASSIGNMENT = re.compile(r"\s*([A-Za-z][A-Za-z0-9-]*)\s*=\s*(.*)")
_ESCAPE = re.compile(r"\\(.)")


def first_value(config: str, section: str, subsection: str, key: str) -> str | None:
    """Return the first value of `section.subsection.key`, None when it is not set."""
    inside = False
    for line in config.splitlines():
        header = _SECTION.match(line)
        if header:
            inside = _is(header, section, subsection)
            line = line[header.end() :]  # noqa: PLW2901 - a value may stand behind its section
        assignment = _ASSIGNMENT.fullmatch(line) if inside else None
        if assignment and assignment[1].lower() == key:
            return _plain(assignment[2])
    return None


def _is(header: re.Match[str], section: str, subsection: str) -> bool:
    name, quoted = header[1].lower(), header[2]
    return name == section and quoted is not None and _ESCAPE.sub(r"\1", quoted) == subsection


def _plain(value: str) -> str | None:
    """Return a value without quotes and comment; None when it goes on in the next line."""
    if '"' not in value:
        value = re.split(r"[#;]", value, maxsplit=1)[0].strip()
    elif value.count('"') == 2 and value[0] == value[-1] == '"':
        value = value[1:-1]
    # No address that we accept holds an escape or a quote.
    return None if "\\" in value or '"' in value else value
