"""Every shipped rule does what its case file expects of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from osmm_scan.engine.case_files import read_cases
from osmm_scan.engine.cases import find_gaps, run_cases
from osmm_scan.engine.rules import RulePack, load_rules
from osmm_scan.resources import rules_directory

CASE_FILES = sorted(Path(__file__).parent.glob("*.yaml"))


@pytest.fixture(scope="module")
def pack() -> RulePack:
    return load_rules(rules_directory())


@pytest.mark.parametrize("path", CASE_FILES, ids=lambda path: path.stem)
def test_cases_come_out_as_expected(path: Path, pack: RulePack) -> None:
    assert run_cases(pack, path) == ()


def test_every_item_has_a_case_for_each_grade_for_nothing_found_and_for_nothing_known(
    pack: RulePack,
) -> None:
    cases = [case for path in CASE_FILES for case in read_cases(pack, path)]

    assert find_gaps(pack, cases) == ()


def test_every_activity_has_a_case_file(pack: RulePack) -> None:
    assert {path.stem for path in CASE_FILES} == {one.activity for one in pack.criteria}
