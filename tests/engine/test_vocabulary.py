"""Words of a rule that mean nothing are named, with what was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from osmm_scan.engine.expressions import parse
from osmm_scan.engine.vocabulary import check_words, nearest
from osmm_scan.signals.declarations import SignalDeclaration, load_declarations
from tests.engine.pack import signal, write_pack


@pytest.fixture
def signals(tmp_path: Path) -> dict[str, SignalDeclaration]:
    declared = [
        signal("coverage", share="share", rate="number"),
        signal("policy", "document", present="flag", quality="quality", rating="grade"),
        signal("age", "duration", days="days", n="count"),
    ]
    directory = write_pack(tmp_path, {"signals/a.yaml": {"signals": declared}})
    return dict(load_declarations(directory / "signals"))


@pytest.mark.parametrize(
    "rule",
    [
        "coverage.share >= 0",
        "coverage.share <= 1",
        "policy.quality >= 3",
        "policy.rating >= 5",
        "age.days <= 1000",
        "coverage.rate > 50",
        "policy.present and not policy.present",
        "sustained(coverage.share) or improving(age.days)",
    ],
)
def test_sensible_rules_have_no_fault(rule: str, signals: dict[str, SignalDeclaration]) -> None:
    assert list(check_words(parse(rule), signals)) == []


@pytest.mark.parametrize(
    ("rule", "faults"),
    [
        pytest.param(
            "coverge.share >= 0.4",
            ["column 1: unknown signal 'coverge'; did you mean 'coverage'?"],
            id="signal",
        ),
        pytest.param(
            "age.days <= 1 and policy.qualty >= 2",
            ["column 26: signal 'policy' has no field 'qualty'; did you mean 'quality'?"],
            id="field",
        ),
        pytest.param("xyzzy.a", ["column 1: unknown signal 'xyzzy'"], id="nothing is near"),
        pytest.param(
            "xyzzy.a and policy.b",
            ["column 1: unknown signal 'xyzzy'", "column 20: signal 'policy' has no field 'b'"],
            id="all faults are told",
        ),
        pytest.param(
            "coverage.share",
            ["column 1: coverage.share is a share: compare it with a number"],
            id="number as a flag",
        ),
        pytest.param(
            "policy.present >= 1",
            [
                "column 1: policy.present is a yes or no: "
                "compare it with true or false, or with nothing"
            ],
            id="flag as a number",
        ),
        pytest.param(
            "not sustained(policy.present)",
            ["column 15: policy.present is a yes or no, which has no trend"],
            id="trend of a flag",
        ),
        pytest.param(
            "coverage.share >= 40",
            ["column 1: coverage.share is a share, between 0 and 1"],
            id="percent",
        ),
        pytest.param(
            "coverage.share >= -0.1",
            ["column 1: coverage.share is a share, between 0 and 1"],
            id="negative share",
        ),
        pytest.param(
            "policy.quality >= 4",
            ["column 1: policy.quality is a quality, between 0 and 3"],
            id="quality",
        ),
        pytest.param(
            "policy.rating == 6",
            ["column 1: policy.rating is a grade, between 0 and 5"],
            id="grade",
        ),
        pytest.param("age.days >= -1", ["column 1: age.days is never negative"], id="negative"),
    ],
)
def test_faults_are_named(
    rule: str, faults: list[str], signals: dict[str, SignalDeclaration]
) -> None:
    assert [str(fault) for fault in check_words(parse(rule), signals)] == faults


def test_nearest_does_not_depend_on_order() -> None:
    assert nearest("abc", ["abd", "abe"]) == nearest("abc", ["abe", "abd"])
