"""Count the recorded decisions for or against a component: which weigh open source and others.

Records about the inner shape of a program, its style or its interfaces are left aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from posixpath import basename, splitext

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.blocks import Block, Kind
from osmm_scan.collectors.studies.paths import TEXT_ENDINGS, is_own
from osmm_scan.collectors.studies.prose import Prose, read
from osmm_scan.collectors.supply_chain.dates import dates
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

FACTS: Mapping[str, str] = {
    "decisions.sourcing": "records of the last 24 months that decide for or against a component",
    "decisions.open_source": "those of them that weigh an open source option",
    "decisions.alternatives": "those of them that name at least two alternatives",
}
DETAILS: Mapping[str, str] = {
    "decisions.record": "a record that decides for or against a component, with its day",
}

RECENT_DAYS = 730
FILE_LIMIT = 300
# A log that was written up in one go tells less than the number of its entries.
PER_DAY = 5

_DAY = 86_400
_FOLDER = re.compile(
    r"(?:^|/)(?:adrs?|decisions|decision[-_]?(?:log|records)|architecture[-_]decisions?"
    r"|architecture[-_]decision[-_]records)/(?:[^/]{1,80}/)?[^/]+$",
    re.I,
)
_NO_RECORD = re.compile(
    r"(?:readme|index|template|(?:[\w-]{0,40}-)?template|0{1,4}-template)", re.I
)
_CONTEXT = re.compile(r"\b(?:context|problem|issue|background|motivation)\b", re.I)
_DECISION = re.compile(r"\bdecision(?!s? (?:drivers|records?|log))\b", re.I)
_NUMBER = re.compile(r"^\W*(?:(?:adr|rfc)\b[-#: ]{0,3})?(?:\d{1,8}[-.:) ]{1,3}){0,4}", re.I)
_CHOICE = re.compile(
    r"""^(?:we\ (?:will|should)\ )?
      (?:use|using|adopt|adopting|choose|choosing|select|selecting|switch(?:ing)?\ to|move\ to
      |migrat(?:e|ing)(?:\ [\w\ ]{1,40})?\ (?:to|from)|replac(?:e|ing)|drop(?:ping)?
      |introduc(?:e|ing)
      |standardi[sz]e\ on|buy|build\ or\ buy|build\ (?:vs|versus)\.?\ buy|evaluat(?:e|ion\ of))\b\ ?
      (?!(?:an?|one|two|our|explicit|new|the\ same)\b)
    | \b(?:choice|selection)\ of\b | \b(?:build\ or\ buy|make\ or\ buy)\b
    """,
    re.I | re.X,
)
_COMPONENT = re.compile(
    r"\b(?:librar(?:y|ies)|frameworks?|packages?|databases?|brokers?|vendors?|products?|saas"
    r"|off[- ]the[- ]shelf|third[- ]party|open[- ]source|open[- ]sourced|dependenc(?:y|ies))\b",
    re.I,
)
_INNER = re.compile(
    r"\b(?:style|naming|conventions?|format(?:ting)?|indent\w*|nam(?:e|ing)|branch\w*|versioning"
    r"|commits?|layout|schemas?|interfaces?|patterns?|encoding|types|nullness)\b",
    re.I,
)
_OPEN_SOURCE = re.compile(
    r"\bopen[- ]sourced?\b|\b(?:foss|floss|oss)\b"
    r"|\b(?:apache|mit|bsd|mpl|gpl|lgpl|agpl)(?:[- ]v?\d(?:\.\d)?)?[- ]licen[cs]ed?\b",
    re.I,
)
_OPTIONS = re.compile(r"\b(?:alternatives?|options|possible solutions|candidates)\b", re.I)
_ITEM = re.compile(r"^(?:[-*+•]|\d{1,3}[.)]|[A-F][:.)])\s")
_DATED = re.compile(r"^\W{0,6}(?:date|decided|decided on|accepted|approved|when)\b", re.I)
_ENOUGH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A decision about a component; `day` is None where the record does not say it."""

    path: str
    day: date | None
    weighs_open_source: bool
    has_alternatives: bool


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield each record, and how many there are."""
    found: list[Record] = []
    for path in _paths(observer):
        record = read_record(observer.repository.text(path), path)
        if record is not None:
            found.append(record)
    recent = tuple(_spread(_recent(observer, found)))
    for record, day in recent:
        yield observer.fact("decisions.record", day.isoformat(), record.path)
    first = recent[0][0].path if recent else None
    counts = {
        "decisions.sourcing": len(recent),
        "decisions.open_source": sum(record.weighs_open_source for record, _ in recent),
        "decisions.alternatives": sum(record.has_alternatives for record, _ in recent),
    }
    for key, count in counts.items():
        yield observer.fact(key, count, first)


def read_record(text: str, path: str) -> Record | None:
    """Return what a text decides, None when it is no record of a decision about a component."""
    prose = read(text)
    headings = [block.text for block in prose.headings]
    is_record = any(map(_CONTEXT.search, headings)) and any(map(_DECISION.search, headings))
    if not is_record or not _is_about_a_component(prose, path):
        return None
    return Record(
        path=path,
        day=_day(text),
        weighs_open_source=any(_OPEN_SOURCE.search(block.text) for block in prose.blocks),
        has_alternatives=len(_alternatives(prose)) >= _ENOUGH,
    )


def _paths(observer: Observer) -> list[str]:
    paths = [path for path in observer.repository.entries() if _may_be_record(path)]
    if len(paths) > FILE_LIMIT:
        raise Unobserved(Missing.TRUNCATED, f"more than {FILE_LIMIT} decision records")
    return paths


def _may_be_record(path: str) -> bool:
    stem, ending = splitext(basename(path))
    is_text = bool(ending) and ending.lower() in TEXT_ENDINGS
    is_placed = is_text and _FOLDER.search(path) is not None
    return is_placed and _NO_RECORD.fullmatch(stem) is None and is_own(path)


def _is_about_a_component(prose: Prose, path: str) -> bool:
    """Tell whether the title chooses something, and the text speaks of what others make."""
    name = splitext(basename(path))[0].replace("-", " ").replace("_", " ")
    titles = [name, *(block.text for block in prose.headings[:1] if block.level == 1)]
    plain = [_NUMBER.sub("", title, count=1) for title in titles]
    if any(map(_INNER.search, plain)) or not any(map(_CHOICE.search, plain)):
        return False
    return any(_COMPONENT.search(block.text) for block in prose.blocks)


def _alternatives(prose: Prose) -> set[str]:
    """Return the options that are listed, or have a heading each, below a heading for them."""
    below = list(prose.under(_OPTIONS))
    titles = [block for block in below if block.kind is Kind.HEADING]
    top = min((block.level for block in titles), default=0)
    named = [block.text for block in titles if block.level == top]
    listed = [block.text for block in _before_headings(below) if _ITEM.match(block.text)]
    return set(named if len(named) >= len(listed) else listed)


def _before_headings(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.kind is Kind.HEADING:
            return
        yield block


def _day(text: str) -> date | None:
    """Return the day that a line or a table says is the record's; of later changes, none."""
    lines = text.splitlines()[:40]
    dated = [line for line in lines if len(line) < 400 and _DATED.match(line)]
    tables = [line for line in lines if line.startswith("|") and len(line) < 400]
    return min((day for line in (dated or tables) for day in dates(line)), default=None)


