"""Judge the files that tell people how to use, support, change and attack-proof a project.

Own files count first; where a repository has none, GitHub applies those of its owner's `.github`
repository, and the evidence points there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from osmm_scan.collectors.community_health import (
    conduct,
    contributing,
    defaults,
    funding,
    governance,
    readme,
    security,
    support,
    templates,
    terms,
)
from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence

_TOPICS = (
    conduct,
    contributing,
    defaults,
    funding,
    governance,
    readme,
    security,
    support,
    templates,
    terms,
)

FACTS: Mapping[str, str] = {key: means for topic in _TOPICS for key, means in topic.FACTS.items()}

DETAILS: Mapping[str, str] = {
    "health.element": "something that a health document says, such as readme.purpose, at its line",
}


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield the facts of every document; one that cannot be read hides no other."""
    for topic in _TOPICS:
        missing = set(topic.FACTS)
        try:
            for item in topic.collect(observer):
                missing.discard(item.key)
                yield item
        except Unobserved as reason:
            for key in sorted(missing):
                yield observer.missing(key, reason)
