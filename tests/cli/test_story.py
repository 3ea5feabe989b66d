"""Seven months of an organisation: what trend, gate, comparison and rules make of what happened.

Its license coverage grows when one clone gets a license in February, and falls in June when two
others lose theirs; everything else goes on as it did.
"""

from __future__ import annotations

import json
import shutil
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from osmm_scan.cli.history.memory import Memory
from osmm_scan.cli.judging.conclusion import load_pack
from osmm_scan.cli.options.remembering import Remembering
from osmm_scan.engine.intervals import Truth
from osmm_scan.engine.readings import Past, read_signals
from osmm_scan.engine.tree import Course, Reference, Trend
from osmm_scan.store.archive import read_judgement, read_scan
from osmm_scan.store.database import open_store
from tests.cli.test_commands import osmm_scan
from tests.cli.test_history import commit

DAYS = tuple(
    map(
        date.fromisoformat,
        (
            "2025-12-31",
            "2026-01-31",
            "2026-02-28",
            "2026-03-31",
            "2026-04-30",
            "2026-05-31",
            "2026-06-30",
        ),
    )
)
CLONES = ("waybill", "dockyard", "manifest-ui")

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Story:
    """The history that the scans made, and how each scan's gate ended."""

    store: Path
    codes: Mapping[date, int]
    reasons: Mapping[date, str]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("story")
    codes, reasons = {}, {}
    for day in DAYS:
        clones = folder / "meridian-freight"
        shutil.rmtree(clones, ignore_errors=True)
        _live_until(day, clones)
        done = osmm_scan(
            "org", "--local", clones, "--as-of", str(day), "--store", folder / "history.db",
            "--jobs", "1", "--fail-on-regression", "-f", f"json={folder / 'report.json'}",
        )  # fmt: skip
        codes[day], reasons[day] = done.returncode, done.stderr
    return Story(folder / "history.db", codes, reasons)


def _live_until(day: date, clones: Path) -> None:
    build = _builder()
    with (build.HERE / "history.toml").open("rb") as stream:
        histories = tomllib.load(stream)
    for name in CLONES:
        whole = histories[name]
        releases = whole.get("releases", {})
        lived = whole | {
            "until": day,
            "releases": {tag: made for tag, made in releases.items() if made <= day},
        }
        build.build(clones / name, build.SOURCE / name, lived)
    if day >= date(2026, 2, 15):
        shutil.copy(clones / "waybill" / "LICENSE", clones / "manifest-ui" / "LICENSE")
        commit(clones / "manifest-ui", "Add a license", "2026-02-15")
    if day >= date(2026, 6, 10):
        for name in ("waybill", "dockyard"):
            (clones / name / "LICENSE").unlink()
            commit(clones / name, "Remove the license", "2026-06-10")


def _builder() -> ModuleType:
    import importlib.util

    path = Path(__file__).resolve().parents[2] / "examples" / "build.py"
    found = importlib.util.spec_from_file_location("examples_build", path)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[found.name] = module
    found.loader.exec_module(module)
    return module


def _asked(story: Story, *arguments: str) -> Any:
    done = osmm_scan("history", *arguments, "-f", "json", "--store", story.store)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _trend(story: Story, scan: int, trend: Trend, field: str) -> Truth:
    """Return what a rule is told that asks for a trend on the day of a scan."""
    pack = load_pack(None)
    with open_store(str(story.store)) as store:
        bundle, judged = read_scan(store, scan), read_judgement(store, scan)
        memory = Memory(store, Remembering(store=store.name), keeps=False)
        past = Past(as_of=bundle.as_of, history=memory.recall(pack, bundle))
    signals = read_signals(judged.signals, pack.signals, pack.model.thresholds, past=past)
    return signals.trend(Course(trend, Reference(*field.split("."))))


def test_the_gate_is_open_until_there_is_something_to_compare_with(story: Story) -> None:
    assert story.codes[DAYS[0]] == 3
    assert "no earlier scan" in story.reasons[DAYS[0]]


def test_the_gate_lets_months_pass_in_which_nothing_got_worse(story: Story) -> None:
    assert [story.codes[day] for day in DAYS[2:6]] == [0, 0, 0, 0]


def test_the_gate_closes_when_licenses_are_lost(story: Story) -> None:
    assert story.codes[DAYS[6]] == 1
    assert "gate failed: worse than scan 6 of 2026-05-31" in story.reasons[DAYS[6]]
    assert "l3.community-engagement.hosting" in story.reasons[DAYS[6]]


def test_the_trend_follows_the_licenses(story: Story) -> None:
    whole = _asked(story, "trend", "--signal", "license_file_coverage.share")

    (values,) = whole["signals"].values()
    thirds = [round(3 * value) for value in values]
    assert thirds == [2, 2, 3, 3, 3, 3, 1]


def test_the_comparison_says_which_facts_closed_the_gate(story: Story) -> None:
    whole = _asked(story, "diff")

    (hosting,) = [one for one in whole["items"] if one["id"] == "l3.community-engagement.hosting"]
    assert hosting["gain"] < 0
    assert "license_file_coverage" in {move["signal"] for move in hosting["signals"]}
    changed = {(fact["subject"].partition("/")[2], fact["key"]) for fact in hosting["facts"]}
    assert {("waybill", "license.recognized"), ("dockyard", "license.recognized")} <= changed
    assert ("manifest-ui", "license.recognized") not in changed


def test_the_comparison_says_which_fact_was_gained(story: Story) -> None:
    whole = _asked(story, "diff", "2", "3")

    repositories = {one["name"]: one for one in whole["repositories"]}
    checks = {one["id"]: one for one in repositories["meridian-freight/manifest-ui"]["checks"]}
    (fact,) = checks["r2.license"]["facts"]
    assert (fact["key"], fact["path"]) == ("license.recognized", "LICENSE")
    assert (fact["before"]["value"], fact["after"]["value"]) == (False, True)


@pytest.mark.parametrize(
    ("scan", "trend", "field", "expected"),
    [
        pytest.param(
            6, Trend.SUSTAINED, "license_file_coverage.share", Truth.UNKNOWN, id="too short"
        ),
        pytest.param(
            7, Trend.SUSTAINED, "dependency_manifest_coverage.share", Truth.TRUE, id="kept up"
        ),
        pytest.param(
            7, Trend.SUSTAINED, "license_file_coverage.share", Truth.FALSE, id="lost at the end"
        ),
        pytest.param(
            7, Trend.IMPROVING, "license_file_coverage.share", Truth.FALSE, id="not improved"
        ),
    ],
)
def test_rules_are_told_what_happened(
    story: Story, scan: int, trend: Trend, field: str, expected: Truth
) -> None:
    assert _trend(story, scan, trend, field) is expected
