"""Judge evidence of a made-up company by the shipped rules, as a scan with full access would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache

from osmm_scan.engine.assessment import weigh_up
from osmm_scan.engine.recollection import Earlier, Recollection
from osmm_scan.engine.rules import RulePack, load_rules
from osmm_scan.model import Bundle, Evidence, Signal, Target, TargetKind, Visibility
from osmm_scan.resources import rules_directory
from osmm_scan.signals.measuring import measure_signals
from osmm_scan.verdicts import Finding
from tests.fakes import AS_OF


@cache
def pack() -> RulePack:
    return load_rules(rules_directory())


def measure(evidence: Sequence[Evidence], repositories: Sequence[str]) -> Mapping[str, Signal]:
    """Return every signal by its id."""
    populations = pack().model.populations
    measured = measure_signals(evidence, pack().signals, populations, repositories=repositories)
    return {one.id: one for one in measured}


def judge(
    evidence: Sequence[Evidence], repositories: Sequence[str], *, kept_up_days: int = 0
) -> Mapping[str, Finding]:
    """Return what is found of every item and facet, by its id.

    `kept_up_days` tells for how long earlier scans measured the same.
    """
    signals = measure(evidence, repositories)
    days = [AS_OF - timedelta(days=kept_up_days * part // 3) for part in range(1, 4)]
    earlier = [Earlier(day=day, signals=signals) for day in days if kept_up_days]
    bundle = Bundle(
        tool_version="1",
        target=Target(kind=TargetKind.ORGANISATION, name="acme", source="acme"),
        as_of=AS_OF,
        window_days=365,
        visibility=Visibility.FULL,
        repositories=tuple(repositories),
        unseen=0,
        evidence=tuple(evidence),
    )
    judged = weigh_up(
        pack(),
        bundle,
        signals.values(),
        profile="company",
        history=Recollection(pack(), earlier),
    ).organisation
    facets = (judged.grader.find(facet) for facet in pack().facets)
    return {one.criterion.id: one for one in (*judged.findings, *facets)}
