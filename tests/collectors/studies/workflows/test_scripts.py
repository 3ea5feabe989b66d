"""What names such as `make test` stand for."""

import pytest

from osmm_scan.collectors.studies.workflows.scripts import Invocation, Scripts, joined
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from tests.fakes import FakeRepository

PACKAGE = """{"scripts": {"test": "jest --ci", "check": "npm run test && scan || true",
 "todo": "echo no test && exit 1", "again": "npm run again"}}"""
MAKEFILE = """\
GO ?= go1.22
export FLAGS := -race # why
.PHONY: test check
test: build
\t@$(GO) test $(FLAGS) ./...
build:
\t$(UNKNOWN) build
\t-scan .
check: test lint
%.o: %.c
\tcc $<
lint:
\t./tools/lint.sh
"""
FILES = {
    "package.json": PACKAGE,
    "web/package.json": '{"scripts": {"unit": "vitest run"}}',
    "odd/package.json": "[" * 100_000,
    "Makefile": MAKEFILE,
    "tools/lint.sh": "flake8 .\nif x; then bandit -r .; fi\n",
    "script/ci": "#!/usr/bin/env bash\nmake test\n",
    "bin/tool": "\x7fELF no script",
    "gone.sh": Unobserved(Missing.FAULT, "damaged"),
}


def followed(command: str, folder: str = "") -> list[tuple[str, bool]]:
    scripts = Scripts(FakeRepository(FILES), lambda _: True)
    found = scripts.follow(tuple(command.split()), folder)
    return [(" ".join(one.readings[0]), one.fails) for one in found]


@pytest.mark.parametrize(
    "command",
    [
        pytest.param("npm run missing", id="no such script"),
        pytest.param("npm install test", id="a package of that name"),
        pytest.param("make missing", id="no such target"),
        pytest.param("make -C web test", id="no file in that folder"),
        pytest.param("bin/tool", id="no shell script"),
        pytest.param("./missing.sh", id="no such file"),
        pytest.param("bash gone.sh", id="a damaged file"),
        pytest.param("../../etc/passwd", id="a file outside"),
        pytest.param("npm --prefix odd run a", id="a damaged package"),
    ],
)
def test_names_that_lead_nowhere_stand_for_themselves(command: str) -> None:
    assert len(followed(command)) == 1


@pytest.mark.parametrize(
    ("command", "inside"),
    [
        pytest.param("npm test", ["jest --ci"], id="a short name"),
        pytest.param("npm t", ["jest --ci"], id="a shorter one"),
        pytest.param("yarn test", ["jest --ci"], id="another runner"),
        pytest.param("npm --prefix web run unit", ["vitest run"], id="another folder"),
        pytest.param("bash tools/lint.sh", ["flake8 .", "x", "bandit -r ."], id="a file"),
        pytest.param(
            "make lint", ["lint.sh", "flake8 .", "x", "bandit -r ."], id="a file in a recipe"
        ),
        pytest.param(
            "make test", ["unknown build", "scan .", "go1.22 test -race ./..."], id="make"
        ),
    ],
)
def test_names_are_followed(command: str, inside: list[str]) -> None:
    assert [words for words, _ in followed(command)[1:]] == inside


def test_names_within_names_are_followed() -> None:
    assert "go1.22 test -race ./..." in dict(followed("script/ci"))
    assert ("flake8 .", True) in followed("make check")


def test_failures_are_swallowed_inside() -> None:
    found = dict(followed("npm run check"))

    assert found["scan"] is False
    assert dict(followed("make build"))["scan ."] is False


def test_a_script_that_only_says_something_is_nothing() -> None:
    assert followed("npm run todo") == []


def test_circles_end() -> None:
    assert {words for words, _ in followed("npm run again")} == {"npm run again"}


def test_a_folder_is_the_one_of_the_step() -> None:
    assert ("vitest run", True) in followed("npm run unit", "web")


@pytest.mark.parametrize(
    ("folder", "name", "path"),
    [
        pytest.param("", "a", "a", id="from the root"),
        pytest.param("web", "./a", "web/a", id="from a folder"),
        pytest.param("web", "../a", "a", id="upwards"),
        pytest.param("web", "$GITHUB_WORKSPACE/a", "a", id="from the root by name"),
        pytest.param("web", "${{ github.workspace }}/a", "a", id="by expression"),
    ],
)
def test_paths(folder: str, name: str, path: str) -> None:
    assert joined(folder, name) == path


def test_only_known_commands_are_kept_inside() -> None:
    scripts = Scripts(FakeRepository(FILES), lambda readings: readings[0][0] == "bandit")

    found = scripts.follow(("make", "lint"), "")

    assert found == (
        Invocation((("make", "lint"),), True),
        Invocation((("bandit", "-r", "."),), True),
    )


def test_variables_that_grow_are_cut() -> None:
    text = f"A = {'x' * 900}\nB = {'$(A)' * 900}\nt:\n\t{'$(B)' * 5_000}\n"
    scripts = Scripts(FakeRepository({"Makefile": text}), lambda _: True)

    found = scripts.follow(("make", "t"), "")

    assert len("".join(found[-1].readings[0])) < 2_000_000
