"""Several processes on one history at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from osmm_scan.store import archive
from osmm_scan.store.database import open_store

ROOT = Path(__file__).resolve().parents[2]

# Each writes the same facts as the others, in an order of its own, and prunes in between.
WRITER = """
import sys
from dataclasses import replace
from osmm_scan.store import scans
from osmm_scan.store.database import open_store
from osmm_scan.store.retention import Limits, prune
from tests.store.samples import BUNDLE, PLAN, fact, outcome, visit
address, turn = sys.argv[1], int(sys.argv[2])
facts = [fact(f"fact.number{number}", number) for number in range(300)]
bundle = replace(BUNDLE, evidence=tuple(facts[::-1] if turn else facts))
with open_store(address, create=True) as store:
    for number in range(5):
        scan, _ = scans.begin(store, replace(PLAN, inputs=f"{turn}-{number}"))
        scans.keep(store, scan, "a", visit("acme/a"))
        scans.complete(store, scan, outcome(bundle))
        prune(store, Limits(keep=4))
"""


@pytest.mark.slow
def test_writers_wait_for_each_other_and_lose_nothing(address: str) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, address, str(turn)],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        for turn in range(3)
    ]
    complaints = [writer.communicate()[1] for writer in writers]

    assert complaints == ["", "", ""]
    with open_store(address) as store:
        listed = archive.list_scans(store)
        sizes = {len(archive.read_scan(store, one.id).evidence) for one in listed}
    assert {one.state for one in listed} == {"complete"}
    assert len(listed) >= 4
    assert sizes == {300}
