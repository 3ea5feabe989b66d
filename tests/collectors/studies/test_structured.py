from __future__ import annotations

import re

import pytest

from osmm_scan.collectors.studies.structured import (
    Lines,
    Malformed,
    pieces,
    read_json_with_trailing_commas,
    read_toml,
    read_xml,
    table,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('{"a": [1, 2]}', {"a": [1, 2]}, id="none"),
        pytest.param('{"a": [1, 2,\n],}', {"a": [1, 2]}, id="several"),
        pytest.param('{"a": "x,]", "b": "\\",}"}', {"a": "x,]", "b": '",}'}, id="in a string"),
    ],
)
def test_trailing_commas_are_dropped(text: str, expected: dict[str, object]) -> None:
    assert read_json_with_trailing_commas(text) == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("a = 1\nb =\n", 2, id="no value"),
        pytest.param("a = 1\n" + "b." * 200 + "c = 1\n", 2, id="a key of very many parts"),
        pytest.param("a = 1\n" + "'b' . " * 200 + "c = 1\n", 2, id="the same in quotes"),
    ],
)
def test_bad_toml_names_the_line(text: str, line: int) -> None:
    with pytest.raises(Malformed) as fault:
        read_toml(text)

    assert fault.value.line == line


def test_elements_know_name_line_and_text() -> None:
    root = read_xml('<a:root xmlns:a="urn:x">\n<a:b c="d"> one <e/>two</a:b>\n</a:root>')

    found = next(root.all("b"))
    assert (root.name, found.line, found.text, found.attributes) == (
        "root",
        2,
        "one two",
        {"c": "d"},
    )


def test_elements_are_found_at_any_depth_in_order() -> None:
    root = read_xml("<r><x><p>1</p></x><p>2</p><x><p>3</p></x></r>")

    assert [found.text for found in root.below("p")] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("word", "after", "line"),
    [
        pytest.param("absent", None, None, id="not there"),
        pytest.param("react", None, 1, id="the first one"),
        pytest.param("react", 2, 3, id="after another word"),
        pytest.param("key", None, 4, id="a bare key"),
        pytest.param("tool.x", None, 5, id="a section"),
        pytest.param("serde", None, 6, id="the first part of a key"),
        pytest.param("unclosed", None, 7, id="a string that does not end"),
    ],
)
def test_words_have_lines(word: str, after: int | None, line: int | None) -> None:
    text = '"react"\n"x"\n\'react\'\nkey = 1\n[tool.x]\nserde.workspace = 1\n"unclosed\n'

    assert Lines(text).of(word, after) == line


def test_pieces_reach_to_the_next_one() -> None:
    assert [*pieces(re.compile("x"), "-xa\nxb")] == [(1, "xa\n"), (2, "xb")]
    assert [*pieces(re.compile("x"), "none")] == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param({}, {}, id="absent"),
        pytest.param({"a": {}}, {}, id="absent below"),
        pytest.param({"a": []}, {}, id="an empty table as PHP writes it"),
        pytest.param({"a": {"b": {"c": 1}}}, {"c": 1}, id="there"),
    ],
)
def test_tables_are_taken_by_a_path(data: dict[str, object], expected: dict[str, object]) -> None:
    assert table(data, "a", "b") == expected


def test_a_value_in_place_of_a_table_is_malformed() -> None:
    with pytest.raises(Malformed, match=r"a\.b is no table"):
        table({"a": {"b": 1}}, "a", "b")
