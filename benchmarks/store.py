"""Kill scans at random moments and go on with them; measure how much a history takes.

Usage: python benchmarks/store.py kill FOLDER [--kills 200] [--store PATH|URL] [--seed 1]
       python benchmarks/store.py size BUNDLE [--repositories 1000] [--scans 12] [--store PATH|URL]

`kill` scans the clones in FOLDER again and again, kills the whole process group with SIGKILL at a
random moment, and checks after each kill that the history is sound, that every scan in it that says
it is complete is, and every tenth time that a scan goes on to the same result.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing, suppress
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from pathlib import Path

from osmm_scan.cli.judging.conclusion import judge, load_pack
from osmm_scan.cli.main import cli
from osmm_scan.collectors import collectors
from osmm_scan.engine.recollection import define_signals
from osmm_scan.model import Bundle
from osmm_scan.store import archive, scans
from osmm_scan.store.bundle import pack, read_bundle
from osmm_scan.store.database import open_store

AS_OF = "2026-06-30"


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    killing = commands.add_parser("kill")
    killing.add_argument("folder", type=Path)
    killing.add_argument("--kills", type=int, default=200)
    killing.add_argument("--seed", type=int, default=1)
    killing.set_defaults(run=kill)
    sizing = commands.add_parser("size")
    sizing.add_argument("bundle", type=Path)
    sizing.add_argument("--repositories", type=int, default=1000)
    sizing.add_argument("--scans", type=int, default=12)
    sizing.set_defaults(run=size)
    for command in (killing, sizing):
        command.add_argument("--store")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        arguments.store = arguments.store or f"{folder}/history.db"
        arguments.scratch = Path(folder)
        arguments.run(arguments)


def kill(arguments: argparse.Namespace) -> None:
    """Kill scans at random moments."""
    # Which moments are tried is no secret, and the same again with the same seed.
    chance = random.Random(arguments.seed)  # noqa: S311
    report, bundle = scan(arguments, "none")
    # Whatever a scan loads is loaded here, so that the moments of the scan itself are hit.
    judge(read_bundle(arguments.scratch / "bundle.gz"), load_pack(None), "company")
    collectors()
    span = 5.0
    killed = ended = resumed = recalled = 0
    while killed < arguments.kills:
        lasted = killed_at(arguments, chance.uniform(0, 1.05 * span))
        if lasted is None:
            killed += 1
        else:
            # How long a scan takes depends on what else the machine does.
            ended, span = ended + 1, lasted
        recalled += check(arguments.store, bundle)
        if lasted is None and (killed % 10 == 0 or killed == arguments.kills):
            assert scan(arguments, arguments.store) == (report, bundle), "another result"
            check(arguments.store, bundle)
            resumed += 1
    print(f"killed {killed} scans of {span:.1f} s, {ended} ended before; {resumed} went on,")
    print(f"all to the same result; {recalled} repositories waited for that in all")


def scan(arguments: argparse.Namespace, store: str) -> tuple[bytes, bytes]:
    """Return the report and the bundle of a whole scan."""
    report, bundle = arguments.scratch / "report.json", arguments.scratch / "bundle.gz"
    begun = begin(arguments, store, "-f", f"json={report}", "--save", str(bundle))
    begun.join()
    assert begun.exitcode == 0, "the scan failed"
    return report.read_bytes(), bundle.read_bytes()


def killed_at(arguments: argparse.Namespace, moment: float) -> float | None:
    """Scan and kill all processes of it after so many seconds; return how long it took if less."""
    began = time.monotonic()
    begun = begin(arguments, arguments.store, "-f", f"json={arguments.scratch / 'lost.json'}")
    begun.join(moment)
    if begun.exitcode is None:
        with suppress(ProcessLookupError):  # killed before it led a group: nothing to kill there
            os.killpg(begun.pid or 0, signal.SIGKILL)
        begun.kill()
        begun.join()
        return None
    assert begun.exitcode == 0, "the scan failed"
    return time.monotonic() - began


def begin(arguments: argparse.Namespace, store: str, *extra: str) -> ForkProcess:
    """Begin a scan in a process of its own, which need not load all libraries anew."""
    options = ("--as-of", AS_OF, "--store", store, "--no-progress", "--jobs", "1")
    command = ["org", "--local", str(arguments.folder), *options, *extra]
    process = get_context("fork").Process(target=run, args=(command,))
    process.start()
    return process


def run(command: list[str]) -> None:
    """Run a command at the head of a process group, and leave with its exit code."""
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    sys.exit(cli.main(command, standalone_mode=False))


def check(store: str, bundle: bytes) -> int:
    """Check that a history is sound, and return how many repositories wait to be gone on with."""
    if "://" not in store:
        if not Path(store).exists():
            return 0
        with closing(sqlite3.connect(store)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with open_store(store, create=True) as history:
        listed = archive.list_scans(history)
        last = [one for one in listed if one.is_complete][-1:]
        for one in last:
            assert pack(archive.read_scan(history, one.id)) == bundle, "a complete scan is not"
            archive.read_judgement(history, one.id)
    return sum(one.done for one in listed)


def size(arguments: argparse.Namespace) -> None:
    """Keep scans of many repositories, of which a tenth changes from one to the next."""
    sample, rules = read_bundle(arguments.bundle), load_pack(None)
    bundle = multiplied(sample, arguments.repositories)
    judged, definitions = judge(bundle, rules, "company"), define_signals(rules)
    with open_store(arguments.store, create=True) as history:
        for number in range(arguments.scans):
            changed = aged(bundle, number)
            plan = scans.Plan(
                kind=bundle.target.kind,
                target=bundle.target.name,
                as_of=AS_OF,
                window_days=365,
                started=AS_OF,
                tool_version=bundle.tool_version,
                rules_sha256=rules.sha256,
            )
            began = time.monotonic()
            outcome = scans.Outcome(
                bundle=changed,
                assessment=replace(judged, evidence=changed.evidence),
                definitions=definitions,
            )
            scan = scans.record(history, plan, outcome)
            kept = time.monotonic() - began
            began = time.monotonic()
            archive.read_scan(history, scan)
            print(f"scan {scan}: {len(changed.evidence)} facts", end=" ")
            print(f"kept in {kept:.2f} s, read in {time.monotonic() - began:.2f} s", end=" ")
            path = Path(arguments.store)
            print(f"{path.stat().st_size / 2**20:.1f} MB" if path.exists() else "")
    began = time.monotonic()
    with open_store(arguments.store) as history:
        archive.list_scans(history)
    print(f"opened, checked and listed in {time.monotonic() - began:.2f} s")


def multiplied(sample: Bundle, number: int) -> Bundle:
    """Return the facts of a bundle's first repository under so many names."""
    first = sample.repositories[0]
    facts = [one for one in sample.evidence if one.subject == first]
    names = tuple(f"acme/repository-{place:05}" for place in range(number))
    return replace(
        sample,
        repositories=names,
        evidence=tuple(replace(fact, subject=name) for name in names for fact in facts),
    )


def aged(bundle: Bundle, number: int) -> Bundle:
    """Return a bundle in which a tenth of the numbers is another one."""
    return replace(
        bundle,
        evidence=tuple(
            replace(fact, value=fact.value + number)
            if isinstance(fact.value, int) and not isinstance(fact.value, bool) and place % 10 == 0
            else fact
            for place, fact in enumerate(bundle.evidence)
        ),
    )


if __name__ == "__main__":
    main()
