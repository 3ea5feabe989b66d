"""Attestations written, checked, and exchanged with the FINOS checklist."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.cli.attestations.checklist import (
    as_csv,
    as_json,
    as_markdown,
    as_text,
    in_checklist,
    read_answers,
)
from osmm_scan.cli.attestations.files import open_page, read_attestations, read_entries
from osmm_scan.cli.attestations.template import Answer, blank, imported, open_items
from osmm_scan.cli.commands import attest
from osmm_scan.cli.configuration.pages import yaml_page
from osmm_scan.engine.rules import RulePack
from osmm_scan.errors import ConfigurationError, UsageError
from osmm_scan.settings import Proof, ProofKind
from osmm_scan.verdicts import Effect, State
from tests.engine.pack import load_pack
from tests.engine.scene import measured
from tests.engine.statements import FILE, attestation, finding, judge, waiver
from tests.patience import patient

DAY = date(2026, 6, 1)
SEEN = (
    measured("breadth", distinct=100),
    measured("coverage", share=0.1),
    measured("policy", present=1, quality=2, age_days=10),
)
STATED = """\
attestations:
- item: l2.care.policy
  grade: 3
  statement: Every team follows it.
  evidence:
  - {document: POL-7}
  - {link: https://example.org/policy}
  - {repository: acme/a, file: docs/policy.md}
  accountable_role: Head of Risk
  second_person: Head of Open Source
  date: 2026-05-31
  expires: 2027-04-26
- item: l1.using.use
  grade:
"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> RulePack:
    return load_pack(tmp_path_factory.mktemp("pack"))


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """Return the folder of the small pack."""
    folder = tmp_path / "rules"
    load_pack(folder)
    return folder


def _run(*arguments: str | Path) -> None:
    """Run a subcommand; what it refuses is raised."""
    group: click.Command = attest.command
    group.main([str(one) for one in arguments], standalone_mode=False)


def test_a_file_states_what_it_says(pack: RulePack) -> None:
    (stated,) = read_attestations(yaml_page("a.yml", STATED), pack)

    link = Proof(kind=ProofKind.LINK, value="https://example.org/policy")
    evidence = (Proof(kind=ProofKind.DOCUMENT, value="POL-7"), link, FILE)
    assert stated == attestation(evidence=evidence)


def test_what_is_not_answered_states_nothing(pack: RulePack) -> None:
    entries = read_entries(yaml_page("a.yml", STATED), pack)

    assert entries[1] is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("attestations: []\n", id="an empty list"),
        pytest.param("attestations:\n", id="no list"),
    ],
)
def test_a_file_may_state_nothing(text: str, pack: RulePack) -> None:
    assert read_attestations(yaml_page("a.yml", text), pack) == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param("grade: 3", "grade: 6", "a.yml:3:10: grade must be", id="no such grade"),
        pytest.param("grade: 3", "grade: 0", "a.yml:3:10: grade must be", id="nothing stated"),
        pytest.param("grade: 3", "grade: 2.5", "a.yml:3:10: grade", id="half a grade"),
        pytest.param(
            "l2.care.policy", "l2.care.polcy", "did you mean 'l2.care.policy'?", id="item"
        ),
        pytest.param("statement:", "statment:", "did you mean 'statement'?", id="key"),
        pytest.param("Head of Risk", "r@b.example", "a.yml:9:21: accountable_role: must", id="who"),
        pytest.param("2027-04-26", "2026-05-01", "expires is before date", id="expired before"),
        pytest.param("{document: POL-7}", "POL-7", "a.yml:6:5: evidence", id="text as evidence"),
        pytest.param(
            "{document: POL-7}", "{document: x, link: https://a.b}", "give one of", id="two in one"
        ),
        pytest.param("repository: acme/a, ", "", "a file needs its repository", id="file of none"),
        pytest.param("docs/policy.md", "../x", "path inside its repository", id="file outside"),
        pytest.param("https://", "javascript:", "a.yml:7:12: link", id="a link that is none"),
    ],
)
def test_faults_are_named_with_their_place(old: str, new: str, told: str, pack: RulePack) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_attestations(yaml_page("a.yml", STATED.replace(old, new, 1)), pack)

    assert told in str(caught.value)


