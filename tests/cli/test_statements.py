"""Attestations, waivers and configuration from the command line, on the example organisation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import AS_OF, osmm_scan

OWN = Path(".github") / ".osmm" / "attestations.yml"


@dataclass(frozen=True)
class Scan:
    """A scan of the example organisation, which has attestations and a waiver of its own."""

    report: dict[str, Any]
    warnings: str
    bundle: Path

    def item(self, identity: str) -> dict[str, Any]:
        return next(one for one in self.report["items"] if one["id"] == identity)


@pytest.fixture(scope="module")
def scan(estate: Path, tmp_path_factory: pytest.TempPathFactory) -> Scan:
    folder = tmp_path_factory.mktemp("scan")
    bundle = folder / "bundle.jsonl.gz"
    done = osmm_scan(
        *("org", "--local", estate, *AS_OF, "-f", "json", "--save", bundle),
        *("--store", "none"),
        folder=folder,
    )
    assert done.returncode == 0, done.stderr
    return Scan(json.loads(done.stdout), done.stderr, bundle)


def test_the_organisations_attestations_do_what_is_documented(scan: Scan) -> None:
    effects = {one["item"]: one["effect"] for one in scan.report["attestations"]}

    assert effects == {
        "l1.managing.support": "unowned",
        "l2.license-management.license-training": "stale",
        "l2.ospo.stakeholders": "counted",
    }


def test_an_attested_item_cites_the_file_that_was_read(scan: Scan) -> None:
    item = scan.item("l2.ospo.stakeholders")
    cited = {one["id"]: one["source"]["path"] for one in scan.report["evidence"]}

    assert (item["state"], item["grade"], item["observed"]) == ("attested", 3, None)
    assert "docs/charter.md" in [cited[one] for one in item["evidence"]]


def test_what_does_not_count_is_warned_about(scan: Scan) -> None:
    assert "attestation of l1.managing.support: does not count" in scan.warnings
    assert "license-training: no longer fresh since 2026-03-09" in scan.warnings


def test_the_organisations_waiver_is_shown(scan: Scan) -> None:
    (waiver,) = scan.report["waivers"]

    assert waiver["covers"] == ["meridian-freight/legacy-edi: r2.license-headers"]


def test_a_bundle_is_judged_alike_with_the_same_statements(
    scan: Scan, estate: Path, tmp_path: Path
) -> None:
    again = osmm_scan(
        *("assess", scan.bundle, "-f", "json", "--store", "none"),
        *("--attestations", estate / OWN, "--config", estate / ".github" / ".osmm-scan.yml"),
        folder=tmp_path,
    )

    assert json.loads(again.stdout) == scan.report


def test_a_faulty_configuration_stops_before_the_scan(estate: Path, tmp_path: Path) -> None:
    path = tmp_path / "c.yml"
    path.write_text("waiver: []\n", encoding="utf-8")

    done = osmm_scan("org", "--local", estate, "--config", path, folder=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert f"error: {path}:1:1: unknown key 'waiver'; did you mean 'waivers'?" in done.stderr


def test_a_faulty_file_of_attestations_leaves_with_2(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("attestations:\n- {item: l2.ospo.creatoin}\n", encoding="utf-8")

    done = osmm_scan("attest", "check", path, folder=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert f"{path}:2:10: unknown item 'l2.ospo.creatoin'; did you mean" in done.stderr


def test_what_init_writes_can_be_checked_and_filled_in(scan: Scan, tmp_path: Path) -> None:
    made = osmm_scan("attest", "init", scan.bundle, folder=tmp_path)
    checked = osmm_scan("attest", "check", folder=tmp_path)

    asked = int(made.stderr.split()[1])
    assert asked > 22
    assert checked.stdout == f"0 attestations are complete, {asked} open\n"
    assert osmm_scan("attest", "init", scan.bundle, folder=tmp_path).returncode == 2


def test_exported_answers_are_the_proved_grades(scan: Scan, tmp_path: Path) -> None:
    done = osmm_scan("attest", "export", scan.bundle, "-f", "json", folder=tmp_path)

    observed = [one["observed"] for one in scan.report["items"] if one["observed"] is not None]
    assert sorted(json.loads(done.stdout).values()) == sorted(observed)
