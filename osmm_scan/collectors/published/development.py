"""Tell whether a project is developed in the open, or copied there when it is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.published import roadmap
from osmm_scan.collectors.studies import history
from osmm_scan.collectors.studies.history import History
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence

FACTS: Mapping[str, str] = {
    "development.bulk_sync_share": (
        "share of the commits in the window that were copied in from a place outsiders do not see"
    ),
    "development.open_history": "most changes are made here, or outside changes are taken up",
    "development.open": (
        "mean of: reviewable share of the changes, plans in public, outside changes merged within "
        "30 days. History shows the first within limits, and the last not at all"
    ),
}


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield how changes come in."""
    past = observer.once(history.digest)
    synced = _synced(past)
    whole = max(past.human, synced)
    if whole < history.MINIMUM:
        past.require_sample()
    share = synced / whole
    yield observer.fact("development.bulk_sync_share", round(share, 3))
    yield observer.fact("development.open_history", share < 0.5 or past.sync_outside > 0)
    yield _open(observer, past, share)


def _synced(past: History) -> int:
    """Return how many commits are synchronisations. Where most subjects tell nothing but a version,
    each of them is the dump of a finished state."""
    dumps = past.releases if 2 * past.releases >= past.human else 0
    return max(past.synced, dumps)


def _open(observer: Observer, past: History, share: float) -> Evidence:
    """A merge brings in at least one commit; which ones, and a rebased request, is not seen."""
    merged = min(past.merges, past.human - past.reviewable)
    reviewed = (past.reviewable + merged) / past.human if past.human else 0.0
    low, high = min(reviewed, 1 - share), 1 - share
    plan = _plan(observer)
    limits = {
        "low": round((low + (plan is True)) / 3, 3),
        "high": round((high + (plan is not False) + 1) / 3, 3),
    }
    return observer.fact("development.open", limits)


def _plan(observer: Observer) -> bool | None:
    try:
        return next(item.value is True for item in roadmap.collect(observer))
    except Unobserved:
        return None
