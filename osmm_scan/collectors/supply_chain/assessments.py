"""Find dated security assessments and threat models, in documents and in security insights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from posixpath import splitext
from typing import Any

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.insights import insights
from osmm_scan.collectors.studies.paths import is_own
from osmm_scan.collectors.studies.placeholders import placeholders
from osmm_scan.collectors.studies.prose import read
from osmm_scan.collectors.supply_chain.dates import dates, stated_date
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

RECENT_DAYS = 730
FILE_LIMIT = 50
WORDS = 80

_NAME = re.compile(
    r"threat[ _-]?model|security[ _-]?(?:assessment|audit|review)"
    r"|(?<![a-z])pen(?:etration)?[ _-]?test|attack[ _-]?tree"
)
_IN_SECURITY = re.compile(r"(?:^|/)(?:docs?/)?security/[^/]*(?:assessment|audit|threat|pentest)")
_ENDINGS = (".adoc", ".asciidoc", ".markdown", ".md", ".pdf", ".rst", ".txt", "")


@dataclass(frozen=True, slots=True)
class _Assessment:
    """One assessment: where it stands and the day that it states."""

    path: str
    line: int | None
    day: date | None


def assessments(observer: Observer) -> Iterator[Evidence]:
    """Yield whether there is a recent assessment, and how old the newest one is."""
    found: list[_Assessment] = []
    fault: Unobserved | None = None
    for path in _documents(observer):
        try:
            found.extend(_in_document(observer, path))
        except Unobserved as reason:
            fault = fault or reason
    try:
        found.extend(_in_insights(observer))
    except Unobserved as reason:
        fault = fault or reason
    for item in found:
        stated = item.day.isoformat() if item.day else "undated"
        yield observer.fact("assessment.document", stated, item.path, item.line)
    yield from _judged(observer, found, fault)


def _judged(
    observer: Observer, found: list[_Assessment], fault: Unobserved | None
) -> Iterator[Evidence]:
    dated = [item for item in found if item.day is not None]
    newest = max(dated, key=lambda item: item.day or date.min, default=None)
    age = (observer.as_of - newest.day).days if newest and newest.day else None
    doubt = fault
    if len(dated) < len(found):
        undated = next(item.path for item in found if item.day is None)
        doubt = Unobserved(Missing.NOT_COLLECTED, f"{undated} does not say of when it is")
    if newest is not None and age is not None and (age <= RECENT_DAYS or doubt is None):
        recent = age <= RECENT_DAYS
        yield observer.fact("assessment.recent", recent, newest.path, newest.line)
        yield observer.fact("assessment.age_days", age, newest.path, newest.line)
    elif doubt is not None:
        yield observer.missing("assessment.recent", doubt)
        yield observer.missing("assessment.age_days", doubt)
    else:
        yield observer.fact("assessment.recent", False)
        none = Unobserved(Missing.NOT_SUPPORTED, "there is no assessment that could have an age")
        yield observer.missing("assessment.age_days", none)


def _documents(observer: Observer) -> Iterator[str]:
    paths = (path for path in observer.repository.entries() if _is_assessment(path))
    yield from islice(paths, FILE_LIMIT)


def _is_assessment(path: str) -> bool:
    lower = path.lower()
    is_named = _NAME.search(lower.rpartition("/")[2]) or _IN_SECURITY.search(lower)
    return bool(is_named) and splitext(lower)[1] in _ENDINGS and is_own(path)


def _in_document(observer: Observer, path: str) -> Iterator[_Assessment]:
    named = max((day for day in dates(path) if day <= observer.as_of), default=None)
    if path.lower().endswith(".pdf"):
        yield _Assessment(path, None, named)
        return
    text = observer.repository.text(path)
    prose = read(text)
    if prose.words < WORDS or any(placeholders(prose)):
        return
    stated = stated_date(text, observer.as_of)
    yield _Assessment(path, *((stated[1], stated[0]) if stated else (None, named)))


def _in_insights(observer: Observer) -> Iterator[_Assessment]:
    found = observer.once(insights)
    if found is None:
        return
    path, document = found
    place = ("repository", "security", "assessments")
    stated: Any = document.data
    for name in place:
        stated = stated.get(name) if isinstance(stated, dict) else None
    for name, entry in stated.items() if isinstance(stated, dict) else ():
        for index, one in enumerate(entry if isinstance(entry, list) else [entry]):
            # A self-assessment that has not been made is stated too, without evidence.
            if isinstance(one, dict) and one.get("evidence"):
                inner = (*place, name, index) if isinstance(entry, list) else (*place, name)
                yield _Assessment(path, document.at(inner)[0], _day(observer, one))


def _day(observer: Observer, entry: Mapping[str, Any]) -> date | None:
    texts = (str(entry.get("date") or ""), str(entry["evidence"]))
    days = (day for text in texts for day in dates(text[:400]) if day <= observer.as_of)
    return next(days, None)
