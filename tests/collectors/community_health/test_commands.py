"""Whether the commands of a guide exist in a repository."""

from __future__ import annotations

import pytest

from osmm_scan.collectors.community_health import commands
from osmm_scan.collectors.studies.blocks import Block, Kind
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from tests.fakes import FakeRepository

HOME = FakeRepository(
    {
        "Makefile": "VERSION := 1\n\ntest: build\n\tgo test\nlint fmt:\n\ttrue\n",
        "go.mod": "module x",
        "package.json": '{"scripts": {"test": "x", "lint:fix": "y"}}',
        "scripts/check.sh": "",
        "gradlew": "",
    }
)


def answer(command: str, home: FakeRepository = HOME) -> bool | None:
    found = commands.check(home, [Block(Kind.CODE, 1, command)])
    return None if found.existing == found.missing == 0 else found.existing > 0


@pytest.mark.parametrize(
    "command",
    [
        "git clone https://example.org/x",
        "cd widgets",
        "export A=1",
        "# make test",
        "curl https://example.org",
        "./bin/widgets --help",
        "/usr/bin/widgets",
        "python -c 'print(1)'",
        "npm run",
        "yarn jest",
        "go",
        "scripts/notes.md",
        ".github/workflows",
        "",
    ],
)
def test_commands_that_say_nothing_about_the_repository(command: str) -> None:
    assert answer(command) is None


@pytest.mark.parametrize(
    "command",
    [
        pytest.param("make deploy", id="no such goal"),
        pytest.param("npm run build", id="no such script"),
        pytest.param("./scripts/gone.sh", id="no such file"),
        pytest.param("cargo test", id="no such tool here"),
        pytest.param("tox", id="no configuration"),
    ],
)
def test_commands_that_do_not_exist(command: str) -> None:
    assert answer(command) is False


@pytest.mark.parametrize(
    "command",
    [
        pytest.param("$ make test", id="goal"),
        pytest.param("make fmt", id="goal beside another"),
        pytest.param("make", id="no goal"),
        pytest.param("sudo make test VERBOSE=1", id="with settings"),
        pytest.param("go test ./...", id="tool"),
        pytest.param("npm test", id="script"),
        pytest.param("npm run lint:fix -- --all", id="named script"),
        pytest.param("npm ci", id="own command of the tool"),
        pytest.param("cd x && go build", id="after another"),
        pytest.param("./scripts/check.sh", id="file"),
        pytest.param("bash scripts/check.sh", id="file for a shell"),
        pytest.param("./gradlew build", id="wrapper"),
    ],
)
def test_commands_that_exist(command: str) -> None:
    assert answer(command) is True


@pytest.mark.parametrize(
    "makefile",
    [
        pytest.param("include other.mk\ntest:\n", id="goals come from elsewhere"),
        pytest.param("test-%:\n", id="goals by pattern"),
        pytest.param("", id="no goal is named"),
    ],
)
def test_goals_that_a_makefile_may_make_are_unknown(makefile: str) -> None:
    assert answer("make deploy", FakeRepository({"Makefile": makefile})) is None


def test_an_unreadable_package_file_denies_nothing() -> None:
    home = FakeRepository({"package.json": "{"})

    assert answer("npm run build", home) is True


def test_a_file_that_cannot_be_read_is_passed_over() -> None:
    home = FakeRepository({"Makefile": Unobserved(Missing.FAULT, "damaged")})

    assert answer("make test", home) is None


def test_runners_are_asked_for_what_they_run() -> None:
    home = FakeRepository({"pyproject.toml": "", "a.py": ""})

    assert [answer(f"uv run {name}", home) for name in ("pytest", "nox", "own")] == [
        True,
        False,
        True,
    ]
