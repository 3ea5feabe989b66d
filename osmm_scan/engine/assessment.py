"""Judge a scan: from evidence and signals to all that a report may show. Pure and repeatable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from osmm_scan import __version__
from osmm_scan.engine.access import describe_access
from osmm_scan.engine.activities import sum_up_activities
from osmm_scan.engine.attestations import apply_attestations
from osmm_scan.engine.grades import Grader, Scene
from osmm_scan.engine.inventory import list_repositories
from osmm_scan.engine.maturity import Organisation, judge_maturity
from osmm_scan.engine.readiness import judge_readiness, readiness_verdict
from osmm_scan.engine.readings import Past, read_signals
from osmm_scan.engine.rules import RulePack
from osmm_scan.engine.stability import Vary
from osmm_scan.engine.trends import History
from osmm_scan.engine.vocabulary import nearest
from osmm_scan.engine.waivers import apply_waivers
from osmm_scan.errors import UsageError
from osmm_scan.model import Bundle, Evidence, Signal, TargetKind, Value
from osmm_scan.settings import Attestation, Waiver
from osmm_scan.verdicts import Assessment, Readiness, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What was found of an organisation and of each repository, and what statements did to it."""

    organisation: Organisation
    readiness: tuple[Readiness, ...]
    attestations: tuple[Mapping[str, Value], ...]
    waivers: tuple[Mapping[str, Value], ...]


def assess(
    pack: RulePack,
    bundle: Bundle,
    signals: Iterable[Signal],
    *,
    profile: str,
    history: History | None = None,
    vary: Vary | None = None,
    attestations: Iterable[Attestation] = (),
    waivers: Iterable[Waiver] = (),
) -> Assessment:
    """Return the assessment of a scan for a profile of the pack.

    `attestations` count within the limits of the policy, `waivers` leave out what they cover.
    `history` is what earlier scans measured. `vary` makes the signals that stability is tested
    with, for instance from resampled repositories; by default exact numbers are perturbed.
    """
    judged = weigh_up(
        pack,
        bundle,
        signals,
        profile=profile,
        history=history,
        attestations=attestations,
        waivers=waivers,
    )
    organisation, measured = judged.organisation, judged.organisation.signals
    return Assessment(
        tool_version=__version__,
        rules_sha256=pack.sha256,
        target=bundle.target,
        as_of=bundle.as_of,
        window_days=bundle.window_days,
        profile=profile,
        visibility=bundle.visibility,
        verdict=_verdict(organisation, bundle, judged.readiness, vary),
        levels=tuple(state.verdict(pack.model) for state in organisation.levels()),
        activities=sum_up_activities(organisation.findings),
        items=organisation.findings,
        facets=tuple(organisation.grader.find(facet) for facet in pack.facets),
        readiness=judged.readiness,
        signals=measured,
        evidence=bundle.evidence,
        repositories=list_repositories(pack, bundle),
        waivers=judged.waivers,
        attestations=judged.attestations,
        faults=bundle.faults,
        access=describe_access(pack, bundle, measured),
        rules=pack.rules,
    )


def weigh_up(
    pack: RulePack,
    bundle: Bundle,
    signals: Iterable[Signal],
    *,
    profile: str,
    history: History | None = None,
    attestations: Iterable[Attestation] = (),
    waivers: Iterable[Waiver] = (),
) -> Judged:
    """Return the findings of a scan, before anything is made of them."""
    if profile not in pack.model.profiles:
        hint = nearest(profile, pack.model.profiles)
        raise UsageError(f"unknown profile {profile!r}{hint}")
    measured = tuple(sorted(signals, key=lambda signal: signal.id))
    observed = _judge(pack, bundle, measured, profile=profile, history=history)
    grader = observed.grader
    stated, claims = apply_attestations(pack, bundle, observed.findings, attestations)
    ruling = apply_waivers(grader, stated, _readiness(pack, bundle), waivers, as_of=bundle.as_of)
    return Judged(
        organisation=replace(observed, findings=ruling.findings),
        readiness=ruling.readiness,
        attestations=claims,
        waivers=ruling.waivers,
    )


def _judge(
    pack: RulePack,
    bundle: Bundle,
    signals: tuple[Signal, ...],
    *,
    profile: str,
    history: History | None,
) -> Organisation:
    readings = read_signals(
        signals,
        pack.signals,
        pack.model.thresholds,
        past=Past(as_of=bundle.as_of, history=history),
        unseen=bundle.unseen,
    )
    scene = Scene(profile=profile, visibility=bundle.visibility)
    grader = Grader(pack=pack, readings=readings, scene=scene)
    findings = tuple(grader.find(criterion) for criterion in pack.criteria)
    return Organisation(grader=grader, findings=findings, signals=signals)


def _readiness(pack: RulePack, bundle: Bundle) -> tuple[Readiness, ...]:
    own: dict[str, list[Evidence]] = {name: [] for name in sorted(bundle.repositories)}
    for item in bundle.evidence:
        if item.subject in own:
            own[item.subject].append(item)
    return tuple(judge_readiness(pack, name, evidence) for name, evidence in own.items())


def _verdict(
    organisation: Organisation, bundle: Bundle, ready: Iterable[Readiness], vary: Vary | None
) -> Verdict:
    """Return the maturity of an organisation, the readiness of a repository."""
    if bundle.target.kind is TargetKind.ORGANISATION:
        return judge_maturity(organisation, vary)
    mine = next(one for one in ready if one.repository == bundle.target.name)
    return readiness_verdict(organisation.grader.pack, mine)
