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
from osmm_scan.collectors.observation import Observer, collect_parts
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
    """Return the facts of every document; one that cannot be read hides no other."""
    return collect_parts(observer, ((topic.collect, topic.FACTS) for topic in _TOPICS))
