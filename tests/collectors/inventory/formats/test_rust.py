from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory.formats.rust import parse_cargo, parse_lock
from osmm_scan.collectors.inventory.statements import Scope
from tests.collectors.inventory.formats.reading import direct, gaps, packages, recorded

CARGO = """\
[package]
name = "widgets"
[workspace.dependencies]
anyhow = "1"
[dependencies]
serde = { version = "1", features = ["derive"] }
renamed = { package = "real-name", version = "=0.4.1" }
widgets-core = { path = "../core", version = "1" }
extra = { version = "2", optional = true }
anyhow.workspace = true
[dev-dependencies]
proptest = "1"
[target.'cfg(unix)'.dependencies]
nix = "0.29"
"""


def test_a_crate_is_read() -> None:
    found = direct(parse_cargo, CARGO)

    assert [(each.purl[10:], each.requirement, each.line, each.scope) for each in found] == [
        ("serde", "1", 6, Scope.RUNTIME),
        ("real-name", "=0.4.1", 7, Scope.RUNTIME),
        ("extra", "2", 9, Scope.OPTIONAL),
        ("anyhow", "", 10, Scope.RUNTIME),
        ("proptest", "1", 12, Scope.DEVELOPMENT),
        ("anyhow", "1", 4, Scope.RUNTIME),
        ("nix", "0.29", 14, Scope.RUNTIME),
    ]
    assert [each.purl for each in found if each.is_exact] == ["pkg:cargo/real-name"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[workspace]\nmembers = ['a']\n", [], id="only a workspace"),
        pytest.param("[package]\nname = 'a'\n", [("pkg:cargo/a", "")], id="nothing is said"),
        pytest.param(
            "[package]\nname = 'a'\n[lib]\n", [("pkg:cargo/a", "library")], id="a library"
        ),
        pytest.param(
            "[package]\nname = 'a'\n[[bin]]\nname = 'x'\n",
            [("pkg:cargo/a", "application")],
            id="a program",
        ),
    ],
)
def test_the_role_of_a_crate(text: str, expected: list[tuple[str, str]]) -> None:
    assert packages(parse_cargo, text) == expected


def test_a_lockfile_is_read() -> None:
    text = """\
version = 4
[[package]]
name = "widgets"
version = "0.1.0"
[[package]]
name = "serde"
version = "1.0.210"
source = "registry+https://github.com/rust-lang/crates.io-index"
"""

    assert recorded(parse_lock, text) == [("cargo/serde", "1.0.210")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[dependencies]\nserde = \n", [(2, "fault")], id="no value"),
        pytest.param("dependencies = ['serde']\n", [(None, "fault")], id="a list of names"),
        pytest.param("[target]\nunix = 1\n", [(None, "fault")], id="a target that is no table"),
    ],
)
def test_a_damaged_manifest_is_a_gap(text: str, expected: list[tuple[int | None, str]]) -> None:
    assert gaps(parse_cargo, text) == expected
