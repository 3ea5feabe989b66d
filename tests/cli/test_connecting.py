"""The options that reach GitHub, and that a token given by any of them shows nowhere."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import click
import pytest
from click.testing import CliRunner

from osmm_scan.cli.options.connecting import Connecting, connect, connecting
from osmm_scan.errors import UsageError
from osmm_scan.sources.github.offline import Offline
from tests.github_fake.faults import page, secondary, status
from tests.github_fake.server import FakeGitHub
from tests.github_fake.world import TOKEN, World


@pytest.fixture(autouse=True)
def _no_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*os.environ,):
        if name.startswith(("GH_", "GITHUB_", "OSMM_SCAN_")):
            monkeypatch.delenv(name)


@pytest.fixture
def github() -> Iterator[FakeGitHub]:
    world = World()
    world.organization("acme")
    with FakeGitHub(world) as server:
        yield server


def _given(*arguments: str) -> Connecting:
    given: list[Connecting] = []

    @click.command()
    @connecting
    def command(connecting: Connecting) -> None:
        given.append(connecting)

    CliRunner().invoke(command, arguments, standalone_mode=False, catch_exceptions=False)
    return given[0]


def test_nothing_is_given() -> None:
    assert _given() == Connecting()


def test_everything_is_given() -> None:
    assert _given(
        "--api-url", "https://x.example", "--token-file", "t", "--budget", "5", "--max-wait", "0"
    ) == Connecting(
        api_url="https://x.example", token_file=Path("t"), budget=5, max_wait=0, offline=False
    )


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--budget", "0"], id="nothing to spend"),
        pytest.param(["--budget", "many"], id="no number"),
        pytest.param(["--max-wait", "-1"], id="a wait before now"),
    ],
)
def test_a_wrong_number_is_refused(arguments: list[str]) -> None:
    with pytest.raises(click.UsageError):
        _given(*arguments)


def test_offline_asks_nobody_and_wants_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GH_TOKEN", "'wrong'")

    assert isinstance(connect(Connecting(offline=True)), Offline)


def test_an_app_comes_before_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GH_TOKEN", TOKEN)
    monkeypatch.setenv("OSMM_SCAN_APP_ID", "1")

    with pytest.raises(UsageError, match="OSMM_SCAN_APP_PRIVATE_KEY_FILE: not set"):
        connect(Connecting())


def test_a_token_file_comes_before_an_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OSMM_SCAN_APP_ID", "1")
    file = tmp_path / "token"
    file.write_text(TOKEN, encoding="utf-8")

    token = connect(Connecting(token_file=file)).token

    assert token is not None
    assert token.reveal() == TOKEN


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(None, id="all is well"),
        pytest.param(page(404), id="a page"),
        pytest.param(status(401, "Bad credentials"), id="revoked"),
        pytest.param(status(422, f"{TOKEN}?"), id="echoed by the server"),
        pytest.param(secondary(5000), id="a limit"),
    ],
)
def test_a_token_shows_nowhere(github: FakeGitHub, fault: object) -> None:
    if fault is not None:
        github.next(fault, times=99)  # type: ignore[arg-type] # a reply

    ran = _doctor(github, "acme")

    shown = ran.stdout + ran.stderr
    forms = (TOKEN, quote(TOKEN, safe=""), base64.b64encode(TOKEN.encode()).decode().rstrip("="))
    assert ran.returncode == (3 if fault else 0)
    assert not [form for form in forms if form in shown]
    assert "acme" in shown or "refuses the token" in shown


def test_a_token_given_as_a_name_is_masked(github: FakeGitHub) -> None:
    ran = _doctor(github, TOKEN)

    assert ran.returncode == 3
    assert "error: <hidden>: not there" in ran.stderr
    assert TOKEN not in ran.stdout + ran.stderr


def _doctor(github: FakeGitHub, organisation: str) -> subprocess.CompletedProcess[str]:
    code = "from osmm_scan.cli import main; main()"
    options = ["-vv", "--api-url", github.web, "--max-wait", "10"]
    return subprocess.run(
        [sys.executable, "-c", code, "doctor", organisation, *options],
        env={"GH_TOKEN": TOKEN, "PATH": "/usr/bin:/bin", "PYTHONPATH": os.getcwd()},
        capture_output=True,
        text=True,
        check=False,
    )
