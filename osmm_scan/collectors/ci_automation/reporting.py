"""Tell whether a report on compliance or security recurs by schedule."""

from __future__ import annotations

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.workflows.model import ON_SCHEDULE
from osmm_scan.collectors.studies.workflows.practices import Demand, practices
from osmm_scan.collectors.studies.workflows.study import automation
from osmm_scan.model import Evidence

_QUARTERLY = 4


def scheduled_reporting(observer: Observer) -> Evidence:
    """Return whether a workflow makes such a report at least four times a year."""
    key = "reporting.scheduled"
    verdict = observer.once(practices).judge("report", ON_SCHEDULE, demand=Demand.HAPPENS)
    if verdict.proof is None:
        return verdict.evidence(observer, key)
    starter = verdict.proof.act.workflow
    crons = [
        cron
        for workflow in observer.once(automation).workflows
        if workflow.path == starter
        for trigger in workflow.triggers
        for cron in trigger.crons
    ]
    # Other systems keep their schedule at the host; their jobs say only that there is one.
    if crons and not any(is_quarterly(cron) for cron in crons):
        return observer.fact(key, False, starter)
    return verdict.evidence(observer, key)


def is_quarterly(cron: str) -> bool:
    """Tell whether a schedule comes round at least four times a year."""
    fields = cron.split()
    if len(fields) != 5:
        return False
    months = fields[3]
    if months.startswith("*/"):
        return months[2:].isdigit() and 0 < int(months[2:3]) <= 12 // _QUARTERLY
    return months == "*" or "-" in months or months.count(",") >= _QUARTERLY - 1
