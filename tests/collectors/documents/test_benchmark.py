"""The benchmark of the recogniser runs, with and without the words of single organizations."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from tests.collectors.documents.texts import CONSUMPTION

BENCHMARK = Path(__file__).resolve().parents[3] / "benchmarks" / "documents.py"


@pytest.mark.parametrize("options", [[], ["--left-out"]], ids=["as shipped", "left out"])
def test_predictions_are_written(
    options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, predictions = tmp_path / "corpus.jsonl", tmp_path / "predictions.jsonl"
    owners = ("acme", "globex")
    lines = [
        {"id": owner, "org": owner, "path": "docs/policy.md", "text": CONSUMPTION}
        for owner in owners
    ]
    corpus.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    files = ["--corpus", str(corpus), "--predictions", str(predictions)]
    monkeypatch.setattr("sys.argv", ["documents.py", *files, *options])

    runpy.run_path(str(BENCHMARK), run_name="__main__")

    written = [json.loads(line) for line in predictions.read_text(encoding="utf-8").splitlines()]
    policies = {one["id"] for one in written if one["class"] == "consumption_policy"}
    assert policies == set(owners)
