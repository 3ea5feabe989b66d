from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory.formats.python_locks import (
    parse_package_tables,
    parse_pipfile_lock,
)
from tests.collectors.inventory.formats.reading import gaps, recorded

UV = """\
version = 1
[[package]]
name = "widgets"
version = "1.0"
source = { editable = "." }
[[package]]
name = "httpx"
version = "0.27.0"
source = { registry = "https://pypi.org/simple" }
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("version = 1\n", [], id="nothing is locked"),
        pytest.param(UV, [("pypi/httpx", "0.27.0")], id="uv, without the project itself"),
        pytest.param(
            "[[package]]\nname = 'a'\nversion = '1'\n[package.source]\ntype = 'directory'\n",
            [],
            id="Poetry, a folder of the repository",
        ),
        pytest.param(
            "[[packages]]\nname = 'a'\nversion = '1'\n[[packages]]\nname = 'b'\ndirectory = {}\n",
            [("pypi/a", "1")],
            id="the standard format",
        ),
    ],
)
def test_package_tables_are_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert recorded(parse_package_tables, text) == expected


def test_a_pipfile_lock_is_read() -> None:
    text = """{"default": {"flask": {"version": "==3.0"}, "own": {"path": "."}},
               "develop": {"pytest": {"version": "==8.0"}}}"""

    assert recorded(parse_pipfile_lock, text) == [("pypi/flask", "3.0"), ("pypi/pytest", "8.0")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[[package]]\nname =\n", [(2, "fault")], id="no value"),
        pytest.param("[[package]]\nversion = '1'\n", [(None, "fault")], id="no name"),
        pytest.param("package = {}\n", [(None, "fault")], id="not a list"),
    ],
)
def test_a_damaged_lockfile_is_a_gap(text: str, expected: list[tuple[int | None, str]]) -> None:
    assert gaps(parse_package_tables, text) == expected


def test_a_damaged_pipfile_lock_is_a_gap() -> None:
    assert gaps(parse_pipfile_lock, '{\n"default": {,}}') == [(2, "fault")]
