"""Strict YAML: typed as YAML 1.2 says, located, and safe whatever the text does."""

from __future__ import annotations

import json
from math import inf, isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.strict_yaml import (
    DEPTH_LIMIT,
    SIZE_LIMIT,
    VALUE_LIMIT,
    YamlFault,
    load,
    load_several,
)
from tests.patience import patient


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("on", "on", id="switch words are words"),
        pytest.param("no", "no", id="Norway is a country"),
        pytest.param("y", "y", id="a letter is a letter"),
        pytest.param("12:30", "12:30", id="a time is no sexagesimal number"),
        pytest.param("012", "012", id="a leading zero makes no octal number"),
        pytest.param("2026-06-30", "2026-06-30", id="a date stays a string"),
        pytest.param("1_000", "1_000", id="underscores are no part of a number"),
        pytest.param("0b11", "0b11", id="binary is no number"),
        pytest.param("1" * 19, "1" * 19, id="longer than 64 bits"),
        pytest.param("1" * 5000, "1" * 5000, id="longer than Python converts"),
        pytest.param("0x" + "f" * 16, "0x" + "f" * 16, id="hexadecimal longer than 64 bits"),
        pytest.param("1e", "1e", id="exponent without digits"),
        pytest.param(".", ".", id="a point alone"),
        pytest.param("true story", "true story", id="a word that begins like a boolean"),
        pytest.param("'1'", "1", id="quoted once"),
        pytest.param('"true"', "true", id="quoted twice"),
        pytest.param("|-\n 1", "1", id="a block is text"),
        pytest.param('""', "", id="an empty string is not nothing"),
        pytest.param("! 1", "1", id="the non-specific tag makes text"),
        pytest.param("!!str 1", "1", id="tagged as string"),
        pytest.param("0", 0, id="zero"),
        pytest.param("-12", -12, id="negative"),
        pytest.param("+12", 12, id="positive"),
        pytest.param("9" * 18, 10**18 - 1, id="longest integer"),
        pytest.param("0o14", 12, id="octal of 1.2"),
        pytest.param("0xff", 255, id="hexadecimal"),
        pytest.param("!!int '12'", 12, id="tagged as integer"),
        pytest.param("0.85", 0.85, id="fraction"),
        pytest.param("1.", 1.0, id="nothing after the point"),
        pytest.param("-.5", -0.5, id="nothing before the point"),
        pytest.param("1e3", 1000.0, id="exponent without a point"),
        pytest.param("1.5E-1", 0.15, id="exponent with a point"),
        pytest.param("!!float 1", 1, id="a float may be whole"),
        pytest.param("-.inf", -inf, id="infinite"),
        pytest.param("true", True, id="true"),
        pytest.param("False", False, id="false"),
        pytest.param("~", None, id="tilde"),
        pytest.param("null", None, id="null"),
        pytest.param("!!null ''", None, id="tagged as null"),
        pytest.param("", None, id="empty text"),
        pytest.param("# only a comment", None, id="no content"),
        pytest.param("\ufeffa", "a", id="byte order mark"),
    ],
)
def test_values_follow_the_core_schema(text: str, value: object) -> None:
    data = load(text).data

    assert data == value
    assert type(data) is type(value)


