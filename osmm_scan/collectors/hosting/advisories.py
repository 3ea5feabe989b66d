"""How vulnerabilities are reported to a project, and which of them it published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.host import Statements, statements
from osmm_scan.model import Evidence
from osmm_scan.sources.hosting import Hosting

_REPORTING: Mapping[str, str] = {
    "advisories.private_reporting": "the host's button for private reports is switched on",
}
_PUBLISHED: Mapping[str, str] = {
    "advisories.published": "security advisories published in the last 36 months",
    "advisories.fixed": "those of them that name a version with the fix",
}

FACTS: Mapping[str, str] = {**_REPORTING, **_PUBLISHED}

_SPAN = 1096 * 86_400


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield the way in for reports, then what became public."""
    page = "security/advisories"
    yield from statements(observer, _REPORTING, page, _reporting)

    def published(hosting: Hosting) -> Statements:
        begin = observer.until - _SPAN
        found = [one for one in hosting.advisories() if begin < one.published <= observer.until]
        return {
            "advisories.published": len(found),
            "advisories.fixed": sum(one.fixed for one in found),
        }

    yield from statements(observer, _PUBLISHED, page, published)


def _reporting(hosting: Hosting) -> Statements:
    return {"advisories.private_reporting": hosting.private_reporting()}
