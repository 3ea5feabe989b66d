"""JSON with comments."""

import json

import pytest

from osmm_scan.collectors.studies.json_comments import without_comments


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('{"a": "http://x"}', {"a": "http://x"}, id="slashes in a text"),
        pytest.param('{"a": "**/*.ts"}', {"a": "**/*.ts"}, id="stars in a text"),
        pytest.param(r'{"a": "\"// b"}', {"a": '"// b'}, id="an escaped quote"),
        pytest.param('{"a": 1} // b', {"a": 1}, id="to the end of the line"),
        pytest.param('{/* "b": 2, */ "a": 1}', {"a": 1}, id="between two signs"),
        pytest.param('{"a": 1} /* never closed', {"a": 1}, id="never closed"),
    ],
)
def test_comments_are_taken_out(text: str, expected: object) -> None:
    assert json.loads(without_comments(text)) == expected


def test_lines_keep_their_numbers() -> None:
    assert without_comments("/* a\nb */\nc // d\ne") == "\n\nc \ne"


@pytest.mark.parametrize("unit", ['"\\', "/*", "'", "//", '"'])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    assert len(without_comments(unit * 300_000)) <= len(unit) * 300_000
