"""Tell whether a dependency check can stop a change, as far as files can tell."""

from __future__ import annotations

from collections.abc import Iterator

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.workflows.model import Occasion
from osmm_scan.collectors.studies.workflows.practices import (
    Demand,
    Hit,
    Practices,
    Verdict,
    practices,
)
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

_BEFORE_MERGE = (Occasion.PROPOSAL,)
_CHECKS = ("sca", "license")


def gate(observer: Observer) -> Iterator[Evidence]:
    """Yield whether a failing dependency check blocks, and whether it names its limits."""
    practised = observer.once(practices)
    verdict = _strongest(practised)
    if verdict.proof is None:
        yield verdict.evidence(observer, "gate.blocks")
        yield verdict.evidence(observer, "gate.thresholds")
        return
    why = f"only the API shows whether {verdict.proof.act.place} is required before a merge"
    reason = Unobserved(Missing.NOT_COLLECTED, why)
    yield observer.missing("gate.blocks", reason, verdict.proof.act.place.path)
    hits = [hit for check in _CHECKS for hit in practised.hits.get(check, ()) if _is_gate(hit)]
    named = next((hit.act.place for hit in hits if hit.by.has_threshold(hit.act)), None)
    if named is not None:
        yield observer.fact("gate.thresholds", True, named.path, named.line)
    else:
        place = verdict.proof.act.place
        yield observer.fact("gate.thresholds", False, place.path, place.line)


def _strongest(practised: Practices) -> Verdict:
    verdicts = [practised.judge(check, _BEFORE_MERGE, demand=Demand.FAILS) for check in _CHECKS]
    proved = next((verdict for verdict in verdicts if verdict.proof is not None), None)
    unknown = next((verdict for verdict in verdicts if verdict.unknown is not None), None)
    return proved or unknown or Verdict()


def _is_gate(hit: Hit) -> bool:
    return hit.fails and hit.act.happens(_BEFORE_MERGE).is_proved
