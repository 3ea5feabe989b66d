"""Count the documents of a class that are of the last two years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from osmm_scan.collectors.documents.gathering import Document
from osmm_scan.collectors.documents.recognition import SUBSTANTIVE
from osmm_scan.collectors.documents.rubrics import Rubric
from osmm_scan.model import Value

RECENT_DAYS = 730


def tallies(
    rubric: Rubric, documents: Iterable[Document], old: Mapping[str, Value]
) -> dict[str, Value]:
    """Return how many recent substantive documents there are, and how many have each field.

    Which of those without a known age are recent is open, so that numbers may be limits.
    """
    good = [one for one in documents if one.finding.quality >= SUBSTANTIVE]
    if not rubric.tallies:
        return {}
    counted = {f"{name}_24m": _having(good, name) for name in rubric.tallies if name != "recent"}
    counted["recent_24m"] = good
    return {name: _recent(those, old) for name, those in counted.items()}


def _having(documents: Iterable[Document], name: str) -> list[Document]:
    return [one for one in documents if one.finding.parts.get(name)]


def _recent(documents: list[Document], old: Mapping[str, Value]) -> Value:
    known = [age for one in documents if isinstance(age := old[one.path], int)]
    low = sum(1 for age in known if age <= RECENT_DAYS)
    open_ = [old[one.path] for one in documents if not isinstance(old[one.path], int)]
    high = low + sum(1 for age in open_ if _may_be_recent(age))
    return low if low == high else {"low": low, "high": high}


def _may_be_recent(age: Value) -> bool:
    low = age.get("low") if isinstance(age, dict) else None
    return not isinstance(low, int) or low <= RECENT_DAYS
