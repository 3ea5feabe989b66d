"""Find the files that define rules for many repositories of an owner, and rate what they select.

Settings of a single repository are no policy. That the rules are in force only the host tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.changes import newest
from osmm_scan.collectors.studies.paths import is_own
from osmm_scan.collectors.studies.structured import Malformed, read_yaml, table
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

FACTS: Mapping[str, str] = {
    "policy_as_code.present": "files of this repository define rules for many repositories",
    "policy_as_code.quality": "0 no such file, 1 it has no rules or picks repositories, 2 it rules",
    "policy_as_code.age_days": "days since such a file changed by more than a line",
}

FILE_LIMIT = 200

_STUB, _RULES = 1, 2
_RESOURCE = re.compile(
    r'^[ \t]*resource[ \t]+"github_(?:branch_protection(?:_v3)?|organization_ruleset'
    r'|repository_ruleset)"',
    re.M,
)
_OTTERDOG = re.compile(r"\borgs\.newOrg\(")
_RULE = re.compile(r"\borgs\.(?:newBranchProtectionRule|newRepoRuleset|newOrgRuleset)\(")

_Rate = Callable[[str], int | None]


@dataclass(frozen=True, slots=True)
class _Kind:
    """One tool: where its files lie, in which repositories, and what rates them.

    The rating is None for files of another kind.
    """

    place: re.Pattern[str]
    rate: _Rate
    repository: re.Pattern[str] = re.compile(r".+")


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield whether there is such a file, what it is worth, and how old it is."""
    rated: dict[str, int] = {}
    for path, rate in _files(observer):
        try:
            quality = rate(observer.repository.text(path))
        except Malformed as fault:
            raise Unobserved(Missing.FAULT, f"{path}: {fault.why}") from fault
        if quality is not None:
            rated[path] = quality
    best = max(rated, key=lambda path: rated[path], default=None)
    yield observer.fact("policy_as_code.present", best is not None, best)
    yield observer.fact("policy_as_code.quality", rated[best] if best else 0, best)
    if best is None:
        raise Unobserved(Missing.NOT_SUPPORTED, "there is no file that could have an age")
    yield observer.fact("policy_as_code.age_days", newest(observer, rated), best)


def _files(observer: Observer) -> Iterator[tuple[str, _Rate]]:
    name = observer.repository.name.rpartition("/")[2].lower()
    kinds = [kind for kind in _KINDS if kind.repository.fullmatch(name)]
    found = [
        (path, kind.rate)
        for path in observer.repository.entries()
        for kind in kinds
        if kind.place.fullmatch(path) and is_own(path)
    ]
    if len(found) > FILE_LIMIT:
        raise Unobserved(Missing.TRUNCATED, f"more than {FILE_LIMIT} files may hold policies")
    yield from found


def _allstar(text: str) -> int | None:
    """Rate Allstar's organization file: opting out reaches all, opting in those that are picked."""
    options = table(_data(text), "optConfig")
    return _RULES if options.get("optOutStrategy") is True else _STUB


def _settings(text: str) -> int | None:
    """Rate settings that an app applies to every repository of the owner."""
    data = _data(text)
    return _RULES if any(data.get(name) for name in ("branches", "rulesets")) else _STUB


def _peribolos(text: str) -> int | None:
    """Rate the organization file of peribolos, which knows members and repositories."""
    orgs = _data(text).get("orgs")
    listed = [one for one in orgs.values() if _is_table(one)] if isinstance(orgs, dict) else []
    if not listed:
        return None
    return _RULES if any(_is_table(one.get("repos")) for one in listed) else _STUB


def _terraform(text: str) -> int | None:
    return _RULES if _RESOURCE.search(text) else None


def _otterdog(text: str) -> int | None:
    if not _OTTERDOG.search(text):
        return None
    return _RULES if _RULE.search(text) else _STUB


def _data(text: str) -> Mapping[str, Any]:
    data: Mapping[str, Any] = read_yaml(text).data
    return data


def _is_table(value: object) -> bool:
    return isinstance(value, dict) and bool(value)


_CENTRAL = re.compile(r"\.github|\.github-private|admin|safe-settings(?:-config)?")
_KINDS = (
    _Kind(re.compile(r"allstar\.yaml"), _allstar, re.compile(r"\.allstar")),
    _Kind(re.compile(r"allstar/allstar\.yaml"), _allstar, re.compile(r"\.github")),
    _Kind(re.compile(r"\.github/(?:settings|suborgs/[^/]+)\.ya?ml"), _settings, _CENTRAL),
    _Kind(re.compile(r"(?:.*/)?(?:org|orgs|peribolos)\.ya?ml"), _peribolos),
    _Kind(re.compile(r"(?:.*/)?[^/]*\.tf"), _terraform),
    _Kind(re.compile(r"otterdog/[^/]+\.jsonnet"), _otterdog),
)
