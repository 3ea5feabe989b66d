"""The rule language: what parses to which tree, and where the others go wrong."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.engine.expressions import (
    DEPTH_LIMIT,
    LENGTH_LIMIT,
    TERM_LIMIT,
    ExpressionFault,
    parse,
)
from osmm_scan.engine.intervals import Operator
from osmm_scan.engine.tree import (
    And,
    Comparison,
    Course,
    Expression,
    Flag,
    Not,
    Or,
    Reference,
    Trend,
    references,
    terms,
)
from tests.patience import patient

A, B, C = Flag(Reference("a", "x")), Flag(Reference("b", "x")), Flag(Reference("c", "x"))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        pytest.param("a.x", A, id="a flag"),
        pytest.param(" a . x ", A, id="spaces"),
        pytest.param("a.x\n", A, id="a line break"),
        pytest.param("a.x == true", A, id="is true"),
        pytest.param("a.x == false", Not(A), id="is false"),
        pytest.param("not a.x", Not(A), id="not"),
        pytest.param("not not a.x", Not(Not(A)), id="not not"),
        pytest.param("(a.x)", A, id="parentheses leave no trace"),
        pytest.param("a.x and b.x and c.x", And((A, B, C)), id="and"),
        pytest.param("a.x or b.x or c.x", Or((A, B, C)), id="or"),
        pytest.param("a.x or b.x and c.x", Or((A, And((B, C)))), id="and binds closer"),
        pytest.param("a.x and b.x or c.x", Or((And((A, B)), C)), id="and binds closer, first"),
        pytest.param("(a.x or b.x) and c.x", And((Or((A, B)), C)), id="parentheses group"),
        pytest.param("not a.x and b.x", And((Not(A), B)), id="not binds closest"),
        pytest.param("not (a.x and b.x)", Not(And((A, B))), id="not of a group"),
        pytest.param(
            "a.x >= 0.85", Comparison(Reference("a", "x"), Operator.AT_LEAST, 0.85), id=">="
        ),
        pytest.param("a.x<=-2", Comparison(Reference("a", "x"), Operator.AT_MOST, -2), id="<="),
        pytest.param("a.x > 0", Comparison(Reference("a", "x"), Operator.MORE, 0), id=">"),
        pytest.param("a.x < 10", Comparison(Reference("a", "x"), Operator.LESS, 10), id="<"),
        pytest.param("a.x == 3", Comparison(Reference("a", "x"), Operator.EQUAL, 3), id="=="),
        pytest.param(
            "sustained(a.x)", Course(Trend.SUSTAINED, Reference("a", "x")), id="sustained"
        ),
        pytest.param(
            "improving ( a.x )", Course(Trend.IMPROVING, Reference("a", "x")), id="improving"
        ),
        pytest.param("android.orders", Flag(Reference("android", "orders")), id="words in names"),
    ],
)
def test_rules_parse_to_trees(text: str, tree: Expression) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "column", "problem"),
    [
        pytest.param("", 1, "expected a field such as 'signal.field', found the end", id="empty"),
        pytest.param("a", 2, "expected '.', found the end", id="no field"),
        pytest.param("a.", 3, "expected a field's name, found the end", id="no name"),
        pytest.param("a.x b.x", 5, "expected 'and', 'or' or the end", id="no connective"),
        pytest.param("a.x and", 8, "found the end of the rule", id="nothing after and"),
        pytest.param("a.x and or b.x", 9, "found 'or'", id="two connectives"),
        pytest.param("not.x", 4, "found '.'", id="reserved word as signal"),
        pytest.param("a.and", 3, "expected a field's name, found 'and'", id="reserved word"),
        pytest.param("true", 1, "found 'true'", id="a constant is no rule"),
        pytest.param("(a.x", 5, "expected ')', found the end", id="open parenthesis"),
        pytest.param("a.x)", 4, "found ')'", id="closed without open"),
        pytest.param("()", 2, "found ')'", id="empty group"),
        pytest.param("a.x >=", 7, "expected a number, found the end", id="no number"),
        pytest.param("a.x >= true", 8, "expected a number, found 'true'", id="ordered flag"),
        pytest.param("a.x >= b.x", 8, "expected a number, found 'b'", id="field on the right"),
        pytest.param("0.4 <= a.x", 1, "found '0.4'", id="number on the left"),
        pytest.param("0 < a.x < 1", 1, "found '0'", id="chain"),
        pytest.param("a.x < 1 < 2", 9, "found '<'", id="chain to the right"),
        pytest.param("a.x = 1", 5, "unexpected '='", id="assignment"),
        pytest.param("a.x != 1", 5, "unexpected '!'", id="unequal"),
        pytest.param("a.x >= .5", 8, "found '.'", id="number without its zero"),
        pytest.param("a.x >= 1e3", 9, "found 'e3'", id="exponent"),
        pytest.param("a.x.y", 4, "found '.'", id="attribute of a field"),
        pytest.param("a.x[0]", 4, "unexpected '['", id="index"),
        pytest.param("a.x()", 4, "found '('", id="method call"),
        pytest.param("'a'.x", 1, 'unexpected "\'"', id="string"),
        pytest.param("lambda: a.x", 7, "unexpected ':'", id="lambda"),
        pytest.param("a.é", 3, "unexpected '\\xe9'", id="not ASCII"),
        pytest.param("eval(a.x)", 1, "unknown function 'eval'; there are sustained()", id="eval"),
        pytest.param("sustained(a)", 12, "expected '.'", id="trend of a signal"),
        pytest.param("sustained(a.x, b.x)", 14, "unexpected ','", id="two arguments"),
        pytest.param("sustained(a.x", 14, "expected ')'", id="trend without end"),
        pytest.param("sustained(a.x) >= 1", 16, "found '>='", id="compared trend"),
        pytest.param("sustained(a.x > 1)", 15, "expected ')'", id="comparison inside a trend"),
        pytest.param("a" * (LENGTH_LIMIT + 1), 1, "at most 2000 characters", id="too long"),
        pytest.param("(" * 100, DEPTH_LIMIT + 1, "deeper than 16", id="too many parentheses"),
        pytest.param("not " * 100, 4 * DEPTH_LIMIT + 1, "deeper than 16", id="too many nots"),
        pytest.param("a.x or " * 100, 7 * TERM_LIMIT + 1, "at most 64 terms", id="too many terms"),
    ],
)
def test_faults_name_column_and_problem(text: str, column: int, problem: str) -> None:
    with pytest.raises(ExpressionFault) as caught:
        parse(text)

    assert caught.value.column == column
    assert problem in caught.value.problem
    assert str(caught.value) == f"column {column}: {caught.value.problem}"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("(" * DEPTH_LIMIT + "a.x" + ")" * DEPTH_LIMIT, id="depth"),
        pytest.param(" and ".join(["(a.x)"] * 20), id="groups beside each other"),
        pytest.param(" or ".join(["a.x"] * TERM_LIMIT), id="terms"),
        pytest.param("a.x" + " " * (LENGTH_LIMIT - 3), id="length"),
    ],
)
def test_limits_themselves_are_allowed(text: str) -> None:
    parse(text)


def test_references_are_listed_once_in_order_with_their_columns() -> None:
    found = references(parse("b.x and (not a.y >= 1 or sustained(b.x)) and c.z"))

    assert [str(one) for one in found] == ["b.x", "a.y", "c.z"]
    assert [one.column for one in found] == [1, 14, 46]


NODES = {Flag, Comparison, Course, Not, And, Or, Reference}
_WORDS = st.sampled_from(
    ["a.x", "b.y", "(", ")", "and", "or", "not", ">=", "==", "0.5", "true", "sustained", ".", " "]
)
_TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="ab.()<>=01 \"'[]_,:", max_size=40),
    st.lists(_WORDS, max_size=25).map(" ".join),
    st.sampled_from(["__import__('os').system('x')", "a.__class__", "[].x", "a.x; b.x", "f'{a}'"]),
)


@patient
@given(_TEXTS)
def test_any_text_gives_a_whitelisted_tree_or_a_fault(text: str) -> None:
    assert _types(text) <= NODES


def _types(text: str) -> set[type]:
    try:
        tree = parse(text)
    except ExpressionFault as fault:
        return set() if 1 <= fault.column <= len(text) + 1 else {type(fault)}
    return set(_walk(tree))


def _walk(node: object) -> list[type]:
    if isinstance(node, tuple):
        return [found for part in node for found in _walk(part)]
    if not is_dataclass(node):
        return [] if isinstance(node, str | int | float) else [type(node)]
    parts = tuple(getattr(node, field.name) for field in fields(node))
    return [type(node), *_walk(parts)]


_leaves = st.sampled_from(["a.x", "b.y >= 0.5", "c.z == 3", "sustained(a.x)"])
_rules = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        inner.map(lambda part: f"not ({part})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
        ),
    ),
    max_leaves=8,
)


@patient
@given(_rules)
def test_spaces_and_outer_parentheses_mean_nothing(rule: str) -> None:
    assert parse(f" ( {rule} ) ") == parse(rule)
    assert len(list(terms(parse(rule)))) == rule.count(".") - rule.count("0.5")
