"""Several scans of parts of an estate make one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from osmm_scan.cli.scanning.shards import Shard

NAMES = [f"acme/service-{number}" for number in range(200)]
OSMM_SCAN = Path(sys.executable).with_name("osmm-scan")


def scan(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [OSMM_SCAN, *arguments, "--store", "none"], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("count", [1, 2, 7])
def test_every_repository_is_in_one_shard(count: int) -> None:
    shards = [Shard(number, count) for number in range(1, count + 1)]

    assert {sum(shard.takes(name) for shard in shards) for name in NAMES} == {1}


def test_shards_are_of_much_the_same_size() -> None:
    sizes = [sum(Shard(number, 4).takes(name) for name in NAMES) for number in range(1, 5)]

    assert min(sizes) > 30


def test_case_makes_no_difference() -> None:
    shard = Shard(1, 3)

    assert [shard.takes(name) for name in NAMES] == [shard.takes(name.upper()) for name in NAMES]


@pytest.mark.parametrize("wanted", ["0/3", "4/3", "1", "1/0", "a/b", "1/3/5", ""])
def test_what_is_no_shard_is_refused(wanted: str, tmp_path: Path) -> None:
    done = scan("org", "--local", tmp_path, "--shard", wanted)

    assert done.returncode == 2
    assert "no shard such as 2/5" in done.stderr


@pytest.fixture(scope="module")
def parts(estate: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the bundles of three shards of the example organisation."""
    folder = tmp_path_factory.mktemp("parts")
    bundles = [folder / f"{number}.jsonl.gz" for number in (1, 2, 3)]
    for number, bundle in enumerate(bundles, start=1):
        shard = ("--shard", f"{number}/3", "--save", bundle, "-f", "outputs")
        done = scan("org", "--local", estate, "--as-of", "2026-06-30", *shard)
        assert done.returncode == 0, done.stderr
    return bundles


def test_all_shards_together_are_the_whole_scan(
    estate: Path, parts: list[Path], tmp_path: Path
) -> None:
    whole = tmp_path / "whole.json"
    scan("org", "--local", estate, "--as-of", "2026-06-30", "-f", f"json={whole}")

    shared = estate / ".github"
    said = ("--config", shared / ".osmm-scan.yml")
    stated = ("--attestations", shared / ".osmm" / "attestations.yml")
    merged = scan("merge", *reversed(parts), *said, *stated, "-f", "json")

    assert merged.stdout == whole.read_text(encoding="utf-8")


def test_what_a_missing_shard_could_show_is_unknown(parts: list[Path]) -> None:
    merged = scan("merge", *parts[:2], "--fail-under", "5", "-f", "outputs")

    assert "possible=5" in merged.stdout
    assert merged.returncode == 3
