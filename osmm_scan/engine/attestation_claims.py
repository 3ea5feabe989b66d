"""Weigh one attestation by itself, by the policy of the model: what it carries, and why."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from osmm_scan.engine.attestation_proofs import Checked, Shelf, Standing
from osmm_scan.engine.schemas import AttestationPolicy, Model
from osmm_scan.model import Value
from osmm_scan.settings import Attestation, Proof
from osmm_scan.verdicts import Effect

# What each field of the policy's `required_fields` is called here.
_FIELDS: Mapping[str, Callable[[Attestation], object]] = {
    "item": lambda one: one.item,
    "grade": lambda one: one.grade,
    "statement": lambda one: one.statement.strip(),
    "evidence": lambda one: one.evidence,
    "accountable_role": lambda one: one.accountable_role,
    "date": lambda one: one.dated,
    "expires": lambda one: one.expires,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An attestation with what it is worth: `counts` is the grade it carries, None for none."""

    attestation: Attestation
    effect: Effect
    why: str
    checked: tuple[Checked, ...] = ()
    counts: int | None = None

    @property
    def id(self) -> str:
        """Return a short identity made of everything that was stated."""
        text = json.dumps(stated_parts(self.attestation), sort_keys=True)
        return "a" + hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where attestations are weighed: the rules, the day, and the files that could be read."""

    model: Model
    as_of: date
    shelf: Shelf

    @property
    def policy(self) -> AttestationPolicy:
        """Return what statements of people are worth."""
        return self.model.attestation_policy


def weigh(attestation: Attestation, desk: Desk) -> Claim:
    """Return what an attestation is worth by itself, whatever was observed."""
    checked = tuple(desk.shelf.check(proof) for proof in attestation.evidence)

    def claim(effect: Effect, why: str, counts: int | None = None) -> Claim:
        return Claim(
            attestation=attestation, effect=effect, why=why, checked=checked, counts=counts
        )

    missing = lacking(attestation, desk.policy)
    day, last = attestation.dated, last_day(attestation, desk.policy)
    if missing:
        effect = Effect.UNOWNED if "accountable_role" in missing else Effect.INCOMPLETE
        return claim(effect, f"does not count before it states: {', '.join(missing)}")
    if day is None or last is None:
        return claim(Effect.INCOMPLETE, "does not count before it bears its dates")
    if day > desk.as_of:
        return claim(Effect.FUTURE, f"is dated {day}, after the day of this scan")
    age, stale = (desk.as_of - day).days, desk.policy.stale
    if age > stale.until_days:
        return claim(Effect.EXPIRED, f"is {age} days old; renew it")
    cap, why = _cap(attestation, checked, desk.policy)
    if desk.as_of > last:
        why = f"no longer fresh since {last}, so it counts up to grade {stale.grade_at_most}"
        return claim(Effect.STALE, why, min(attestation.grade, cap, stale.grade_at_most))
    return claim(Effect.COUNTED, why, min(attestation.grade, cap))


def confidence(claim: Claim, desk: Desk) -> float:
    """Return how far a grade can be relied on that rests on a claim."""
    terms = desk.model.confidence
    age = (desk.as_of - (claim.attestation.dated or desk.as_of)).days
    freshness = next(
        step.factor for step in terms.freshness if step.up_to_days is None or age <= step.up_to_days
    )
    if claim.effect is Effect.STALE:
        return terms.tiers.stale * freshness
    caps = desk.policy.caps
    is_bare = _cap(claim.attestation, claim.checked, desk.policy)[0] <= caps.bare_statement
    tier = terms.tiers.attested if is_bare else terms.tiers.attested_with_evidence
    return tier * freshness


def last_day(attestation: Attestation, policy: AttestationPolicy) -> date | None:
    """Return the last day on which an attestation is fresh, None when it bears no dates."""
    if attestation.dated is None or attestation.expires is None:
        return None
    return min(attestation.expires, attestation.dated + timedelta(policy.valid_days))


def lacking(attestation: Attestation, policy: AttestationPolicy) -> tuple[str, ...]:
    """Return the required fields that were left open."""
    return tuple(name for name in policy.required_fields if not _FIELDS[name](attestation))


def stated_parts(attestation: Attestation) -> dict[str, Value]:
    """Return what was stated, without what was left open."""
    told: dict[str, Value | None] = {
        "item": attestation.item,
        "grade": attestation.grade,
        "statement": attestation.statement,
        "proofs": tuple(map(proof_parts, attestation.evidence)),
        "accountable_role": attestation.accountable_role,
        "second_person": attestation.second_person,
        "date": _day(attestation.dated),
        "expires": _day(attestation.expires),
    }
    return {name: value for name, value in told.items() if value is not None}


def proof_parts(proof: Proof) -> dict[str, Value]:
    """Return what a piece of evidence is, without what was left open."""
    told = {"kind": str(proof.kind), "value": proof.value, "repository": proof.repository}
    return {name: part for name, part in told.items() if part is not None}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _cap(
    attestation: Attestation, checked: Sequence[Checked], policy: AttestationPolicy
) -> tuple[int, str]:
    caps, standings = policy.caps, {one.standing for one in checked}
    if Standing.READ in standings:
        return caps.readable_evidence, "its evidence was read"
    second = attestation.second_person
    is_seconded = bool(second) and second != attestation.accountable_role
    if Standing.NAMED in standings and is_seconded:
        cap = caps.document_and_second_person
        return cap, f"a document and a second person carry up to grade {cap}"
    if not is_seconded:
        why = "without a second person"
    elif checked:
        why = "its evidence is not there, and without any"
    else:
        why = "without evidence"
    return caps.bare_statement, f"{why} it carries up to grade {caps.bare_statement}"
