from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory.formats.maven import parse_pom
from osmm_scan.collectors.inventory.statements import Scope
from tests.collectors.inventory.formats.reading import asked_for, direct, gaps, packages

POM = """\
<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <parent>
    <groupId>org.acme</groupId><artifactId>parent</artifactId><version>2.0</version>
  </parent>
  <artifactId>widgets</artifactId>
  <properties>
    <jackson.version>2.18.0</jackson.version>
    <same.version>${jackson.version}</same.version>
  </properties>
  <dependencyManagement><dependencies>
    <dependency><groupId>org.managed</groupId><artifactId>only</artifactId></dependency>
  </dependencies></dependencyManagement>
  <dependencies>
    <dependency>
      <groupId>com.fasterxml.jackson.core</groupId>
      <artifactId>jackson-databind</artifactId>
      <version>${same.version}</version>
    </dependency>
    <dependency>
      <groupId>${project.groupId}</groupId>
      <artifactId>core</artifactId>
      <version>${project.version}</version>
    </dependency>
    <dependency>
      <groupId>junit</groupId><artifactId>junit</artifactId><scope>test</scope>
    </dependency>
  </dependencies>
  <profiles><profile><dependencies>
    <dependency>
      <groupId>org.extra</groupId><artifactId>extra</artifactId><version>[1,2)</version>
    </dependency>
  </dependencies></profile></profiles>
  <build><plugins><plugin><artifactId>maven-jar-plugin</artifactId>
    <dependencies><dependency>
      <groupId>org.tool</groupId><artifactId>tool</artifactId>
    </dependency></dependencies>
  </plugin></plugins></build>
</project>
"""


def test_a_project_is_read() -> None:
    found = direct(parse_pom, POM)

    assert [(each.purl[10:], each.requirement, each.line, each.scope) for each in found] == [
        ("com.fasterxml.jackson.core/jackson-databind", "2.18.0", 15, Scope.RUNTIME),
        ("org.acme/core", "2.0", 20, Scope.RUNTIME),
        ("junit/junit", "", 25, Scope.DEVELOPMENT),
        ("org.extra/extra", "[1,2)", 30, Scope.RUNTIME),
    ]
    assert [each.is_exact for each in found] == [True, True, False, False]


def test_a_project_lies_in_the_group_of_its_parent() -> None:
    assert packages(parse_pom, POM) == [("pkg:maven/org.acme/widgets", "library")]


@pytest.mark.parametrize(
    ("inside", "path", "role"),
    [
        pytest.param("<packaging>pom</packaging>", "pom.xml", "", id="only modules"),
        pytest.param("", "core/pom.xml", "", id="a module"),
        pytest.param("", "pom.xml", "library", id="one jar"),
        pytest.param("<packaging>war</packaging>", "web/pom.xml", "application", id="for a server"),
        pytest.param(
            "<build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin>"
            "</plugins></build>",
            "pom.xml",
            "application",
            id="Spring Boot",
        ),
    ],
)
def test_the_role_of_a_project(inside: str, path: str, role: str) -> None:
    assert packages(parse_pom, f"<project>{inside}</project>", path) == [(None, role)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<project/>", [], id="nothing wrong"),
        pytest.param("<project>\n<a></project>", [(2, "fault")], id="not closed"),
        pytest.param("", [(1, "fault")], id="empty"),
        pytest.param(
            '<!DOCTYPE p [<!ENTITY a "b">]>\n<project>&a;</project>', [(1, "fault")], id="entities"
        ),
        pytest.param(
            '<!DOCTYPE p SYSTEM "file:///etc/passwd">\n<p/>', [(1, "fault")], id="another file"
        ),
        pytest.param("<a>" * 300, [(1, "fault")], id="nested beyond all limits"),
        pytest.param(
            "<project><dependencies>\n<dependency><groupId>${of.parent}</groupId>"
            "<artifactId>x</artifactId></dependency></dependencies></project>",
            [(2, "not_supported")],
            id="a property of the parent",
        ),
        pytest.param(
            "<project><dependencies>\n<dependency/></dependencies></project>",
            [(None, "fault")],
            id="no name",
        ),
    ],
)
def test_what_cannot_be_read_is_a_gap(text: str, expected: list[tuple[int | None, str]]) -> None:
    assert gaps(parse_pom, text) == expected


def test_properties_that_name_each_other_come_to_an_end() -> None:
    text = """<project><properties><a>${b}${b}</a><b>${a}${a}</b></properties><dependencies>
      <dependency><groupId>g</groupId><artifactId>n</artifactId><version>${a}</version></dependency>
    </dependencies></project>"""

    assert len(asked_for(parse_pom, text)["maven/g/n"]) < 2000
