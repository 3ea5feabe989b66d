"""Numbers that a document states or shows: how many rows, periods, dated entries, which share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from osmm_scan.collectors.documents.reading import Reading
from osmm_scan.collectors.studies.blocks import Block
from osmm_scan.collectors.supply_chain.dates import dates
from osmm_scan.model import Value

_ITEM = re.compile(r"(?:[-*+•]|\d{1,3}[.)])\s")
_YEAR = re.compile(r"(?<!\d)(20[12]\d)(?!\d)")
_PERCENT = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|percent\b|per cent\b|prozent\b)"
)
_PART = re.compile(r"(?<![\d.,])(\d{1,6}) (?:out )?(?:of|from|von) (?:\w{1,12} ){0,2}(\d{1,6})\b")
_TAUGHT = re.compile(r"\b(?:train|complet|attend|certif|enrol|passed|geschult)")
_AIMS = re.compile(r"\b(?:objectives?|goals?|targets?|outcomes?|key results?|okrs?|ziele?)\b", re.I)
_NUMBER = re.compile(r"(?<![\w.-])\d[\d.,]*\s?(?:%|\w{1,12})?")
_WHEN = re.compile(r"\b20[12]\d(?:-\d\d){0,2}\b|\bq[1-4]\b|\bby the end of\b", re.I)
_RESULT = re.compile(
    r"\b(?:achieved|reached|missed|done|met|result|results|actual|status|on track|delayed)\b", re.I
)
_DONE = re.compile(r"\b(?:done|completed?|closed|delivered|finished|shipped)\b|\[x\]|✅|✔", re.I)
_YEAR_DAYS = 365
_LINE_LIMIT = 400


def rows(reading: Reading, as_of: date) -> Value:
    """Return how many rows the tables have, without their heads, else how many items are listed."""
    return sum(1 for _ in _rows(reading.blocks))


def years(reading: Reading, as_of: date) -> Value:
    """Return how many years are named, up to now."""
    named = {int(year) for block in reading.blocks for year in _YEAR.findall(block.text)}
    return sum(1 for year in named if year <= as_of.year)


def dated(reading: Reading, as_of: date) -> Value:
    """Return how many headings, rows and items carry a day of the last year."""
    listed = [*_rows(reading.blocks), *(block for block in reading.blocks if block.level)]
    since = as_of - timedelta(days=_YEAR_DAYS)
    return sum(1 for block in listed if any(since < day <= as_of for day in dates(block.text)))


def dated_at_least(reading: Reading, as_of: date) -> Value:
    """Return how many are dated here, where more may be elsewhere."""
    return {"low": dated(reading, as_of)}


def share_taught(reading: Reading, as_of: date) -> Value:
    """Return which share was taught, where the text tells: lowest and highest of what it names."""
    told = [text for block in reading.blocks if _TAUGHT.search(text := block.text.lower())]
    shares = [share for text in told for share in _shares(text)]
    low, high = min(shares, default=0.0), max(shares, default=1.0)
    return low if low == high else {"low": low, "high": high}


def aims(reading: Reading, as_of: date) -> Value:
    """Return how many objectives are listed."""
    return len(_aims(reading))


def measurable_share(reading: Reading, as_of: date) -> Value:
    """Return which share of the objectives has a number to reach and a time."""
    aimed = _aims(reading)
    return _share(aimed, [text for text in aimed if _WHEN.search(text) and _has_target(text)])


def reported_share(reading: Reading, as_of: date) -> Value:
    """Return which share of the objectives has a result beside it."""
    aimed = _aims(reading)
    return _share(aimed, [text for text in aimed if _RESULT.search(text)])


def kept_share(reading: Reading, as_of: date) -> Value:
    """Return which share of what was due in the last year is marked as done."""
    since = as_of - timedelta(days=_YEAR_DAYS)
    listed = [block.text for block in _rows(reading.blocks)]
    due = [text for text in listed if any(since < day <= as_of for day in dates(text))]
    return _share(due, [text for text in due if _DONE.search(text)])


def editions(reading: Reading, as_of: date) -> Value:
    """Return in how many months of the last two years entries were made; at least one."""
    since = as_of - timedelta(days=2 * _YEAR_DAYS)
    lines = reading.text.splitlines()
    days = {day for line in lines if len(line) <= _LINE_LIMIT for day in dates(line)}
    months = {(day.year, day.month) for day in days if since < day <= as_of}
    return len(months) if months else {"low": 1}


FIGURES: Mapping[str, Callable[[Reading, date], Value]] = {
    "aims": aims,
    "dated": dated,
    "dated_at_least": dated_at_least,
    "editions": editions,
    "kept_share": kept_share,
    "measurable_share": measurable_share,
    "reported_share": reported_share,
    "rows": rows,
    "share_taught": share_taught,
    "years": years,
}


def _rows(blocks: tuple[Block, ...]) -> Iterator[Block]:
    if not any(block.text.startswith("|") for block in blocks):
        yield from (block for block in blocks if _ITEM.match(block.text))
        return
    for before, block in pairwise((None, *blocks)):
        is_head = before is None or not before.text.startswith("|")
        if block is not None and block.text.startswith("|") and not is_head:
            yield block


def _share(all_: list[str], some: list[str]) -> Value:
    """Return a share, which of nothing can be any."""
    return len(some) / len(all_) if all_ else {"low": 0.0, "high": 1.0}


def _shares(text: str) -> Iterator[float]:
    yield from (min(1.0, float(one.replace(",", ".")) / 100) for one in _PERCENT.findall(text))
    for part, whole in _PART.findall(text):
        if 0 < int(whole) >= int(part):
            yield round(int(part) / int(whole), 4)


def _aims(reading: Reading) -> list[str]:
    """Return what is listed below headings about objectives."""
    found: list[str] = []
    level: int | None = None
    listed = set(_rows(reading.blocks))
    for block in reading.blocks:
        if block.level and (level is None or block.level <= level):
            level = block.level if _AIMS.search(block.text) else None
        elif level is not None and (block in listed or _ITEM.match(block.text)):
            found.append(block.text)
    return found


def _has_target(text: str) -> bool:
    """Tell whether a number stands there that is no date."""
    return _NUMBER.search(_WHEN.sub(" ", _ITEM.sub("", text, count=1))) is not None