def _recent(observer: Observer, found: list[Record]) -> Iterator[tuple[Record, date]]:
    """Yield the records of the last 24 months; one without a day is of the day it appeared."""
    silent = [record.path for record in found if record.day is None]
    added = _added(observer, silent) if silent else {}
    for record in found:
        day = record.day or added.get(record.path)
        if day is not None and 0 <= (observer.as_of - day).days <= RECENT_DAYS:
            yield record, day


def _added(observer: Observer, paths: list[str]) -> Mapping[str, date]:
    """Return the day on which each of these files appeared, if it did within the time."""
    since = observer.until - RECENT_DAYS * _DAY
    before = observer.repository.earlier(since)
    there = before.entries() if before is not None else {}
    new = [path for path in paths if path not in there]
    # Newest first, so the first change of a file comes last.
    return {
        change.path: datetime.fromtimestamp(change.committed, UTC).date()
        for change in observer.repository.changes(new, since=since)
    }


def _spread(records: Iterator[tuple[Record, date]]) -> Iterator[tuple[Record, date]]:
    times: dict[date, int] = {}
    for record, day in sorted(records, key=lambda pair: (pair[1], pair[0].path)):
        times[day] = times.get(day, 0) + 1
        if times[day] <= PER_DAY:
            yield record, day
