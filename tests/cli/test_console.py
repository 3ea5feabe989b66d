"""What reaches a terminal cannot steer it."""

from __future__ import annotations

import logging

import pytest

from osmm_scan.cli.console import configure_logging, printable, wants_color


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("plain text, ünïcödé 語", "plain text, ünïcödé 語", id="text stays"),
        pytest.param("a\tb", "a\tb", id="tab stays"),
        pytest.param("\x1b[31mred", "\\x1b[31mred", id="colour"),
        pytest.param("a\rb", "a\\x0db", id="carriage return hides what came before"),
        pytest.param("\x9b31m", "\\x9b31m", id="one byte control sequence"),
        pytest.param("a\u202egpj", "a\\u202egpj", id="right to left override"),
        pytest.param("a\u2028b", "a\\u2028b", id="line separator"),
        pytest.param("::error::gone", ": :error::gone", id="command of a build log"),
        pytest.param("\udcff", "\\udcff", id="not UTF-8"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize(
    ("flag", "environment", "colored"),
    [
        pytest.param(False, {}, False, id="piped"),
        pytest.param(False, {"FORCE_COLOR": "1"}, True, id="forced"),
        pytest.param(False, {"FORCE_COLOR": "0"}, False, id="forced off"),
        pytest.param(False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, id="NO_COLOR wins"),
        pytest.param(True, {"FORCE_COLOR": "1"}, False, id="the flag wins"),
    ],
)
def test_color(
    monkeypatch: pytest.MonkeyPatch, flag: bool, environment: dict[str, str], colored: bool
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert wants_color(flag) is colored


@pytest.mark.parametrize(
    ("verbosity", "heard"),
    [
        pytest.param(-1, ["error"], id="quiet"),
        pytest.param(0, ["error", "warning"], id="usual"),
        pytest.param(1, ["error", "warning", "info"], id="verbose"),
        pytest.param(2, ["error", "warning", "info", "debug"], id="very verbose"),
    ],
)
def test_messages_go_to_stderr_by_level(
    capsys: pytest.CaptureFixture[str], verbosity: int, heard: list[str]
) -> None:
    configure_logging(verbosity)
    log = logging.getLogger("osmm_scan.test")

    for level in ("error", "warning", "info", "debug"):
        log.log(getattr(logging, level.upper()), level)

    printed = capsys.readouterr()
    assert [line.split(": ")[1] for line in printed.err.splitlines()] == heard
    assert printed.out == ""
