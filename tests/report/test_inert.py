"""What a repository says can neither steer a terminal nor command a build log."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.report.inert import for_log, one_line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("Zoë 雪 ::name [/bold] {{ x }}", "Zoë 雪 ::name [/bold] {{ x }}", id="words"),
        pytest.param("क\u200dष", "क\u200dष", id="a joiner inside a word"),
        pytest.param("\x1b]8;;http://x\x07", "\\x1b]8;;http://x\\x07", id="terminal link"),
        pytest.param("a\u202eb", "a\\u202eb", id="direction override"),
        pytest.param("a\U000e0041", "a\\U000e0041", id="invisible tag"),
        pytest.param("a\ud800", "a\\ud800", id="half of a pair"),
    ],
)
def test_control_characters_are_written_out(text, shown):
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("two  words", "two words", id="spaces"),
        pytest.param("done\r\n::error::x\u2028y", "done ::error::x y", id="line ends"),
        pytest.param("x" * 700, "x" * 600 + " [...]", id="endless word"),
    ],
)
def test_one_line_stays_one_line(text, shown):
    assert one_line(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a std::vector\n", "a std::vector\n", id="inside a line"),
        pytest.param("a\n::stop-commands::x\n", "a\n: :stop-commands::x\n", id="a command"),
        pytest.param("  ::error::x", "  : :error::x", id="a command after spaces"),
        pytest.param("\x1b[1m::error::x", "\x1b[1m: :error::x", id="a command after color"),
        pytest.param("a ##[error]x", "a # #[error]x", id="a command of the older kind"),
    ],
)
def test_no_line_commands_a_build_log(text, shown):
    assert for_log(text) == shown


@given(st.text())
def test_nothing_invisible_is_left(text):
    left = {unicodedata.category(character) for character in visible(text)}

    assert not left & {"Cc", "Cs", "Zl", "Zp"}