def test_not_a_number_is_read() -> None:
    assert isnan(load(".nan").data)


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        pytest.param("a: [1, 2\nb: c", (2, 2), "did not find", id="syntax"),
        pytest.param("a: \0", (1, 4), "'\\x00' is not allowed", id="NUL"),
        pytest.param("a: b\nc: \ud800", (2, 4), "'\\ud800' is not allowed", id="lone surrogate"),
        pytest.param("a\n---\nb", (2, 1), "one document", id="second document"),
        pytest.param("a: 1\nb:\n  c: 2\n  c: 3", (4, 3), "'c' appears twice", id="duplicate key"),
        pytest.param("1: a\n0x1: b", (2, 1), "1 appears twice", id="same key in other spelling"),
        pytest.param("? [a]\n: b", (1, 3), "a key must be", id="sequence as key"),
        pytest.param("{{a: b}: c}", (1, 2), "a key must be", id="mapping as key"),
        pytest.param("a: {}\nb: {<<: c}", (2, 5), "merge keys", id="merge key"),
        pytest.param("a: &x b", (1, 4), "anchors are not allowed", id="anchor"),
        pytest.param("a: &x {}", (1, 4), "anchors are not allowed", id="anchor of a mapping"),
        pytest.param("a: *x", (1, 4), "aliases are not allowed", id="alias"),
        pytest.param("!!int true", (1, 1), "'true' does not fit", id="no integer"),
        pytest.param("!!int 1.5", (1, 1), "'1.5' does not fit", id="fraction as integer"),
        pytest.param("!!bool 1", (1, 1), "'1' does not fit", id="no boolean"),
        pytest.param("!!map [a]", (1, 1), "tag !!map", id="sequence tagged as mapping"),
        pytest.param("- !local a", (1, 3), "tag !local", id="local tag"),
        pytest.param("- !!binary aGk=", (1, 3), "tag !!binary", id="binary"),
        pytest.param("- !!set {a}", (1, 3), "tag !!set", id="set"),
        pytest.param("a: !!python/name:os.system ''", (1, 4), "!!python/name", id="python name"),
        pytest.param(
            "a: !!python/object/apply:os.system [x]", (1, 4), "!!python/object", id="python call"
        ),
        pytest.param("x" * (SIZE_LIMIT + 1), (1, 1), "longer than", id="too long"),
        pytest.param("[" * 100_000, (1, DEPTH_LIMIT + 1), "deeper", id="brackets"),
        pytest.param("- " * 100_000, (1, 2 * DEPTH_LIMIT + 1), "deeper", id="nested lists"),
        pytest.param("{a: " * 100_000, (1, 4 * DEPTH_LIMIT + 1), "deeper", id="nested mappings"),
    ],
)
def test_faults_are_located(text: str, place: tuple[int, int], problem: str) -> None:
    with pytest.raises(YamlFault) as caught:
        load(text)

    assert (caught.value.line, caught.value.column) == place
    assert problem in caught.value.problem
    assert str(caught.value) == f"{place[0]}:{place[1]}: {caught.value.problem}"


def test_limits_themselves_are_allowed() -> None:
    deepest = "[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT
    longest = "x" * SIZE_LIMIT

    assert load(deepest).at((0,) * (DEPTH_LIMIT - 1)) == (1, DEPTH_LIMIT)
    assert load(longest).data == longest


def test_as_many_values_as_the_limit_are_allowed() -> None:
    assert len(load(_most(), aliases=True).data) == 453


@pytest.mark.parametrize("more", ["a", "[]", "{}", "*x"])
def test_one_value_more_than_the_limit_is_refused(more: str) -> None:
    with pytest.raises(YamlFault, match="454:3: more than"):
        load(_most() + f"- {more}\n", aliases=True)


def _most() -> str:
    """Return a list of 453 times 883 values, which is with the list itself the limit."""
    assert VALUE_LIMIT == 453 * 883 + 1
    return f"- &x [{', '.join(['a'] * 882)}]\n" + "- *x\n" * 452


def test_every_value_has_its_place() -> None:
    document = load("a: 1\nbé:\n  - x\n  - c: [2, {d: 3}]\n")

    places = {
        (): (1, 1),
        ("a",): (1, 4),
        ("bé",): (3, 3),
        ("bé", 0): (3, 5),
        ("bé", 1): (4, 5),
        ("bé", 1, "c", 0): (4, 9),
        ("bé", 1, "c", 1, "d"): (4, 16),
    }
    assert {path: document.at(path) for path in places} == places


def test_keys_have_their_place() -> None:
    document = load("a:\n  b: 1\n")

    assert document.at_key(("a",)) == (1, 1)
    assert document.at_key(("a", "b")) == (2, 3)
    assert document.at_key(("a", "c")) == (2, 3)
    assert document.at_key(("x", "y")) == (1, 1)
    assert document.at_key(()) == (1, 1)


