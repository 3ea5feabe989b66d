"""Recognize one person behind several names and addresses.

Names and addresses stay inside osmm-scan; what leaves is a hash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from osmm_scan.sources.repository import Person

_NOREPLY = re.compile(r"(?:\d{1,12}\+)?([a-z0-9][a-z0-9-]{0,38}(?:\[bot\])?)@users\.noreply\.")

# What machines fill in, and what many people share, says nothing about who it is.
_ANONYMOUS = frozenset(
    {
        "",
        "admin",
        "author name",
        "developer",
        "dummy user",
        "first last",
        "git",
        "info",
        "no-reply",
        "noreply",
        "root",
        "ubuntu",
        "unknown",
        "unknown author",
        "user",
        "your name",
    }
)


def login(address: str) -> str | None:
    """Return the account that a forge's noreply address names."""
    match = _NOREPLY.match(address.strip().lower())
    return match[1] if match else None


def marks(person: Person) -> Iterator[str]:
    """Yield what this person can be recognized by: an address, `@account`, `name:full name`."""
    name = " ".join(person.name.lower().split())
    address = person.email.strip().lower()
    local = address.partition("@")[0]
    account = login(address)
    if account:
        yield f"@{account}"
    elif "@" in address and local not in _ANONYMOUS:
        yield address
    if is_full_name(name):
        yield f"name:{name}"
    elif name == local and name not in _ANONYMOUS:
        # One word alone may be anybody's first name; this one is what its owner goes by.
        yield f"@{name}"


def is_full_name(name: str) -> bool:
    """Tell whether two people hardly ever share this name: it has two words or more."""
    return len(name) > 6 and " " in name.strip() and name not in _ANONYMOUS


def same_people(people: Iterable[Person]) -> Mapping[Person, str]:
    """Return one hash for each identity, the same one for identities that share a mark."""
    known = {person: tuple(marks(person)) or (f"unnamed:{person.name}",) for person in people}
    leads: dict[str, str] = {}
    for mine in known.values():
        first = _end(leads, mine[0])
        for mark in mine[1:]:
            leads[_end(leads, mark)] = first
    smallest: dict[str, str] = {}
    for mine in known.values():
        end = _end(leads, mine[0])
        smallest[end] = min((*mine, smallest.get(end, mine[0])))
    return {person: hashed(smallest[_end(leads, mine[0])]) for person, mine in known.items()}


def hashed(mark: str) -> str:
    """Return what may be shown of a mark."""
    return sha256(mark.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _end(leads: dict[str, str], mark: str) -> str:
    """Return the mark that stands for all marks joined with this one."""
    while leads.get(mark, mark) != mark:
        leads[mark] = leads.get(leads[mark], leads[mark])
        mark = leads[mark]
    return mark
