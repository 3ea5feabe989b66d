"""What documents can show is graded by their substance, up to the most that can be seen."""

from collections.abc import Mapping
from functools import cache

import pytest

from osmm_scan.collectors import documents
from osmm_scan.sources.repository import Change
from osmm_scan.verdicts import Finding
from tests.fakes import FakeRepository, observe
from tests.rules import handbook
from tests.rules.judging import judge

NAME = "acme/handbook"
CHANGED = 1_777_600_000  # 2026-05-01

# What documents alone can show, with the most that a scan can see of each.
ITEMS = {
    "l2.consumption-compliance.compliance": 2,
    "l2.consumption-compliance.risk-appetite": 2,
    "l2.consumption-compliance.risk-management": 2,
    "l2.consumption-training.internal-training": 2,
    "l2.consumption-training.training-program": 2,
    "l2.license-management.license-training": 2,
    "l2.ospo.creation": 4,
    "l2.ospo.measurement": 4,
    "l2.ospo.stakeholders": 2,
    "l2.software-inventory.production-support": 2,
    "l2.supply-chain-security.security-training": 2,
    "l3.contribution-compliance.ccla-management": 3,
    "l3.contribution-compliance.contribution-risk-appetite": 2,
    "l3.contribution-compliance.contribution-risk-management": 2,
    "l3.contribution-training.contribution-training": 2,
    "l3.public-development.recognition": 2,
    "l4.foundations.membership-benefits": 2,
    "l4.incubation.selection": 3,
    "l4.joining-a-foundation.advocacy": 2,
    "l4.joining-a-foundation.business-case": 2,
    "l5.leveraging-strategically.benefits": 2,
    "l5.leveraging-strategically.performance": 4,
    "l5.leveraging-strategically.strategy": 4,
    "l5x.c-level-engagement": 2,
    "l5x.cost-savings": 2,
    "l5x.governance-charter": 4,
    "l5x.oss-roadmap": 4,
    "l5x.project-evaluation": 4,
}


@cache
def findings(*, hollow: bool) -> Mapping[str, Finding]:
    files = handbook.HOLLOW if hollow else handbook.DOCUMENTS
    changes = [Change(path, CHANGED, 50) for path in files]
    repository = FakeRepository(files, name=NAME, changes=changes)
    return judge(tuple(documents.collect(observe(repository))), (NAME,))


@pytest.mark.parametrize("item", sorted(ITEMS))
def test_hollow_documents_prove_no_more_than_that_they_exist(item: str) -> None:
    assert (findings(hollow=True)[item].grade or 0) <= 1


@pytest.mark.parametrize(("item", "grade"), sorted(ITEMS.items()))
def test_documents_prove_all_that_a_scan_can_see(item: str, grade: int) -> None:
    finding = findings(hollow=False)[item]

    assert finding.criterion.max_observed_grade == grade
    assert finding.grade == grade
