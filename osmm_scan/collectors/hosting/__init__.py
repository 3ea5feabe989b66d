"""Report what only a repository's host knows: its settings, who asks, who answers and reviews.

From a clone all of it is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from osmm_scan.collectors.hosting import advisories, releases, requests, settings
from osmm_scan.collectors.observation import Observer
from osmm_scan.model import Evidence

_PARTS = (settings, requests, advisories, releases)

FACTS: Mapping[str, str] = {key: means for part in _PARTS for key, means in part.FACTS.items()}


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield what the host says, part by part."""
    for part in _PARTS:
        yield from part.collect(observer)
