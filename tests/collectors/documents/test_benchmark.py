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


def test_a_phrase_is_kept_where_further_documents_have_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, also, predictions = (tmp_path / name for name in ("corpus", "also", "predictions"))
    line = {"id": "acme", "org": "acme", "path": "docs/policy.md", "text": CONSUMPTION}
    corpus.write_text(json.dumps(line), encoding="utf-8")
    also.write_text(json.dumps(line | {"id": "globex", "org": "globex"}), encoding="utf-8")
    files = ["--corpus", str(corpus), "--predictions", str(predictions), "--left-out"]
    found = []
    for further in ([], ["--also", str(also)]):
        monkeypatch.setattr("sys.argv", ["documents.py", *files, *further])
        runpy.run_path(str(BENCHMARK), run_name="__main__")
        found.append(predictions.read_text(encoding="utf-8"))

    alone, attested = found
    assert not alone
    assert {json.loads(one)["id"] for one in attested.splitlines()} == {"acme"}
