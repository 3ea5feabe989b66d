"""What a statement carries follows the policy, and never leaves observation far behind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osmm_scan.engine.rules import RulePack
from osmm_scan.engine.statable import carried, carried_words, statable


@pytest.mark.parametrize(
    ("observability", "observed", "grades", "told"),
    [
        pytest.param(
            "attestation-only",
            0,
            (2, 4, 5),
            "2 alone, 4 with a second person, 5 with a file that a scan reads",
            id="no scan can see it",
        ),
        pytest.param(
            "observable",
            None,
            (2, 4, 5),
            "2 alone, 4 with a second person, 5 with a file that a scan reads",
            id="nothing is known",
        ),
        pytest.param("observable", 0, (1, 1, 1), "1 alone", id="one above what was seen"),
        pytest.param("partly", 1, (2, 3, 3), "2 alone, 3 with a second person", id="two above"),
    ],
)
def test_grades_are_carried_by_what_supports_them(
    observability: str,
    observed: int | None,
    grades: tuple[int, int, int],
    told: str,
    pack: RulePack,
) -> None:
    criterion = replace(pack.criteria[0], observability=observability)
    policy = pack.model.attestation_policy

    found = carried(policy, criterion, observed)

    assert tuple(found.values()) == grades
    assert carried_words(found) == told
    assert statable(policy, criterion, observed) == grades[1]
