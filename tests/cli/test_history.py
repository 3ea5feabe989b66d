"""`osmm-scan history`, `report` and the gate against earlier scans, as users run them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.cli.test_commands import osmm_scan

Run = Callable[..., subprocess.CompletedProcess[str]]
DAYS = ("2026-05-31", "2026-06-30")


def commit(clone: Path, subject: str, day: str = "2026-06-15") -> None:
    """Commit everything as somebody of the organisation."""
    who = {"name": "Yuki Tanabe", "email": "yuki.tanabe@meridian-freight.example"}
    environment = {
        f"GIT_{role}_{part.upper()}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in {**who, "date": f"{day}T12:00:00Z"}.items()
    }
    environment |= {"PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": "/"}
    for step in (("add", "-A"), ("commit", "-q", "-m", subject)):
        subprocess.run(["git", "-C", clone, *step], check=True, env=environment)


@pytest.fixture(scope="module")
def history(estate: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a history of two scans, between which one clone lost its license and one went."""
    folder = tmp_path_factory.mktemp("history")
    clones, store = folder / "clones", folder / "history.db"
    for name in ("manifest-ui", "waybill", "tariff-tables"):
        shutil.copytree(estate / name, clones / name)
    assert scan(clones, store, DAYS[0]).returncode == 0
    (clones / "waybill" / "LICENSE").unlink()
    commit(clones / "waybill", "Remove the license")
    shutil.rmtree(clones / "tariff-tables")
    saved = scan(clones, store, DAYS[1], "--save", folder / "second.gz")
    assert saved.returncode == 0, saved.stderr
    return store


def scan(
    clones: Path, store: Path | str, day: str, *options: str | Path
) -> subprocess.CompletedProcess[str]:
    return osmm_scan(
        "org", "--local", clones, "--as-of", day, "--store", store, "--jobs", "1", *options
    )


def looked_back(history: Path, *arguments: str | Path) -> str:
    """Return what a history command that must succeed printed."""
    done = osmm_scan(*arguments, "--store", history)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_scans_are_listed_in_their_order(history: Path) -> None:
    lines = looked_back(history, "history", "list").splitlines()

    assert [line.split()[:2] for line in lines[1:]] == [["1", DAYS[0]], ["2", DAYS[1]]]
    assert all("meridian-freight" in line for line in lines[1:])


def test_a_scan_is_told_about(history: Path) -> None:
    text = looked_back(history, "history", "show", "2")

    assert "meridian-freight (organisation)" in text
    assert "complete" in text
    assert "2 repositories" in text


def test_a_comparison_says_what_changed_and_why(history: Path) -> None:
    whole = json.loads(looked_back(history, "history", "diff", "-f", "json"))

    repositories = {one["name"]: one for one in whole["repositories"]}
    checks = {one["id"]: one for one in repositories["meridian-freight/waybill"]["checks"]}
    assert checks["r2.license"]["before"] == "met"
    assert checks["r2.license"]["after"] == "unmet"
    assert {(fact["key"], fact["fate"]) for fact in checks["r2.license"]["facts"]} == {
        ("license.recognized", "changed")
    }
    assert repositories["meridian-freight/tariff-tables"]["after"] is None
    assert "meridian-freight/manifest-ui" not in repositories


def test_a_comparison_fits_a_terminal(history: Path) -> None:
    text = looked_back(history, "history", "diff", "1", "2")

    assert max(map(len, text.splitlines())) <= 80
    assert "license.recognized changed: yes → no" in text
    assert "gone, was" in text


def test_a_scan_compared_with_itself_shows_nothing(history: Path) -> None:
    assert "Nothing is judged differently." in looked_back(history, "history", "diff", "1", "1")


def test_the_trend_names_the_signals_that_moved(history: Path) -> None:
    whole = json.loads(looked_back(history, "history", "trend", "-f", "json"))

    assert [one["as_of"] for one in whole["scans"]] == list(DAYS)
    assert "license_file_coverage.share" in whole["signals"]
    assert all(len(values) == 2 for values in whole["signals"].values())


