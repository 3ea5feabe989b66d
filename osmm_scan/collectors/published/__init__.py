"""Tell what is published from a repository, in which rhythm, in which state, and how openly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.published import (
    adopters,
    development,
    lifecycle,
    project,
    rhythm,
    roadmap,
)
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence

_TOPICS = (adopters, development, lifecycle, project, rhythm, roadmap)

FACTS: Mapping[str, str] = {key: means for topic in _TOPICS for key, means in topic.FACTS.items()}


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield the facts of every topic; one that cannot be seen hides no other."""
    for topic in _TOPICS:
        missing = set(topic.FACTS)
        try:
            for item in topic.collect(observer):
                missing.discard(item.key)
                yield item
        except Unobserved as reason:
            for key in sorted(missing):
                yield observer.missing(key, reason)
