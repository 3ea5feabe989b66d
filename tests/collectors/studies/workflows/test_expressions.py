"""Conditions of workflows: how often they hold, and whose text a value carries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.collectors.studies.workflows.expressions import (
    Context,
    carried,
    embedded,
    filled,
    truth,
)
from osmm_scan.collectors.studies.workflows.model import Truth

PUSHED = Context(
    names={
        "github.event_name": "push",
        "github.ref": "refs/heads/main",
        "github.repository": "acme/widgets",
        "inputs.*": None,
    }
)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        pytest.param("false", Truth.NEVER, id="switched off"),
        pytest.param("${{ false }}", Truth.NEVER, id="switched off in braces"),
        pytest.param("!true", Truth.NEVER, id="negated"),
        pytest.param("failure()", Truth.NEVER, id="only behind a failure"),
        pytest.param("github.event_name == 'release'", Truth.NEVER, id="another event"),
        pytest.param("github.ref != 'refs/heads/main'", Truth.NEVER, id="another branch"),
        pytest.param("startsWith(github.ref, 'refs/tags/')", Truth.NEVER, id="only for tags"),
        pytest.param("inputs.deep", Truth.NEVER, id="an input that nobody gives"),
        pytest.param("false && (matrix.a || vars.b)", Truth.NEVER, id="false in a conjunction"),
        pytest.param("vars.ENABLED == 'true'", Truth.SETTING, id="a variable of the host"),
        pytest.param("secrets.TOKEN != ''", Truth.SETTING, id="a secret"),
        pytest.param("matrix.a && vars.B", Truth.SETTING, id="the weaker of two"),
        pytest.param("github.repository == 'old/name'", Truth.SETTING, id="perhaps renamed"),
        pytest.param("github.repository != 'old/name'", Truth.SETTING, id="perhaps not"),
        pytest.param("always() &&", Truth.SETTING, id="not an expression"),
        pytest.param("matrix.os == 'linux'", Truth.SOMETIMES, id="a leg of a matrix"),
        pytest.param("!contains(github.event.head_commit.message, 'x')", Truth.SOMETIMES, id="run"),
        pytest.param("vars.B || matrix.a", Truth.SOMETIMES, id="the stronger of two"),
        pytest.param(None, Truth.ALWAYS, id="no condition"),
        pytest.param("  ", Truth.ALWAYS, id="a blank condition"),
        pytest.param("always()", Truth.ALWAYS, id="always"),
        pytest.param("!cancelled()", Truth.ALWAYS, id="not cancelled"),
        pytest.param("github.repository == 'Acme/Widgets'", Truth.ALWAYS, id="case is ignored"),
        pytest.param("github['event_name'] == 'push'", Truth.ALWAYS, id="an index as a name"),
        pytest.param("1 == 1.0", Truth.ALWAYS, id="numbers"),
        pytest.param("contains('a,b', 'B') && 'x' != null", Truth.ALWAYS, id="texts"),
        pytest.param("${{ false }} == 'x'", Truth.ALWAYS, id="a text with a value put in is true"),
        pytest.param("'it''s' == 'it''s'", Truth.ALWAYS, id="doubled quotes"),
    ],
)
def test_how_often_a_condition_holds(condition: str | None, expected: Truth) -> None:
    assert truth(condition, PUSHED) is expected


def test_what_is_nested_too_deeply_is_not_known() -> None:
    assert truth("(" * 3_000 + "false", PUSHED) is Truth.SETTING
    assert truth("!" * 3_999 + "1", PUSHED) is Truth.SETTING
    assert truth("a" * 5_000, PUSHED) is Truth.SETTING
    assert truth("a&&" * 1_000 + "a", PUSHED) is Truth.SETTING
    assert truth("a&&" * 190 + "a", PUSHED) is Truth.SOMETIMES


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        pytest.param("contains(github.event.issue.title, 'x')", (), id="only asked about"),
        pytest.param("github.head_ref == 'main'", (), id="only compared"),
        pytest.param("github.head_ref && 'a'", (), id="only a condition"),
        pytest.param("hashFiles(github.head_ref)", (), id="only a digest"),
        pytest.param("not an expression", (), id="not an expression"),
        pytest.param("github.head_ref", ("github.head_ref",), id="the text itself"),
        pytest.param(
            "github.head_ref || github.ref", ("github.head_ref", "github.ref"), id="one or other"
        ),
        pytest.param("format('{0}', inputs.a)", ("inputs.a",), id="put into a text"),
        pytest.param("toJSON(github.event.Issue)", ("github.event.issue",), id="as a whole"),
        pytest.param(
            "github.event.commits[0].message", ("github.event.commits.*.message",), id="i"
        ),
    ],
)
def test_whose_text_a_value_carries(expression: str, expected: tuple[str, ...]) -> None:
    assert carried(expression) == expected


def test_expressions_are_found_inside_a_text() -> None:
    text = "a ${{ one }} b ${{two}} c ${{ never closed"

    assert list(embedded(text)) == [(2, " one "), (15, "two")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a ${{ matrix.x }} b", "a ${{ matrix.x }} b", id="not known"),
        pytest.param("a ${{ !! }}", "a ${{ !! }}", id="no expression"),
        pytest.param("a ${{ 'b", "a ${{ 'b", id="never closed"),
        pytest.param("${{ 'A' }}-${{ matrix.x }}-${{ 1 }}", "A-${{ matrix.x }}-1", id="some known"),
        pytest.param("x${{ inputs.a || '' }}y", "xy", id="nothing"),
    ],
)
def test_known_values_are_put_into_a_text(text: str, expected: str) -> None:
    assert filled(text, PUSHED) == expected


@given(st.text(alphabet="ab.()'!&|=[]*, 1", max_size=30))
def test_any_text_has_an_answer(text: str) -> None:
    assert truth(text, PUSHED) in Truth
    assert carried(text) == carried(f"({text})") or not carried(text)
