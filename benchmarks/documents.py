"""Recognise a corpus of labelled documents, for whatever scores the predictions.

    python benchmarks/documents.py --corpus documents.jsonl --predictions OUT.jsonl

A line of the corpus has `id`, `repo`, `path` and `text`; a line of the predictions `id`, `class`,
`quality` and `lines`, for every class of which a document has at least quality 1.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from osmm_scan.collectors.documents.recognition import recognise
from osmm_scan.collectors.documents.rubrics import load_rubrics


def main() -> None:
    """Write the predictions and say how long they took."""
    options = _options()
    rubrics = load_rubrics()
    corpus = [json.loads(line) for line in options.corpus.read_text("utf-8").splitlines() if line]
    started = time.process_time()
    lines = [
        {"id": one["id"], "class": found.name, "quality": found.quality, "lines": found.lines}
        for one in corpus
        for found in recognise(one["text"], one["path"], rubrics, one.get("repo", ""))
        if found.quality
    ]
    seconds = time.process_time() - started
    options.predictions.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    size = sum(len(one["text"]) for one in corpus)
    sys.stderr.write(
        f"{len(corpus)} documents, {size} characters, {seconds:.2f} s; "
        f"1,000 documents of 20,000 characters would take {seconds / size * 2e7:.1f} s\n"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--predictions", type=Path, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    main()
