"""What the host is told about a repository, and what it asks of changes to the default branch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.host import Statements, statements
from osmm_scan.model import Evidence
from osmm_scan.sources.hosting import Hosting

_PRESENTED: Mapping[str, str] = {
    "hosting.described": "the host shows a description of the repository",
    "hosting.visibility": "who may read it: public, internal or private",
}
_LISTED: Mapping[str, str] = {"hosting.topics": "topics under which the host lists it"}
_PROTECTED: Mapping[str, str] = {
    "branch.protected": (
        "the default branch takes changes only through a pull request, a review or checks"
    ),
    "branch.required_reviews": "approvals that a change to the default branch needs",
    "branch.required_checks": "a change to the default branch needs checks that pass",
    "branch.organisation_rules": "a rule of the whole organisation protects the default branch",
}

FACTS: Mapping[str, str] = {**_PRESENTED, **_LISTED, **_PROTECTED}


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield how the repository is presented, then how its default branch is protected."""
    yield from statements(observer, _PRESENTED, "", _presented)
    yield from statements(observer, _LISTED, "", lambda host: {"hosting.topics": host.topics()})
    yield from statements(observer, _PROTECTED, "rules", _protected)


def _presented(hosting: Hosting) -> Statements:
    nature = hosting.nature()
    return {
        "hosting.described": bool(nature.description.strip()),
        "hosting.visibility": nature.visibility,
    }


def _protected(hosting: Hosting) -> Statements:
    rules = hosting.protection()
    return {
        "branch.protected": rules.pull_requests or rules.checks,
        "branch.required_reviews": rules.reviews,
        "branch.required_checks": rules.checks,
        "branch.organisation_rules": rules.by_organisation,
    }
