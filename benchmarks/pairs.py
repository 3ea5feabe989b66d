"""Time two commands in turn, A B A B, so that their ratio holds when the machine's speed drifts."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: wall seconds and its largest resident memory in MiB."""

    seconds: float
    peak_mib: float


@dataclass(frozen=True, slots=True)
class Pairing:
    """Medians of two commands over the same rounds."""

    first: Run
    second: Run
    ratio: float


def pair(first: Sequence[str], second: Sequence[str], rounds: int = 5) -> Pairing:
    """Return the medians of both commands and of their ratio, after one uncounted round."""
    measured = [(run(first), run(second)) for _ in range(rounds + 1)][1:]
    return Pairing(
        _middle([one for one, _ in measured]),
        _middle([other for _, other in measured]),
        median(one.seconds / other.seconds for one, other in measured),
    )


def run(command: Sequence[str]) -> Run:
    """Run a command to its end, its output thrown away."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1, 3}:
        raise RuntimeError(f"{command} left with {process.returncode}")
    return Run(time.perf_counter() - began, _mib(usage))


def _middle(runs: Sequence[Run]) -> Run:
    return Run(median(one.seconds for one in runs), median(one.peak_mib for one in runs))


def _mib(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / 1024
