"""Planning and explaining on saved evidence of the example organisation."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.test_commands import AS_OF, osmm_scan


@pytest.fixture(scope="module")
def bundle(estate: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("evidence") / "meridian.jsonl.gz"
    done = osmm_scan("org", "--local", estate, *AS_OF, "--save", path, "--store", "none")
    assert done.returncode == 0, done.stderr
    return path


def test_a_plan_is_text_of_eighty_columns(bundle: Path) -> None:
    done = osmm_scan("plan", bundle, "--target", "4")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Plan to level 4: Engagement and hosting\n")
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_a_plan_is_a_checklist_a_table_or_data(bundle: Path, tmp_path: Path) -> None:
    checklist = osmm_scan("plan", bundle, "--target", "4", "-f", "markdown").stdout
    rows = list(
        csv.DictReader(io.StringIO(osmm_scan("plan", bundle, "--target", "4", "-f", "csv").stdout))
    )
    written = osmm_scan("plan", bundle, "--target", "4", "-f", "json", "-o", tmp_path / "plan.json")
    whole = json.loads((tmp_path / "plan.json").read_text())

    assert written.stdout == ""
    assert checklist.count("- [ ] ") == len(rows) > 0
    assert whole["possible"]
    assert [row["id"] for row in rows if row["to"]] == [
        action["item"] for level in whole["levels"] for action in level["actions"]
    ]


def test_what_is_planned_twice_is_the_same(bundle: Path) -> None:
    first, second = (osmm_scan("plan", bundle, "--target", "5", "-f", "json") for _ in range(2))

    assert first.stdout == second.stdout


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("l2.license-management.ip-compliance", "Judged here"),
        ("license_file_coverage", "Measured here"),
        ("r2.license", "Not met here"),
        ("level-2", "Judged here"),
    ],
)
def test_explanations_say_how_it_was_judged(name: str, told: str, bundle: Path) -> None:
    done = osmm_scan("explain", name, "--bundle", bundle)

    assert (done.returncode, done.stderr) == (0, "")
    assert f"\n{told}\n" in done.stdout


def test_an_explanation_is_data_on_demand(bundle: Path) -> None:
    done = osmm_scan("explain", "l1.using.use", "--bundle", bundle, "-f", "json")

    assert json.loads(done.stdout)["kind"] == "item"


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        pytest.param(("plan", "nothing.gz", "--target", "3"), 3, "nothing.gz", id="no bundle"),
        pytest.param(("plan", "nothing.gz"), 2, "--target", id="no target"),
        pytest.param(("plan", "nothing.gz", "--target", "6"), 2, "--target", id="no such level"),
        pytest.param(("explain", "l1.using.uses"), 2, "did you mean 'l1.using.use'", id="no item"),
    ],
)
def test_bad_input_is_named(arguments: tuple[str, ...], code: int, complaint: str) -> None:
    done = osmm_scan(*arguments)

    assert (done.returncode, done.stdout) == (code, "")
    assert complaint in done.stderr
