"""Options and fixtures that every part of the test suite may use."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path

import pytest

# A shell that starts the tests in the background makes them ignore Ctrl-C, and with them every
# program that they start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

# No test keeps scans where the user of this machine keeps theirs.
os.environ["OSMM_SCAN_STORE"] = "none"

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the files of tests/golden/ anew; read their diff before committing",
    )


@pytest.fixture
def strays_from_golden(pytestconfig: pytest.Config) -> Callable[[str, str], list[str]]:
    """Return the lines in which a text differs from its file in tests/golden/.

    With `--update-golden` the file is written first.
    """

    def compare(name: str, text: str) -> list[str]:
        path = GOLDEN / name
        if pytestconfig.getoption("--update-golden"):
            path.write_bytes(text.encode("utf-8"))
        golden = path.read_bytes().decode("utf-8").split("\n")
        pairs = enumerate(zip_longest(golden, text.split("\n")), start=1)
        return [f"{name}:{line}: {new}" for line, (old, new) in pairs if old != new]

    return compare


@pytest.fixture(scope="session")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the example organisation's clones, made once and never changed."""
    folder = tmp_path_factory.mktemp("estate") / "meridian-freight"
    build = Path(__file__).resolve().parents[1] / "examples" / "build.py"
    subprocess.run([sys.executable, build, folder], check=True)
    return folder
