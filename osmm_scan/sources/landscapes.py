"""Read the member lists of landscape files, in the format of landscape2 and its predecessor.

A category of members has a subcategory for each tier; some files leave them empty, to be filled by
whoever publishes the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from osmm_scan.errors import UsageError
from osmm_scan.strict_yaml import YamlFault, load

_SIZE_LIMIT = 2 * 1024 * 1024
_MEMBERS = re.compile(r"\bmembers?(?:hip)?\b", re.IGNORECASE)
# The highest tier first; whatever else is paid for or granted is the lowest one.
_TIERS = (
    (4, re.compile(r"platinum|strategic|premier|diamond|founding", re.IGNORECASE)),
    (3, re.compile(r"gold", re.IGNORECASE)),
    (2, re.compile(r"silver|general|sponsor", re.IGNORECASE)),
)
# Letters of Cyrillic and Greek that look like Latin ones stand in real files among them.
_LATIN = str.maketrans("аеорсухіѕАВЕКМНОРСТХοα", "aeopcyxisABEKMHOPCTXoa")  # noqa: RUF001 - they are what is looked for
_SEPARATORS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A member that a landscape lists, by the domain of its homepage, its plain name and its tier.

    Tiers are 4 for platinum or strategic, 3 gold, 2 silver or general, 1 for all others.
    """

    landscape: str
    name: str
    domain: str
    tier: int


def read_landscape(path: Path) -> tuple[Membership, ...]:
    """Return the members that a landscape file lists; `UsageError` when it is none."""
    try:
        with path.open("rb") as stream:
            text = stream.read(_SIZE_LIMIT + 1).decode("utf-8", "replace")
        if len(text) > _SIZE_LIMIT:
            raise UsageError(f"{path}: larger than {_SIZE_LIMIT} bytes")
        data = load(text).data
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    except YamlFault as fault:
        raise UsageError(f"{path}:{fault.line}:{fault.column}: {fault.problem}") from fault
    categories = data.get("landscape", data.get("categories")) if isinstance(data, dict) else None
    if not isinstance(categories, list):
        raise UsageError(f"{path}: not a landscape file; it holds a list named 'landscape'")
    return tuple(_members(path.name, categories))


def matching(
    listed: Iterable[Membership], *, domains: Iterable[str], names: Iterable[str]
) -> tuple[Membership, ...]:
    """Return the entries of an organisation: by domain, or by exactly one of its names."""
    own = {domain.lower() for domain in domains}
    called = {plain(name) for name in names} - {""}
    return tuple(
        one for one in listed if _is_below(one.domain, own) or (one.name and one.name in called)
    )


def plain(name: str) -> str:
    """Return a name without case, punctuation and letters that only look alike."""
    text = unicodedata.normalize("NFKC", name).translate(_LATIN).casefold()
    return _SEPARATORS.sub(" ", text).strip()


def domain_of(address: str) -> str:
    """Return the domain of a homepage without `www.`, empty when there is none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.")


def _members(landscape: str, categories: list[Any]) -> Iterator[Membership]:
    for category in categories:
        if _MEMBERS.search(_name(category).translate(_LATIN)):
            for group in _list(category, "subcategories"):
                tier = _tier(_name(group))
                for item in _list(group, "items"):
                    domain = domain_of(str(item.get("homepage_url") or ""))
                    yield Membership(
                        landscape=landscape, name=plain(_name(item)), domain=domain, tier=tier
                    )


def _tier(name: str) -> int:
    text = name.translate(_LATIN)
    return next((tier for tier, pattern in _TIERS if pattern.search(text)), 1)


def _list(value: Any, name: str) -> list[dict[str, Any]]:
    found = value.get(name) if isinstance(value, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _name(value: Any) -> str:
    return str(value.get("name") or "") if isinstance(value, dict) else ""


def _is_below(domain: str, own: set[str]) -> bool:
    return bool(domain) and any(domain == one or domain.endswith(f".{one}") for one in own)
