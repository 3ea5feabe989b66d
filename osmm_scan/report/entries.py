"""Turn each noun of an assessment into its entry of the JSON document.

`docs/report.schema.json` describes what is written here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from osmm_scan.model import Evidence, Fault, Signal, Source
from osmm_scan.report.records import Records
from osmm_scan.report.values import interval, json_value, number, text
from osmm_scan.verdicts import (
    Access,
    ActivityVerdict,
    Check,
    CheckFinding,
    Finding,
    LevelVerdict,
    Readiness,
    Remedy,
    RepositoryView,
    RuleSet,
    Verdict,
)

Entry: TypeAlias = dict[str, Any]  # JSON leaves osmm-scan here


def verdict(headline: Verdict) -> Entry:
    """Return the headline."""
    return {
        "level": headline.level,
        "name": text(headline.name),
        "status": str(headline.status),
        "possible": headline.possible,
        "reach": headline.reach,
        "coverage": number(headline.coverage),
        "confidence": number(headline.confidence),
        "because": text(headline.because),
        "stability": number(headline.stability),
    }


def levels(verdicts: Iterable[LevelVerdict]) -> list[Entry]:
    """Return the levels, lowest first."""
    return [
        {
            "level": one.level,
            "name": text(one.name),
            "status": str(one.status),
            "progress": number(one.progress),
            "ceiling": number(one.ceiling),
            "upper": number(one.upper),
            "coverage": number(one.coverage),
            "p2": number(one.p2),
            "p3": number(one.p3),
            "blockers": [text(blocker) for blocker in one.blockers],
        }
        for one in sorted(verdicts, key=lambda one: one.level)
    ]


def activities(verdicts: Iterable[ActivityVerdict]) -> list[Entry]:
    """Return the activities by level and id."""
    return [
        {
            "id": one.id,
            "level": one.level,
            "title": text(one.title),
            "mean": number(one.mean),
            "coverage": number(one.coverage),
        }
        for one in sorted(verdicts, key=lambda one: (one.level, one.id))
    ]


def findings(judged: Iterable[Finding]) -> list[Entry]:
    """Return the items or facets by level and id."""
    return [
        _finding(one) for one in sorted(judged, key=lambda one: (one.criterion.level, _id(one)))
    ]


def readiness(everywhere: Iterable[Readiness]) -> list[Entry]:
    """Return what each repository shows, by name."""
    return [
        {
            "repository": text(one.repository),
            "level": one.level,
            "possible": one.possible,
            "checks": [_outcome(check) for check in sorted(one.checks, key=_place)],
        }
        for one in sorted(everywhere, key=lambda one: one.repository)
    ]


def checks(everywhere: Iterable[Readiness]) -> list[Entry]:
    """Return what every check asks, said once for all repositories."""
    known = {one.check.id: one.check for readiness in everywhere for one in readiness.checks}
    return [_check(one) for one in sorted(known.values(), key=lambda one: (one.level, one.id))]


def signals(measured: Iterable[Signal], yes_no: frozenset[str]) -> list[Entry]:
    """Return the signals by id; the fields named in `yes_no` as true and false."""
    return [_signal(one, yes_no) for one in sorted(measured, key=lambda one: one.id)]


def evidence(everything: Iterable[Evidence]) -> Records:
    """Return every piece of evidence once, by subject, key and id."""
    return Records(everything, _evidence, text)


def repositories(everywhere: Iterable[RepositoryView]) -> list[Entry]:
    """Return the inventory by name."""
    return [
        {
            "name": text(one.name),
            "visibility": one.visibility,
            "archived": one.archived,
            "fork": one.fork,
            "active": one.active,
            "facts": {key: json_value(value) for key, value in sorted(one.facts.items())},
        }
        for one in sorted(everywhere, key=lambda one: one.name)
    ]


def faults(found: Iterable[Fault]) -> list[Entry]:
    """Return what could not be read, sorted."""
    told = sorted((text(one.subject), text(one.what), text(one.why)) for one in found)
    return [{"subject": subject, "what": what, "why": why} for subject, what, why in told]


def access(granted: Access) -> Entry:
    """Return with which right the scan looked and what stayed hidden."""
    return {
        "token": text(granted.token),
        "could_not_see": [
            {"what": text(one.what), "needs": text(one.needs), "hides": sorted(one.hides)}
            for one in granted.could_not_see
        ],
    }


def _id(finding: Finding) -> str:
    return finding.criterion.id


def _place(finding: CheckFinding) -> tuple[int, str]:
    return finding.check.level, finding.check.id


def _finding(finding: Finding) -> Entry:
    criterion = finding.criterion
    shown: Entry = {
        "id": criterion.id,
        "level": criterion.level,
        "activity": criterion.activity,
        "title": text(criterion.title),
        "grade": finding.grade,
        "possible": finding.possible,
        "state": str(finding.state),
        "confidence": number(finding.confidence),
        "because": text(finding.because),
        "evidence": list(finding.evidence),
        "remediation": _remedy(criterion.remedy),
        "criterion": text(criterion.criterion),
        "why": text(criterion.why),
        "gate": criterion.gate,
        "max_observed_grade": criterion.max_observed_grade,
        "next": _next_grade(finding),
        "attestation": json_value(finding.attestation),
        "observed": finding.grade if finding.attestation is None else finding.observed,
        "repository_scope": criterion.repository_scope,
        "repository_says": text(criterion.repository_says),
    }
    return shown if criterion.facet_of is None else shown | {"facet_of": criterion.facet_of}


def _next_grade(finding: Finding) -> Entry | None:
    wanted = (finding.grade or 0) + 1
    for step in finding.criterion.grading:
        if step.grade == wanted:
            return {
                "grade": step.grade,
                "name": text(step.name),
                "basis": step.basis,
                "needs": text(step.meaning),
            }
    return None


def _remedy(remedy: Remedy) -> Entry:
    return {"action": text(remedy.action), "effort": remedy.effort}


def _outcome(finding: CheckFinding) -> Entry:
    return {
        "id": finding.check.id,
        "level": finding.check.level,
        "item": finding.check.item,
        "result": str(finding.result),
        "because": text(finding.because),
        "evidence": list(finding.evidence),
    }


def _check(check: Check) -> Entry:
    return {
        "id": check.id,
        "level": check.level,
        "item": check.item,
        "title": text(check.title),
        "required": check.required,
        "why": text(check.why),
        "remediation": _remedy(check.remedy),
    }


def _signal(signal: Signal, yes_no: frozenset[str]) -> Entry:
    shown: Entry = {
        "id": signal.id,
        "n": signal.n,
        "unknown": signal.unknown,
        "fields": {
            name: interval(within, is_flag=f"{signal.id}.{name}" in yes_no)
            for name, within in sorted(signal.fields.items())
        },
        "evidence": list(signal.evidence),
    }
    if signal.missing is not None:
        shown |= {"missing": str(signal.missing), "why": text(signal.why)}
    return shown


def _evidence(one: Evidence) -> Entry:
    shown: Entry = {"id": one.id, "key": one.key, "subject": text(one.subject)}
    if one.missing is None:
        shown["value"] = json_value(one.value)
    else:
        shown |= {"missing": str(one.missing), "why": text(one.why)}
    return shown | {"source": _source(one.source), "observed_at": one.observed_at.isoformat()}


def _source(source: Source) -> Entry:
    return {
        "url": json_value(source.url),
        "path": json_value(source.path),
        "line": source.line,
        "commit": source.commit,
    }


def rules(one: RuleSet) -> Entry:
    """Return whose rules judged and what they change; no pack where the shipped ones did."""
    return {
        "pack": text(one.name) or None,
        "version": text(one.version) or None,
        "extends": text(one.extends) or None,
        "changes": [
            {
                "kind": change.kind,
                "id": text(change.id),
                "how": change.how,
                "reason": text(change.reason),
                "place": text(change.place),
            }
            for change in one.changes
        ],
    }
