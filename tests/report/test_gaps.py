"""A gap is an unmet check, and stands where it can be mended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osmm_scan.model import Evidence, Missing, Source
from osmm_scan.report import Options
from osmm_scan.report.document import document
from osmm_scan.report.gaps import count_gaps, gaps
from tests.report import sample
from tests.report.sample_estate import AS_OF

OPTIONS = Options(flags=sample.FLAGS)


def _proved_by(*evidence: Evidence) -> dict[str, object]:
    """Return the document of a repository with one gap, which rests on this evidence."""
    usual = sample.repository()
    (readiness,) = usual.readiness
    unmet = next(one for one in readiness.checks if str(one.result) == "unmet")
    alone = replace(unmet, evidence=tuple(one.id for one in evidence))
    whole = replace(usual, readiness=(replace(readiness, checks=(alone,)),), evidence=evidence)
    return document(whole, OPTIONS)


def _evidence(key: str, path: str | None = None, line: int | None = None) -> Evidence:
    return Evidence(
        key=key,
        subject="a",
        missing=Missing.NOT_SUPPORTED,
        why="none",
        source=Source(path=path, line=line),
        observed_at=AS_OF,
    )


@pytest.mark.parametrize(
    ("evidence", "place"),
    [
        pytest.param([], ("README.md", 1), id="nothing is cited"),
        pytest.param([_evidence("elsewhere.fact")], ("README.md", 1), id="no usual place"),
        pytest.param([_evidence("governance.described")], ("GOVERNANCE.md", 1), id="by topic"),
        pytest.param(
            [_evidence("templates.issue")], (".github/ISSUE_TEMPLATE/bug.yml", 1), id="by fact"
        ),
        pytest.param(
            [_evidence("governance.described", "docs/g.md", 7)], ("docs/g.md", 7), id="where seen"
        ),
        pytest.param(
            [_evidence("governance.described", "docs/g.md")], ("docs/g.md", 1), id="no line"
        ),
        pytest.param(
            [_evidence("elsewhere.fact"), _evidence("license.headers", "src/a.py", 3)],
            ("src/a.py", 3),
            id="the first that has a place",
        ),
    ],
)
def test_gap_stands_where_it_is_mended(evidence, place):
    (gap,) = gaps(_proved_by(*evidence), 10)

    assert (gap.path, gap.line) == place


def test_required_gaps_of_low_levels_come_first():
    found = gaps(document(sample.organisation(), OPTIONS), 1000)
    order = [(not gap.check["required"], gap.check["level"]) for gap in found]

    assert order == sorted(order)


def test_only_unmet_checks_are_gaps():
    whole = document(sample.organisation(), OPTIONS)
    results = [check["result"] for one in whole["readiness"] for check in one["checks"]]

    assert count_gaps(whole) == results.count("unmet") == len(gaps(whole, 1000))


def test_first_gaps_are_the_same_however_many_are_wanted():
    whole = document(sample.organisation(), OPTIONS)

    assert gaps(whole, 3) == gaps(whole, 1000)[:3]
