"""Tell what a repository's CI does by itself: tests, license checks, reports, shared parts."""

from __future__ import annotations

from collections.abc import Iterator

from osmm_scan.collectors.ci_automation.baseline import shared_baseline
from osmm_scan.collectors.ci_automation.exceptions import exceptions
from osmm_scan.collectors.ci_automation.outside import runs_elsewhere
from osmm_scan.collectors.ci_automation.reporting import scheduled_reporting
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.workflows.model import ON_CHANGE
from osmm_scan.collectors.studies.workflows.practices import Demand, Practices, practices
from osmm_scan.collectors.studies.workflows.study import Automation, automation
from osmm_scan.model import Evidence

FACTS = {
    "ci.any": "continuous integration is configured and does something",
    "ci.tests": "a job that can fail runs automated tests on change",
    "license.scanned_in_ci": "the licenses of dependencies are checked on change or by schedule",
    "baseline.shared": "a workflow, action, template or preset of the same owner is used",
    "exceptions.age_days": "days since a register of exceptions last changed",
    "exceptions.quality": (
        "worth of the register: 0 none, 1 some say why or until when, 2 most say why, 3 all say "
        "why and until when, and owners are named"
    ),
    "exceptions.register": "accepted findings are recorded with a reason or an expiry",
    "exceptions.total": "number of recorded exceptions",
    "exceptions.reasoned": "number of recorded exceptions that state a reason",
    "exceptions.expired": "number of recorded exceptions past their expiry",
    "reporting.scheduled": "a compliance or security report is made at least quarterly",
}
DETAILS = {
    "ci.system": "a CI system, at its first file",
    "ci.fault": "a part of CI that could not be read",
    "ci.ineffective": "a check that is there and does not count, and why; 50 of each kind",
    "exceptions.file": "a file of exceptions, with how many it records",
}

INEFFECTIVE_LIMIT = 50

_CHECKS = ("dynamic", "license", "sast", "sca", "secrets", "tests")


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield what the CI of a repository shows."""
    study = observer.once(automation)
    practised = observer.once(practices)
    yield from _overview(observer, study)
    tests = practised.judge("tests", ON_CHANGE, demand=Demand.FAILS)
    elsewhere = runs_elsewhere(observer) if tests.is_no else None
    yield (tests.or_unknown(elsewhere) if elsewhere else tests).evidence(observer, "ci.tests")
    licenses = practised.judge("license", demand=Demand.HEARD)
    yield licenses.evidence(observer, "license.scanned_in_ci")
    yield shared_baseline(observer)
    yield scheduled_reporting(observer)
    yield from exceptions(observer)
    yield from _ineffective(observer, practised)


def _overview(observer: Observer, study: Automation) -> Iterator[Evidence]:
    if study.acts:
        place = study.acts[0].place
        yield observer.fact("ci.any", True, place.path, place.line)
    elif study.unread:
        yield observer.missing("ci.any", study.unread[0].reason, study.unread[0].place.path)
    else:
        yield observer.fact("ci.any", False)
    for name, path in study.systems:
        yield observer.fact("ci.system", name, path)
    for part in study.unread:
        yield observer.missing("ci.fault", part.reason, part.place.path)


def _ineffective(observer: Observer, practised: Practices) -> Iterator[Evidence]:
    for practice in _CHECKS:
        if practised.judge(practice, demand=Demand.HEARD).proof is None:
            for hit in practised.hits.get(practice, ())[:INEFFECTIVE_LIMIT]:
                why = "it cannot fail, and its findings go nowhere"
                text = f"{practice}: {why if not hit.heard else 'it does not run by itself'}"
                place = hit.act.place
                yield observer.fact("ci.ineffective", text, place.path, place.line)
