"""Tell how old committed reports on compliance are, and which repositories they speak of.

Whoever commits none may still report elsewhere, so where there is none nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from osmm_scan.collectors import ask
from osmm_scan.collectors.documents import read_library
from osmm_scan.collectors.documents.ages import ages
from osmm_scan.collectors.documents.gathering import Document
from osmm_scan.collectors.documents.recognition import SUBSTANTIVE
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.named_repositories import named
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing, Value

FACTS: Mapping[str, str] = {
    "compliance_reports.age_days": "days since the newest substantive report on compliance",
    "compliance_reports.has_targets": "the newest such report compares with a goal",
    "compliance_reports.quality": "quality of the newest such report",
    "compliance_reports.repositories": "repositories that such a report of the last quarter names",
}

QUARTER_DAYS = 92

_REPORT = "compliance_report"
_ELSEWHERE = "no such report is committed here, and one may be made elsewhere"


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield what the newest report is worth, and whom the recent ones cover."""
    report = ask(observer, f"document.{_REPORT}")
    unseen = Unobserved(Missing.NOT_SUPPORTED, _ELSEWHERE)
    if report is not None and report.missing is not None:
        unseen = Unobserved(report.missing, report.why)
    dated = _dated(observer)
    if not dated:
        yield from (observer.missing(key, unseen) for key in FACTS)
        return
    newest, age = dated[0]
    recent = [one for one, days in dated if _least(days) <= QUARTER_DAYS]
    facts: tuple[Value, ...] = (
        age,
        newest.finding.parts["has_targets"],
        newest.finding.quality,
        tuple(sorted(frozenset[str]().union(*(named(one.text) for one in recent)))),
    )
    for key, value in zip(FACTS, facts, strict=True):
        yield observer.fact(key, value, newest.path, newest.line)


def _dated(observer: Observer) -> list[tuple[Document, Value]]:
    """Return the substantive reports with their ages, the newest first."""
    reports = observer.once(read_library).of(_REPORT)
    found = [one for one in reports if one.finding.quality >= SUBSTANTIVE]
    old = ages(observer, {one.path: one.text for one in found})
    return sorted(
        ((one, old[one.path]) for one in found),
        key=lambda pair: (_least(pair[1]), pair[0].path),
    )


def _least(age: Value) -> int:
    return age if isinstance(age, int) else QUARTER_DAYS + 1
