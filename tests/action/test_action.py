"""The steps of action.yml, run as GitHub's runner runs them."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"] if "name" in step}
# A step's summary may have 1 MiB; more is dropped. Ten annotations of a kind are shown.
SUMMARY_LIMIT = 1024 * 1024
ANNOTATION_LIMIT = 10


@dataclass(frozen=True)
class Outcome:
    """What a step left behind."""

    status: int
    log: str
    summary: str
    outputs: dict[str, str]


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """Return the runner's folder, in which osmm-scan is installed."""
    commands = tmp_path / "osmm-scan-environment"
    commands.mkdir()
    (commands / "bin").symlink_to(Path(sys.executable).parent)
    return tmp_path


def audit(runner: Path, **inputs: str) -> Outcome:
    """Run the audit step with these inputs, the others at their defaults."""
    given = {name.replace("-", "_"): one["default"] for name, one in ACTION["inputs"].items()}
    given |= inputs
    summary, outputs = runner / "summary", runner / "outputs"
    step = STEPS["Audit"]
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=runner,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(runner),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(outputs),
            "GITHUB_STEP_SUMMARY": str(summary),
            "RUNNER_TEMP": str(runner),
            **{name: expand(text, given) for name, text in step["env"].items()},
        },
        capture_output=True,
        text=True,
        check=False,
    )
    written = outputs.read_text(encoding="utf-8") if outputs.exists() else ""
    return Outcome(
        status=done.returncode,
        log=done.stdout + done.stderr,
        summary=summary.read_text(encoding="utf-8"),
        outputs=dict(line.split("=", 1) for line in written.splitlines()),
    )


def expand(text: str, inputs: dict[str, str]) -> str:
    """Return a value of `env` as the runner fills it in."""
    found = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", text)
    assert found is not None, text
    return inputs[found[1].replace("-", "_")]


@pytest.mark.parametrize(
    ("repository", "fail_under", "on_unknown", "status"),
    [
        pytest.param("legacy-edi", "", "fail", 0, id="no gate"),
        pytest.param("legacy-edi", "0", "fail", 0, id="at the target"),
        pytest.param("legacy-edi", "1", "fail", 1, id="below the target"),
        pytest.param("waybill", "4", "fail", 3, id="no verdict"),
        pytest.param("waybill", "4", "warn", 0, id="no verdict, and none is needed"),
        pytest.param("waybill", "high", "fail", 2, id="a level that is none"),
    ],
)
def test_the_step_ends_as_the_gate_decides(
    estate: Path, runner: Path, *, repository: str, fail_under: str, on_unknown: str, status: int
) -> None:
    outcome = audit(
        runner, path=str(estate / repository), fail_under=fail_under, on_unknown=on_unknown
    )

    assert outcome.status == status, outcome.log


def test_summary_annotations_and_outputs_are_left_for_the_runner(
    estate: Path, runner: Path
) -> None:
    outcome = audit(runner, path=str(estate / "waybill"))

    assert outcome.summary.startswith("# ")
    assert len(outcome.summary.encode()) < SUMMARY_LIMIT
    kinds = re.findall(r"^::(error|warning|notice) ", outcome.log, re.M)
    assert kinds
    assert all(kinds.count(kind) <= ANNOTATION_LIMIT for kind in set(kinds))
    assert set(outcome.outputs) == set(ACTION["outputs"])
    assert Path(outcome.outputs["sarif"]).is_file()
    assert (Path(outcome.outputs["report"]) / "osmm-scan.html").is_file()


def test_an_audit_that_fails_says_so_and_leaves_nothing_of_an_earlier_one(
    estate: Path, runner: Path
) -> None:
    audit(runner, path=str(estate / "waybill"))
    (runner / "outputs").unlink()

    outcome = audit(runner, path="nowhere")

    assert outcome.status == 2
    assert "could not be carried out" in outcome.summary
    assert "::error title=osmm-scan::" in outcome.log
    assert outcome.outputs == {}


def test_a_path_is_no_option(runner: Path) -> None:
    outcome = audit(runner, path="--help")

    assert outcome.status == 2
    assert "--help: no such folder" in outcome.log
    assert "Usage" not in outcome.log


@pytest.mark.parametrize("step", STEPS)
def test_no_script_holds_an_expression(step: str) -> None:
    assert "${{" not in STEPS[step]["run"]


def test_the_workflows_have_no_known_weakness() -> None:
    checked = subprocess.run(
        [
            Path(sys.executable).parent / "zizmor",
            "--offline",
            "--no-progress",
            ".github",
            "action.yml",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_what_is_installed_is_what_is_locked() -> None:
    exported = subprocess.run(
        [
            sys.executable,
            "-c",
            "from tools.requirements import requirements; print(requirements())",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    written = (ROOT / "action" / "requirements.txt").read_text(encoding="utf-8")
    assert written == exported.stdout.removesuffix("\n")


@pytest.mark.parametrize(
    "example",
    [path for folder in ("examples/ci", "action") for path in sorted((ROOT / folder).iterdir())],
    ids=lambda path: path.name,
)
def test_examples_name_only_options_that_there_are(example: Path) -> None:
    text = example.read_text(encoding="utf-8").replace("\\\n", " ")
    for name, rest in re.findall(r"(?:osmm-scan|osmm-scan\") (org|repo|merge)\b([^\n|]*)", text):
        command = importlib.import_module(f"osmm_scan.cli.commands.{name}").command
        known = {option for parameter in command.params for option in parameter.opts}
        assert {*re.findall(r"(?<!\S)--?[a-z][a-z-]*", rest)} <= known
