"""Read SECURITY-INSIGHTS.yml (v1 and v2), in which a project states its contacts and state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.strict_yaml import Document, YamlFault, load

_FOLDERS = ("", ".github/", ".gitlab/")
_NAMES = frozenset({"security-insights.yml", "security-insights.yaml"})


@dataclass(frozen=True, slots=True)
class Statement:
    """A value of the file and where it stands."""

    value: str
    path: str
    line: int


def contact(observer: Observer) -> Statement | None:
    """Return the address for reports of vulnerabilities, if reports are accepted."""
    return _first(
        observer,
        ("project", "vulnerability-reporting", "contact", "email"),
        ("vulnerability-reporting", "email-contact"),
    )


def status(observer: Observer) -> Statement | None:
    """Return the state that the project says it is in."""
    return _first(observer, ("repository", "status"), ("project-lifecycle", "status"))


def insights(observer: Observer) -> tuple[str, Document] | None:
    """Return the file and its content; `Unobserved` when it cannot be read."""
    path = _path(observer)
    if path is None:
        return None
    try:
        return path, load(observer.repository.text(path), aliases=True)
    except YamlFault as fault:
        raise Unobserved(Missing.FAULT, f"{path}:{fault}") from fault


def _path(observer: Observer) -> str | None:
    for path in observer.repository.entries():
        folder, slash, name = path.rpartition("/")
        if name.lower() in _NAMES and folder + slash in _FOLDERS:
            return path
    return None


def _first(observer: Observer, *keys: tuple[str, ...]) -> Statement | None:
    found = observer.once(insights)
    if found is None:
        return None
    path, document = found
    for key in keys:
        value = _inside(document.data, key)
        if isinstance(value, str) and value:
            return Statement(value, path, document.at(key)[0])
    return None


def _inside(data: Any, key: tuple[str, ...]) -> Any:
    for part in key:
        data = data.get(part) if isinstance(data, Mapping) else None
    return data
