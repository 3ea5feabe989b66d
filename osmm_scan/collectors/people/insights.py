"""Read whom SECURITY-INSIGHTS.yml names as the core team."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.people.named import Named, person
from osmm_scan.collectors.studies.insights import insights

_LISTS = (("repository", "core-team"), ("project", "administrators"))


def core_team(observer: Observer) -> Iterator[Named]:
    """Yield the people that the file names."""
    found = observer.once(insights)
    if found is None or not isinstance(found[1].data, Mapping):
        return
    path, document = found
    for key in _LISTS:
        part = document.data.get(key[0])
        listed = part.get(key[1]) if isinstance(part, Mapping) else None
        for index, one in enumerate(listed if isinstance(listed, list) else ()):
            named = _person(path, document.at((*key, index))[0], one)
            if named:
                yield named


def _person(path: str, line: int, one: Any) -> Named | None:
    if not isinstance(one, Mapping):
        return None
    return person(path, line, name=str(one.get("name", "")), address=str(one.get("email", "")))
