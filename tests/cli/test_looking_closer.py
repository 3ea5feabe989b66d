"""Planning and explaining on saved evidence of the example organisation."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import jsonschema_rs
import pytest

from osmm_scan.cli.judging.weighing import Weighing, weigh
from osmm_scan.cli.options.configuring import Configuring
from osmm_scan.resources import templates_directory
from osmm_scan.store.bundle import pack, read_bundle
from tests.cli.test_commands import AS_OF, osmm_scan


@pytest.fixture(scope="module")
def stated(estate: Path) -> tuple[str | Path, ...]:
    """Return the options that name what the organisation says about itself."""
    own = estate / ".github"
    files = (own / ".osmm" / "attestations.yml", own / ".osmm-scan.yml")
    return ("--attestations", files[0], "--config", files[1])


@pytest.fixture(scope="module")
def bundle(estate: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("evidence") / "meridian.jsonl.gz"
    done = osmm_scan("org", "--local", estate, *AS_OF, "--save", path, "--store", "none")
    assert done.returncode == 0, done.stderr
    return path


def test_a_plan_is_text_of_eighty_columns(bundle: Path) -> None:
    done = osmm_scan("plan", bundle, "--target", "4", "-q")

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
    _schema("plan").validate(whole)
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
        ("l2.policy.consumption-policy", "Judged here"),
        ("r2.license", "Not met here"),
        ("level-2", "Judged here"),
    ],
)
def test_explanations_say_how_it_was_judged(name: str, told: str, bundle: Path) -> None:
    done = osmm_scan("explain", name, "--bundle", bundle)

    assert (done.returncode, "error" in done.stderr) == (0, False)
    assert f"\n{told}\n" in done.stdout


@pytest.mark.parametrize(
    ("name", "kind"),
    [("l1.using.use", "item"), ("license_file_coverage", "signal"), ("r2.license", "check")],
)
def test_an_explanation_is_data_on_demand(name: str, kind: str, bundle: Path) -> None:
    whole = json.loads(osmm_scan("explain", name, "--bundle", bundle, "-f", "json").stdout)

    _schema("explanation").validate(whole)
    assert whole["kind"] == kind


def _schema(name: str) -> jsonschema_rs.Validator:
    text = (templates_directory() / "json" / f"{name}.schema.json").read_text("utf-8")
    return jsonschema_rs.validator_for(json.loads(text))


def test_a_plan_and_an_explanation_count_what_is_stated(
    bundle: Path, stated: tuple[str | Path, ...]
) -> None:
    planned = osmm_scan("plan", bundle, "--target", "2", *stated)
    explained = osmm_scan("explain", "l2.ospo.stakeholders", "--bundle", bundle, *stated)

    assert "no longer fresh since 2026-03-09" in planned.stderr
    assert "l2.ospo.stakeholders" not in planned.stdout
    assert "Stated: 3 of 5; observed: unknown" in explained.stdout


def test_statements_that_are_not_named_again_are_warned_about(bundle: Path) -> None:
    done = osmm_scan("explain", "l2.ospo.stakeholders", "--bundle", bundle)

    assert "the scan had attestations; name them again" in done.stderr
    assert "Stated:" not in done.stdout


def test_findings_are_weighed_with_what_earlier_scans_measured(
    bundle: Path, tmp_path: Path
) -> None:
    evidence = read_bundle(bundle)
    earlier, store = tmp_path / "earlier.jsonl.gz", tmp_path / "history.db"
    earlier.write_bytes(pack(replace(evidence, as_of=evidence.as_of - timedelta(days=90))))
    assert osmm_scan("history", "import", earlier, "--store", store).returncode == 0
    nothing = Configuring(config=None, attestations=None)

    judged = weigh(
        evidence,
        Weighing(rules=None, profile=None, store=str(store), include_private=False),
        nothing,
    )

    past = judged.organisation.grader.readings.past
    assert past.history is not None
    assert past.as_of == evidence.as_of


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


def test_private_repositories_are_numbered_unless_asked_for(bundle: Path, tmp_path: Path) -> None:
    evidence = read_bundle(bundle)
    waybill = "meridian-freight/waybill"
    hidden = tuple(
        replace(one, value=False)
        if (one.subject, one.key) == (waybill, "repository.public")
        else one
        for one in evidence.evidence
    )
    path = tmp_path / "private.jsonl.gz"
    path.write_bytes(pack(replace(evidence, evidence=hidden)))

    commands = (("plan", path, "--target", "4"), ("explain", "r1.lockfile", "--bundle", path))
    shown = [osmm_scan(*command).stdout for command in commands]
    asked = [osmm_scan(*command, "--include-private").stdout for command in commands]

    assert [waybill in one for one in shown] == [False, False]
    assert ["private-0001" in one for one in shown] == [True, True]
    assert [waybill in one for one in asked] == [True, True]