def test_place_of_what_is_not_there_is_where_it_would_be() -> None:
    document = load("a:\n  b: 1\n")

    assert document.at(("a", "c", "d")) == (2, 3)


def test_an_empty_text_has_a_place() -> None:
    assert load("").at(("a",)) == (1, 1)


def test_several_documents_are_read_on_request() -> None:
    documents = load_several("--- {a: &x 1, b: *x}\n--- [2]\n", aliases=True)

    assert [document.data for document in documents] == [{"a": 1, "b": 1}, [2]]
    assert documents[1].at((0,)) == (2, 6)


def test_anchors_end_with_their_document() -> None:
    with pytest.raises(YamlFault, match="no anchor before it"):
        load_several("--- &x a\n--- *x", aliases=True)


def test_aliases_stand_for_their_anchor() -> None:
    document = load("a: &x [1, {b: 2}]\nc: *x\n", aliases=True)

    assert document.data["c"] == [1, {"b": 2}]
    assert document.at(("c",)) == (2, 4)
    assert document.at(("c", 1, "b")) == (1, 15)


def test_an_alias_may_be_a_key() -> None:
    assert load("- &x a\n- {*x : b}", aliases=True).data == ["a", {"a": "b"}]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("a: *x", "no anchor before it", id="no anchor"),
        pytest.param("a: &x [*x]", "inside its own value", id="recursion"),
        pytest.param("a: &x [1]\n*x : b", "a key must be", id="sequence as key"),
        pytest.param("a: &x {b: c}\nd:\n  <<: *x", "merge keys", id="merge key"),
        pytest.param(
            "- &a0 [x]\n" + "".join(f"- &a{i} [*a{i - 1}]\n" for i in range(1, DEPTH_LIMIT)),
            "deeper",
            id="depth through aliases",
        ),
        pytest.param(
            "- &a0 [x]\n"
            + "".join(f"- &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 10)),
            "more than",
            id="values through aliases",
        ),
        pytest.param(
            "- &a0 {x: y}\n"
            + "".join(f"- &a{i} {{a: *a{i - 1}, b: *a{i - 1}}}\n" for i in range(1, 30)),
            "more than",
            id="values through aliases in mappings",
        ),
    ],
)
def test_hostile_aliases_are_refused(text: str, problem: str) -> None:
    with pytest.raises(YamlFault, match=problem):
        load(text, aliases=True)


def test_aliases_may_nest_up_to_the_limit() -> None:
    chain = "".join(f"- &a{i} [*a{i - 1}]\n" for i in range(1, DEPTH_LIMIT - 1))

    assert len(load("- &a0 [x]\n" + chain, aliases=True).data) == DEPTH_LIMIT - 1


def test_local_tags_are_read_past_on_request() -> None:
    text = "a: !reference [b, c]\nd: !env X\ne: !x {f: 1}\n"

    assert load(text, tags=True).data == {"a": ["b", "c"], "d": "X", "e": {"f": 1}}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("!!python/object/apply:os.system [x]", id="short"),
        pytest.param("!<tag:yaml.org,2002:python/name:os.system> ''", id="verbatim"),
        pytest.param("%TAG ! tag:yaml.org,2002:python/\n--- !name:os.system ''", id="directive"),
    ],
)
def test_python_tags_are_never_read_past(text: str) -> None:
    with pytest.raises(YamlFault, match="!!python/"):
        load(text, tags=True)


_PLAIN = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff")
_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(_PLAIN),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(_PLAIN, max_size=60), inner),
    max_leaves=20,
)


@patient
@given(_JSON)
def test_json_reads_as_itself(data: object) -> None:
    assert load(json.dumps(data, ensure_ascii=False)).data == data


@patient
@given(st.text(alphabet=st.sampled_from("ab:-?,[]{}&*!|>'\"%@ \n\t#<01.~é"), max_size=60))
def test_any_text_gives_data_or_a_located_fault(text: str) -> None:
    line, column = _read(text)

    assert line >= 1
    assert column >= 1


def _read(text: str) -> tuple[int, int]:
    try:
        return load(text, aliases=True, tags=True).at(())
    except YamlFault as fault:
        return fault.line, fault.column
