"""Find the machine-readable list in which an owner keeps track of its repositories.

A list of names, or one that only counts stars, tells nobody what is in use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.changes import newest
from osmm_scan.collectors.studies.named_repositories import addressed
from osmm_scan.collectors.studies.paths import is_own
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

FACTS: Mapping[str, str] = {
    "estate_inventory.present": "a file lists five or more repositories of the same owner",
    "estate_inventory.quality": "0 no such file, 1 names alone, 2 with what is known of each",
    "estate_inventory.age_days": "days since such a file changed",
    "estate_inventory.repositories": "repositories that such files tell something about",
}

FILE_LIMIT = 50
LEAST = 5

_NAMES, _TOLD = 1, 2
_PLACE = re.compile(
    r"(?:[^/]{1,100}/){0,6}[^/]{0,60}(?:applications|catalog|components|inventory|portfolio|projects"
    r"|repos|repositories|sbom|services|software|systems)[^/]{0,60}\.(?:csv|json|ya?ml)",
    re.I,
)
# What is known of a repository besides its name, its size and its fame.
_TOLD_OF = re.compile(
    r"\b(?:catalog-info|components?|criticality|dependenc(?:y|ies)|lifecycle|maintainers?|owners?"
    r"|purl|sbom|spdx|team|tier)\b",
    re.I,
)


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield whether there is such a list, what it is worth, how old it is and what it covers."""
    rated: dict[str, int] = {}
    listed: set[str] = set()
    for path in _paths(observer):
        text = observer.repository.text(path)
        names = _own(observer, text)
        if len(names) >= LEAST:
            # Every entry tells something, if as many words do as there are entries.
            told = sum(1 for _ in _TOLD_OF.finditer(text)) >= len(names)
            rated[path] = _TOLD if told else _NAMES
            listed |= names if told else set()
    best = max(rated, key=lambda path: rated[path], default=None)
    yield observer.fact("estate_inventory.present", best is not None, best)
    yield observer.fact("estate_inventory.quality", rated[best] if best else 0, best)
    yield observer.fact("estate_inventory.repositories", tuple(sorted(listed)), best)
    if best is None:
        raise Unobserved(Missing.NOT_SUPPORTED, "there is no list that could have an age")
    same = [path for path, quality in rated.items() if quality == rated[best]]
    yield observer.fact("estate_inventory.age_days", newest(observer, same, lines=1), best)


def _paths(observer: Observer) -> list[str]:
    paths = [
        path for path in observer.repository.entries() if _PLACE.fullmatch(path) and is_own(path)
    ]
    if len(paths) > FILE_LIMIT:
        raise Unobserved(Missing.TRUNCATED, f"more than {FILE_LIMIT} files may list repositories")
    return paths


def _own(observer: Observer, text: str) -> frozenset[str]:
    """Return the repositories of the same owner; a list of others is no inventory of this one."""
    prefix = observer.repository.name.partition("/")[0].lower() + "/"
    return frozenset(name for name in addressed(text) if name.startswith(prefix))
