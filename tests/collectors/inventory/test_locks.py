from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory.answers import Answer
from osmm_scan.collectors.inventory.locks import locked, sbom_obtainable
from osmm_scan.model import Missing, Value
from tests.collectors.inventory.asking import UNREADABLE, Files, answer, value

RUNS = 'FROM a\nCMD ["x"]\n'
NPM = '{"dependencies": {"react": "^19"}}'
NPM_LOCK = '{"packages": {"node_modules/react": {"version": "19.0.0"}}}'
GEM_LOCK = """GEM
  remote: https://rubygems.org/
  specs:
    rake (13.2.1)

DEPENDENCIES
  rake
"""
APP = {"Dockerfile": RUNS, "package.json": NPM}
LIBRARY = {"package.json": '{"name": "x", "version": "1", "dependencies": {"react": "^19"}}'}
POM = """<project><packaging>war</packaging><dependencies><dependency>
<groupId>g</groupId><artifactId>a</artifactId><version>1</version></dependency></dependencies>
</project>"""


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, False, id="no application"),
        pytest.param(LIBRARY, False, id="a library without a lockfile"),
        pytest.param({**LIBRARY, "package-lock.json": NPM_LOCK}, False, id="a library with one"),
        pytest.param(APP, False, id="an application without a lockfile"),
        pytest.param({**APP, "package-lock.json": NPM_LOCK}, True, id="an application with one"),
        pytest.param({**APP, "package-lock.json": '{"packages": {}}'}, False, id="a hollow one"),
        pytest.param({**APP, "a/package-lock.json": NPM_LOCK}, False, id="one that lies elsewhere"),
        pytest.param(
            {**APP, "package-lock.json": UNREADABLE}, Missing.NOT_SUPPORTED, id="unreadable"
        ),
        pytest.param(
            {**APP, "package-lock.json": NPM_LOCK, "docs/requirements.txt": "six\n"},
            True,
            id="deeper manifests are parts",
        ),
        pytest.param(
            {**APP, "package-lock.json": NPM_LOCK, "requirements.txt": "six\n"},
            False,
            id="not in every ecosystem",
        ),
        pytest.param(
            {"Dockerfile": RUNS, "a/package.json": NPM, "package-lock.json": NPM_LOCK},
            True,
            id="one above",
        ),
        pytest.param(
            {**APP, "package-lock.json": NPM_LOCK, "b/package.json": "{"},
            Missing.FAULT,
            id="a broken manifest may be unlocked",
        ),
        pytest.param(
            {"Dockerfile": RUNS, "requirements.txt": "six==1.16\n"},
            Missing.NOT_SUPPORTED,
            id="fixed versions may be all or a part",
        ),
        pytest.param(
            {"Dockerfile": RUNS, "requirements.txt": "six==1.16 --hash=sha256:aa\n"},
            True,
            id="a compiled file",
        ),
        pytest.param({"pom.xml": POM}, Missing.NOT_SUPPORTED, id="no lockfile by convention"),
        pytest.param({"Dockerfile": RUNS}, Missing.NOT_SUPPORTED, id="nothing to lock"),
        pytest.param(
            {"x.c": "", "package.json": NPM, "package-lock.json": NPM_LOCK},
            Missing.NOT_SUPPORTED,
            id="perhaps no application",
        ),
    ],
)
def test_applications_lock_what_they_run_with(files: Files, expected: Value | Missing) -> None:
    assert value(locked, files) == expected


def test_the_lockfile_is_cited() -> None:
    files = {**APP, "package-lock.json": NPM_LOCK}

    assert answer(locked, files) == Answer(True, "package-lock.json")
    assert answer(locked, APP) == Answer(False, "package.json")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, False, id="nothing"),
        pytest.param({"package.json": NPM}, False, id="ranges only"),
        pytest.param({"package-lock.json": NPM_LOCK}, True, id="a lockfile"),
        pytest.param({"package-lock.json": '{"packages": {}}'}, False, id="a hollow lockfile"),
        pytest.param({"pom.xml": POM}, True, id="every version is fixed"),
        pytest.param({"pom.xml": POM, "package.json": NPM}, False, id="not every version"),
        pytest.param({"a/pom.xml": POM, "package.json": NPM}, False, id="only in a part"),
        pytest.param(
            {
                "core/pom.xml": POM,
                "ui/package.json": NPM,
                "docs/site/Gemfile.lock": GEM_LOCK,
            },
            False,
            id="a lockfile of the site only",
        ),
        pytest.param({"docs/site/Gemfile.lock": GEM_LOCK}, True, id="nothing but the site"),
        pytest.param(
            {"package.json": NPM, "parts/ui/package-lock.json": NPM_LOCK},
            True,
            id="a lockfile of the same ecosystem",
        ),
        pytest.param({"Dockerfile": "FROM a@sha256:" + "a" * 64}, False, id="an image"),
        pytest.param(
            {"bom.json": '{"bomFormat": "CycloneDX", "components": [{"name": "x"}]}'},
            True,
            id="a committed list",
        ),
        pytest.param({"package-lock.json": UNREADABLE}, Missing.FAULT, id="unreadable"),
    ],
)
def test_a_component_list_can_be_made(files: Files, expected: Value | Missing) -> None:
    assert value(sbom_obtainable, files) == expected
