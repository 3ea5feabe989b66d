"""Case files: what they may say, what is wrong with them, and what comes out differently."""

from __future__ import annotations

from pathlib import Path

import pytest

from osmm_scan.engine.case_files import read_cases
from osmm_scan.engine.cases import find_gaps, run_cases
from osmm_scan.engine.rules import RulePack
from osmm_scan.errors import RuleError
from tests.engine.pack import files, item, load_pack

USE = """\
items:
- item: l1.using.use
  cases:
"""


@pytest.fixture
def write(tmp_path: Path):
    def write(text: str) -> Path:
        path = tmp_path / "cases.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    "case",
    [
        pytest.param("{name: nothing known, grade: unknown, possible: 2}", id="unknown"),
        pytest.param("{name: nothing, others: none, grade: 0, possible: 0}", id="nothing found"),
        pytest.param(
            "{name: one, signals: {breadth.distinct: 1}, grade: 1, possible: 2}",
            id="a field that is not named is unknown",
        ),
        pytest.param(
            "{name: one, others: none, signals: {breadth.distinct: 1}, grade: 1, possible: 1}",
            id="nothing else was found",
        ),
        pytest.param(
            "{name: open, signals: {breadth.distinct: {low: 0, high: 9}}, grade: unknown}",
            id="limits",
        ),
        pytest.param(
            "{name: one, others: none, signals: {breadth.distinct: 1, coverage.share: unknown},"
            " grade: 1, possible: 2}",
            id="a field that is unknown although nothing else was found",
        ),
    ],
)
def test_a_case_that_comes_out_as_expected_is_no_failure(case, write, pack: RulePack) -> None:
    assert run_cases(pack, write(f"{USE}  - {case}\n")) == ()


@pytest.mark.parametrize(
    ("case", "told"),
    [
        pytest.param(
            "{name: one, signals: {breadth.distinct: 1}, grade: 2}",
            "expected grade 2, found grade 1, possible 2",
            id="too little",
        ),
        pytest.param(
            "{name: one, signals: {breadth.distinct: 1}, grade: 1, possible: 1}",
            "expected grade 1, possible 1, found grade 1, possible 2",
            id="another possible grade",
        ),
        pytest.param(
            "{name: none, grade: 0}", "expected grade 0, found unknown", id="unknown is not no"
        ),
        pytest.param(
            "{name: none, others: none, grade: unknown}",
            "expected unknown, found grade 0",
            id="no is not unknown",
        ),
    ],
)
def test_a_case_that_comes_out_differently_says_where_and_why(
    case, told, write, pack: RulePack
) -> None:
    path = write(f"{USE}  - {case}\n")

    (failure,) = run_cases(pack, path)

    assert failure.startswith(f"{path}:4:5: l1.using.use, ")
    assert told in failure


CHAIN = """\
  - name: two in five
    others: none
    n: 10
    signals: {breadth.distinct: 30, coverage.share: 0.4}
    grade: 2
    but:
    - {field: coverage.share, is: 0.39, grade: 1}
  - name: one package
    like: two in five
    signals: {breadth.distinct: 0}
    grade: 0
"""


def test_a_case_takes_over_what_it_is_like(write, pack: RulePack) -> None:
    path = write(USE + CHAIN)

    like = read_cases(pack, path)[-1]

    assert {name: value and value.low for name, value in like.given.items()} == {
        "breadth.distinct": 0,
        "coverage.share": 0.4,
    }
    assert (like.n, like.finds_nothing_else) == (10, True)
    assert run_cases(pack, path) == ()


def test_a_difference_is_a_case_of_its_own_line(write, pack: RulePack) -> None:
    path = write(USE + CHAIN.replace("0.39, grade: 1", "0.39, grade: 2"))

    (failure,) = run_cases(pack, path)

    assert failure.startswith(f"{path}:10:7: l1.using.use, ")
    assert "expected grade 2, found grade 1" in failure


@pytest.mark.parametrize(
    ("history", "grade"),
    [
        pytest.param("[0.8, 0.8]", 1, id="kept up"),
        pytest.param("[0.9, 0.8]", 0, id="fallen"),
        pytest.param("[0.8]", "unknown", id="too short to tell"),
    ],
)
def test_a_history_ends_before_today(history, grade, write, tmp_path: Path) -> None:
    contents = files()
    contents["osmm/level-1/using.yaml"]["items"][0] = item(
        "l1.using.use", "sustained(coverage.share)"
    )
    case = f"signals: {{coverage.share: 0.8}}, history: {{coverage.share: {history}}}"

    found = run_cases(
        load_pack(tmp_path / "pack", contents),
        write(f"{USE}  - {{name: kept, {case}, grade: {grade}}}\n"),
    )

    assert found == ()


