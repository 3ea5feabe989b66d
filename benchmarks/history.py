"""Compare reading a clone with a raw `git log`, the floor, in time and memory.

    python benchmarks/history.py [CLONE ...] [--commits N]

Without a clone, a repository of N commits is generated. Runs are paired (floor, ours, floor, ...)
and the medians of five compared, because seconds of a busy machine say little.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from osmm_scan.sources.checkout import Checkout, open_checkout
from osmm_scan.sources.git_process import executable

_ROUNDS = 5
# What every reader of history needs at least: address, date and trailers.
_FLOOR = ("log", "--format=%ae%n%ct%n%(trailers)", "HEAD")
_WHOLE = """
import resource, sys
from pathlib import Path
from osmm_scan.sources.checkout import open_checkout
with open_checkout(Path(sys.argv[1])) as checkout:
    len(checkout.entries())
    for commit in checkout.commits():
        pass
own, git = (resource.getrusage(who).ru_maxrss // 1024
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(f"{own:>10} {git:>10}", end="")
"""


def main() -> None:
    """Print one line per clone."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clones", nargs="*", type=Path, metavar="CLONE")
    parser.add_argument("--commits", type=int, default=30_000, metavar="N")
    options = parser.parse_args()
    print(f"{'clone':30} {'commits':>9} {'floor s':>8} {'commits()':>10} {'whole':>6}", end="")
    print(f" {'python MiB':>10} {'git MiB':>10}")
    for clone in options.clones:
        _report(clone)
    if not options.clones:
        with tempfile.TemporaryDirectory() as folder:
            _generate(Path(folder), options.commits)
            _report(Path(folder))


def _report(clone: Path) -> None:
    with open_checkout(clone) as checkout:
        count = _read_history(checkout)
        floor, history = _paired(lambda: _git_log(clone), lambda: _read_history(checkout))
        name = checkout.name
    again, whole = _paired(lambda: _git_log(clone), lambda: _read_all(clone))
    print(f"{name:30} {count:9} {floor:8.2f} {history / floor:10.2f} {whole / again:6.2f}", end=" ")
    print(_read_all(clone))


def _paired(first: Callable[[], object], second: Callable[[], object]) -> Iterator[float]:
    """Return the median seconds of both, run in turns."""
    seconds = [(_timed(first), _timed(second)) for _ in range(_ROUNDS)]
    return map(median, zip(*seconds, strict=True))


def _timed(task: Callable[[], object]) -> float:
    start = perf_counter()
    task()
    return perf_counter() - start


def _git_log(clone: Path) -> None:
    with tempfile.TemporaryFile() as output:
        subprocess.run([executable(), *_FLOOR], cwd=clone, stdout=output, check=True)


def _read_history(checkout: Checkout) -> int:
    return sum(1 for _ in checkout.commits())


def _read_all(clone: Path) -> str:
    command = [sys.executable, "-c", _WHOLE, str(clone)]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout


def _generate(folder: Path, count: int) -> None:
    """Make a bare repository in which a hundred people commit one file in turn."""
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    git = [executable(), "-C", str(folder)]
    subprocess.run([*git, "init", "--bare", "--quiet", "-b", "main"], env=environment, check=True)
    # From a file, because a child's peak memory starts with that of the process it was made by.
    with tempfile.TemporaryFile() as stream:
        stream.writelines(_commit(number).encode() for number in range(count))
        stream.seek(0)
        subprocess.run([*git, "fast-import", "--quiet"], env=environment, stdin=stream, check=True)


def _commit(number: int) -> str:
    person = f"Person {number % 100} <p{number % 100}@example.org>"
    message = f"Change {number}\n\nBecause of {number}.\n\nSigned-off-by: {person}\n"
    content = f"content {number}\n"
    return (
        f"commit refs/heads/main\ncommitter {person} {1_500_000_000 + number * 600} +0000\n"
        f"data {len(message)}\n{message}"
        f"M 100644 inline file\ndata {len(content)}\n{content}\n"
    )


if __name__ == "__main__":
    main()
