from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.collectors.inventory.formats.javascript import (
    parse_bun_lock,
    parse_package_json,
    parse_package_lock,
    parse_pnpm_lock,
    parse_yarn_lock,
)
from osmm_scan.collectors.inventory.statements import Parser, Scope
from tests.collectors.inventory.formats.reading import (
    direct,
    gaps,
    packages,
    recorded,
    stray_lines,
)

PACKAGE = """\
{
  "name": "@acme/site",
  "keywords": ["react"],
  "dependencies": {
    "react": "^19.0.0",
    "lodash4": "npm:lodash@4.17.21",
    "@acme/shared": "workspace:*",
    "own": "file:../own"
  },
  "devDependencies": {
    "typescript": "5.6.2"
  },
  "optionalDependencies": {"fsevents": "~2.3"}
}
"""


def test_a_package_is_read() -> None:
    found = direct(parse_package_json, PACKAGE)

    assert [(each.purl[8:], each.requirement, each.line, each.scope) for each in found] == [
        ("react", "^19.0.0", 5, Scope.RUNTIME),
        ("lodash", "4.17.21", 6, Scope.RUNTIME),
        ("typescript", "5.6.2", 11, Scope.DEVELOPMENT),
        ("fsevents", "~2.3", 13, Scope.OPTIONAL),
    ]
    assert [each.is_exact for each in found] == [False, True, True, False]


@pytest.mark.parametrize(
    ("data", "role"),
    [
        pytest.param({}, "", id="nothing is said"),
        pytest.param({"name": "x"}, "", id="never published"),
        pytest.param({"name": "x", "version": "1"}, "library", id="published"),
        pytest.param({"private": True}, "", id="private without a start"),
        pytest.param({"private": True, "scripts": {"start": "x"}}, "application", id="started"),
        pytest.param(
            {"private": True, "scripts": {"start": "x"}, "workspaces": []}, "", id="of workspaces"
        ),
        pytest.param(
            {"private": True, "scripts": {"start": "x"}, "main": "x"}, "", id="private and used"
        ),
        pytest.param({"engines": {"vscode": "1"}}, "application", id="an extension"),
        pytest.param({"engines": ["node"], "scripts": "x"}, "", id="old forms"),
    ],
)
def test_the_role_of_a_package(data: dict[str, object], role: str) -> None:
    assert packages(parse_package_json, json.dumps(data))[0][1] == role


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("{}", [], id="nothing wrong"),
        pytest.param("", [(1, "fault")], id="empty"),
        pytest.param('{\n"a": 1,\n}', [(3, "fault")], id="a comma too much"),
        pytest.param("[]", [(1, "fault")], id="a list"),
        pytest.param('{"dependencies": ["react"]}', [(None, "fault")], id="dependencies as a list"),
        pytest.param('{"dependencies": {"": "1"}}', [(None, "fault")], id="no name"),
        pytest.param(
            '{"dependencies": {"\\ud800": "1"}}', [(None, "fault")], id="half a character"
        ),
        pytest.param("[" * 100_000, [(None, "fault")], id="nested beyond all limits"),
        pytest.param('{"a": ' + "9" * 5000 + "}", [(None, "fault")], id="a number too long"),
    ],
)
def test_a_bad_package_is_a_gap(text: str, expected: list[tuple[int | None, str]]) -> None:
    assert gaps(parse_package_json, text) == expected


LOCK_3 = """\
{"packages": {
  "": {"name": "site"},
  "packages/shared": {"version": "1.0.0"},
  "node_modules/@acme/shared": {"resolved": "packages/shared", "link": true},
  "node_modules/react": {"version": "19.0.0"},
  "node_modules/alias": {"name": "lodash", "version": "4.17.21", "dev": true},
  "node_modules/react/node_modules/@types/node": {"version": "22.0.0"}
}}
"""
LOCK_1 = """\
{"dependencies": {
  "a": {"version": "1.0.0", "dependencies": {"b": {"version": "2.0.0"}}},
  "own": {"version": "file:own"}
}}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('{"lockfileVersion": 3, "packages": {"": {}}}', [], id="nothing is locked"),
        pytest.param(
            LOCK_3,
            [
                ("npm/react", "19.0.0"),
                ("npm/lodash", "4.17.21"),
                ("npm/%40types/node", "22.0.0"),
            ],
            id="version 3 without links",
        ),
        pytest.param(LOCK_1, [("npm/a", "1.0.0"), ("npm/b", "2.0.0")], id="version 1, nested"),
    ],
)
def test_a_package_lock_is_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert recorded(parse_package_lock, text) == expected


YARN_1 = """\
# yarn lockfile v1


