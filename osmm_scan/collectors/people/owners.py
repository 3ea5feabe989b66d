"""Read CODEOWNERS as GitHub does, and OWNERS as Prow and Gerrit do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from osmm_scan.collectors.people.named import Named, owner, person
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.repository import Repository
from osmm_scan.strict_yaml import YamlFault, load

# GitHub reads the first of these, in this spelling, up to three megabytes.
_CODEOWNERS = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
_LIMIT = 3 * 1024 * 1024
_DEFAULTS = frozenset({"*", "**", "/", "/*", "/**", "**/*"})
_ROLES = ("approvers", "reviewers", "maintainers", "owners")
_OWNERS = "OWNERS"
_ALIASES = "OWNERS_ALIASES"
_COMMENT = re.compile(
    r"^\s*-\s*([\w.@-]{1,60})\s+#\s*([^<>#]{0,80})<([^<>\s@]{1,64}@[^<>\s]{1,99})>"
)
_ADDRESS_LINE = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,99}")


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of CODEOWNERS with the owners that GitHub accepts."""

    pattern: str
    owners: tuple[Named, ...]
    path: str
    line: int


def code_owners(home: Repository) -> tuple[Rule, ...]:
    """Return the valid rules of CODEOWNERS in order; the last that matches a file wins."""
    path = next((path for path in _CODEOWNERS if path in home.entries()), None)
    if path is None:
        return ()
    lines = home.text(path, limit=_LIMIT).splitlines()
    return tuple(
        rule for number, line in enumerate(lines, 1) if (rule := _rule(path, number, line))
    )


def default_owner(rules: tuple[Rule, ...]) -> Rule | None:
    """Return the rule that owns whatever no other rule owns, if it names somebody."""
    wide = [rule for rule in rules if rule.pattern in _DEFAULTS]
    return wide[-1] if wide and wide[-1].owners else None


def listed_owners(home: Repository) -> tuple[Named, ...]:
    """Return whom the OWNERS file at the top names."""
    if _OWNERS not in home.entries():
        return ()
    text = home.text(_OWNERS)
    data = _data(_OWNERS, text)
    if not isinstance(data, Mapping):
        return tuple(_plain(text))
    aliases = _aliases(home)
    known = _comments(text) | _comments(home.text(_ALIASES) if _ALIASES in home.entries() else "")
    found: list[Named] = []
    for name in _listed(data):
        for account in aliases.get(name.lower(), (name,)):
            shown, address = known.get(account.lower(), ("", ""))
            found += _one(account.lstrip("@"), shown, address, _line(text, account, name))
    return tuple(found)


def _rule(path: str, number: int, line: str) -> Rule | None:
    words = line.partition("#")[0].split()
    if not words or words[0].startswith(("!", "\\")) or "[" in words[0]:
        return None
    found = tuple(named for word in words[1:] if (named := owner(word, path, number)))
    is_void = len(words) > 1 and not found
    return None if is_void else Rule(words[0], found, path, number)


def _data(path: str, text: str) -> Any:
    try:
        return load(text, aliases=True).data
    except YamlFault as fault:
        if any(_ADDRESS_LINE.fullmatch(line.strip()) for line in text.splitlines()):
            return None
        raise Unobserved(Missing.FAULT, f"{path}:{fault}") from fault


def _plain(text: str) -> Iterator[Named]:
    """Yield the addresses of a file with one on each line, as Gerrit reads it."""
    for number, line in enumerate(text.splitlines(), 1):
        word = line.partition("#")[0].strip()
        named = owner(word, _OWNERS, number) if _ADDRESS_LINE.fullmatch(word) else None
        if named:
            yield named


def _listed(data: Mapping[str, Any]) -> Iterator[str]:
    for role in _ROLES:
        values = data.get(role)
        yield from (str(value) for value in values if value) if isinstance(values, list) else ()
    filters = data.get("filters")
    for part in filters.values() if isinstance(filters, Mapping) else ():
        if isinstance(part, Mapping):
            yield from _listed({role: part.get(role) for role in _ROLES})


def _aliases(home: Repository) -> Mapping[str, tuple[str, ...]]:
    if _ALIASES not in home.entries():
        return {}
    data = _data(_ALIASES, home.text(_ALIASES))
    groups = data.get("aliases") if isinstance(data, Mapping) else None
    return {
        str(name).lower(): tuple(str(member) for member in members if member)
        for name, members in (groups.items() if isinstance(groups, Mapping) else ())
        if isinstance(members, list)
    }


def _comments(text: str) -> dict[str, tuple[str, str]]:
    """Return name and address that a comment behind an account gives."""
    found = (_COMMENT.match(line) for line in text.splitlines())
    return {match[1].lower(): (match[2].strip(), match[3]) for match in found if match}


def _one(account: str, name: str, address: str, line: int) -> tuple[Named, ...]:
    named = person(_OWNERS, line, name=name, address=address, account=account)
    return (named,) if named else ()


def _line(text: str, *words: str) -> int:
    """Return the first line that has one of these words, as an account or the alias it is in."""
    lines = text.splitlines()
    return next((at for at, line in enumerate(lines, 1) if any(word in line for word in words)), 1)
