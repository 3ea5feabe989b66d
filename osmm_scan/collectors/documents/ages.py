"""How old documents are: by the day that they say themselves, and by their last change."""

from __future__ import annotations

import re
from collections.abc import Mapping

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies import changes
from osmm_scan.collectors.supply_chain.dates import dates, stated_date
from osmm_scan.errors import Unobserved
from osmm_scan.model import Value

# When it will be looked at again says nothing of when it was looked at.
_NEXT = re.compile(
    r"\b(?:next|scheduled|due|upcoming|expires?|until)\b[^\n\d]{0,40}\d[\w./-]{3,18}(?: \d{4})?",
    re.I,
)

_DECIDED = re.compile(
    r"\b(?:approved|adopted|amended|effective|in force|ratified|stand|datum)\b"
    r"[^\n\d]{0,60}[^\n]{0,24}",
    re.I,
)


def ages(observer: Observer, texts: Mapping[str, str]) -> Mapping[str, Value]:
    """Return days since the review that each document states or its last change, by its path.

    Where history is not there, a document that states no day may be of any age.
    """
    try:
        changed = changes.ages(observer, texts) if texts else {}
    except Unobserved:
        changed = {}
    return {path: _age(observer, text, changed.get(path)) for path, text in texts.items()}


def _age(observer: Observer, text: str, changed: Value | None) -> Value:
    stated = _stated(observer, text)
    if stated is None:
        return {"low": 0} if changed is None else changed
    return min(stated, changed) if isinstance(changed, int) else stated


def _stated(observer: Observer, text: str) -> int | None:
    """Return days since the newest day that a text gives as its own."""
    past = _NEXT.sub("", text)
    stated = stated_date(past, observer.as_of)
    days = [stated[0]] if stated else []
    days += [
        day for match in _DECIDED.finditer(past) for day in dates(match[0]) if day <= observer.as_of
    ]
    return (observer.as_of - max(days)).days if days else None
