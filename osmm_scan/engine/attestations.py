"""Let statements of people count where no scan can see, within the limits of the model's policy.

See docs/attestations.md. An attested grade never hides the observed one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from osmm_scan.engine.attestation_claims import (
    Claim,
    Desk,
    confidence,
    proof_parts,
    stated_parts,
    weigh,
)
from osmm_scan.engine.attestation_proofs import Checked, shelve
from osmm_scan.engine.rules import RulePack
from osmm_scan.engine.schemas import AttestationPolicy
from osmm_scan.errors import UsageError
from osmm_scan.model import Bundle, Value
from osmm_scan.settings import Attestation
from osmm_scan.verdicts import Effect, Finding, State

Entry = Mapping[str, Value]


def apply_attestations(
    pack: RulePack,
    bundle: Bundle,
    findings: Iterable[Finding],
    attestations: Iterable[Attestation],
) -> tuple[tuple[Finding, ...], tuple[Entry, ...]]:
    """Return the findings with attested grades where they count, and what each attestation did."""
    judged = tuple(findings)
    desk = Desk(model=pack.model, as_of=bundle.as_of, shelf=shelve(bundle))
    stated: dict[str, list[Claim]] = {one.criterion.id: [] for one in judged}
    for attestation in set(attestations):
        if attestation.item not in stated:
            raise UsageError(f"attestation of {attestation.item!r}, which is no item")
        stated[attestation.item].append(weigh(attestation, desk))
    changed: list[Finding] = []
    claims: list[Claim] = []
    for finding in judged:
        after, settled = _settle(finding, stated[finding.criterion.id], desk)
        changed.append(after)
        claims += settled
    observed = {one.criterion.id: one.grade for one in judged}
    told = [_told(one, observed[one.attestation.item]) for one in sorted(claims, key=_order)]
    return tuple(changed), tuple(told)


def _order(claim: Claim) -> tuple[str, date, str]:
    return claim.attestation.item, claim.attestation.dated or date.min, claim.id


def _settle(
    finding: Finding, claims: Sequence[Claim], desk: Desk
) -> tuple[Finding, Sequence[Claim]]:
    """Return a finding with its newest countable attestation, and what became of all of them."""
    if finding.state is State.NOT_APPLICABLE:
        return finding, [_without_effect(one, Effect.NOT_APPLICABLE) for one in claims]
    countable = [one for one in claims if one.counts is not None]
    if not countable:
        return finding, claims
    newest = max(countable, key=_precedence)
    settled = _against_observation(newest, finding, desk.policy)
    others = [
        replace(one, effect=Effect.SUPERSEDED, why="a newer attestation counts", counts=None)
        if one.counts is not None
        else one
        for one in claims
        if one is not newest
    ]
    after = finding if settled.counts is None else _attested(finding, settled, desk)
    return after, [*others, settled]


def _precedence(claim: Claim) -> tuple[date, int, str]:
    # Of two on the same day the more modest one.
    return claim.attestation.dated or date.min, -(claim.counts or 0), claim.id


def _without_effect(claim: Claim, effect: Effect) -> Claim:
    why = "the item does not apply to the profile"
    return replace(claim, effect=effect, why=why, counts=None)


def _against_observation(claim: Claim, finding: Finding, policy: AttestationPolicy) -> Claim:
    observed, counts = finding.grade, claim.counts or 0
    if observed is None:
        return claim
    if counts <= observed:
        why = f"grade {observed} was observed, which is as much or more"
        return replace(claim, effect=Effect.NOT_NEEDED, why=why, counts=None)
    kind = finding.criterion.observability
    limit = policy.above_observed.get(kind)
    if limit is not None and counts > observed + limit:
        why = (
            f"grade {counts} is more than {limit} above the observed grade {observed}, which stands"
        )
        return replace(claim, effect=Effect.CONTRADICTED, why=why, counts=None)
    return claim


def _attested(finding: Finding, claim: Claim, desk: Desk) -> Finding:
    stated, grade = claim.attestation, claim.counts or 0
    is_stale = claim.effect is Effect.STALE
    seen = "unknown" if finding.grade is None else f"grade {finding.grade}"
    by = f"Attested on {stated.dated} by the role {stated.accountable_role!r}, {claim.why}"
    told = stated.statement.rstrip(". ")
    return replace(
        finding,
        grade=grade,
        possible=max(grade, finding.possible),
        state=State.STALE if is_stale else State.ATTESTED,
        because=f"{by}: {told}. Observed: {seen}; {finding.because}",
        evidence=tuple(sorted({*finding.evidence, *_read(claim)})),
        attestation=claim.id,
        observed=finding.grade,
        confidence=confidence(claim, desk),
    )


def _read(claim: Claim) -> set[str]:
    return {one.evidence for one in claim.checked if one.evidence is not None}


def _told(claim: Claim, observed: int | None) -> Entry:
    """Return an attestation as reports show it."""
    told: dict[str, Value | None] = {
        "id": claim.id,
        **stated_parts(claim.attestation),
        "proofs": tuple(_proof(one) for one in claim.checked),
        "effect": str(claim.effect),
        "why": claim.why,
        "counts": claim.counts,
        "observed": observed,
    }
    return {name: value for name, value in told.items() if value is not None}


def _proof(checked: Checked) -> dict[str, Value]:
    return proof_parts(checked.proof) | {"standing": str(checked.standing), "why": checked.why}
