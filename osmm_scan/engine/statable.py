"""Say which grades of an item people may state, by what supports the statement."""

from __future__ import annotations

from collections.abc import Mapping

from osmm_scan.engine.schemas import AttestationPolicy
from osmm_scan.verdicts import Criterion


def carried(
    policy: AttestationPolicy, criterion: Criterion, observed: int | None
) -> dict[str, int]:
    """Return the highest grade that counts by what supports a statement, the weakest first.

    `observed` is the grade that observation proves, which statements may exceed by so much only.
    """
    caps = policy.caps
    limit = policy.above_observed.get(criterion.observability)
    most = caps.readable_evidence if observed is None or limit is None else observed + limit
    return {
        "alone": min(most, caps.bare_statement),
        "second_person": min(most, caps.document_and_second_person),
        "readable_evidence": min(most, caps.readable_evidence),
    }


def statable(policy: AttestationPolicy, criterion: Criterion, observed: int | None) -> int:
    """Return the highest grade that people may state without a file that a scan reads."""
    return carried(policy, criterion, observed)["second_person"]


def carried_words(grades: Mapping[str, int]) -> str:
    """Return the same in words, without support that adds nothing."""
    words = {
        "alone": "alone",
        "second_person": "with a second person",
        "readable_evidence": "with a file that a scan reads",
    }
    told: list[str] = []
    before = 0
    for support, grade in grades.items():
        if grade > before:
            told.append(f"{grade} {words[support]}")
        before = grade
    return ", ".join(told)