def test_the_trend_shows_the_signals_asked_for(history: Path) -> None:
    text = looked_back(history, "history", "trend", "--signal", "license_file_coverage")

    assert max(map(len, text.splitlines())) <= 80
    assert "license_file_coverage.share" in text
    assert "security_policy" not in text


def test_the_trend_is_drawn(history: Path, tmp_path: Path) -> None:
    looked_back(history, "history", "trend", "-f", "svg", "-o", tmp_path / "trend.svg")

    drawing = ElementTree.parse(tmp_path / "trend.svg")  # noqa: S314 - our own drawing
    assert "meridian-freight" in "".join(drawing.getroot().itertext())


def test_an_earlier_scan_is_rendered_as_it_was_judged(history: Path, estate: Path) -> None:
    first = json.loads(looked_back(history, "report", "1", "-f", "json"))

    assert first["as_of"] == DAYS[0]
    assert len(first["repositories"]) == 3


def test_a_scan_is_found_by_its_bundle(history: Path) -> None:
    by_bundle = looked_back(history, "report", history.with_name("second.gz"), "-f", "json")

    assert by_bundle == looked_back(history, "report", "2", "-f", "json")


def test_what_is_exported_and_imported_is_the_same(history: Path, tmp_path: Path) -> None:
    bundle, other = tmp_path / "scan.gz", tmp_path / "other.db"
    looked_back(history, "history", "export", "2", "-o", bundle)
    assert bundle.read_bytes() == history.with_name("second.gz").read_bytes()

    once = osmm_scan("history", "import", bundle, "--store", other)
    twice = osmm_scan("history", "import", bundle, "--store", other)

    assert "scan 1, meridian-freight" in once.stdout
    assert "already there as scan 1" in twice.stdout
    alone = json.loads(looked_back(other, "report", "1", "-f", "json"))
    whole = json.loads(looked_back(history, "report", "2", "-f", "json"))
    # Only a history that holds earlier scans shows the course over them.
    assert whole.pop("trend")
    assert alone == whole


def test_tables_for_notebooks_hold_every_scan(history: Path, tmp_path: Path) -> None:
    from pyarrow import parquet

    looked_back(history, "history", "export", "--parquet", tmp_path / "tables")

    tables = {path.stem: parquet.read_table(path) for path in (tmp_path / "tables").iterdir()}
    assert set(tables) == {"scans", "levels", "items", "signals", "checks", "evidence"}
    assert tables["scans"].column("as_of").to_pylist() == list(DAYS)
    assert tables["items"].num_rows == 2 * 72


def test_old_scans_are_removed_when_asked(history: Path, tmp_path: Path) -> None:
    copy = tmp_path / "history.db"
    shutil.copy(history, copy)

    text = looked_back(copy, "history", "prune", "--keep", "1")

    assert text.startswith("removed 1 scans")
    assert "     2  2026-06-30" in looked_back(copy, "history", "list")


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        pytest.param(("history", "show", "9"), 3, "no scan 9", id="no such scan"),
        pytest.param(("history", "diff", "1", "9"), 3, "no scan 9", id="nothing to compare with"),
        pytest.param(
            ("history", "trend", "--target", "acme"), 2, "no complete scan", id="no such target"
        ),
        pytest.param(
            ("history", "trend", "--signal", "license"), 2, "no such signal", id="no such signal"
        ),
        pytest.param(("history", "prune"), 2, "remove what?", id="nothing said to remove"),
        pytest.param(("history", "export"), 2, "--output", id="nowhere to export to"),
        pytest.param(("history", "export", "-o", "x.gz"), 2, "which scan", id="no scan to export"),
        pytest.param(("report", "nothing.gz"), 3, "no such bundle", id="no such bundle"),
    ],
)
def test_bad_requests_are_named(
    history: Path, tmp_path: Path, arguments: tuple[str, ...], code: int, complaint: str
) -> None:
    done = osmm_scan(*arguments, "--store", history, folder=tmp_path)

    assert done.returncode == code, done.stderr
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def test_scans_of_organisations_are_kept_where_users_keep_data(
    estate: Path, tmp_path: Path
) -> None:
    clones = tmp_path / "clones"
    shutil.copytree(estate / "tariff-tables", clones / "tariff-tables")

    done = osmm_scan(
        "org", "--local", clones, "--as-of", DAYS[1],
        OSMM_SCAN_STORE="", XDG_DATA_HOME=str(tmp_path / "data"),
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "data" / "osmm-scan" / "history.db").is_file()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        pytest.param((), 0, id="by default it only warns"),
        pytest.param(("--store", "file/history.db"), 3, id="one that was asked for ends the scan"),
    ],
)
def test_a_history_out_of_reach(
    estate: Path, tmp_path: Path, options: tuple[str, ...], code: int
) -> None:
    (tmp_path / "file").write_text("")
    clones = tmp_path / "clones"
    shutil.copytree(estate / "tariff-tables", clones / "tariff-tables")

    done = osmm_scan(
        "org", "--local", clones, "--as-of", DAYS[1], *options, folder=tmp_path,
        OSMM_SCAN_STORE="", XDG_DATA_HOME=str(tmp_path / "file"),
    )  # fmt: skip

    assert done.returncode == code, done.stderr
    assert "file" in done.stderr
    assert "Traceback" not in done.stderr
    assert bool(done.stdout) is (code == 0)


