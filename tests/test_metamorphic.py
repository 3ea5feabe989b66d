"""What a change of the evidence may do to a verdict, over the example organisation."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from osmm_scan.cli.judging.conclusion import judge, load_pack
from osmm_scan.cli.scanning.clones import Visit, Window, scan_directory, visit_clone
from osmm_scan.engine.rules import RulePack
from osmm_scan.model import Bundle, Missing
from osmm_scan.verdicts import Assessment

pytestmark = pytest.mark.slow

WINDOW = Window(as_of=date(2026, 6, 30), days=365)


@cache
def pack() -> RulePack:
    return load_pack(None)


@cache
def scanned(estate: Path) -> Bundle:
    return scan_directory(estate, WINDOW, jobs=1, progress=lambda done, everything: None)


@cache
def judged(estate: Path) -> Assessment:
    return judge(scanned(estate), pack(), "company")


def rescanned(estate: Path, clone: Path) -> Bundle:
    """Return the evidence of the estate with this clone in the place of the one it was made of."""
    seen = visit_clone(Visit(path=clone, window=WINDOW, defaults=estate / ".github"))
    others = [item for item in scanned(estate).evidence if item.subject != seen.name]
    return replace(scanned(estate), evidence=(*others, *seen.evidence))


def git(clone: Path, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        ["git", "-C", clone, *arguments],
        env={**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def copy(estate: Path, repository: str, folder: Path) -> Path:
    return Path(shutil.copytree(estate / repository, folder / repository))


def amend(clone: Path) -> None:
    """Put the work tree into the last commit, which keeps its message, people and dates."""
    when = git(clone, "log", "-1", "--format=%cI")
    name, email = git(clone, "log", "-1", "--format=%cn%n%ce").splitlines()
    git(clone, "add", "--all")
    git(
        clone,
        *("commit", "--quiet", "--amend", "--no-edit", "--allow-empty"),
        GIT_COMMITTER_DATE=when,
        GIT_COMMITTER_NAME=name,
        GIT_COMMITTER_EMAIL=email,
    )


def grades(assessment: Assessment) -> Mapping[str, int]:
    """Return what is proved of every item, facet and repository, and of the whole."""
    findings = (*assessment.items, *assessment.facets)
    proved = {finding.criterion.id: finding.grade or 0 for finding in findings}
    proved |= {one.repository: one.level for one in assessment.readiness}
    return proved | {"level": assessment.verdict.level or 0}


@pytest.mark.parametrize("repository", ["waybill", "dockyard", "tariff-tables", "berth-planner"])
def test_an_irrelevant_file_changes_nothing(estate: Path, tmp_path: Path, repository: str) -> None:
    clone = copy(estate, repository, tmp_path)
    (clone / "notes").mkdir()
    (clone / "notes" / "lunch.txt").write_text("soup on Tuesday\n", encoding="utf-8")
    amend(clone)

    assert grades(judge(rescanned(estate, clone), pack(), "company")) == grades(judged(estate))


# Manifests are left alone: they decide what a share is taken over, and are no evidence of a share.
EVIDENCE = [
    ("waybill", "LICENSE"),
    ("waybill", "CONTRIBUTING.md"),
    ("waybill", "SECURITY.md"),
    ("waybill", "GOVERNANCE.md"),
    ("waybill", "MAINTAINERS.md"),
    ("waybill", "README.md"),
    ("waybill", "ADOPTERS.md"),
    ("waybill", "ROADMAP.md"),
    ("waybill", "uv.lock"),
    ("waybill", "catalog-info.yaml"),
    ("waybill", ".github/CODEOWNERS"),
    ("waybill", ".github/dependabot.yml"),
    ("waybill", ".github/workflows/ci.yml"),
    ("waybill", ".github/workflows/codeql.yml"),
    ("waybill", ".github/workflows/release.yml"),
    ("dockyard", "LICENSE"),
    ("dockyard", ".github/workflows/ci.yml"),
    ("dockyard", "renovate.json"),
    ("open-source-office", "docs/using-open-source.md"),
    ("open-source-office", "docs/strategy.md"),
    ("open-source-office", "docs/charter.md"),
]


@pytest.mark.parametrize(("repository", "path"), EVIDENCE)
def test_losing_evidence_raises_nothing(
    estate: Path, tmp_path: Path, repository: str, path: str
) -> None:
    clone = copy(estate, repository, tmp_path)
    (clone / path).unlink()
    amend(clone)

    after = grades(judge(rescanned(estate, clone), pack(), "company"))

    before = grades(judged(estate))
    assert {name: grade for name, grade in after.items() if grade > before[name]} == {}


@pytest.mark.parametrize(
    ("path", "facts"),
    [
        pytest.param("LICENSE", ["license.recognized", "license.open"], id="license"),
        pytest.param("SECURITY.md", ["security_policy.private_channel"], id="security policy"),
        pytest.param("CONTRIBUTING.md", ["contributing.present"], id="contribution guide"),
        pytest.param("README.md", ["readme.explains"], id="readme"),
        pytest.param(".github/workflows/codeql.yml", ["sast.wired"], id="workflow"),
        pytest.param("uv.lock", ["inventory.locked_count"], id="lockfile"),
        pytest.param("ADOPTERS.md", ["adopters.outside_orgs"], id="adopters"),
    ],
)
def test_an_unreadable_file_is_unknown_and_never_no(
    estate: Path, tmp_path: Path, path: str, facts: list[str]
) -> None:
    clone = copy(estate, "waybill", tmp_path)
    lose(clone, git(clone, "rev-parse", f"HEAD:{path}"))

    bundle = rescanned(estate, clone)

    own = {item.key: item for item in bundle.evidence if item.subject == "meridian-freight/waybill"}
    assert {fact: own[fact].missing for fact in facts} == dict.fromkeys(facts, Missing.FAULT)
    before, after = judged(estate), judge(bundle, pack(), "company")
    assert {
        name: grade for name, grade in grades(after).items() if grade > grades(before)[name]
    } == {}
    assert after.verdict.possible >= before.verdict.possible


def lose(clone: Path, blob: str) -> None:
    """Take one object out of a clone, as a damaged disk would."""
    for pack_file in sorted((clone / ".git" / "objects" / "pack").glob("*.pack")):
        stray = Path(shutil.move(pack_file, clone / "stray.pack"))
        pack_file.with_suffix(".idx").unlink()
        with stray.open("rb") as stream:
            subprocess.run(["git", "-C", clone, "unpack-objects", "-q"], stdin=stream, check=True)
    (clone / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
