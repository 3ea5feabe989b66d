"""How old a document is: the day that it says itself, else the limits that history sets."""

from __future__ import annotations

import re

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies import history
from osmm_scan.collectors.supply_chain.dates import dates, stated_date
from osmm_scan.errors import Unobserved
from osmm_scan.model import Value

_DAY = 86_400
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


def age_days(observer: Observer, text: str) -> Value:
    """Return days since the newest day that a text gives as its own.

    Without one, only a lower limit is known: no file is newer than the newest commit of a person.
    """
    past = _NEXT.sub("", text)
    stated = stated_date(past, observer.as_of)
    days = [stated[0]] if stated else []
    days += [
        day for match in _DECIDED.finditer(past) for day in dates(match[0]) if day <= observer.as_of
    ]
    if days:
        return (observer.as_of - max(days)).days
    return {"low": _since_last_change(observer)}


def _since_last_change(observer: Observer) -> int:
    try:
        newest = observer.once(history.digest).latest_human
    except Unobserved:
        return 0
    return 0 if newest is None else max(0, (observer.until - newest) // _DAY)