def test_check_refuses_what_is_dated_in_the_future(rules: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text(STATED.replace("2026-05-31", "2026-07-02"), encoding="utf-8")

    with pytest.raises(ConfigurationError, match=rf"^{path}:11:9: .*is dated after 2026-06-30"):
        _run("check", path, "--rules", rules, "--as-of", "2026-06-30")


@pytest.mark.parametrize(
    "missing",
    ["statement", "evidence", "accountable_role", "date", "expires"],
)
def test_check_asks_for_every_field_of_the_policy(missing: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    whole = {
        "item": "l2.ospo.creation",
        "grade": 2,
        "statement": "It exists.",
        "evidence": [{"document": "POL-7"}],
        "accountable_role": "CIO",
        "date": "2026-05-01",
        "expires": "2027-05-01",
    }
    stated = {name: value for name, value in whole.items() if name != missing}
    path.write_text(json.dumps({"attestations": [stated]}), encoding="utf-8")

    with pytest.raises(ConfigurationError, match=f"does not count without {missing}"):
        _run("check", path, "--as-of", "2026-06-30")


def test_check_warns_of_what_is_stale(
    rules: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.yml"
    path.write_text(STATED, encoding="utf-8")

    _run("check", path, "--rules", rules, "--as-of", "2027-05-01")

    shown = capsys.readouterr()
    assert shown.err.startswith(f"WARNING: {path}:2:3: l2.care.policy: no longer fresh since")
    assert shown.out == "1 attestations are complete, 1 open\n"


def test_only_what_no_scan_can_settle_is_asked(pack: RulePack) -> None:
    whole = judge(pack, signals=SEEN, profile="community")
    asked = {one.criterion.id for one in open_items(whole.items)}

    assert {
        one.criterion.id: one.state for one in whole.items if one.criterion.id not in asked
    } == {
        "l1.using.use": State.OBSERVED,
        "l1.using.buying": State.NOT_APPLICABLE,
    }


def test_what_is_waived_is_not_asked(pack: RulePack) -> None:
    whole = judge(pack, signals=(), waivers=[waiver("l2.care.policy")])

    assert finding(whole) not in open_items(whole.items)


def test_the_template_is_golden(
    pack: RulePack, strays_from_golden: Callable[[str, str], list[str]]
) -> None:
    asked = open_items(judge(pack, signals=SEEN).items)

    assert (
        strays_from_golden("attestations.yml", blank(asked, pack, "What people state."))[:5] == []
    )


@pytest.mark.parametrize("reason", ["x\n- item: l1.using.use\n  grade: 5", "a: b # c", "\u2028- x"])
def test_a_template_states_nothing_whatever_was_observed(reason: str, pack: RulePack) -> None:
    asked = [replace(one, because=reason) for one in judge(pack, signals=()).items]

    entries = read_entries(yaml_page("a.yml", blank(asked, pack, reason)), pack)

    assert list(entries.values()) == [None] * len(asked)


@pytest.mark.parametrize("render", [as_json, as_csv])
def test_answers_come_back_as_they_went(render: Any, pack: RulePack) -> None:
    items = judge(pack, signals=SEEN).items
    name = "a.json" if render is as_json else "a.csv"

    answers = read_answers(name, render(items), pack)

    known = {one.criterion.id: one.grade for one in items if one.grade is not None}
    assert answers == known
    assert 0 < len(known) < len(items)


@pytest.mark.parametrize(
    "owner",
    [pytest.param(None, id="unowned"), pytest.param("Head of Risk", id="owned")],
)
def test_a_round_trip_changes_no_grade(owner: str | None, pack: RulePack) -> None:
    before = judge(pack, signals=SEEN)
    grades = read_answers("a.json", as_json(before.items), pack)
    answers = [Answer(item=item, grade=grade, on=DAY) for item, grade in grades.items()]
    stated = read_attestations(yaml_page("a.yml", imported(answers, pack)), pack)

    after = judge(
        pack,
        signals=SEEN,
        attestations=[replace(one, accountable_role=owner) for one in stated],
    )

    assert after.items == before.items
    assert after.levels == before.levels
    assert {one["effect"] for one in after.attestations} == {Effect.NOT_NEEDED}


def test_imported_answers_do_not_count_before_somebody_owns_them(tmp_path: Path) -> None:
    answers, path = tmp_path / "a.json", tmp_path / "a.yml"
    key = "Creating an Open Source Program Office (OSPO)_Creation"
    answers.write_text(json.dumps({key: 3}), encoding="utf-8")

    _run("import", answers, "--date", "2026-06-01", "-o", path)

    with pytest.raises(ConfigurationError, match="evidence, accountable_role"):
        _run("check", path, "--as-of", "2026-06-30")


def test_answers_of_zero_state_nothing(
    rules: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers, path = tmp_path / "a.csv", tmp_path / "a.yml"
    answers.write_text("key,grade\nl1.using.use,0\nl2.care.policy,\n", encoding="utf-8")

    _run("import", answers, "--rules", rules, "-o", path)

    assert open_page(path).data == {"attestations": []}
    assert "1 answers of 0 state nothing" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        pytest.param("a.csv", "key\nx\n", "a.csv:1: has no column 'grade'", id="a column short"),
        pytest.param("a.csv", "", "a.csv:1: has no column 'key'", id="empty"),
        pytest.param("a.csv", "key,grade\nl1.using.us,1\n", "a.csv:2: unknown key", id="key"),
        pytest.param("a.csv", "key,grade\nl1.using.use,six\n", "is no grade of 0 to 5", id="word"),
        pytest.param("a.csv", 'key,grade\n"x', "a.csv:1: is no CSV", id="an open quote"),
        pytest.param(
            "a.csv", "key,grade\nl1.using.use,1\nl1.using.use,1\n", "answered twice", id="twice"
        ),
        pytest.param("a.json", "[1]", "a.json: must be an object", id="a list"),
        pytest.param("a.json", "{", "a.json: is no JSON", id="no JSON"),
        pytest.param("a.json", "[" * 100_000, "a.json: is no JSON", id="nested too deep"),
        pytest.param(
            "a.json", '{\n"l1.using.use": true}', "a.json:2: 'l1.using.use' is answered", id="yes"
        ),
        pytest.param("a.json", '{"l1.using.use": 7}', "is no grade of 0 to 5", id="seven"),
        pytest.param(
            "a.json", '{"l1.using.use": 1, "l1.using.use": 2}', "answered twice", id="twice in JSON"
        ),
    ],
)
def test_wrong_answers_are_refused(name: str, text: str, told: str, pack: RulePack) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_answers(name, text, pack)

    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("name", "render"),
    [
        pytest.param("matrix.txt", as_text, id="text"),
        pytest.param("matrix.md", as_markdown, id="md"),
    ],
)
def test_the_matrix_is_golden(
    name: str,
    render: Any,
    pack: RulePack,
    strays_from_golden: Callable[[str, str], list[str]],
) -> None:
    items = judge(pack, signals=SEEN).items

    assert strays_from_golden(name, render(items, pack.model))[:5] == []


def test_only_proved_grades_are_exported(pack: RulePack) -> None:
    observed = judge(pack, signals=SEEN)
    item = finding(observed).criterion.finos_key

    assert json.loads(as_json(observed.items))[item] == 2


def test_items_that_are_not_of_the_checklist_are_no_answers(pack: RulePack) -> None:
    first, *others = judge(pack, signals=SEEN).items
    own = replace(first, criterion=replace(first.criterion, finos_key=""))

    asked = in_checklist([own, *others])

    assert asked == tuple(others)
    assert "" not in json.loads(as_json(asked))
    assert read_answers("a.csv", as_csv(asked), pack).keys() <= {one.criterion.id for one in others}


def test_no_file_is_replaced(tmp_path: Path, rules: Path) -> None:
    answers, path = tmp_path / "a.csv", tmp_path / "a.yml"
    answers.write_text("key,grade\n", encoding="utf-8")
    path.write_text("mine", encoding="utf-8")

    with pytest.raises(UsageError, match="exists already"):
        _run("import", answers, "--rules", rules, "-o", path)

    assert path.read_text("utf-8") == "mine"


GRADES = st.dictionaries(
    st.sampled_from(["l1.using.use", "l1.using.buying", "l2.care.policy", "l3.share.answers"]),
    st.integers(1, 5),
)


@patient
@given(grades=GRADES)
def test_imported_files_can_be_read(pack: RulePack, grades: dict[str, int]) -> None:
    answers = [Answer(item=item, grade=grade, on=DAY) for item, grade in grades.items()]

    stated = read_attestations(yaml_page("a.yml", imported(answers, pack)), pack)

    assert {one.item: one.grade for one in stated} == grades
    assert {one.accountable_role for one in stated} <= {None}
