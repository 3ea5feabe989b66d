"""Attestations, waivers and a scene to judge them in, as tests write them down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from osmm_scan.collectors.studies.cited_files import CITED_FILE
from osmm_scan.engine.assessment import assess
from osmm_scan.engine.rules import RulePack
from osmm_scan.model import Bundle, Evidence, Signal, Source, Target, TargetKind, Visibility
from osmm_scan.settings import Attestation, Proof, ProofKind, Waiver
from osmm_scan.verdicts import Assessment, Finding
from tests.engine.scene import measured
from tests.fakes import AS_OF

DOCUMENT = Proof(kind=ProofKind.DOCUMENT, value="POL-7")
FILE = Proof(kind=ProofKind.FILE, value="docs/policy.md", repository="acme/a")
WEAK = (
    measured("breadth", distinct=100),
    measured("coverage", share=0.1),
    measured("policy", present=0, quality=0),
    measured("response", median_days=90),
)


def attestation(**changes: Any) -> Attestation:
    """Return a statement that carries grade 4, made 30 days ago."""
    stated: dict[str, Any] = {
        "item": "l2.care.policy",
        "grade": 3,
        "statement": "Every team follows it.",
        "evidence": (DOCUMENT,),
        "accountable_role": "Head of Risk",
        "second_person": "Head of Open Source",
        "dated": AS_OF - timedelta(days=30),
        "expires": AS_OF + timedelta(days=300),
    }
    return Attestation(**stated | changes)


def waiver(what: str, **changes: Any) -> Waiver:
    """Return a waiver of everything, valid for 30 days more."""
    stated: dict[str, Any] = {
        "scope": "*",
        "reason": "it is being replaced",
        "owner": "Head of Risk",
        "expires": AS_OF + timedelta(days=30),
    }
    return Waiver(what=what, **stated | changes)


def cited(*, found: bool, path: str = FILE.value, subject: str = "acme/a") -> Evidence:
    """Return what a scan says of a file that an attestation cites."""
    return Evidence(
        key=CITED_FILE,
        subject=subject,
        value=found,
        source=Source(path=path),
        observed_at=AS_OF,
    )


def judge(
    pack: RulePack,
    *,
    signals: Iterable[Signal] = WEAK,
    evidence: Iterable[Evidence] = (),
    as_of: date = AS_OF,
    profile: str = "company",
    attestations: Iterable[Attestation] = (),
    waivers: Iterable[Waiver] = (),
) -> Assessment:
    """Return the assessment of an organisation with two repositories of which all was seen."""
    bundle = Bundle(
        tool_version="0",
        target=Target(kind=TargetKind.ORGANISATION, name="acme", source="checkout"),
        as_of=as_of,
        window_days=365,
        visibility=Visibility.FULL,
        repositories=("acme/a", "acme/b"),
        unseen=0,
        evidence=tuple(evidence),
    )
    return assess(
        pack, bundle, signals, profile=profile, attestations=attestations, waivers=waivers
    )


def finding(whole: Assessment, item: str = "l2.care.policy") -> Finding:
    """Return how an item was judged."""
    return next(one for one in whole.items if one.criterion.id == item)
