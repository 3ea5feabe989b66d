from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory.formats.dart import parse_lock, parse_pubspec
from osmm_scan.collectors.inventory.statements import Scope
from tests.collectors.inventory.formats.reading import direct, gaps, packages, recorded

PUBSPEC = """\
name: widgets
publish_to: none
dependencies:
  flutter:
    sdk: flutter
  http: ^1.2.0
  own:
    path: ../own
  forked:
    git: https://git.example/forked
    version: 1.0.0
dev_dependencies:
  test: any
"""


def test_a_pubspec_is_read() -> None:
    found = direct(parse_pubspec, PUBSPEC)

    assert [(each.purl[8:], each.requirement, each.line, each.scope) for each in found] == [
        ("http", "^1.2.0", 6, Scope.RUNTIME),
        ("forked", "1.0.0", 9, Scope.RUNTIME),
        ("test", "any", 13, Scope.DEVELOPMENT),
    ]
    assert packages(parse_pubspec, PUBSPEC) == [("pkg:pub/widgets", "application")]


def test_a_lockfile_is_read() -> None:
    text = """\
packages:
  http:
    dependency: "direct main"
    source: hosted
    version: "1.2.1"
  flutter:
    source: sdk
    version: "0.0.0"
  own:
    source: path
    version: "1.0.0"
"""

    assert recorded(parse_lock, text) == [("pub/http", "1.2.1")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("name: x\n", [], id="nothing wrong"),
        pytest.param("name: x\nname: y\n", [(2, "fault")], id="a key twice"),
        pytest.param("dependencies: [http]\n", [(None, "fault")], id="a list"),
        pytest.param("- name\n", [(1, "fault")], id="no mapping"),
        pytest.param("a: " + "[" * 100_000, [(1, "fault")], id="nested beyond all limits"),
    ],
)
def test_a_damaged_pubspec_is_a_gap(text: str, expected: list[tuple[int | None, str]]) -> None:
    assert gaps(parse_pubspec, text) == expected
