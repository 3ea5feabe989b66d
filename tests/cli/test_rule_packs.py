"""Rule packs on the command line, and what a scanned repository cannot do about them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from osmm_scan.cli.judging.conclusion import judge, load_pack
from osmm_scan.cli.scanning.clones import Window, scan_repository
from osmm_scan.errors import RuleError
from osmm_scan.model import Bundle
from osmm_scan.verdicts import Assessment
from tests.cli.test_commands import osmm_scan
from tests.engine.pack import write_pack
from tests.fakes import AS_OF

EXAMPLE = Path(__file__).parents[2] / "examples" / "rule-pack"
WORKFLOW = """\
on: [push, pull_request]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
    - run: meridian-license-gate check
"""
# All that could ever be mistaken for rules, each making everything easy.
LURES = {
    "pack.yaml": "name: Lure\nextends: shipped\n",
    "osmm/model.yaml": "overrides: model\nreason: r\ncombination: {levels: {2: {p2: 0.0}}}\n",
    "osmm/repository.yaml": "checks: [{overrides: r2.license, reason: r, fact: repository.public}]",
    "rules/pack.yaml": "name: Lure\nextends: shipped\n",
    "rules/osmm/repository.yaml": "checks: []",
    ".osmm/pack.yaml": "name: Lure\nextends: shipped\n",
    "recognisers/license.yaml": "means: m\nrecognisers: [{run: meridian-license-gate}]\n",
    "documents/license_policy.yaml": "paths: [readme]\n",
}


def _clone(folder: Path, files: dict[str, str]) -> Path:
    write_pack(folder, files)
    for command in (
        ["init", "-q", "-b", "main"],
        ["add", "-A"],
        ["-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "-q", "-m", "Start"],
    ):
        subprocess.run(["git", "-C", folder, *command], check=True)
    return folder


def _scan(clone: Path, rules: Path | None = None) -> Bundle:
    packs = load_pack(rules).packs
    return scan_repository(clone, Window(as_of=AS_OF, days=365, packs=packs))


def _fact(bundle: Bundle, key: str) -> Any:
    return next(item.value for item in bundle.evidence if item.key == key)


def _verdicts(assessment: Assessment) -> Any:
    return (
        assessment.rules,
        assessment.rules_sha256,
        [(one.criterion, one.grade, one.possible) for one in assessment.items],
        [[(one.check, one.result) for one in ready.checks] for ready in assessment.readiness],
    )


def test_the_example_pack_is_sound_and_its_cases_pass() -> None:
    checked = osmm_scan("rules", "check", EXAMPLE)
    tested = osmm_scan("rules", "test", EXAMPLE)

    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.startswith("73 items, 16 facets, 37 checks and 119 signals")
    assert (tested.returncode, tested.stderr) == (0, "")
    assert tested.stdout == "2 case files, 0 failures\n"


def test_the_list_ends_with_what_a_pack_changes_and_why() -> None:
    done = osmm_scan("rules", "list", EXAMPLE)

    _, told = done.stdout.split("Meridian Freight 2026.1 extends the shipped rules:\n")
    assert told.splitlines()[0] == (
        "overrides check r1.readme: A repository without a README is not accepted into our catalog."
        " (osmm/repository.yaml)"
    )
    assert [line.split()[:3] for line in told.splitlines()[1:]] == [
        ["adds", "check", "r2.meridian-owners"],
        ["adds", "document", "license_policy"],
        ["overrides", "item", "l2.license-management.ip-compliance:"],
        ["adds", "item", "l2.readability.readme"],
        ["adds", "recogniser", "license"],
        ["adds", "signal", "meridian_readmes"],
    ]


def test_the_shipped_list_tells_of_no_change() -> None:
    assert "extends" not in osmm_scan("rules", "list").stdout


def test_all_faults_of_a_pack_are_told_at_once(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    for name in ("osmm/repository.yaml", "signals/meridian.yaml"):
        path = tmp_path / name
        path.write_text(
            path.read_text().replace("readme.", "redme.").replace("r1.readme", "r1.red")
        )

    done = osmm_scan("rules", "check", tmp_path)

    assert done.returncode == 2
    assert [line.removeprefix(f"error: {tmp_path}/") for line in done.stderr.splitlines()] == [
        "osmm/repository.yaml:3:14: unknown check 'r1.red'; did you mean 'r1.readme'?",
        "signals/meridian.yaml:17:16: no collector yields 'redme.explains'; "
        "did you mean 'readme.explains'?",
        "signals/meridian.yaml:21:16: no collector yields 'redme.explains'; "
        "did you mean 'readme.explains'?",
    ]


def test_a_case_that_fails_and_a_change_without_a_case_are_told(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    (tmp_path / "cases" / "readability.yaml").unlink()
    path = tmp_path / "cases" / "license-management.yaml"
    path.write_text(path.read_text().replace("is: 0.69, grade: 1", "is: 0.69, grade: 2"))

    done = osmm_scan("rules", "test", tmp_path)

    assert done.returncode == 1
    assert "l2.readability.readme has no case for grade 1" in done.stderr
    assert "license-management.yaml:22:7: l2.license-management.ip-compliance" in done.stderr
    assert done.stdout == "1 case files, 1 failures\n"


def test_a_pack_without_cases_cannot_be_tested(tmp_path: Path) -> None:
    done = osmm_scan(
        "rules", "test", write_pack(tmp_path, {"pack.yaml": "name: A\nextends: shipped"})
    )

    assert done.returncode == 2
    assert "no case file here" in done.stderr


def test_a_pack_teaches_the_collectors_its_own_tools(tmp_path: Path) -> None:
    clone = _clone(tmp_path / "clone", {".github/workflows/ci.yml": WORKFLOW, "package.json": "{}"})

    assert _fact(_scan(clone), "license.scanned_in_ci") is not True
    assert _fact(_scan(clone, EXAMPLE), "license.scanned_in_ci") is True


def test_a_report_names_the_pack_that_judged(tmp_path: Path) -> None:
    clone = _clone(tmp_path / "clone", {"README.md": "# A\n"})

    pack = load_pack(EXAMPLE)
    assessment = judge(_scan(clone, EXAMPLE), pack, "company")

    assert assessment.rules.name == "Meridian Freight"
    assert len(assessment.rules.changes) == 7
    assert assessment.rules_sha256 == pack.sha256 != load_pack(None).sha256
    assert "l2.readability.readme" in [one.criterion.id for one in assessment.items]


@pytest.mark.parametrize("rules", [None, EXAMPLE], ids=["shipped rules", "a pack"])
def test_a_scanned_repository_cannot_weaken_the_rules(
    rules: Path | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {".github/workflows/ci.yml": WORKFLOW, "package.json": "{}", "README.md": "# A\n"}
    plain = _clone(tmp_path / "a" / "clone", files)
    lured = _clone(tmp_path / "b" / "clone", {**files, **LURES})

    # Not even for somebody who works inside the clone.
    monkeypatch.chdir(lured)
    first, second = (
        judge(_scan(one, rules), load_pack(rules), "company") for one in (plain, lured)
    )

    assert _verdicts(first) == _verdicts(second)


def test_a_pack_that_cannot_recognise_is_refused_before_any_clone_is_read(tmp_path: Path) -> None:
    pack = {
        "pack.yaml": "name: A\nextends: shipped\n",
        "recognisers/license.yaml": "means: m\nrecognisers: [{rnu: a}]\n",
    }

    with pytest.raises(RuleError, match=r"license\.yaml:2:15: unknown field 'rnu'"):
        load_pack(write_pack(tmp_path, pack))
