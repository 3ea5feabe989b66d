"""Tell whether releasing makes a bill of materials and a proof of origin."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.workflows.model import ON_RELEASE, Occasion
from osmm_scan.collectors.studies.workflows.practices import (
    Demand,
    Hit,
    Practices,
    Verdict,
    practices,
)
from osmm_scan.model import Evidence

_RELEASE = (Occasion.RELEASE,)


def releases(observer: Observer) -> Iterator[Evidence]:
    """Yield what the release workflows add to a release."""
    practised = observer.once(practices)
    publishing = practised.publishing

    def publishes(hit: Hit) -> bool:
        return hit.is_release and hit.act.workflow in publishing

    def follows_release(hit: Hit) -> bool:
        # Commands that sign are tried out in tests too; actions that do are rarely.
        alone = bool(hit.act.uses) or hit.act.happens(_RELEASE).is_proved
        return publishes(hit) or (hit.is_release and alone)

    sbom = _judge(practised, "sbom_release", lambda hit: hit.is_release)
    if sbom.proof is None:
        # Making it and publishing it are often two steps of one workflow.
        made = _judge(practised, "sbom", publishes)
        sbom = made if made.proof is not None else sbom
    yield sbom.evidence(observer, "sbom.published")
    attested = _judge(practised, "attestation", follows_release)
    yield attested.evidence(observer, "release.attested")


def _judge(practised: Practices, practice: str, only: Callable[[Hit], bool]) -> Verdict:
    return practised.judge(practice, ON_RELEASE, demand=Demand.HAPPENS, only=only)
