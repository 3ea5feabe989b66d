"""How long a scan takes beside the git commands it cannot do without, and how much memory.

Usage: python benchmarks/audit.py CLONE...          audits of real clones
       python benchmarks/audit.py --estate [N]      N small generated repositories, one to all cores
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pairs import pair, run

OSMM_SCAN = str(Path(sys.executable).parent / "osmm-scan")
BUILD = Path(__file__).resolve().parent.parent / "examples" / "build.py"
ALLOWANCE = 1.0
COMMANDS = {"log", "ls-tree", "rev-list", "for-each-ref"}
WATCHED = """
import json, sys
from osmm_scan.cli import main
noted = open(sys.argv.pop(1), "a", encoding="utf-8")
def watch(event, details):
    if event == "subprocess.Popen":
        print(json.dumps([str(word) for word in details[1]]), file=noted, flush=True)
sys.addaudithook(watch)
main()
"""


def main() -> None:
    """Print the figures for clones or for a generated estate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clones", nargs="*", type=Path)
    parser.add_argument("--estate", nargs="?", type=int, const=200)
    arguments = parser.parse_args()
    for clone in arguments.clones:
        audit(clone)
    if arguments.estate:
        with tempfile.TemporaryDirectory() as folder:
            estate(Path(folder), arguments.estate)


def audit(clone: Path) -> None:
    """Print the ratio of an audit to the git commands that it runs, run alone."""
    command = ["repo", str(clone), "-f", "json", "--store", "none"]
    floor = "; ".join(f"{shlex.join(one)} >/dev/null" for one in git_commands(clone, command))
    measured = pair([OSMM_SCAN, *command], ["sh", "-c", floor])
    count = subprocess.run(
        ["git", "-C", str(clone), "rev-list", "--count", "HEAD"],
        capture_output=True,
        text=True,
        check=True,
    )
    allowed = 2.5 * measured.second.seconds + ALLOWANCE
    print(
        f"{clone}: {count.stdout.strip()} commits, audit {measured.first.seconds:.2f} s and "
        f"{measured.first.peak_mib:.0f} MiB, git alone {measured.second.seconds:.2f} s, "
        f"ratio {measured.ratio:.2f}, {measured.first.seconds / allowed:.2f} of what is allowed"
    )


def git_commands(clone: Path, command: Sequence[str]) -> list[list[str]]:
    """Return the git commands that a scan runs, as one would type them.

    `cat-file` is left out: it waits for the questions of the scan.
    """
    with tempfile.TemporaryDirectory() as folder:
        noted = Path(folder) / "commands"
        program = [sys.executable, "-c", WATCHED, str(noted), *command]
        subprocess.run(program, stdout=subprocess.DEVNULL, check=True)
        ran = [json.loads(line) for line in noted.read_text("utf-8").splitlines()]
    return [
        ["git", "-C", str(clone), *words[begin:]]
        for words in ran
        for begin in [next((at for at, word in enumerate(words) if word in COMMANDS), None)]
        if begin is not None
    ]


def estate(folder: Path, size: int) -> None:
    """Print how scanning many small repositories scales with the cores, and the memory it takes."""
    grow(folder, size)
    scan = [OSMM_SCAN, "org", "--local", str(folder / "clones"), "-f", "json"]
    bundle = str(folder / "bundle.jsonl.gz")
    scan += ["--store", "none", "--jobs"]
    cores = os.cpu_count() or 1
    alone, together = run([*scan, "1", "--save", bundle]), run([*scan, str(cores)])
    judged = run([OSMM_SCAN, "assess", bundle, "-f", "json"])
    print(f"{size} repositories, 1 job: {alone.seconds:.1f} s, {alone.peak_mib:.0f} MiB")
    print(
        f"{size} repositories, {cores} jobs: {together.seconds:.1f} s, {together.peak_mib:.0f} MiB"
    )
    print(f"start, judging and report, which one core does: {judged.seconds:.1f} s")
    speedup = (alone.seconds - judged.seconds) / (together.seconds - judged.seconds)
    print(
        f"speed-up {alone.seconds / together.seconds:.2f} on {cores} cores, "
        f"{speedup:.2f} of the scan proper"
    )


def grow(folder: Path, size: int) -> None:
    """Make copies of the example organisation's repositories, each under a name of its own."""
    subprocess.run([sys.executable, BUILD, folder / "model"], check=True)
    models = sorted(path for path in (folder / "model").iterdir() if path.name != ".github")
    for number in range(size):
        model = models[number % len(models)]
        target = folder / "clones" / f"{model.name}-{number}"
        subprocess.run(["git", "clone", "--quiet", "--bare", model, target], check=True)
        origin = f"https://github.com/meridian-freight/{target.name}"
        subprocess.run(["git", "-C", target, "remote", "set-url", "origin", origin], check=True)


main()
