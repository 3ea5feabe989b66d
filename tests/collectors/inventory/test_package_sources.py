from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory.answers import Answer
from osmm_scan.collectors.inventory.package_sources import internal
from osmm_scan.collectors.inventory.public_registries import is_public
from osmm_scan.model import Missing, Value
from tests.collectors.inventory.asking import UNREADABLE, Files, answer, value

OURS = "https://packages.acme.example/api"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param(".npmrc", "@acme:registry=" + OURS, id="npm, one scope only"),
        pytest.param(".npmrc", "registry=https://registry.npmjs.org/", id="npm, the public one"),
        pytest.param(".npmrc", "registry=http://localhost:4873", id="npm, this machine"),
        pytest.param("tests/.npmrc", "registry=" + OURS, id="npm, of a test"),
        pytest.param(".yarnrc.yml", "nodeLinker: node-modules", id="Yarn, another setting"),
        pytest.param("pip.conf", "[global]\nextra-index-url = " + OURS, id="pip, one more"),
        pytest.param(
            "pyproject.toml", f'[[tool.uv.index]]\nname = "x"\nurl = "{OURS}"', id="uv, one more"
        ),
        pytest.param(
            "pyproject.toml",
            f'[[tool.poetry.source]]\nurl = "{OURS}"\npriority = "supplemental"',
            id="Poetry, one more",
        ),
        pytest.param(
            "settings.xml",
            f"<settings><mirrors><mirror><mirrorOf>acme</mirrorOf><url>{OURS}</url></mirror>"
            "</mirrors></settings>",
            id="Maven, a mirror of another one",
        ),
        pytest.param(
            "build.gradle",
            f"repositories {{ mavenCentral()\n maven {{ url '{OURS}' }} }}",
            id="Gradle",
        ),
        pytest.param(
            "build.gradle",
            f"repositories {{ }}\ndownload {{ url '{OURS}' }}",
            id="Gradle, no repository",
        ),
        pytest.param(
            "nuget.config",
            f'<settings><packageSources><add value="{OURS}"/></packageSources></settings>',
            id="NuGet, one more",
        ),
        pytest.param("Makefile", "# GOPROXY=" + OURS, id="Go, in a comment"),
        pytest.param("Dockerfile", "ENV GOPROXY=https://proxy.golang.org,direct", id="Go, public"),
        pytest.param("Dockerfile", "FROM ghcr.io/acme/base:1", id="an image, public"),
        pytest.param(
            ".cargo/config.toml",
            f'[registries.acme]\nindex = "sparse+{OURS}"',
            id="Cargo, one more",
        ),
    ],
)
def test_additional_and_public_registries_do_not_count(path: str, text: str) -> None:
    assert value(internal, {path: text}) is False


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        pytest.param(".npmrc", f"save=true\nregistry = '{OURS}'", 2, id="npm"),
        pytest.param(".yarnrc", f'registry "{OURS}"', 1, id="Yarn 1"),
        pytest.param(".yarnrc.yml", f'npmRegistryServer: "{OURS}"', 1, id="Yarn"),
        pytest.param("pip.conf", f"[global]\nindex-url = {OURS}", 2, id="pip"),
        pytest.param("requirements.txt", f"--index-url {OURS}\nsix", 1, id="requirements"),
        pytest.param(
            "pyproject.toml", f'[[tool.uv.index]]\nurl = "{OURS}"\ndefault = true', None, id="uv"
        ),
        pytest.param("pyproject.toml", f'[tool.uv]\nindex-url = "{OURS}"', None, id="uv, old key"),
        pytest.param(
            "pyproject.toml", f'[[tool.poetry.source]]\nurl = "{OURS}"', None, id="Poetry"
        ),
        pytest.param("Pipfile", f'[[source]]\nurl = "{OURS}"', None, id="pipenv"),
        pytest.param(
            ".mvn/settings.xml",
            f"<settings><mirrors>\n<mirror><mirrorOf>*</mirrorOf><url>{OURS}</url></mirror>"
            "</mirrors></settings>",
            2,
            id="Maven",
        ),
        pytest.param(
            "settings.gradle.kts",
            f'repositories {{\n  maven {{ url = uri("{OURS}") }}\n}}',
            2,
            id="Gradle",
        ),
        pytest.param(
            "NuGet.Config",
            f'<configuration><packageSources><clear/>\n<add key="x" value="{OURS}"/>'
            "</packageSources></configuration>",
            2,
            id="NuGet",
        ),
        pytest.param("Makefile", f"export GOPROXY={OURS},direct", 1, id="Go in a makefile"),
        pytest.param(".github/workflows/x.yml", f"env:\n  GOPROXY: {OURS}", 2, id="Go in CI"),
        pytest.param(
            ".cargo/config.toml",
            f'[source.crates-io]\nreplace-with = "a"\n[source.a]\nregistry = "sparse+{OURS}"',
            None,
            id="Cargo",
        ),
        pytest.param("Dockerfile", "FROM packages.acme.example:5000/base:1", 1, id="an image"),
    ],
)
def test_a_registry_that_replaces_the_public_one_counts(
    path: str, text: str, line: int | None
) -> None:
    assert answer(internal, {path: text}) == Answer(True, path, line)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {".npmrc": "registry=${NPM_REGISTRY}"}, Missing.NOT_SUPPORTED, id="a variable"
        ),
        pytest.param({"pyproject.toml": "["}, Missing.FAULT, id="broken"),
        pytest.param({".npmrc": UNREADABLE}, Missing.FAULT, id="unreadable"),
        pytest.param({".npmrc": UNREADABLE, "pip.conf": f"index-url={OURS}"}, True, id="a sibling"),
    ],
)
def test_what_cannot_be_told_is_open(files: Files, expected: Value | Missing) -> None:
    assert value(internal, files) == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        pytest.param("acme.example", False, id="another host"),
        pytest.param("notpypi.org", False, id="a longer name"),
        pytest.param("org", False, id="only the end"),
        pytest.param("pypi.org", True, id="itself"),
        pytest.param("repo1.maven.org", True, id="below it"),
    ],
)
def test_public_hosts_are_known(host: str, expected: bool) -> None:
    assert is_public(host) is expected
