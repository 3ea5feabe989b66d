from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory.formats.table import FORMATS, format_of


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("README.md", None, id="prose"),
        pytest.param("package.json.md", None, id="prose about a manifest"),
        pytest.param("Dockerfile.dockerignore", None, id="what an image leaves out"),
        pytest.param("Dockerfile.j2", None, id="a template"),
        pytest.param("app/.github/workflows/ci.yml", None, id="no workflow for GitHub"),
        pytest.param(".github/workflows/sub/ci.yml", None, id="too deep for GitHub"),
        pytest.param("man/DESCRIPTION", None, id="the top only"),
        pytest.param("PACKAGE.JSON", None, id="another name"),
        pytest.param("my-requirements", None, id="no ending"),
        pytest.param("a/b/package.json", "npm", id="in a folder"),
        pytest.param(".github/workflows/ci.yaml", "githubactions", id="a workflow"),
        pytest.param("actions/setup/action.yml", "githubactions", id="an action"),
        pytest.param("requirements/base.txt", "pypi", id="a folder of requirements"),
        pytest.param("a/requirements/base.in", "pypi", id="such a folder deeper"),
        pytest.param("dev-requirements.txt", "pypi", id="a word before"),
        pytest.param("requirements.prod.txt", "pypi", id="a word after"),
        pytest.param("Dockerfile.prod", "docker", id="one of several images"),
        pytest.param("src/Web/Web.csproj", "nuget", id="named after the project"),
        pytest.param("gradle/libs.versions.toml", "maven", id="a catalog"),
        pytest.param("binder/environment.yml", "conda", id="an environment"),
        pytest.param("build.sbt", "sbt", id="known but not read"),
    ],
)
def test_a_path_tells_the_format(path: str, expected: str | None) -> None:
    found = format_of(path)

    assert (found and found.ecosystem) == expected


def test_no_name_stands_for_two_formats() -> None:
    names = [name for found in FORMATS for name in found.names]

    assert len(names) == len(set(names))
