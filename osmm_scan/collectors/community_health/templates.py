"""Find the templates that GitHub offers for issues and pull requests, and check that they work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from osmm_scan.collectors.community_health.documents import Place, fact
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.paths import HEALTH_FOLDERS, at_github_locations
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing
from osmm_scan.sources.repository import Repository
from osmm_scan.strict_yaml import YamlFault, load

FACTS: Mapping[str, str] = {
    "templates.issue": "GitHub offers an issue form or template, own or inherited, that works",
    "templates.pull_request": "GitHub offers a pull request template, own or inherited",
}

_ISSUES = ".github/issue_template/"
_REQUESTS = tuple(f"{folder}pull_request_template/" for folder in HEALTH_FOLDERS)
_SETTINGS = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.{0,20000}?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.S)


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield which templates there are."""
    for key, find in (("templates.issue", issue), ("templates.pull_request", pull_request)):
        try:
            place = offered(observer, find)
        except Unobserved as reason:
            yield observer.missing(key, reason)
        else:
            yield fact(observer, key, place is not None, place)


def offered(observer: Observer, find: Callable[[Repository], Place | None]) -> Place | None:
    """Return what a repository offers, else what its owner offers by default."""
    own = find(observer.repository)
    # Any file in a repository's own folder switches the owner's issue templates off.
    if own or (find is issue and _inside(observer.repository, _ISSUES)):
        return own
    defaults = observer.repository.inherited()
    return find(defaults) if defaults else None


def issue(home: Repository) -> Place | None:
    """Return a working issue template or form; `Unobserved` when the only ones are damaged."""
    damage: Unobserved | None = None
    for path in _inside(home, _ISSUES):
        try:
            if _works(path, home.text(path)):
                return Place(home, path)
        except YamlFault as fault:
            damage = Unobserved(Missing.FAULT, f"{path}:{fault}")
        except Unobserved as reason:
            damage = reason
    if damage:
        raise damage
    return _filled(home, at_github_locations(home.entries(), ("ISSUE_TEMPLATE",)))


def pull_request(home: Repository) -> Place | None:
    """Return a pull request template that is not empty."""
    single = at_github_locations(home.entries(), ("PULL_REQUEST_TEMPLATE",))
    several = [path for folder in _REQUESTS for path in _inside(home, folder)]
    found = (_filled(home, path) for path in (single, *several))
    return next((place for place in found if place), None)


def _filled(home: Repository, path: str | None) -> Place | None:
    """Return the place of a file that is not empty; comments that tell what to write are enough."""
    return Place(home, path) if path and home.text(path).strip() else None


def _inside(home: Repository, folder: str) -> list[str]:
    return [
        path
        for path in home.entries()
        if path.lower().startswith(folder) and "/" not in path[len(folder) :]
    ]


def _works(path: str, text: str) -> bool:
    name = path.lower().rpartition("/")[2]
    if name in {"config.yml", "config.yaml"}:
        return False
    if name.endswith((".yml", ".yaml")):
        return _is_form(load(text, aliases=True).data)
    settings = _SETTINGS.match(text)
    head = load(settings[1], aliases=True).data if settings else None
    return isinstance(head, dict) and bool(head.get("name")) and bool(head.get("about"))


def _is_form(data: Any) -> bool:
    if not isinstance(data, dict) or not (data.get("name") and data.get("description")):
        return False
    body = data.get("body")
    fields = body if isinstance(body, list) else []
    return any(
        isinstance(one, dict) and one.get("type") not in {None, "markdown"} for one in fields
    )
