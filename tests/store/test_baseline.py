"""Baseline files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from osmm_scan.engine.standing import standing
from osmm_scan.errors import StoreError
from osmm_scan.store.baseline import read_baseline, write_baseline
from tests.store.samples import assessed

TEXT = write_baseline(standing(assessed()))


def test_a_baseline_reads_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(TEXT, encoding="utf-8")

    assert read_baseline(path) == standing(assessed())


def test_a_baseline_has_a_line_for_each_item() -> None:
    assert sum(line.startswith('    "l') for line in TEXT.splitlines()) == len(
        standing(assessed()).items
    )


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        pytest.param("", "not a baseline", id="empty"),
        pytest.param("[" * 100_000, "not a baseline", id="deeply nested"),
        pytest.param("[]", "not a baseline", id="a list"),
        pytest.param("{}", "not a baseline of version 1", id="another document"),
        pytest.param('{"osmm_scan_baseline": 2}', "version 1", id="a later version"),
        pytest.param('{"osmm_scan_baseline": 1}', "damaged", id="nothing in it"),
        pytest.param(" " * 2**21, "larger than", id="huge"),
        pytest.param(
            json.dumps({**json.loads(TEXT), "surprise": 1}), "damaged", id="something unknown in it"
        ),
        pytest.param(json.dumps({**json.loads(TEXT), "items": [1]}), "damaged", id="wrong type"),
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(StoreError, match=complaint) as refused:
        read_baseline(path)

    assert str(path) in str(refused.value)


def test_a_missing_baseline_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        read_baseline(tmp_path / "baseline.json")
