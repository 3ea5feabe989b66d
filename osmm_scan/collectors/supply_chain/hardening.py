"""Judge GitHub workflows: the rights of their tokens, what they build on, what they trust."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.workflows.model import Permissions, Workflow
from osmm_scan.collectors.studies.workflows.study import automation
from osmm_scan.collectors.supply_chain.findings import Findings, Kind, findings
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing, Value

FINDING_LIMIT = 500

# Rights with which code, releases or results can be changed.
_POWERS = frozenset(
    {
        "*",
        "actions",
        "checks",
        "contents",
        "deployments",
        "packages",
        "security-events",
        "statuses",
    }
)
_CLEAN: Mapping[str, frozenset[Kind]] = {
    "workflow.isolated": frozenset({Kind.UNTRUSTED_CODE}),
    "workflow.safe": frozenset(Kind),
    "workflow.sanitized": frozenset({Kind.INJECTION}),
}


def hardening(observer: Observer) -> Iterator[Evidence]:
    """Yield how well the workflows that GitHub reads are guarded."""
    study = observer.once(automation)
    found = observer.once(findings)
    fault = study.damaged[0].reason if study.damaged else None
    for bad in found.bad[:FINDING_LIMIT]:
        what = f"{bad.kind}: {bad.what}"
        yield observer.fact("workflow.finding", what, bad.place.path, bad.place.line)
    for key, kinds in _CLEAN.items():
        worst = next((bad.place for bad in found.bad if bad.kind in kinds), None)
        if worst is not None:
            yield observer.fact(key, False, worst.path, worst.line)
        else:
            yield observer.missing(key, fault) if fault else observer.fact(key, True)
    yield _least_privilege(observer, study.workflows, fault)
    yield _index(observer, study.workflows, found, fault)


def has_least_privilege(workflow: Workflow) -> bool | None:
    """Tell whether a workflow limits its token, None where the host's default decides."""
    jobs = [job.permissions for job in workflow.jobs]
    if any(_is_all(stated) for stated in (workflow.permissions, *jobs)):
        return False
    if workflow.permissions is None:
        return True if jobs and all(stated is not None for stated in jobs) else None
    # With a single job it makes no difference where its rights are stated.
    return len(jobs) == 1 or not _has_powers(workflow.permissions)


def _is_all(stated: Permissions | None) -> bool:
    return stated is not None and stated.scopes.get("*") == "write"


def _has_powers(stated: Permissions) -> bool:
    return any(stated.scopes.get(name) == "write" for name in _POWERS)


def _least_privilege(
    observer: Observer, workflows: tuple[Workflow, ...], fault: Unobserved | None
) -> Evidence:
    key = "workflow.least_privilege"
    judged = {workflow.path: has_least_privilege(workflow) for workflow in workflows}
    worst = next((path for path, holds in judged.items() if holds is False), None)
    if worst is not None:
        return observer.fact(key, False, worst)
    unstated = next((path for path, holds in judged.items() if holds is None), None)
    if unstated is not None:
        why = f"{unstated} leaves the rights of its token to a setting of the host"
        return observer.missing(key, Unobserved(Missing.NOT_COLLECTED, why))
    return observer.missing(key, fault) if fault else observer.fact(key, True)


def _index(
    observer: Observer,
    workflows: tuple[Workflow, ...],
    found: Findings,
    fault: Unobserved | None,
) -> Evidence:
    key = "workflow.hardening"
    if fault is not None:
        return observer.missing(key, fault)
    if not workflows:
        why = "there is no GitHub workflow that could be hardened"
        return observer.missing(key, Unobserved(Missing.NOT_SUPPORTED, why))
    limited = [has_least_privilege(workflow) for workflow in workflows]
    pinned = found.pinned / found.foreign if found.foreign else 1.0
    trusted = float(all(bad.kind is Kind.UNPINNED for bad in found.bad))
    low, high = (
        round((share / len(workflows) + pinned + trusted) / 3, 4)
        for share in (limited.count(True), len(limited) - limited.count(False))
    )
    value: Value = low if low == high else {"low": low, "high": high}
    return observer.fact(key, value)
