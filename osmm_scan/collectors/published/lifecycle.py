"""Find the lifecycle status that a project declares: in its README, by a badge, in a record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from osmm_scan.collectors.community_health.documents import LIMIT
from osmm_scan.collectors.community_health.readme import readme
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.published.rhythm import within_year
from osmm_scan.collectors.published.status import Status, badges, sentences
from osmm_scan.collectors.studies import history, insights
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing
from osmm_scan.strict_yaml import YamlFault, load_several

FACTS: Mapping[str, str] = {
    "lifecycle.declared": "README, badge or record declare a status, such as active or archived",
    "lifecycle.idle": "nobody committed within the last 24 months",
    "lifecycle.hygiene": "idle for 24 months, and archived or marked as out of service",
    "lifecycle.evident": "a release within 365 days, or a declared status",
}

_IDLE_DAYS = 730
_DAY = 86_400
_CLASSIFIER = re.compile(r"Development Status :: \d - ([\w/ -]{3,30})")
_MANIFESTS = ("pyproject.toml", "setup.cfg", "setup.py")
_RECORDS: Mapping[str, tuple[str, ...]] = {
    "catalog-info.yaml": ("spec", "lifecycle"),
    "publiccode.yaml": ("developmentStatus",),
    "publiccode.yml": ("developmentStatus",),
}
_Find: TypeAlias = Callable[[Observer], tuple[bool, Status | None]]
_HOST = Unobserved(Missing.NOT_COLLECTED, "only the host shows whether the repository is archived")


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield whether a status is declared, and whether it fits the silence."""
    yield _tried(observer, "lifecycle.declared", _declared)
    yield _tried(observer, "lifecycle.evident", _evident)
    yield _tried(observer, "lifecycle.idle", _idle)
    yield _tried(observer, "lifecycle.hygiene", _hygiene)


def statuses(observer: Observer) -> tuple[Status, ...]:
    """Return every declared status, those of the README first."""
    return tuple(_statuses(observer))


def _statuses(observer: Observer) -> Iterator[Status]:
    document = observer.once(readme)
    if document:
        yield from badges(observer.repository.text(document.path, limit=LIMIT), document.path)
        yield from sentences(document.prose, document.path)
    stated = insights.status(observer)
    if stated:
        yield Status(stated.value.lower(), stated.path, stated.line)
    for path, keys in _RECORDS.items():
        yield from _recorded(observer, path, keys)
    for path in _MANIFESTS:
        yield from _classified(observer, path)


def _recorded(observer: Observer, path: str, keys: tuple[str, ...]) -> Iterator[Status]:
    if path not in observer.repository.entries():
        return
    try:
        documents = load_several(observer.repository.text(path), aliases=True)
    except YamlFault as fault:
        raise Unobserved(Missing.FAULT, f"{path}:{fault}") from fault
    for document in documents:
        value: Any = document.data
        for key in keys:
            value = value.get(key) if isinstance(value, Mapping) else None
        if isinstance(value, str) and value:
            yield Status(value.lower(), path, document.at(keys)[0])


def _classified(observer: Observer, path: str) -> Iterator[Status]:
    if path not in observer.repository.entries():
        return
    for number, line in enumerate(observer.repository.text(path).splitlines(), 1):
        match = _CLASSIFIER.search(line[:500])
        if match and not line.lstrip().startswith("#"):
            yield Status(match[1].strip().lower(), path, number)


def _tried(observer: Observer, key: str, find: _Find) -> Evidence:
    try:
        value, status = find(observer)
    except Unobserved as reason:
        return observer.missing(key, reason)
    return observer.fact(key, value, *((status.path, status.line) if status else (None, None)))


def _declared(observer: Observer) -> tuple[bool, Status | None]:
    found = observer.once(statuses)
    if not found and _is_idle(observer):
        raise _HOST
    return bool(found), found[0] if found else None


def _evident(observer: Observer) -> tuple[bool, Status | None]:
    hidden: Unobserved | None = None
    for find in (_released, _declared):
        try:
            value, status = find(observer)
        except Unobserved as reason:
            hidden = reason
            continue
        if value:
            return True, status
    if hidden:
        raise hidden
    return False, None


def _released(observer: Observer) -> tuple[bool, None]:
    return within_year(observer), None


def _idle(observer: Observer) -> tuple[bool, None]:
    return _is_idle(observer), None


def _hygiene(observer: Observer) -> tuple[bool, Status | None]:
    if not _is_idle(observer):
        return False, None
    for status in observer.once(statuses):
        if not status.is_live:
            return True, status
    raise _HOST


def _is_idle(observer: Observer) -> bool:
    latest = observer.once(history.digest).latest_human
    return latest is None or latest < observer.until - _IDLE_DAYS * _DAY
