"""How long reports of large estates take, what they need and how large they are.

    python -m benchmarks.reports BUNDLE [--repositories 300 10000] [--formats html json ...]

The repositories of BUNDLE, which `osmm-scan org --save` wrote, stand under many names. Each format
is rendered in a process of its own; memory is what it needs beyond the assessment it was given.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from osmm_scan.cli.judging.conclusion import judge, load_pack
from osmm_scan.model import Bundle, Evidence
from osmm_scan.report import Options, formats, parts_of
from osmm_scan.report.document import flags
from osmm_scan.store.bundle import read_bundle
from osmm_scan.verdicts import Assessment

_MB = 2**20


def main() -> None:
    """Print a line for each estate and format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--repositories", type=int, nargs="+", default=[300, 10_000])
    parser.add_argument("--formats", nargs="+", default=["html", "markdown", "text", "json"])
    parser.add_argument("--keep", type=Path, help="write the reports here")
    arguments = parser.parse_args()
    sample, rules = read_bundle(arguments.bundle), load_pack(None)
    for number in arguments.repositories:
        bundle = multiplied(sample, number)
        assessment = judge(bundle, rules, "company")
        print(f"{number} repositories, {len(bundle.evidence)} facts, {_resident()} MB with them")
        for name in arguments.formats:
            options = Options(flags=flags(rules.signals))
            _apart(name, assessment, options, arguments.keep and arguments.keep / str(number))


def multiplied(sample: Bundle, number: int) -> Bundle:
    """Return the facts of a bundle's repositories, one after the other, under so many names."""
    facts: dict[str, list[Evidence]] = defaultdict(list)
    for one in sample.evidence:
        facts[one.subject].append(one)
    kinds = [name for name in sample.repositories if facts[name]]
    names = [f"acme/{kinds[place % len(kinds)]}-{place:05}" for place in range(number)]
    return replace(
        sample,
        repositories=tuple(names),
        evidence=tuple(
            replace(one, subject=name)
            for place, name in enumerate(names)
            for one in facts[kinds[place % len(kinds)]]
        ),
    )


def _apart(name: str, assessment: Assessment, options: Options, folder: Path | None) -> None:
    """Render in a copy of this process, so that one format leaves nothing for the next."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    before, began = _resident(), time.process_time()
    parts = parts_of(formats()[name], assessment, options, "report.html")
    size = files = 0
    for beside, pieces in parts:
        path = Path(os.devnull)
        if folder:
            path = folder / (beside or f"report{formats()[name].SUFFIX}")
            path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            size += sum(stream.write(piece.encode()) for piece in pieces)
        files += 1
    took = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"  {name:<9} {took:6.1f} s, {peak - before:5} MB, {size / _MB:7.1f} MB in {files} files",
        flush=True,
    )
    os._exit(0)


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // _MB


if __name__ == "__main__":
    main()
