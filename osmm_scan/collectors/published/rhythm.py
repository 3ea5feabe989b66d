"""Measure the rhythm of releases from tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from statistics import median

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.releases import Releases, releases
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

FACTS: Mapping[str, str] = {
    "release.releases": "at least one tag is a release; nightly and moving tags are none",
    "release.within_12m": "a release was tagged within 365 days",
    "release.interval_days": "median days between the latest releases, eleven at most",
}

_DAY = 86_400
_YEAR = 365
_INTERVALS = 10


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield whether there are releases, a recent one, and how far apart they are."""
    found = observer.once(releases)
    yield observer.fact("release.releases", bool(found.tags))
    yield observer.fact("release.within_12m", within_year(observer))
    gaps = [later - earlier for earlier, later in pairwise(found.days[-_INTERVALS - 1 :])]
    if not gaps:
        raise Unobserved(Missing.NOT_SUPPORTED, "there were no releases on two different days")
    yield observer.fact("release.interval_days", float(median(gaps)))


def within_year(observer: Observer) -> bool:
    """Tell whether there was a release within a year; `Unobserved` when none has a usable date."""
    found = observer.once(releases)
    if found.tags and found.latest is None and _may_be_recent(found, observer):
        raise Unobserved(Missing.FAULT, "no release tag has a usable date")
    return found.latest is not None and (found.latest.created or 0) > observer.until - _YEAR * _DAY


def _may_be_recent(found: Releases, observer: Observer) -> bool:
    return any(tag.created is None or tag.created <= observer.until for tag in found.tags)