@pytest.mark.parametrize(
    ("extra", "grade"),
    [
        pytest.param("", "0", id="everything was seen"),
        pytest.param(", visibility: public", "unknown", id="private practice may exist"),
    ],
)
def test_what_finding_nothing_means_depends_on_what_was_seen(
    extra, grade, write, tmp_path: Path
) -> None:
    contents = files()
    absence = {"public_scan": "unknown", "full_scan": "absent"}
    contents["osmm/level-1/using.yaml"]["items"][0] = item(
        "l1.using.use", "breadth.distinct >= 1", absence=absence
    )

    found = run_cases(
        load_pack(tmp_path / "pack", contents),
        write(f"{USE}  - {{name: nothing, others: none, grade: {grade}{extra}}}\n"),
    )

    assert found == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param(
            "items:\n- {item: l1.using.us, cases: []}\n",
            "2:10: unknown item 'l1.using.us'; did you mean 'l1.using.use'?",
            id="unknown item",
        ),
        pytest.param(
            f"{USE}  - {{name: a, grade: 1, signals: {{breadth.distict: 1}}}}\n",
            "4:52: 'breadth.distict' is no field of the item's signals; "
            "did you mean 'breadth.distinct'?",
            id="unknown field",
        ),
        pytest.param(
            f"{USE}  - {{name: a, grade: 1, signals: {{policy.present: true}}}}\n",
            "4:51: 'policy.present' is no field of the item's signals",
            id="field of another item's signal",
        ),
        pytest.param(
            f"{USE}  - {{name: a, grade: 1, signals: {{breadth.distinct: true}}}}\n",
            "4:53: breadth.distinct is a number",
            id="yes where a number belongs",
        ),
        pytest.param(
            f"{USE}  - {{name: a, grade: 1, signals: {{coverage.policy: 1}}}}\n",
            "4:52: coverage.policy is yes or no: give true or false",
            id="number where a yes belongs",
        ),
        pytest.param(
            f"{USE}  - {{name: a, grade: 1, but: [{{field: breadth.x, is: 1, grade: 0}}]}}\n",
            "'breadth.x' is no field of the item's signals",
            id="unknown field in a difference",
        ),
        pytest.param(
            f"{USE}  - {{name: a, like: b, grade: 1}}\n  - {{name: b, grade: 1}}\n",
            "4:21: there is no earlier case 'b'",
            id="like a later case",
        ),
        pytest.param(
            f"{USE}  - {{name: a, grade: 1}}\n  - {{name: a, grade: 1}}\n",
            "5:12: case 'a' appears twice",
            id="name used twice",
        ),
        pytest.param(
            f"{USE}  - {{name: a, grade: 6}}\n",
            "4:22: grade must be 0, 1, 2, 3, 4, 5 or 'unknown'",
            id="no such grade",
        ),
        pytest.param(
            f"{USE}  - {{name: a, grade: 1, signals: {{breadth.distinct: many}}}}\n",
            "4:53: give a number, true, false, unknown, or {low, high}",
            id="neither a number nor a yes",
        ),
        pytest.param(
            f"{USE}  - {{name: a, grade: 1, signals: {{breadth.distinct: {{low: 2, high: 1}}}}}}\n",
            "4:53: give a number, true, false, unknown, or {low, high}",
            id="limits the wrong way round",
        ),
        pytest.param(
            f"{USE}  - {{name: a, grad: 1}}\n",
            "unknown key 'grad'; did you mean 'grade'?",
            id="unknown key",
        ),
        pytest.param("items: [\n", "2:1: ", id="no YAML"),
    ],
)
def test_faults_of_a_case_file_name_their_place(text, fault, write, pack: RulePack) -> None:
    path = write(text)

    with pytest.raises(RuleError) as error:
        run_cases(pack, path)

    assert any(fault in line and line.startswith(f"{path}:") for line in error.value.faults)


def test_a_missing_case_file_is_a_rule_error(tmp_path: Path, pack: RulePack) -> None:
    with pytest.raises(RuleError, match="cannot be read"):
        run_cases(pack, tmp_path / "cases.yaml")


@pytest.mark.parametrize(
    ("cases", "gaps"),
    [
        pytest.param(
            "{name: one, others: none, signals: {breadth.distinct: 1}, grade: 1}",
            ["for grade 2", "where nothing is found", "where nothing is known"],
            id="one grade only",
        ),
        pytest.param(
            "{name: no, signals: {breadth.distinct: 0}, grade: 0}",
            [
                "for grade 1",
                "for grade 2",
                "where nothing is found",
                "where nothing is known",
            ],
            id="one field is not everything",
        ),
        pytest.param(
            "{name: nothing, others: none, grade: 0}",
            ["for grade 1", "for grade 2", "where nothing is known"],
            id="nothing found",
        ),
        pytest.param(
            "{name: unknown, grade: unknown}",
            ["for grade 1", "for grade 2", "where nothing is found"],
            id="nothing known",
        ),
    ],
)
def test_gaps_name_what_an_item_lacks(cases, gaps, write, pack: RulePack) -> None:
    known = read_cases(pack, write(f"{USE}  - {cases}\n"))

    found = [gap for gap in find_gaps(pack, known) if gap.startswith("l1.using.use ")]

    assert found == [f"l1.using.use has no case {gap}" for gap in gaps]
