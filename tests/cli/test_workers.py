"""Tasks in worker processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from osmm_scan.cli.scanning.workers import run_all
from osmm_scan.errors import ScanError, SourceError


def double(number: int) -> int:
    if number == 13:
        raise SourceError("thirteen")
    if number == 99:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def look_up(number: int) -> int:
    return {2: 5}[number]


def linger(number: int) -> int:
    sys.stdout.write("here\n")
    sys.stdout.flush()
    time.sleep(60)
    return number


def shown(outcomes: list[int | ScanError]) -> list[int | str]:
    return [str(one) if isinstance(one, ScanError) else one for one in outcomes]


@pytest.mark.parametrize("jobs", [pytest.param(1, id="here"), pytest.param(2, id="side by side")])
def test_outcomes_stand_in_the_order_of_their_inputs(jobs: int) -> None:
    progress: list[tuple[int, int]] = []

    outcomes = run_all(
        double, [5, 13, 7], jobs=jobs, progress=lambda done, all_: progress.append((done, all_))
    )

    assert shown(outcomes) == [10, "thirteen", 14]
    assert progress == [(1, 3), (2, 3), (3, 3)]


def test_a_task_that_kills_its_worker_harms_no_other() -> None:
    outcomes = run_all(double, [1, 99, 2, 3], jobs=2, progress=lambda done, all_: None)

    assert shown(outcomes) == [
        2,
        "its worker process died 3 times; look at memory and disk space",
        4,
        6,
    ]


@pytest.mark.parametrize("jobs", [pytest.param(1, id="here"), pytest.param(2, id="side by side")])
def test_a_defect_of_ours_is_a_failure_of_one_task(jobs: int) -> None:
    outcomes = run_all(look_up, [0, 2], jobs=jobs, progress=lambda done, all_: None)

    assert shown(outcomes) == [
        "internal error: KeyError(0); run again with -vv and report it",
        5,
    ]


LINGERING = """
from tests.cli.test_workers import linger, run_all
if __name__ == "__main__":
    run_all(linger, [1, 2, 3], jobs=2, progress=print)
"""


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(signal.SIGKILL, id="killed"),
        # To the scan alone, as a supervisor does; a terminal interrupts its workers, too.
        pytest.param(signal.SIGINT, id="interrupted"),
    ],
)
def test_no_worker_outlives_a_scan_that_is_stopped(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", LINGERING],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as scan:
        assert scan.stdout is not None
        assert [scan.stdout.readline() for _ in range(2)] == ["here\n"] * 2
        scan.send_signal(number)
        # Workers hold the other end of this pipe for as long as they are there.
        scan.communicate(timeout=30)
