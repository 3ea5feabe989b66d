"""One accepted finding, whatever the tool that it was accepted for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_REASONS = ("reason", "notes", "note", "statement", "comment", "justification", ":why")
_EXPIRIES = (
    "expiry",
    "expires",
    "expired_at",
    "ignoreUntil",
    "effectiveUntil",
    "expiration",
    "until",
    "exp",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """An exception: what it lets pass, whether it says why, and until when it holds."""

    what: str
    is_reasoned: bool
    expires: date | None

    def __post_init__(self) -> None:
        if self.what == "*" and self.is_reasoned:
            raise ValueError("what lets everything pass has no reason")

    @property
    def is_managed(self) -> bool:
        """Tell whether somebody could review it: it states a reason or an end."""
        return self.is_reasoned or (self.expires is not None and self.what != "*")


def waiver(what: str, stated: Mapping[Any, Any]) -> Waiver:
    """Return the waiver that an entry states under any of the usual names."""
    reason = any(str(stated.get(name) or "").strip() for name in _REASONS)
    expiry = next((stated[name] for name in _EXPIRIES if stated.get(name)), None)
    return Waiver(what=what, is_reasoned=reason and what != "*", expires=as_date(expiry))


def bare(entries: Any) -> Iterator[Waiver]:
    """Yield the waivers of a list whose entries are names, or mappings that say more."""
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, str):
            yield waiver(entry, {})
        elif isinstance(entry, dict):
            names = ("id", "crate", "name", "vulnerability", "message", "pattern", "item", "signal")
            what = next((str(entry[name]) for name in names if entry.get(name)), "?")
            yield waiver(what, entry)


def as_date(value: Any) -> date | None:
    """Return the day that a value names, None when it names none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = _DATE.match(value) if isinstance(value, str) else None
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
