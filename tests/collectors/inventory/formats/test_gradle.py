from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.collectors.inventory.formats.gradle import (
    parse_build,
    parse_catalog,
    parse_lockfile,
)
from osmm_scan.collectors.inventory.statements import Scope
from tests.collectors.inventory.formats.reading import (
    asked_for,
    direct,
    gaps,
    packages,
    recorded,
    stray_lines,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", {}, id="empty"),
        pytest.param(
            "// implementation 'a:b:1'\n/*\nimplementation 'a:b:1'\n*/\n", {}, id="comments"
        ),
        pytest.param("implementation project(':core')\napi files('x.jar')", {}, id="own parts"),
        pytest.param("implementation libs.guava\n", {}, id="a catalog says what it is"),
        pytest.param("classpath 'com.android.tools:gradle:8.0'\n", {}, id="a plugin"),
        pytest.param("println 'a:b:1'\n", {}, id="another call"),
        pytest.param("implementation 'a.b:c:1.0'\n", {"a.b/c": "1.0"}, id="Groovy"),
        pytest.param('  testImplementation("a.b:c:1.0")\n', {"a.b/c": "1.0"}, id="Kotlin"),
        pytest.param('implementation("a.b:c")\n', {"a.b/c": ""}, id="version elsewhere"),
        pytest.param('api(platform("a.b:bom:1"))\n', {"a.b/bom": "1"}, id="a platform"),
        pytest.param('implementation "a.b:c:$v"\n', {"a.b/c": "$v"}, id="computed version"),
        pytest.param(
            "implementation group: 'a.b', name: 'c', version: '1'\n", {"a.b/c": "1"}, id="by parts"
        ),
        pytest.param(
            "implementation 'a.b:c:1',\n    'a.b:d:2'\n", {"a.b/c": "1", "a.b/d": "2"}, id="a list"
        ),
        pytest.param("dependencies { api 'a.b:c:1' }\n", {"a.b/c": "1"}, id="in one line"),
    ],
)
def test_literal_coordinates_are_read(text: str, expected: dict[str, str]) -> None:
    assert asked_for(parse_build, text) == {f"maven/{name}": v for name, v in expected.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('implementation("a:b:1")\n', [], id="nothing is computed"),
        pytest.param('\nimplementation "$group:b:1"\n', [(2, "not_supported")], id="a group"),
        pytest.param("implementation(Deps.okhttp)\n", [(1, "not_supported")], id="a constant"),
    ],
)
def test_what_the_build_computes_is_a_gap(text: str, expected: list[tuple[int, str]]) -> None:
    assert gaps(parse_build, text) == expected


def test_configurations_for_tests_are_for_development() -> None:
    found = direct(parse_build, "testImplementation 'a:b:1'\nruntimeOnly 'c:d:1'\n")

    assert [each.scope for each in found] == [Scope.DEVELOPMENT, Scope.RUNTIME]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param("", "", id="nothing is said"),
        pytest.param("plugins {\n id 'com.android.application' apply false\n}", "", id="not here"),
        pytest.param("plugins {\n    id 'java-library'\n}", "library", id="a library"),
        pytest.param("plugins {\n  `maven-publish`\n}", "library", id="published"),
        pytest.param("plugins { application }", "application", id="an application"),
        pytest.param("apply plugin: 'war'", "application", id="the old way"),
        pytest.param('id("org.springframework.boot") version "3"', "application", id="Spring Boot"),
        pytest.param("alias(libs.plugins.android.library)", "library", id="through a catalog"),
    ],
)
def test_the_role_of_a_build(text: str, role: str) -> None:
    assert packages(parse_build, text) == [(None, role)]


def test_a_catalog_is_read() -> None:
    text = """\
[versions]
guava = "33.0"
[libraries]
guava = { module = "com.google.guava:guava", version.ref = "guava" }
short = "a.b:c:1.0"
parts = { group = "d.e", name = "f" }
[plugins]
kotlin = { id = "org.jetbrains.kotlin.jvm", version = "2.0" }
"""
    found = direct(parse_catalog, text)

    assert [(each.purl[10:], each.requirement, each.line) for each in found] == [
        ("com.google.guava/guava", "33.0", 4),
        ("a.b/c", "1.0", 5),
        ("d.e/f", "", 6),
    ]


def test_a_lockfile_is_read() -> None:
    text = (
        "# a comment\na.b:c:1.0=compileClasspath,runtimeClasspath\nempty=annotationProcessor\n?\n"
    )

    assert recorded(parse_lockfile, text) == [("maven/a.b/c", "1.0")]
    assert gaps(parse_lockfile, text) == [(4, "fault")]


def test_a_damaged_catalog_is_a_gap() -> None:
    assert gaps(parse_catalog, "[libraries]\na = \n") == [(2, "fault")]


@given(st.text(alphabet="implementation('\":,$ {}\n)", max_size=200))
def test_any_build_is_read(text: str) -> None:
    assert stray_lines(parse_build, text) == []
