"""Recognise a corpus of labelled documents, for whatever scores the predictions.

    python benchmarks/documents.py --corpus documents.jsonl --predictions OUT.jsonl

A line of the corpus has `id`, `repo`, `path` and `text`; a line of the predictions `id`, `class`,
`quality` and `lines`, for every class of which a document has at least quality 1.

With `--left-out`, every document is judged by those phrases only that the documents of other
organizations have as well, as if its own organization had never been seen. `family`, or else `org`,
names the organization.

A phrase in a language of which the corpus has one organization is thereby always left out, however
common it is. `--also` takes further documents, of the same form and without labels, of other
organizations: they are not recognised, but what they say is not said by one organization alone.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from osmm_scan.collectors.documents.phrases import Phrase
from osmm_scan.collectors.documents.reading import Reading
from osmm_scan.collectors.documents.recognition import recognise
from osmm_scan.collectors.documents.rubrics import Element, Rubric, Rubrics, load_rubrics

Key = tuple[str, str]


def main() -> None:
    """Write the predictions and say how long they took."""
    options = _options()
    rubrics = load_rubrics()
    corpus = _documents(options.corpus)
    also = [one for path in options.also for one in _documents(path)]
    judges = _left_out([*corpus, *also], rubrics) if options.left_out else {}
    started = time.process_time()
    lines = [
        {"id": one["id"], "class": found.name, "quality": found.quality, "lines": found.lines}
        for one in corpus
        for found in recognise(
            one["text"], one["path"], judges.get(_owner(one), rubrics), one.get("repo", "")
        )
        if found.quality
    ]
    seconds = time.process_time() - started
    options.predictions.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    size = sum(len(one["text"]) for one in corpus)
    sys.stderr.write(
        f"{len(corpus)} documents, {size} characters, {seconds:.2f} s; "
        f"1,000 documents of 20,000 characters would take {seconds / size * 2e7:.1f} s\n"
    )


def _documents(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


def _left_out(corpus: Iterable[Mapping[str, Any]], rubrics: Rubrics) -> dict[str, Rubrics]:
    """Return the rubrics for each organization, without what its documents alone say."""
    owners: dict[Key, set[str]] = defaultdict(set)
    for one in corpus:
        reading = Reading(one["path"], one["text"], one.get("repo", ""))
        for element in _elements(rubrics):
            for phrase in element.phrases:
                single = replace(element, phrases=(phrase,), distinct=1, passages=1)
                if reading.find(single):
                    owners[element.place, phrase.text].add(_owner(one))
    alone: dict[str, set[Key]] = defaultdict(set)
    for key, found in owners.items():
        if len(found) == 1:
            alone[next(iter(found))].add(key)
    return {owner: _without(rubrics, keys) for owner, keys in alone.items()}


def _elements(rubrics: Rubrics) -> Iterator[Element]:
    for rubric in rubrics.classes.values():
        for group in (rubric.about, rubric.elements.values(), rubric.excluded, rubric.limited):
            yield from group
    yield from (*rubrics.gates, *rubrics.voices.values(), *rubrics.elements.values())


def _without(rubrics: Rubrics, keys: set[Key]) -> Rubrics:
    def kept(element: Element) -> Element:
        return replace(element, phrases=tuple(_kept(element, keys)))

    def judged(rubric: Rubric) -> Rubric:
        return replace(
            rubric,
            about=tuple(map(kept, rubric.about)),
            elements={name: kept(one) for name, one in rubric.elements.items()},
            excluded=tuple(map(kept, rubric.excluded)),
            limited=tuple(map(kept, rubric.limited)),
        )

    return Rubrics(
        classes={name: judged(one) for name, one in rubrics.classes.items()},
        gates=tuple(map(kept, rubrics.gates)),
        voices={name: kept(one) for name, one in rubrics.voices.items()},
        elements={name: kept(one) for name, one in rubrics.elements.items()},
    )


def _kept(element: Element, keys: set[Key]) -> Iterator[Phrase]:
    return (one for one in element.phrases if (element.place, one.text) not in keys)


def _owner(document: Mapping[str, Any]) -> str:
    return str(document.get("family") or document.get("org") or "")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--predictions", type=Path, required=True)
    parser.add_argument("--left-out", action="store_true", help="leave out each organization")
    parser.add_argument("--also", type=Path, nargs="*", default=(), help="documents of others")
    return parser.parse_args()


if __name__ == "__main__":
    main()
