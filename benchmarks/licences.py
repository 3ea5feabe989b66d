"""Score license recognition on a labelled set of files, beside other detectors where installed.

    python benchmarks/licences.py labels.jsonl folder

Each line of the labels is an object: "path" within the folder, "kind" (single, several or negative)
and "expected", the SPDX ids that the file states; negatives are altered licenses, restricted ones
and texts that are no license. A text alone cannot tell "only" from "or later", so ids are compared
without that. The texts of others are not part of this project: gather a set of your own.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from osmm_scan.collectors.licensing.expressions import family
from osmm_scan.collectors.licensing.recognition import Kind, recognize
from osmm_scan.collectors.licensing.templates import library

# How a license must be stated to prove that a repository is under it.
_PROVING = (Kind.TEXT, Kind.MODIFIED)


@dataclass(frozen=True, slots=True)
class Label:
    """What a file states, by a reader's judgement."""

    path: Path
    kind: str
    expected: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a detector says of a file, and the milliseconds of processor time that it took."""

    ids: frozenset[str]
    is_open: bool
    milliseconds: float


Detector = Callable[[Path], Answer]


def ours(path: Path) -> Answer:
    """Return the answer of this project."""
    text = path.read_bytes().decode("utf-8", "replace")
    started = time.process_time()
    recognition = recognize(text)
    spent = (time.process_time() - started) * 1000
    # As the collector: what only names a license proves nothing, whatever the license.
    is_open = recognition.kind in _PROVING and recognition.is_open is True
    return Answer(frozenset(map(family, recognition.ids)), is_open, spent)


def licensecheck(path: Path) -> Answer:
    """Return the answer of Debian's licensecheck."""
    command = ["licensecheck", "--machine", "--shortname-scheme=spdx", "--lines=0", str(path)]
    output, spent = _run(command)
    names = re.split(r" (?:and/or|and|or|with) ", output.strip().rpartition("\t")[2])
    return _foreign(names, spent)


def licensee(path: Path) -> Answer:
    """Return the answer of licensee, which GitHub runs; it judges the folder of one file."""
    output, spent = _run(["licensee", "detect", "--json", str(path)])
    found = json.loads(output or "{}").get("licenses", [])
    return _foreign([entry["spdx_id"] for entry in found], spent)


DETECTORS: dict[str, Detector] = {
    "osmm-scan": ours,
    "licensecheck": licensecheck,
    "licensee": licensee,
}


def main() -> None:
    """Print a table of every detector that is installed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("labels", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="list what osmm-scan got wrong")
    arguments = parser.parse_args()
    labels = list(_read(arguments.labels, arguments.folder))
    library()  # loaded once, whatever the number of files
    print("| detector | kind | files | precision | recall | called open | ms median | ms worst |")
    print("|---|---|---|---|---|---|---|---|")
    for name, detector in DETECTORS.items():
        if name == "osmm-scan" or shutil.which(name):
            answers = [(label, detector(label.path)) for label in labels]
            for kind in ("single", "several", "negative"):
                print(_row(name, kind, [pair for pair in answers if pair[0].kind == kind]))
            if arguments.misses and name == "osmm-scan":
                _list_misses(answers)


def _read(labels: Path, folder: Path) -> Iterator[Label]:
    for line in labels.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        expected = frozenset(map(family, entry["expected"]))
        yield Label(folder / entry["path"], entry["kind"], expected)


def _row(name: str, kind: str, answers: list[tuple[Label, Answer]]) -> str:
    if not answers:
        return f"| {name} | {kind} | 0 | | | | | |"
    right = sum(len(label.expected & answer.ids) for label, answer in answers)
    given = sum(len(answer.ids) for _, answer in answers)
    wanted = sum(len(label.expected) for label, _ in answers)
    times = [answer.milliseconds for _, answer in answers]
    cells = (
        name,
        kind,
        len(answers),
        f"{right / given:.4f}" if given else "",
        f"{right / wanted:.4f}" if wanted else "",
        sum(answer.is_open for _, answer in answers),
        f"{statistics.median(times):.1f}",
        f"{max(times):.0f}",
    )
    return "| " + " | ".join(map(str, cells)) + " |"


def _list_misses(answers: list[tuple[Label, Answer]]) -> None:
    for label, answer in answers:
        wrong = answer.ids != label.expected if label.kind != "negative" else answer.is_open
        if wrong:
            print(label.kind, label.path.name, sorted(label.expected), "got", sorted(answer.ids))


def _run(command: list[str]) -> tuple[str, float]:
    before = os.times()
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    after = os.times()
    user, system = after[2] - before[2], after[3] - before[3]
    return found.stdout, (user + system) * 1000


def _foreign(names: list[str], spent: float) -> Answer:
    """Return the known ids among the names; it calls a file open when all of them are."""
    known = library().licenses
    renamed = library().renamed
    spelled = (name.strip("() ") for name in names)
    ids = {renamed.get(name, _ALIASES.get(name, name)) for name in spelled}
    listed = ids & set(known)
    is_open = bool(listed) and all(known[license_id].is_open for license_id in listed)
    return Answer(frozenset(map(family, listed)), is_open, spent)


# Names by which licensecheck calls what SPDX calls otherwise.
_ALIASES = {
    "AGPL-3": "AGPL-3.0-only",
    "AGPLv3": "AGPL-3.0-only",
    "Artistic": "Artistic-1.0-Perl",
    "Expat": "MIT",
    "GPL-1": "GPL-1.0-only",
    "GPL-2": "GPL-2.0-only",
    "GPL-2+": "GPL-2.0-or-later",
    "GPL-3": "GPL-3.0-only",
    "GPL-3+": "GPL-3.0-or-later",
    "LGPL-2": "LGPL-2.0-only",
    "LGPL-2.1": "LGPL-2.1-only",
    "LGPL-2.1+": "LGPL-2.1-or-later",
    "LGPL-3": "LGPL-3.0-only",
    "MIT-Open-Group": "MIT-open-group",
    "WTFPL-2": "WTFPL",
}

if __name__ == "__main__":
    main()