def test_an_audit_of_one_repository_keeps_nothing_unless_asked(
    estate: Path, tmp_path: Path
) -> None:
    done = osmm_scan(
        "repo", estate / "tariff-tables", "--as-of", DAYS[1],
        OSMM_SCAN_STORE="", XDG_DATA_HOME=str(tmp_path),
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def repository(estate: Path, tmp_path: Path) -> Path:
    """Return a clone that may be changed."""
    return Path(shutil.copytree(estate / "waybill", tmp_path / "waybill"))


def audit(repository: Path, *options: str | Path) -> subprocess.CompletedProcess[str]:
    return osmm_scan("repo", repository, "--as-of", DAYS[1], *options)


def gate(done: subprocess.CompletedProcess[str]) -> tuple[int, str]:
    """Return the exit code and the one line that says why."""
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("gate ")]
    return done.returncode, line


def test_a_repository_that_stays_as_it_was_passes(repository: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    audit(repository, "-f", f"baseline={baseline}")

    code, why = gate(audit(repository, "--fail-on-regression", "--baseline", baseline))

    assert (code, why) == (0, f"gate passed: nothing is worse than in baseline {baseline}")


@pytest.mark.parametrize("kind", ["baseline", "bundle", "scan"])
def test_a_repository_that_loses_its_license_fails(
    repository: Path, tmp_path: Path, kind: str
) -> None:
    baseline, bundle, store = (tmp_path / name for name in ("base.json", "base.gz", "base.db"))
    compared: dict[str, tuple[str | Path, ...]] = {
        "baseline": ("--baseline", baseline),
        "bundle": ("--against", bundle),
        "scan": ("--store", store),
    }
    audit(repository, "-f", f"baseline={baseline}", "--save", bundle, "--store", store)
    (repository / "LICENSE").unlink()
    commit(repository, "Remove the license")

    code, why = gate(audit(repository, "--fail-on-regression", *compared[kind]))

    assert code == 1
    assert why.startswith("gate failed: worse than ")
    assert "r2.license was met, now it is not" in why


@pytest.mark.parametrize(
    ("on_unknown", "code", "says"),
    [
        pytest.param("fail", 3, "gate undecided: ", id="undecided"),
        pytest.param("warn", 0, "gate warning, passed undecided: ", id="with a warning"),
        pytest.param("ignore", 0, "gate passed undecided: ", id="passed, and said so"),
    ],
)
def test_without_anything_to_compare_with_nothing_is_green(
    estate: Path, tmp_path: Path, on_unknown: str, code: int, says: str
) -> None:
    done = audit(
        estate / "waybill", "--fail-on-regression", "--store", tmp_path / "new.db",
        "--on-unknown", on_unknown,
    )  # fmt: skip

    assert gate(done) == (code, f"{says}there is no earlier scan of this target to compare with")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({"rules_sha256": "0" * 64}, "other rules", id="other rules"),
        pytest.param({"target": "acme/other"}, "another target", id="another target"),
        pytest.param({"profile": "community"}, "another profile", id="another profile"),
    ],
)
def test_a_baseline_of_something_else_decides_nothing(
    estate: Path, tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    baseline = tmp_path / "baseline.json"
    audit(estate / "waybill", "-f", f"baseline={baseline}")
    baseline.write_text(json.dumps(json.loads(baseline.read_text()) | change))

    code, why = gate(audit(estate / "waybill", "--fail-on-regression", "--baseline", baseline))

    assert code == 3
    assert reason in why


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        pytest.param(("--fail-on-regression",), "compare with what?", id="nothing to compare with"),
        pytest.param(("--against", "1"), "without --fail-on-regression", id="no gate"),
        pytest.param(
            ("--fail-on-regression", "--against", "1"), "give --store", id="a scan of no history"
        ),
        pytest.param(
            ("--fail-on-regression", "--against", "1", "--baseline", "x"), "one of them", id="two"
        ),
    ],
)
def test_options_that_contradict_each_other(
    estate: Path, options: tuple[str, ...], complaint: str
) -> None:
    done = audit(estate / "tariff-tables", *options)

    assert done.returncode == 2
    assert complaint in done.stderr


