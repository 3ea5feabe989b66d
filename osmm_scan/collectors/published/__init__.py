"""Tell what is published from a repository, in which rhythm, in which state, and how openly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from osmm_scan.collectors.observation import Observer, collect_parts
from osmm_scan.collectors.published import (
    adopters,
    development,
    lifecycle,
    project,
    rhythm,
    roadmap,
)
from osmm_scan.model import Evidence

_TOPICS = (adopters, development, lifecycle, project, rhythm, roadmap)

FACTS: Mapping[str, str] = {key: means for topic in _TOPICS for key, means in topic.FACTS.items()}


def collect(observer: Observer) -> Iterator[Evidence]:
    """Return the facts of every topic; one that cannot be seen hides no other."""
    return collect_parts(observer, ((topic.collect, topic.FACTS) for topic in _TOPICS))
