"""Find the day that a document says it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_FORMS = (
    re.compile(r"(?<!\d)(?P<year>20\d\d)[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<name>{_MONTH}),? (?P<year>20\d\d)"),
    re.compile(rf"(?P<name>{_MONTH}) (?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? )?(?P<year>20\d\d)"),
)
_SAYS_WHEN = re.compile(
    r"\b(?:date|dated|updated|reviewed|review|published|performed|conducted|completed|assessed"
    r"|assessment|audit|audited|revision|version|created|period|as of|between)\b"
)
_LINE_LIMIT = 400


def stated_date(text: str, until: date) -> tuple[date, int] | None:
    """Return the newest day that a line of a text gives as its own, with the line; never later
    than `until`.
    """
    found = [
        (day, -number)
        for number, line in enumerate(text.splitlines(), start=1)
        if len(line) <= _LINE_LIMIT and _SAYS_WHEN.search(line.lower())
        for day in dates(line)
        if day <= until
    ]
    day, number = max(found, default=(None, 0))
    return None if day is None else (day, -number)


def dates(text: str) -> Iterator[date]:
    """Yield the days and months that a short text names; a month stands for its first day."""
    lower = text.lower()
    for form in _FORMS:
        for match in form.finditer(lower):
            named = match.groupdict()
            name = named.get("name")
            month = _MONTHS.index(name[:3]) + 1 if name else int(named["month"])
            try:
                yield date(int(named["year"]), month, int(named["day"] or 1))
            except ValueError:
                continue
        lower = form.sub(" ", lower)  # "1 June 2026" is not "June 2026" as well