@pytest.mark.slow
def test_killed_scans_go_on_to_the_same_result(estate: Path, tmp_path: Path) -> None:
    benchmark = Path(__file__).resolve().parents[2] / "benchmarks" / "store.py"
    clones = tmp_path / "clones"
    for name in ("manifest-ui", "tariff-tables", ".github"):
        shutil.copytree(estate / name, clones / name)

    done = subprocess.run(
        [sys.executable, benchmark, "kill", clones, "--kills", "3"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "killed 3 scans" in done.stdout


@pytest.mark.slow
def test_two_scans_at_once_are_both_right(estate: Path, tmp_path: Path) -> None:
    clones, store = tmp_path / "clones", tmp_path / "history.db"
    for name in ("manifest-ui", "tariff-tables"):
        shutil.copytree(estate / name, clones / name)
    command = [
        Path(sys.executable).parent / "osmm-scan", "org", "--local", clones, "--as-of", DAYS[1],
        "--store", store, "--jobs", "1", "-f", "json",
    ]  # fmt: skip

    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in "ab"
    ]
    reports = {process.communicate() for process in running}

    assert {process.returncode for process in running} == {0}
    assert len(reports) == 1
    assert [line.split()[2] for line in looked_back(store, "history", "list").splitlines()[1:]] == [
        "1", "1",
    ]  # fmt: skip


def test_what_was_read_before_an_interruption_is_not_read_again(
    estate: Path, tmp_path: Path
) -> None:
    clones, store = tmp_path / "clones", tmp_path / "history.db"
    for name in ("manifest-ui", "tariff-tables"):
        shutil.copytree(estate / name, clones / name)
    # A report that cannot be written ends a scan after everything was read.
    lost = scan(clones, store, DAYS[1], "--save", "/dev/null/bundle.gz")
    commit_to = clones / "tariff-tables"
    (commit_to / "NEW").write_text("new\n")
    commit(commit_to, "Add a file")

    again = scan(clones, store, DAYS[1], "-v")

    assert lost.returncode == 3
    assert "1 of 2 clones were read before the interruption" in again.stderr
    assert again.stdout == scan(clones, "none", DAYS[1]).stdout


def test_a_report_of_the_history_shows_the_course_up_to_its_scan(history: Path) -> None:
    courses = [
        json.loads(looked_back(history, "report", scan, "-f", "json")).get("trend", [])
        for scan in ("1", "2")
    ]

    assert [[one["as_of"] for one in course] for course in courses] == [[], list(DAYS)]


def test_a_new_scan_shows_the_course_before_it(history: Path) -> None:
    saved = history.parent / "second.gz"
    graded = looked_back(history, "assess", saved, "-f", "json")

    assert [one["scan"] for one in json.loads(graded)["trend"]] == [1, None]
