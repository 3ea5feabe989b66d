"""The text report fits its terminal and says the same with and without color or Unicode."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from osmm_scan.report import Options, formats
from tests.report import sample

OPTIONS = Options(flags=sample.FLAGS)
COLOR = re.compile(r"\x1b\[[0-9;]*m")


def _text(options: Options = OPTIONS) -> str:
    return formats()["text"].render(sample.repository(), options)


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("subject", [sample.organisation, sample.repository])
def test_no_line_is_wider_than_the_terminal(subject, width):
    report = formats()["text"].render(subject(), replace(OPTIONS, width=width))

    assert max(map(len, report.splitlines())) <= width


def test_no_line_ends_in_spaces():
    assert [line for line in _text().splitlines() if line != line.rstrip()] == []


def test_color_changes_no_word():
    colored = _text(replace(OPTIONS, color=True))

    assert COLOR.search(colored)
    assert [line.rstrip() for line in COLOR.sub("", colored).splitlines()] == _text().splitlines()


def test_nothing_is_colored_unless_asked():
    assert "\x1b" not in _text()


@pytest.mark.parametrize(
    "encoding",
    [
        pytest.param("ascii", id="no locale"),
        pytest.param("latin-1", id="western"),
        pytest.param("no-such-encoding", id="an encoding nobody knows"),
    ],
)
def test_marks_are_plain_where_the_encoding_cannot_show_them(encoding):
    report = _text(replace(OPTIONS, encoding=encoding))

    assert report.isascii()
    assert "+  *  The license text is recognized" in report


def test_names_that_the_encoding_cannot_show_are_written_out():
    usual = sample.repository()
    named = replace(usual, target=replace(usual.target, name="acme/雪"))
    report = formats()["text"].render(named, replace(OPTIONS, encoding="ascii"))

    assert report.startswith("acme/\\u96ea ")


def test_markup_of_the_terminal_library_is_plain_text():
    usual = sample.repository()
    verdict = replace(usual.verdict, because="[bold]loud[/bold] [/] :smile: [link=http://x]y")
    report = formats()["text"].render(replace(usual, verdict=verdict), OPTIONS)

    assert "[bold]loud[/bold] [/] :smile: [link=http://x]y" in report
