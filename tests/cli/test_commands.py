"""The commands as users run them, on the example organisation."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from osmm_scan.resources import templates_directory

AS_OF = ("--as-of", "2026-06-30")


def osmm_scan(
    *arguments: str | Path, folder: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the installed command."""
    return subprocess.run(
        [Path(sys.executable).parent / "osmm-scan", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def report(*arguments: str | Path, **environment: str) -> Any:
    """Return the JSON report of a command that must succeed."""
    done = osmm_scan(*arguments, *AS_OF, "-f", "json", **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def facts(whole: Any, subject: str) -> dict[str, Any]:
    """Return what was observed in one repository."""
    return {
        item["key"]: item.get("value", item.get("missing"))
        for item in whole["evidence"]
        if item["subject"] == subject
    }


def test_a_repository_report_is_whole_and_valid(estate: Path) -> None:
    import jsonschema_rs

    whole = report("repo", estate / "waybill")

    schema = json.loads((templates_directory() / "json" / "report.schema.json").read_text())
    jsonschema_rs.validator_for(schema).validate(whole)
    assert len(whole["items"]) == 72
    assert whole["target"]["name"] == "meridian-freight/waybill"


def test_one_repository_proves_existence_for_its_organisation_and_no_more(estate: Path) -> None:
    whole = report("repo", estate / "waybill")

    items = {item["id"]: item for item in whole["items"]}
    assert items["l1.using.use"]["grade"] == 1
    assert items["l1.using.use"]["possible"] == 5
    assert all((item["grade"] or 0) <= 2 for item in whole["items"])


@pytest.mark.parametrize(
    ("repository", "expected"),
    [
        pytest.param(
            "waybill", {"license.expression": "MIT", "license.open": True}, id="an open license"
        ),
        pytest.param("berth-planner", {"license.open": False}, id="a rider closes a license"),
        pytest.param("manifest-ui", {"license.recognized": False}, id="a manifest is no license"),
        pytest.param("tariff-tables", {"repository.code": False}, id="data is no code"),
        pytest.param("legacy-edi", {"repository.active": False}, id="idle for years"),
        pytest.param(
            "dockyard",
            {"contributing.present": True, "contributing.inherited": True},
            id="defaults",
        ),
        pytest.param("waybill", {"contributing.inherited": False}, id="own before default"),
    ],
)
def test_the_estate_shows_what_its_files_say(
    estate: Path,
    tmp_path_factory: pytest.TempPathFactory,
    repository: str,
    expected: dict[str, Any],
) -> None:
    whole = cached_report(estate, tmp_path_factory)

    seen = facts(whole, f"meridian-freight/{repository}")

    assert {key: seen[key] for key in expected} == expected


def cached_report(estate: Path, factory: pytest.TempPathFactory) -> Any:
    """Return the organisation's report, made once per test run."""
    path = factory.getbasetemp() / "organisation.json"
    if not path.exists():
        path.write_text(json.dumps(report("org", "--local", estate)), encoding="utf-8")
    return json.loads(path.read_text(encoding="utf-8"))


def test_every_cited_file_has_a_permalink(
    estate: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = cached_report(estate, tmp_path_factory)

    cited = [item for item in whole["evidence"] if item["source"]["path"]]
    assert cited
    assert [
        item
        for item in cited
        if not (item["source"]["url"] or "").startswith("https://github.com/meridian-freight/")
        or item["source"]["commit"] not in item["source"]["url"]
    ] == []


@pytest.mark.slow
def test_nothing_but_evidence_shows_in_the_report(estate: Path) -> None:
    reports = {
        osmm_scan(
            "org", "--local", estate, *AS_OF, "-f", "json", "--jobs", jobs,
            PYTHONHASHSEED=seed, LC_ALL=locale, TZ=zone,
        ).stdout
        for jobs, seed, locale, zone in (
            ("1", "0", "C", "UTC"),
            ("2", "1", "C.UTF-8", "Asia/Tokyo"),
            ("8", "2", "POSIX", "America/New_York"),
        )
    }  # fmt: skip

    assert len(reports) == 1


def test_saved_evidence_is_judged_alike_offline(estate: Path, tmp_path: Path) -> None:
    saved = tmp_path / "waybill.jsonl.gz"
    first = osmm_scan("repo", estate / "waybill", *AS_OF, "-f", "json", "--save", saved)

    again = osmm_scan("assess", saved, "-f", "json")

    assert again.stdout == first.stdout


def test_reports_go_to_files_and_nothing_to_the_terminal(estate: Path, tmp_path: Path) -> None:
    done = osmm_scan(
        "repo", estate / "waybill", *AS_OF, "-f", "json", "-f", "html", "-f", "markdown=r.md",
        "-o", tmp_path,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "osmm-scan.html",
        "osmm-scan.json",
        "r.md",
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        pytest.param(("repo", "/nonexistent"), 2, "/nonexistent", id="no such folder"),
        pytest.param(("repo", "acme/widgets", "--offline"), 3, "offline", id="GitHub offline"),
        pytest.param(("org",), 2, "--local", id="no organisation"),
        pytest.param(("org", "acme", "--local", "."), 2, "--local", id="both kinds of scan"),
        pytest.param(("repo", __file__), 2, "test_commands.py", id="a file"),
        pytest.param(("repo", "."), 2, "repository", id="a folder that is no repository"),
        pytest.param(("org", "--local", "."), 3, "no clone", id="a folder without clones"),
        pytest.param(("repo", "--as-of", "soon"), 2, "no day", id="no date"),
        pytest.param(("repo", "-f", "docx"), 2, "unknown format", id="no format"),
        pytest.param(("repo", "--rules", "."), 2, "model.yaml", id="no rule pack"),
        pytest.param(("assess", "nothing.gz"), 3, "no such bundle", id="no bundle"),
        pytest.param(("explain", "l9.nothing"), 2, "no item", id="no item"),
        pytest.param(("scan",), 2, "No such command", id="no command"),
    ],
)
def test_bad_input_is_named_with_the_right_exit_code(
    tmp_path: Path, arguments: tuple[str, ...], code: int, complaint: str
) -> None:
    done = osmm_scan(*arguments, folder=tmp_path)

    assert done.returncode == code, done.stderr
    assert complaint in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("repository", "target", "code"),
    [
        pytest.param("manifest-ui", "0", 0, id="level 0 is always reached"),
        pytest.param("manifest-ui", "2", 1, id="no license, no level 2"),
        pytest.param("waybill", "1", 0, id="ready for level 1"),
    ],
)
def test_the_gate_of_a_repository_is_its_readiness(
    estate: Path, repository: str, target: str, code: int
) -> None:
    done = osmm_scan("repo", estate / repository, *AS_OF, "--fail-under", target)

    assert done.returncode == code, done.stderr
    assert done.stderr.startswith("gate ")


def test_one_broken_clone_does_not_end_the_scan(estate: Path, tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "clones"
    shutil.copytree(estate / "waybill", folder / "waybill")
    (folder / "broken" / ".git").mkdir(parents=True)
    (folder / "broken" / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    (folder / "broken" / ".git" / "commondir").write_text("/etc\n")
    (folder / "broken" / ".git" / "objects").mkdir()
    (folder / "broken" / ".git" / "refs").mkdir()

    whole = report("org", "--local", folder)

    assert [fault["subject"] for fault in whole["faults"]] == ["broken"]
    assert {one["name"] for one in whole["repositories"]} == {"broken", "meridian-freight/waybill"}


def test_help_loads_nothing_heavy() -> None:
    heavy = "pandas numpy github git jinja2 rich pydantic yaml sqlalchemy alembic"
    program = (
        "import sys, click\n"
        "from osmm_scan.cli.main import cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        f"print([name for name in {heavy.split()!r} if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"


def test_an_audit_without_history_loads_no_database_and_no_client(estate: Path) -> None:
    program = (
        "import sys\n"
        "from osmm_scan.cli.main import cli\n"
        f"try: cli.main(['repo', {str(estate / 'waybill')!r}, '-f', 'outputs'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('sqlalchemy', 'alembic', 'github') if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"


def test_a_closed_pipe_is_no_traceback(estate: Path) -> None:
    command = f"{Path(sys.executable).parent / 'osmm-scan'} rules list | head -1"

    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)

    assert done.stderr == ""