"@babel/core@^7.0.0", "@babel/core@^7.1.0":
  version "7.26.0"
  resolved "https://registry.example/core.tgz"
  dependencies:
    debug "^4.0.0"

debug@^4.0.0:
  version "4.4.0"

"alias@npm:lodash@^4":
  version "4.17.21"
"""
YARN_4 = """\
__metadata:
  version: 8

"debug@npm:^4.0.0, debug@npm:^4.1.0":
  version: 4.4.0
  resolution: "debug@npm:4.4.0"
  languageName: node

"site@workspace:.":
  version: 0.0.0-use.local
  resolution: "site@workspace:."

"any name at all@workspace:x":
  version: 0.0.0-use.local
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# yarn lockfile v1\n\n", [], id="nothing is locked"),
        pytest.param(
            YARN_1,
            [("npm/%40babel/core", "7.26.0"), ("npm/debug", "4.4.0"), ("npm/lodash", "4.17.21")],
            id="Yarn 1",
        ),
        pytest.param(YARN_4, [("npm/debug", "4.4.0")], id="Yarn 4 without workspaces"),
    ],
)
def test_a_yarn_lock_is_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert recorded(parse_yarn_lock, text) == expected


PNPM_9 = """\
lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      react:
        specifier: ^19.0.0

packages:

  '@babel/core@7.26.0':
    resolution: {integrity: sha512-aa}

  react@19.0.0:
    resolution: {integrity: sha512-bb}

  own@file:packages/own:
    resolution: {directory: packages/own}

snapshots:

  react@19.0.0: {}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("lockfileVersion: '9.0'\n\npackages: {}\n", [], id="nothing is locked"),
        pytest.param(
            PNPM_9, [("npm/%40babel/core", "7.26.0"), ("npm/react", "19.0.0")], id="version 9"
        ),
        pytest.param(
            "packages:\n\n  /@babel/core@7.0.0(a@1.0.0):\n    x: 1\n  /b@2.0.0:\n",
            [("npm/%40babel/core", "7.0.0"), ("npm/b", "2.0.0")],
            id="version 6, with peers",
        ),
        pytest.param(
            "packages:\n  /@babel/core/7.0.0:\n  /b/2.0.0_react@17.0.2:\n",
            [("npm/%40babel/core", "7.0.0"), ("npm/b", "2.0.0_react@17.0.2")],
            id="version 5, with peers",
        ),
        pytest.param(
            "packages:\n  github.com/acme/x/0a1b2c:\n    name: x\n",
            [],
            id="an address without name",
        ),
    ],
)
def test_a_pnpm_lock_is_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert recorded(parse_pnpm_lock, text) == expected


def test_a_bun_lock_is_read() -> None:
    text = """{
      "workspaces": {"": {"name": "site",},},
      "packages": {
        "react": ["react@19.0.0", "", {}, "sha512-aa"],
        "own": ["own@workspace:packages/own"],
      },
    }"""

    assert recorded(parse_bun_lock, text) == [("npm/react", "19.0.0")]


@pytest.mark.parametrize(
    ("parse", "text", "line"),
    [
        pytest.param(parse_package_lock, '{"packages":\n[1]}', None, id="npm: no table"),
        pytest.param(parse_package_lock, '{"packages"\n', 2, id="npm: cut off"),
        pytest.param(parse_yarn_lock, "<<<<<<< HEAD\n", 1, id="Yarn: a merge conflict"),
        pytest.param(parse_pnpm_lock, "packages:\n  ?!\n", 2, id="pnpm: no package"),
        pytest.param(parse_pnpm_lock, "packages:\n<<<<<<<\n", 2, id="pnpm: a merge conflict"),
        pytest.param(parse_bun_lock, '{"packages": {"a": 1}}', None, id="Bun: no package"),
    ],
)
def test_a_damaged_lockfile_is_a_gap(parse: Parser, text: str, line: int | None) -> None:
    assert gaps(parse, text) == [(line, "fault")]


@given(st.text(alphabet="@/:\"' ,abc1.^~#\n", max_size=200))
def test_any_line_is_read(text: str) -> None:
    for parse in (parse_yarn_lock, parse_pnpm_lock):
        assert stray_lines(parse, f"packages:\n{text}") == []
