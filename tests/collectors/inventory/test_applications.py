from __future__ import annotations

import pytest

from osmm_scan.collectors.inventory.answers import Answer
from osmm_scan.collectors.inventory.applications import application
from osmm_scan.model import Missing, Value
from tests.collectors.inventory.asking import UNREADABLE, Files, answer, value

LIBRARY = "[project]\nname = 'x'\n[build-system]\n"
RUNS = 'FROM a\nCMD ["x"]\n'
STARTED = '{"private": true, "scripts": {"start": "x"}}'


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, False, id="no files"),
        pytest.param({"README.md": "#"}, False, id="no code"),
        pytest.param({"x.c": ""}, Missing.NOT_SUPPORTED, id="nothing tells"),
        pytest.param({"pyproject.toml": LIBRARY, "x.py": ""}, False, id="a library"),
        pytest.param({"core/src/lib.rs": ""}, False, id="a library in Rust"),
        pytest.param({"Dockerfile": RUNS}, True, id="an image that runs"),
        pytest.param(
            {"Dockerfile": "FROM a\n", "x.c": ""}, Missing.NOT_SUPPORTED, id="only built on"
        ),
        pytest.param({"package.json": STARTED}, True, id="started at the top"),
        pytest.param({"cmd/serve/main.go": ""}, True, id="a program in Go"),
        pytest.param({"src/main.rs": "", "src/lib.rs": ""}, True, id="both, in Rust"),
        pytest.param({"Procfile": "web: x"}, True, id="hosted"),
        pytest.param(
            {"pyproject.toml": LIBRARY, "Dockerfile": RUNS}, True, id="a library that runs"
        ),
        pytest.param(
            {"pyproject.toml": LIBRARY, ".devcontainer/Dockerfile": RUNS}, False, id="to work in"
        ),
        pytest.param(
            {"pyproject.toml": LIBRARY, "docs/package.json": STARTED}, False, id="documentation"
        ),
        pytest.param(
            {"pyproject.toml": LIBRARY, "web/package.json": STARTED}, False, id="a part of it"
        ),
        pytest.param({"web/package.json": STARTED}, True, id="nothing but a part"),
        pytest.param({"api/manage.py": ""}, True, id="a site somewhere"),
        pytest.param(
            {"pyproject.toml": LIBRARY, "Dockerfile": UNREADABLE}, Missing.FAULT, id="unreadable"
        ),
    ],
)
def test_applications_are_told_from_libraries(files: Files, expected: Value | Missing) -> None:
    assert value(application, files) == expected


def test_the_sign_is_cited() -> None:
    assert answer(application, {"pyproject.toml": LIBRARY}) == Answer(False, "pyproject.toml", 2)
