"""A cancelled scan leaves with the right code and nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    "number", [pytest.param(signal.SIGINT, id="ctrl-c"), pytest.param(signal.SIGTERM, id="cancel")]
)
def test_a_cancelled_scan_removes_its_temporary_folder(
    estate: Path, tmp_path: Path, number: signal.Signals
) -> None:
    program = "import sys, time\nfrom osmm_scan.cli import main\n"
    program += "from osmm_scan.cli.scanning import clones\n"
    # The scan is held up at the moment when its private folder exists.
    program += (
        "clones._look = lambda checkout, window: (print('here', flush=True), time.sleep(60))\n"
    )
    program += f"sys.argv = ['osmm-scan', 'repo', {str(estate / 'waybill')!r}]\nmain()\n"
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    ) as scan:
        assert scan.stdout is not None
        assert scan.stdout.readline() == "here\n"
        scan.send_signal(number)
        began = time.monotonic()
        _, complaint = scan.communicate(timeout=30)

    assert (scan.returncode, complaint.strip()) == (130, "error: interrupted")
    assert time.monotonic() - began < 10
    assert list(tmp_path.iterdir()) == []
