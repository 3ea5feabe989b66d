from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory.formats.swift import parse_package, parse_resolved
from tests.collectors.inventory.formats.reading import direct, gaps, packages, recorded

PACKAGE = """\
// swift-tools-version: 6.0
import PackageDescription
let package = Package(
  name: "widgets",
  products: [.library(name: "Widgets", targets: ["Widgets"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-log.git", from: "1.6.0"),
    // .package(url: "https://github.com/apple/removed", from: "1.0.0"),
    .package(
      url: "git@github.com:Acme/Core",
      exact: "2.0.0"
    ),
    .package(path: "../own"),
    .package(url: address, branch: "main"),
  ]
)
"""


def test_a_package_is_read() -> None:
    found = direct(parse_package, PACKAGE)

    assert [(each.purl[10:], each.requirement, each.line, each.is_exact) for each in found] == [
        ("github.com/apple/swift-log", "1.6.0", 7, False),
        ("github.com/acme/Core", "2.0.0", 9, True),
    ]
    assert gaps(parse_package, PACKAGE) == [(14, "not_supported")]
    assert packages(parse_package, PACKAGE) == [(None, "library")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            '{"object": {"pins": [{"package": "L", "repositoryURL": "https://g.example/a/l.git",'
            ' "state": {"version": "1.0"}}]}, "version": 1}',
            id="version 1",
        ),
        pytest.param(
            '{"pins": [{"identity": "l", "location": "https://g.example/a/l",'
            ' "state": {"revision": "abc", "version": "1.0"}}], "version": 2}',
            id="version 2",
        ),
        pytest.param(
            '{"pins": [{"identity": "g.example/a/l", "kind": "registry", "location": "",'
            ' "state": {"version": "1.0"}}], "version": 3}',
            id="from a registry",
        ),
    ],
)
def test_pins_are_read(text: str) -> None:
    assert recorded(parse_resolved, text) == [("swift/g.example/a/l", "1.0")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('{"pins": []}', [], id="no pins"),
        pytest.param('{"pins": [1]}', [(None, "fault")], id="a pin that is no table"),
        pytest.param('{"pins":\n', [(2, "fault")], id="cut off"),
    ],
)
def test_damaged_pins_are_a_gap(text: str, expected: list[tuple[int | None, str]]) -> None:
    assert gaps(parse_resolved, text) == expected
