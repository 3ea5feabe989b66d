"""Tell which projects an organisation's reports on the health of projects speak of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from osmm_scan.collectors import ask
from osmm_scan.collectors.documents import read_library
from osmm_scan.collectors.documents.gathering import Document
from osmm_scan.collectors.documents.recognition import SUBSTANTIVE
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.named_repositories import named
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence

FACTS: Mapping[str, str] = {
    "health_reports.projects": "projects that substantive reports on the health of projects name",
}

_REPORT = "metrics_report"


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield the projects by address, and by name where they lead the row of a table."""
    (key,) = FACTS
    report = ask(observer, f"document.{_REPORT}")
    if report is not None and report.missing is not None:
        yield observer.missing(key, Unobserved(report.missing, report.why))
        return
    found = [one for one in observer.once(read_library).of(_REPORT) if _is_about_health(one)]
    names = frozenset[str]().union(*(named(one.text) for one in found))
    yield observer.fact(key, tuple(sorted(names)), found[0].path if found else None)


def _is_about_health(document: Document) -> bool:
    finding = document.finding
    return finding.quality >= SUBSTANTIVE and "health" in finding.kinds
