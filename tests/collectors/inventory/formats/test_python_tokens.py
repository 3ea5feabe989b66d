from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.collectors.inventory.formats.python_tokens import read_tokens
from osmm_scan.collectors.studies.structured import Malformed


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("# x = 1\n\\\n \t\f", [], id="layout"),
        pytest.param("x=1", ["x", "=", "1"], id="names and signs"),
        pytest.param("f(**x)", ["f", "(", "**", "x", ")"], id="a sign of two characters"),
        pytest.param("'a\\'b' \"#\"", ["'a\\'b'", '"#"'], id="strings"),
        pytest.param("'''a\n'b''c''' d", ["'''a\n'b''c'''", "d"], id="a string of several lines"),
        pytest.param("rb'a' x'b'", ["rb'a'", "x", "'b'"], id="prefixes"),
        pytest.param("'a\nb", ["'a", "b"], id="a string that its line ends"),
    ],
)
def test_source_is_split(source: str, expected: list[str]) -> None:
    assert [token.text for token in read_tokens(source)] == expected


def test_tokens_know_their_line() -> None:
    tokens = read_tokens("a\n'''\n\n''' b\n\n# c\nd")

    assert [(token.text[0], token.line) for token in tokens] == [
        ("a", 1),
        ("'", 2),
        ("b", 4),
        ("d", 7),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("name", None, id="a name"),
        pytest.param("f'a'", None, id="a format"),
        pytest.param("b'a'", None, id="bytes"),
        pytest.param("'a\\n'", None, id="an escape"),
        pytest.param("'a", None, id="cut off"),
        pytest.param("'a b'", "a b", id="a string"),
        pytest.param('u"a"', "a", id="with a prefix"),
        pytest.param('"""a"""', "a", id="with three quotes"),
    ],
)
def test_only_plain_strings_are_literal(source: str, expected: str | None) -> None:
    assert read_tokens(source)[0].literal == expected


def test_a_string_must_end() -> None:
    with pytest.raises(Malformed) as fault:
        read_tokens("a\nb = '''\nc\n")

    assert fault.value.line == 2


@given(st.text(alphabet="ab'\"\\#\n =(", max_size=200))
def test_nothing_but_layout_is_lost(source: str) -> None:
    try:
        tokens = read_tokens(source)
    except Malformed:
        return

    assert len("".join(token.text for token in tokens)) <= len(source)
    assert all(token.text in source for token in tokens)
