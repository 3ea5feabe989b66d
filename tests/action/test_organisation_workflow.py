"""The scripts of the organisation workflow, run as GitHub's runner runs them."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = Path(sys.executable).parent
ISSUE_LIMIT = 65_536

# Stands in for GitHub's own command: it writes down what it is asked, and knows one open issue.
GH = """#!/usr/bin/env bash
printf '%s\\n' "$*" >>"$RUNNER_TEMP/gh.log"
if [ "$1 $2" = "issue list" ]; then cat "$RUNNER_TEMP/open-issue" 2>/dev/null || true; fi
"""


@dataclass(frozen=True)
class Runner:
    """A runner's folders, and a server with the repository that the workflow runs in."""

    temp: Path
    server: Path

    @property
    def remote(self) -> Path:
        return self.server / "acme" / "ospo"

    def run(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run one step."""
        given = {
            "PATH": f"{self.temp / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.temp),
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(self.temp / "outputs"),
            "GITHUB_REPOSITORY": "acme/ospo",
            "GITHUB_SERVER_URL": self.server.as_uri(),
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary"),
            "GITHUB_TOKEN": "ghs_made_up",
            "RUNNER_TEMP": str(self.temp),
            "OSMM_SCAN_BRANCH": "osmm-scan",
            "OSMM_SCAN_DAY": "2026-06-30",
            "OSMM_SCAN_FAIL_ON_REGRESSION": "true",
            "OSMM_SCAN_FAIL_UNDER": "",
            "OSMM_SCAN_ON_UNKNOWN": "fail",
            "OSMM_SCAN_ORGANISATION": "meridian-freight",
            "OSMM_SCAN_PROFILE": "company",
        }
        return subprocess.run(
            [ROOT / "action" / "with-token.sh", ROOT / "action" / script],
            env=given | environment,
            cwd=self.temp,
            capture_output=True,
            text=True,
            check=False,
        )

    def collect(self, **environment: str) -> str:
        """Run the step that reports, and return the exit code of its gate."""
        (self.temp / "outputs").unlink(missing_ok=True)
        done = self.run("collect.sh", **environment)
        assert done.returncode == 0, done.stderr
        outputs = (self.temp / "outputs").read_text(encoding="utf-8")
        return dict(line.split("=", 1) for line in outputs.splitlines())["status-code"]

    def git(self, *arguments: str) -> str:
        """Ask the remote repository."""
        done = subprocess.run(
            ["git", "-C", self.remote, *arguments], capture_output=True, text=True, check=True
        )
        return done.stdout.strip()


@pytest.fixture(scope="module")
def shards(estate: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the evidence of two shards."""
    folder = tmp_path_factory.mktemp("shards")
    for number in (1, 2):
        scan = ("--as-of", "2026-06-30", "--shard", f"{number}/2", "--store", "none")
        bundle = ("--save", folder / f"{number}.jsonl.gz", "-f", "outputs")
        subprocess.run(
            [COMMANDS / "osmm-scan", "org", "--local", estate, *scan, *bundle],
            check=True,
            capture_output=True,
        )
    return folder


@pytest.fixture
def runner(tmp_path: Path, shards: Path) -> Runner:
    """Return a runner that has osmm-scan and the shards, and a repository without any branch."""
    made = Runner(temp=tmp_path / "temp", server=tmp_path / "server")
    (made.temp / "osmm-scan-environment").mkdir(parents=True)
    (made.temp / "osmm-scan-environment" / "bin").symlink_to(COMMANDS)
    (made.temp / "osmm-scan-shards").symlink_to(shards)
    (made.temp / "bin").mkdir()
    gh = made.temp / "bin" / "gh"
    gh.write_text(GH, encoding="utf-8")
    gh.chmod(gh.stat().st_mode | stat.S_IXUSR)
    subprocess.run(["git", "init", "--quiet", "--bare", made.remote], check=True)
    return made


def test_history_and_reports_are_kept_as_the_only_commit_of_a_branch(runner: Runner) -> None:
    assert runner.collect() == "0"
    assert runner.run("publish.sh").returncode == 0

    assert runner.collect(OSMM_SCAN_DAY="2026-07-31") == "0"
    published = runner.run("publish.sh")

    assert published.returncode == 0, published.stderr
    assert runner.git("rev-list", "--count", "osmm-scan") == "1"
    files = runner.git("ls-tree", "-r", "--name-only", "osmm-scan").splitlines()
    assert "history.db" in files
    assert "report/index.html" in files
    assert not any("journal" in name or "-wal" in name for name in files)
    history = runner.temp / "osmm-scan-branch" / "history.db"
    listed = subprocess.run(
        [COMMANDS / "osmm-scan", "history", "list", "--store", history],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "meridian-freight" in listed.stdout
    assert "ghs_made_up" not in "".join(path.read_text() for path in runner.temp.glob("*put*"))


def test_what_the_organisation_says_of_itself_counts(runner: Runner, estate: Path) -> None:
    runner.collect()
    alone = (runner.temp / "outputs").read_text(encoding="utf-8")
    (runner.server / "meridian-freight").mkdir()
    (runner.server / "meridian-freight" / ".github").symlink_to(estate / ".github")

    runner.collect()

    assert "attested=0" in alone
    assert "attested=0" not in (runner.temp / "outputs").read_text(encoding="utf-8")


def test_a_scan_that_ended_meanwhile_is_not_overwritten(runner: Runner) -> None:
    runner.collect()
    subprocess.run(
        ["git", "clone", "--quiet", runner.remote, runner.temp / "other"],
        check=True,
        capture_output=True,
    )
    identity = ("-c", "user.name=o", "-c", "user.email=o@example.org")
    push = ("push", "--quiet", "origin", "HEAD:refs/heads/osmm-scan")
    for command in ([*identity, "commit", "--quiet", "--allow-empty", "-m", "other"], push):
        subprocess.run(["git", "-C", runner.temp / "other", *command], check=True)

    published = runner.run("publish.sh")

    assert published.returncode != 0
    assert runner.git("log", "-1", "--format=%s", "osmm-scan") == "other"


def test_a_server_that_does_not_answer_starts_no_new_history(runner: Runner) -> None:
    done = runner.run("collect.sh", GITHUB_REPOSITORY="acme/nowhere")

    assert done.returncode == 3
    assert not (runner.temp / "osmm-scan-branch" / "history.db").exists()


def test_a_target_that_is_missed_fails_the_gate_after_the_report(runner: Runner) -> None:
    assert runner.collect(OSMM_SCAN_FAIL_UNDER="5") in {"1", "3"}
    assert (runner.temp / "summary").read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize(
    ("known", "command"),
    [
        pytest.param("", "issue create", id="none is open"),
        pytest.param("7\n", "issue edit 7", id="one is open"),
    ],
)
def test_one_issue_is_kept_up_to_date(runner: Runner, known: str, command: str) -> None:
    runner.collect()
    (runner.temp / "open-issue").write_text(known, encoding="utf-8")

    done = runner.run("issue.sh")

    assert done.returncode == 0, done.stderr
    asked = (runner.temp / "gh.log").read_text(encoding="utf-8")
    assert command in asked
    body = (runner.temp / "osmm-scan-issue.md").read_text(encoding="utf-8")
    assert len(body) < ISSUE_LIMIT
    assert body.endswith("The whole report is on the branch `osmm-scan`.\n")
