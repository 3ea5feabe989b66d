from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory.formats.php import parse_composer, parse_lock
from osmm_scan.collectors.inventory.statements import Scope
from tests.collectors.inventory.formats.reading import direct, gaps, packages, recorded

COMPOSER = """\
{
  "name": "acme/widgets",
  "require": {
    "php": "^8.2",
    "ext-json": "*",
    "composer-runtime-api": "^2",
    "Monolog/Monolog": "^3.0",
    "symfony\\/console": "7.1.0"
  },
  "require-dev": {"phpunit/phpunit": "^11"}
}
"""


def test_a_project_is_read_without_its_platform() -> None:
    found = direct(parse_composer, COMPOSER)

    assert [(each.purl[13:], each.requirement, each.line, each.scope) for each in found] == [
        ("monolog/monolog", "^3.0", 7, Scope.RUNTIME),
        ("symfony/console", "7.1.0", 8, Scope.RUNTIME),
        ("phpunit/phpunit", "^11", 10, Scope.DEVELOPMENT),
    ]
    assert [each.is_exact for each in found] == [False, True, False]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param("{}", "", id="nothing is said"),
        pytest.param('{"name": "a/b"}', "library", id="named"),
        pytest.param('{"name": "a/b", "type": "project"}', "application", id="a project"),
    ],
)
def test_the_role_of_a_package(text: str, role: str) -> None:
    assert packages(parse_composer, text)[0][1] == role


def test_a_lockfile_is_read() -> None:
    text = """{"packages": [{"name": "Monolog/monolog", "version": "3.8.0"},
      {"name": "acme/own", "version": "dev-main", "dist": {"type": "path"}}],
      "packages-dev": [{"name": "phpunit/phpunit", "version": "11.0.0"}]}"""

    assert recorded(parse_lock, text) == [
        ("composer/monolog/monolog", "3.8.0"),
        ("composer/phpunit/phpunit", "11.0.0"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('{"require": []}', [], id="an empty table as PHP writes it"),
        pytest.param('{"require": [1]}', [(None, "fault")], id="a list"),
        pytest.param('{\n"require":}', [(2, "fault")], id="no value"),
    ],
)
def test_a_damaged_manifest_is_a_gap(text: str, expected: list[tuple[int | None, str]]) -> None:
    assert gaps(parse_composer, text) == expected
