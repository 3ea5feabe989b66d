"""Whatever a scan can see at all, the model organisation reaches; with hollow files it does not.

What still waits for a measure is an expected failure that names it; the list is computed from the
rules, so that it shrinks by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import pytest

from osmm_scan.verdicts import Finding
from tests.rules import model_organisation
from tests.rules.judging import judge, pack

ITEMS = sorted(
    one.id
    for one in (*pack().criteria, *pack().facets)
    if one.level > 1 and one.observability != "attestation-only"
)
# Raise it when an item more is reached.
REACHED = 32

_FIELD = re.compile(r"\b([a-z]\w*)\.([a-z]\w*)")


@cache
def findings(*, hollow: bool) -> Mapping[str, Finding]:
    evidence = model_organisation.evidence(hollow=hollow)
    return judge(evidence, model_organisation.NAMES, kept_up_days=300)


def waits_for(finding: Finding) -> list[str]:
    """Return the fields without a measure that the rule of the next grade reads."""
    ahead = [one for one in finding.criterion.grading if one.grade == (finding.grade or 0) + 1]
    fields = [found for one in ahead for found in _FIELD.findall(one.when or "")]
    declared = pack().signals
    return sorted(
        f"{signal}.{field}"
        for signal, field in fields
        if declared[signal].fields[field].measure is None
    )


def is_reached(finding: Finding) -> bool:
    return finding.grade == finding.criterion.max_observed_grade


@pytest.mark.parametrize("item", ITEMS)
def test_hollow_files_prove_no_more_than_a_beginning(item: str) -> None:
    assert (findings(hollow=True)[item].grade or 0) <= 1


@pytest.mark.parametrize("item", ITEMS)
def test_the_model_organisation_reaches_all_that_a_scan_can_see(
    item: str, request: pytest.FixtureRequest
) -> None:
    finding = findings(hollow=False)[item]
    if not is_reached(finding) and (fields := waits_for(finding)):
        reason = f"no measure yet: {', '.join(fields)}"
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))

    assert finding.grade == finding.criterion.max_observed_grade


def test_what_is_reached_once_stays_reached() -> None:
    assert sum(is_reached(findings(hollow=False)[item]) for item in ITEMS) >= REACHED
