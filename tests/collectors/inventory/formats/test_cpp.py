from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory.formats.cpp import (
    parse_conan_lock,
    parse_conanfile_py,
    parse_conanfile_txt,
    parse_vcpkg,
)
from osmm_scan.collectors.inventory.statements import Scope
from tests.collectors.inventory.formats.reading import asked_for, direct, gaps, recorded


def test_a_conanfile_is_read() -> None:
    text = """\
[requires]
zlib/1.3.1  # small
fmt/[>=10]@acme/stable
[tool_requires]
cmake/3.30
[options]
x/y
"""
    found = direct(parse_conanfile_txt, text)

    assert [(each.purl[10:], each.requirement, each.line, each.scope) for each in found] == [
        ("zlib", "1.3.1", 2, Scope.RUNTIME),
        ("fmt", "[>=10]", 3, Scope.RUNTIME),
        ("cmake", "3.30", 5, Scope.DEVELOPMENT),
    ]
    assert [each.is_exact for each in found] == [True, False, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("def requires(self): pass\n", {}, id="a method"),
        pytest.param("requires = 'zlib/1.3'\n", {"zlib": "1.3"}, id="one"),
        pytest.param(
            "requires = 'zlib/1.3', 'fmt/10'\n", {"zlib": "1.3", "fmt": "10"}, id="several"
        ),
        pytest.param("requires = 'z/[>=1 <2]'\n", {"z": "[>=1 <2]"}, id="a range"),
        pytest.param("requires = ['zlib/1.3']\n", {"zlib": "1.3"}, id="a list"),
        pytest.param("self.requires('zlib/1.3')\n", {"zlib": "1.3"}, id="a call"),
        pytest.param(
            "self.requires('zlib/1.3', transitive_headers=True)\n",
            {"zlib": "1.3"},
            id="with options",
        ),
    ],
)
def test_literal_references_are_read(text: str, expected: dict[str, str]) -> None:
    assert asked_for(parse_conanfile_py, text) == {f"conan/{k}": v for k, v in expected.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("\nself.requires(name)\n", [(2, "not_supported")], id="a variable"),
        pytest.param("self.requires(f'zlib/{v}')\n", [(1, "not_supported")], id="a format"),
        pytest.param("requires = 'zlib'\n", [(1, "fault")], id="no version"),
        pytest.param("requires = (\n", [(1, "not_supported")], id="never closed"),
    ],
)
def test_what_python_computes_is_a_gap(text: str, expected: list[tuple[int, str]]) -> None:
    assert gaps(parse_conanfile_py, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"version": "0.5", "requires": ["zlib/1.3#aa%1.0"]}', id="version 2"),
        pytest.param(
            '{"graph_lock": {"nodes": {"0": {"options": ""}, "1": {"ref": "zlib/1.3"}}}}',
            id="version 1",
        ),
    ],
)
def test_a_lockfile_is_read(text: str) -> None:
    assert recorded(parse_conan_lock, text) == [("conan/zlib", "1.3")]


def test_a_vcpkg_manifest_is_read() -> None:
    text = """{"name": "widgets",
      "dependencies": ["fmt", {"name": "zlib", "version>=": "1.3"}],
      "features": {"tls": {"description": "", "dependencies": ["openssl"]}}}"""
    found = direct(parse_vcpkg, text)

    assert [(each.purl[10:], each.requirement, each.line, each.scope) for each in found] == [
        ("fmt", "", 2, Scope.RUNTIME),
        ("zlib", "1.3", 2, Scope.RUNTIME),
        ("openssl", "", 3, Scope.OPTIONAL),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('{"dependencies": {}}', [(None, "fault")], id="no list"),
        pytest.param('{"dependencies": [7]}', [(None, "fault")], id="no name"),
        pytest.param('{\n"dependencies"', [(2, "fault")], id="cut off"),
    ],
)
def test_a_damaged_manifest_is_a_gap(text: str, expected: list[tuple[int | None, str]]) -> None:
    assert gaps(parse_vcpkg, text) == expected
