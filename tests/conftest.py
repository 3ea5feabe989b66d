"""Options and fixtures that every part of the test suite may use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the files of tests/golden/ anew; read their diff before committing",
    )


@pytest.fixture
def matches_golden(pytestconfig: pytest.Config) -> Callable[[str, str], bool]:
    """Tell whether a text equals its file in tests/golden/, after writing it if asked to."""

    def compare(name: str, text: str) -> bool:
        path = GOLDEN / name
        if pytestconfig.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8", newline="")
        return path.read_bytes().decode("utf-8") == text

    return compare
