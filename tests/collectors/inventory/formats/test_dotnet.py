from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory.formats.dotnet import (
    parse_lock,
    parse_packages_config,
    parse_project,
)
from osmm_scan.collectors.inventory.statements import Scope
from tests.collectors.inventory.formats.reading import direct, gaps, packages, recorded

PROJECT = """\
<Project Sdk="Microsoft.NET.Sdk">
  <ItemGroup>
    <PackageReference Include="Serilog" Version="4.0.0" />
    <PackageReference Include="Floating" Version="1.*" />
    <PackageReference Include="Rules"><Version>1</Version><PrivateAssets>all</PrivateAssets>
    </PackageReference>
    <PackageReference Update="Serilog" Version="4.1.0" />
    <PackageReference Include="Microsoft.NETCore.App" />
    <PackageReference Include="A;B" />
    <ProjectReference Include="../Core/Core.csproj" />
  </ItemGroup>
</Project>
"""


def test_a_project_is_read() -> None:
    found = direct(parse_project, PROJECT, "Web.csproj")

    assert [(each.purl[10:], each.requirement, each.line, each.scope) for each in found] == [
        ("Serilog", "4.0.0", 3, Scope.RUNTIME),
        ("Floating", "1.*", 4, Scope.RUNTIME),
        ("Rules", "1", 5, Scope.DEVELOPMENT),
        ("A", "", 9, Scope.RUNTIME),
        ("B", "", 9, Scope.RUNTIME),
    ]
    assert [each.is_exact for each in found] == [True, False, True, False, False]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param("<Project/>", "", id="nothing is said"),
        pytest.param(
            "<Project><PropertyGroup><PackageId>X</PackageId></PropertyGroup></Project>",
            "library",
            id="published",
        ),
        pytest.param(
            "<Project><PropertyGroup><OutputType>Exe</OutputType></PropertyGroup></Project>",
            "application",
            id="a program",
        ),
        pytest.param('<Project Sdk="Microsoft.NET.Sdk.Web"/>', "application", id="a web service"),
    ],
)
def test_the_role_of_a_project(text: str, role: str) -> None:
    assert packages(parse_project, text, "a.csproj") == [(None, role)]


def test_shared_properties_are_no_project() -> None:
    text = '<Project><ItemGroup>\n<PackageVersion Include="X" Version="1"/></ItemGroup></Project>'

    assert packages(parse_project, text, "Directory.Packages.props") == []
    assert [each.purl for each in direct(parse_project, text)] == ["pkg:nuget/X"]


def test_a_packages_config_is_read() -> None:
    text = """<packages>
      <package id="log4net" version="2.0.8" />
      <package id="Tool" version="1.0" developmentDependency="true" />
    </packages>"""
    found = direct(parse_packages_config, text)

    assert [(each.purl[10:], each.requirement, each.scope) for each in found] == [
        ("log4net", "2.0.8", Scope.RUNTIME),
        ("Tool", "1.0", Scope.DEVELOPMENT),
    ]


def test_a_lockfile_is_read() -> None:
    text = """{"version": 1, "dependencies": {"net8.0": {
      "Serilog": {"type": "Direct", "resolved": "4.0.0"},
      "core": {"type": "Project"}}}}"""

    assert recorded(parse_lock, text) == [("nuget/Serilog", "4.0.0")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<Project>\n<ItemGroup>", [(2, "fault")], id="not closed"),
        pytest.param(
            '<Project>\n<PackageReference Include="$(Name)"/></Project>',
            [(2, "not_supported")],
            id="a name that the build computes",
        ),
    ],
)
def test_what_cannot_be_read_is_a_gap(text: str, expected: list[tuple[int, str]]) -> None:
    assert gaps(parse_project, text) == expected
