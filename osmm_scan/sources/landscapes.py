"""Read the members and projects of foundations from landscape files, as landscape2 defines them.

A category of members has a subcategory for each tier; some files leave them empty, to be filled by
whoever publishes the page. The file of the Linux Foundation names other foundations as well, by a
second path such as `Project Membership / Cloud Native Computing Foundation (CNCF)`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from osmm_scan.errors import UsageError
from osmm_scan.sources.remotes import is_slug
from osmm_scan.strict_yaml import YamlFault, load

SIZE_LIMIT = 8 * 1024 * 1024
_MEMBERS = re.compile(r"\bmembers?(?:hip)?\b", re.IGNORECASE)
_OF_MEMBERS = "project membership /"
_OF_PROJECTS = "project group /"
# What files call their own foundation, where another file calls it otherwise.
_ALIASES = {"the linux foundation": "lf", "linux foundation": "lf"}
# Some files say of an entry of an organisation that it is one.
_SUFFIX = re.compile(r"\s*\((?:member|adopter)\)\s*$", re.IGNORECASE)
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
    """A member of a foundation, by the domain of its homepage, its plain name and its tier.

    Tiers are 4 for platinum or strategic, 3 gold, 2 silver or general, 1 for all others and where
    a file names none. `joined` is the day since when, where the file tells it.
    """

    foundation: str
    name: str
    domain: str
    tier: int
    joined: date | None = None


@dataclass(frozen=True, slots=True)
class Landscape:
    """What one file lists: members, and by foundation the projects that it hosts.

    A project is `owner/name` on github.com in lower case, or `owner` where all of it belongs.
    """

    members: tuple[Membership, ...]
    hosted: Mapping[str, frozenset[str]] = field(default_factory=dict)


def read_landscape(path: Path) -> Landscape:
    """Return what a landscape file lists; `UsageError` when it is none."""
    try:
        with path.open("rb") as stream:
            content = stream.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    return parse_landscape(content, str(path))


def parse_landscape(content: bytes, where: str) -> Landscape:
    """Return what the content of a landscape file lists; `UsageError` when it is none."""
    if len(content) > SIZE_LIMIT:
        raise UsageError(f"{where}: larger than {SIZE_LIMIT} bytes")
    try:
        data = load(content.decode("utf-8", "replace"), limit=SIZE_LIMIT).data
    except YamlFault as fault:
        raise UsageError(f"{where}:{fault.line}:{fault.column}: {fault.problem}") from fault
    categories = data.get("landscape", data.get("categories")) if isinstance(data, dict) else None
    if not isinstance(categories, list):
        raise UsageError(f"{where}: not a landscape file; it holds a list named 'landscape'")
    own = next((_foundation(_name(one)) for one in categories if _holds_members(one)), "") or where
    return Landscape(tuple(_members(own, categories)), _hosted(own, categories))


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


def _members(own: str, categories: list[Any]) -> Iterator[Membership]:
    for category in filter(_holds_members, categories):
        foundation = _foundation(_name(category)) or own
        for group in _list(category, "subcategories"):
            tier = _tier(_name(group))
            for item in _list(group, "items"):
                yield _membership(item, foundation, tier)
                for other in _second(item, _OF_MEMBERS):
                    if other != foundation:
                        yield _membership(item, other, 1)


def _membership(item: Mapping[str, Any], foundation: str, tier: int) -> Membership:
    return Membership(
        foundation=foundation,
        name=plain(_SUFFIX.sub("", _name(item))),
        domain=domain_of(str(item.get("homepage_url") or "")),
        tier=tier,
        joined=_day(item.get("joined")),
    )


def _hosted(own: str, categories: list[Any]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for category in categories:
        for group in _list(category, "subcategories"):
            for item in _list(group, "items"):
                hosts = set(_second(item, _OF_PROJECTS))
                # Landscapes list what others make as well; only hosted projects have a maturity.
                hosts |= {own} if item.get("project") not in {None, "", "archived"} else set()
                for host in hosts:
                    found[host].update(_places(item))
    return {host: frozenset(places) for host, places in sorted(found.items()) if places}


def _places(item: Mapping[str, Any]) -> Iterator[str]:
    """Yield the repositories of a project, and the organisation that holds nothing else."""
    extra = item.get("extra")
    notes = extra.get("annotations") if isinstance(extra, dict) else None
    holders = [one for one in (item, extra, notes) if isinstance(one, dict)]
    whole = {_on_github(one.get("project_org")) for one in holders}
    parts = (item, *_list(item, "additional_repos"))
    single = {_on_github(one.get("repo_url")) for one in parts}
    yield from (place for place in whole if place and "/" not in place)
    yield from (place for place in single if "/" in place)


def _on_github(address: Any) -> str:
    """Return `owner` or `owner/name` of an address on github.com, empty for all others."""
    if not isinstance(address, str) or domain_of(address) != "github.com":
        return ""
    parts = urlsplit(address).path.strip("/").removesuffix(".git").split("/")[:2]
    return "/".join(parts).lower() if all(map(is_slug, parts)) else ""


def _second(item: Mapping[str, Any], prefix: str) -> Iterator[str]:
    """Yield the foundations that the second paths of an item name."""
    paths = item.get("second_path")
    for path in paths if isinstance(paths, list) else [paths]:
        text = path.translate(_LATIN) if isinstance(path, str) else ""
        if text.lower().startswith(prefix):
            yield _foundation(text[len(prefix) :])


def _foundation(name: str) -> str:
    """Return the name of a foundation: the short one, where a long one stands beside it."""
    text = _MEMBERS.sub("", name.translate(_LATIN))
    long, _, short = text.partition("(")
    names = [plain(long), plain(short.partition(")")[0])]
    single = [one for one in names if one and " " not in one]
    chosen = single[0] if single else names[0]
    return _ALIASES.get(chosen, chosen)


def _holds_members(category: Any) -> bool:
    return _MEMBERS.search(_name(category).translate(_LATIN)) is not None


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


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
