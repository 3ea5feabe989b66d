"""A fictional bank and one of its repositories as assessments made by hand.

The criteria are a frozen copy, so that the golden reports change only when the reports do.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from osmm_scan.model import Fault, Target, TargetKind, Visibility
from osmm_scan.verdicts import (
    Access,
    ActivityVerdict,
    Assessment,
    Criterion,
    Finding,
    Grade,
    Hidden,
    LevelVerdict,
    Remedy,
    State,
    Status,
    Verdict,
)
from tests.report import sample_estate as estate
from tests.report.sample_grades import ALONE, ORGANISATION, REPOSITORY

FLAGS = frozenset(
    {
        "policy_doc_consumption.present",
        "policy_doc_consumption.review_declared",
        "openchain_conformance_listing.listed",
    }
)
LEVELS = {
    1: "Ad-hoc usage",
    2: "Compliant usage",
    3: "Contribution",
    4: "Engagement and hosting",
    5: "Leadership and strategic advantage",
}
CRITERIA: dict[str, Any] = json.loads(
    Path(__file__).with_name("criteria.json").read_text(encoding="utf-8")
)


def organisation() -> Assessment:
    """Return a bank seen from outside: level 2 is provisional, level 4 still possible."""
    items = tuple(_finding(row, ORGANISATION) for row in CRITERIA["items"])
    return Assessment(
        tool_version="0.1.0",
        rules_sha256="5f" * 32,
        target=Target(kind=TargetKind.ORGANISATION, name=estate.OWNER, source="github"),
        as_of=estate.AS_OF,
        window_days=365,
        profile="company",
        visibility=Visibility.PUBLIC,
        verdict=Verdict(
            level=2,
            name=LEVELS[2],
            status=Status.PROVISIONAL,
            possible=4,
            reach=3,
            coverage=0.584,
            confidence=0.47,
            because="levels 1 and 2 stand, but public code is a biased sample of what is used",
            stability=0.915,
        ),
        levels=_levels(items, _STATUSES),
        activities=_activities(items),
        items=items,
        facets=tuple(_facet(row) for row in CRITERIA["facets"]),
        readiness=tuple(estate.readiness_of(name) for name in estate.NAMES),
        signals=estate.signals(),
        evidence=tuple(one for name in estate.NAMES for one in estate.facts_of(name)),
        repositories=tuple(estate.view_of(name) for name in estate.NAMES),
        waivers=(
            {
                "what": "l2.license-management.iso-5230",
                "scope": "*",
                "reason": "certification is planned with the group audit",
                "owner": "Head of Open Source",
                "expires": "2026-12-31",
                "effect": "counted",
                "why": "left out: 1",
                "covers": ("l2.license-management.iso-5230",),
            },
        ),
        attestations=(
            {
                "id": "a4be1f00d5c2e",
                "item": "l2.consumption-compliance.compliance",
                "grade": 2,
                "statement": "Policy OSP-7 binds every team that builds software.",
                "proofs": (
                    {
                        "kind": "document",
                        "value": "OSP-7",
                        "standing": "named",
                        "why": "a document, which no scan can read",
                    },
                ),
                "accountable_role": "Chief Risk Officer",
                "second_person": "Head of Open Source",
                "date": "2026-02-11",
                "expires": "2027-02-11",
                "effect": "counted",
                "why": "a document and a second person carry up to grade 4",
                "counts": 2,
            },
        ),
        faults=(
            Fault(
                subject="meridian-bank/risk-notebooks",
                what="models/weights.onnx",
                why="larger than 2097152 bytes, not read",
            ),
        ),
        access=Access(
            token="none",
            could_not_see=(
                Hidden(
                    what="members and the teams they are in",
                    needs="a token of a member with read:org",
                    hides=("l3.public-development.contribution", "l4.maintaining.maintainer"),
                ),
                Hidden(
                    what="branch rules and required reviews",
                    needs="a token with administration: read",
                    hides=("l3.publication.publication",),
                ),
                Hidden(
                    what="private repositories",
                    needs="a token that may read them, or an attestation",
                    hides=tuple(
                        one.criterion.id
                        for one in items
                        if one.state is State.UNKNOWN and one.criterion.level <= 2
                    ),
                ),
            ),
        ),
    )


def repository() -> Assessment:
    """Return one repository of the bank, read from a clone."""
    name = "ledger-bridge"
    readiness = estate.readiness_of(name)
    items = tuple(_finding(row, REPOSITORY) for row in CRITERIA["items"])
    return Assessment(
        tool_version="0.1.0",
        rules_sha256="5f" * 32,
        target=Target(
            kind=TargetKind.REPOSITORY,
            name=f"{estate.OWNER}/{name}",
            source="checkout",
            commit=estate.commit_of(name),
        ),
        as_of=estate.AS_OF,
        window_days=365,
        profile="company",
        visibility=Visibility.CHECKOUT,
        verdict=Verdict(
            level=readiness.level,
            name=f"Ready for level {readiness.level}: compliant usage",
            status=Status.ATTAINED,
            possible=readiness.possible,
            reach=readiness.level,
            coverage=0.913,
            confidence=0.9,
            because="level 3 waits for proof that contributions come with a DCO or CLA",
        ),
        levels=_levels(items, dict.fromkeys(LEVELS, Status.INSUFFICIENT_EVIDENCE)),
        activities=_activities(items),
        items=items,
        facets=tuple(_facet(row) for row in CRITERIA["facets"]),
        readiness=(readiness,),
        signals=estate.signals(),
        evidence=estate.facts_of(name),
        repositories=(estate.view_of(name),),
        access=Access(
            token="none",
            could_not_see=(
                Hidden(
                    what="settings, issues and pull requests on GitHub",
                    needs="osmm-scan repo meridian-bank/ledger-bridge with a token",
                    hides=("l3.publication.publication",),
                ),
            ),
        ),
    )


_STATUSES = {
    1: Status.ATTAINED,
    2: Status.PROVISIONAL,
    3: Status.IN_PROGRESS,
    4: Status.IN_PROGRESS,
    5: Status.INSUFFICIENT_EVIDENCE,
}


def _criterion(row: dict[str, Any]) -> Criterion:
    return Criterion(
        id=row["id"],
        level=int(row["id"][1]),
        activity=row["id"].split(".")[1],
        activity_title=row["activity_title"],
        title=row["title"],
        criterion=row["criterion"],
        why=row["why"],
        finos_key=f"{row['activity_title']}_{row['title']}",
        observability=row["observability"],
        facing="outward",
        max_observed_grade=row["max"],
        absent_on_public_scan=False,
        absent_on_full_scan=True,
        gate=row["gate"],
        not_applicable_to=(),
        signals=(),
        grading=tuple(
            Grade(grade=place, name=name, basis=basis, when=None, meaning=meaning)
            for place, (name, basis, meaning) in enumerate(row["grades"], start=1)
        ),
        repository_scope=row["scope"],
        repository_says=row["says"],
        remedy=Remedy(action=row["action"], effort=row["effort"]),
        references={},
        facet_of=row.get("facet_of"),
    )


def _finding(row: dict[str, Any], said: dict[str, Any]) -> Finding:
    unseen = (None, 5, State.UNKNOWN, ALONE)
    grade, possible, state, because = said.get(row["id"], unseen)
    return Finding(
        criterion=_criterion(row),
        grade=grade,
        possible=possible,
        state=state,
        because=because,
        evidence=tuple(_proof(row["id"])) if grade else (),
        attestation=row["id"] if state in {State.ATTESTED, State.STALE} else None,
        confidence=0.0 if grade is None else 0.72,
    )


def _facet(row: dict[str, Any]) -> Finding:
    return Finding(
        criterion=_criterion(row),
        grade=None,
        possible=row["max"],
        state=State.UNKNOWN,
        because="no strategy document was found to read it from",
    )


def _proof(item: str) -> list[str]:
    keys = [fact for _, about, fact, *_ in estate.CHECKS if about == item]
    return [one.id for one in estate.facts_of("ledger-bridge") if one.key in keys]


def _levels(items: tuple[Finding, ...], statuses: dict[int, Status]) -> tuple[LevelVerdict, ...]:
    return tuple(
        _level(level, [one for one in items if one.criterion.level == level], statuses[level])
        for level in LEVELS
    )


def _level(level: int, items: list[Finding], status: Status) -> LevelVerdict:
    known = [one for one in items if one.grade is not None]
    progress = sum(one.grade or 0 for one in known) / 5 / len(items)
    blockers = [
        one.criterion.id
        for one in items
        if one.criterion.gate and (one.grade or 0) < 2 and status is not Status.ATTAINED
    ]
    return LevelVerdict(
        level=level,
        name=LEVELS[level],
        status=status,
        progress=progress,
        ceiling=sum(one.criterion.max_observed_grade for one in items) / 5 / len(items),
        upper=progress + (len(items) - len(known)) / len(items),
        coverage=len(known) / len(items),
        p2=_share(known, 2),
        p3=_share(known, 3),
        blockers=tuple(blockers),
    )


def _share(known: list[Finding], grade: int) -> float | None:
    return sum((one.grade or 0) >= grade for one in known) / len(known) if known else None


def _activities(items: tuple[Finding, ...]) -> tuple[ActivityVerdict, ...]:
    ids = dict.fromkeys((one.criterion.level, one.criterion.activity) for one in items)
    return tuple(_activity(level, activity, items) for level, activity in ids)


def _activity(level: int, activity: str, items: tuple[Finding, ...]) -> ActivityVerdict:
    here = [one for one in items if one.criterion.activity == activity]
    known = [one.grade for one in here if one.grade is not None]
    return ActivityVerdict(
        id=f"l{level}.{activity}",
        level=level,
        title=here[0].criterion.activity_title,
        mean=sum(known) / len(known) if known else None,
        coverage=len(known) / len(here),
    )
