"""Parse a rule into a tree of the few nodes that the rule language has. Nothing is ever executed.

rule     = all { "or" all }
all      = part { "and" part }
part     = "not" part | "(" rule ")" | trend "(" name "." name ")" | field [ compared ]
field    = name "." name
compared = ( "==" | ">=" | "<=" | ">" | "<" ) number | "==" ( "true" | "false" )
trend    = "sustained" | "improving"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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
)

LENGTH_LIMIT = 2000
DEPTH_LIMIT = 16
TERM_LIMIT = 64

_TOKEN = re.compile(
    r"""
      (?P<number> -?[0-9]+(?:\.[0-9]+)? )
    | (?P<name> [A-Za-z_][A-Za-z0-9_]* )
    | (?P<operator> == | >= | <= | > | < )
    | (?P<mark> [().] )
    | (?P<space> \s+ )
    """,
    re.VERBOSE,
)
_RESERVED = frozenset({"and", "or", "not", "true", "false"})


class ExpressionFault(ValueError):
    """What is wrong with a rule and at which column, counted from 1."""

    def __init__(self, column: int, problem: str) -> None:
        self.column = column
        self.problem = problem
        super().__init__(f"column {column}: {problem}")


def parse(text: str) -> Expression:
    """Return the tree of a rule, or raise `ExpressionFault`."""
    if len(text) > LENGTH_LIMIT:
        raise ExpressionFault(1, f"a rule has at most {LENGTH_LIMIT} characters")
    return _Parser(text).rule()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise ExpressionFault(place + 1, f"unexpected {text[place]!a}")
        if match.lastgroup != "space":
            yield _Token(str(match.lastgroup), match[0], place + 1)
        place = match.end()
    yield _Token("end", "", len(text) + 1)


class _Parser:
    """Recursive descent; nesting and the number of terms are limited."""

    def __init__(self, text: str) -> None:
        self._rest = _tokens(text)
        self._next = next(self._rest)
        self._depth = 0
        self._terms = 0

    def rule(self) -> Expression:
        tree = self._any()
        if self._next.kind != "end":
            raise self._unexpected("'and', 'or' or the end of the rule")
        return tree

    def _any(self) -> Expression:
        parts = [self._all()]
        while self._skip("or"):
            parts.append(self._all())
        return Or(tuple(parts)) if len(parts) > 1 else parts[0]

    def _all(self) -> Expression:
        parts = [self._part()]
        while self._skip("and"):
            parts.append(self._part())
        return And(tuple(parts)) if len(parts) > 1 else parts[0]

    def _part(self) -> Expression:
        if self._next.text not in ("not", "("):
            return self._term()
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise ExpressionFault(self._next.column, f"nested deeper than {DEPTH_LIMIT} levels")
        tree: Expression
        if self._skip("not"):
            tree = Not(self._part())
        else:
            self._expect("(")
            tree = self._any()
            self._expect(")")
        self._depth -= 1
        return tree

    def _term(self) -> Expression:
        self._terms += 1
        if self._terms > TERM_LIMIT:
            raise ExpressionFault(self._next.column, f"a rule has at most {TERM_LIMIT} terms")
        first = self._name("a field such as 'signal.field'")
        if self._skip("("):
            return self._course(first)
        reference = self._reference(first)
        if self._next.kind != "operator":
            return Flag(reference)
        return self._comparison(reference)

    def _course(self, name: _Token) -> Expression:
        if name.text not in set(Trend):
            known = " and ".join(f"{trend}()" for trend in Trend)
            raise ExpressionFault(name.column, f"unknown function {name.text!r}; there are {known}")
        first = self._name("a field such as 'signal.field'")
        reference = self._reference(first)
        self._expect(")")
        return Course(Trend(name.text), reference)

    def _reference(self, signal: _Token) -> Reference:
        self._expect(".")
        return Reference(signal.text, self._name("a field's name").text, signal.column)

    def _comparison(self, reference: Reference) -> Expression:
        operator = Operator(self._take().text)
        if self._next.text in ("true", "false"):
            if operator is not Operator.EQUAL:
                raise self._unexpected("a number")
            flag = Flag(reference)
            return flag if self._take().text == "true" else Not(flag)
        if self._next.kind != "number":
            raise self._unexpected("a number")
        return Comparison(reference, operator, float(self._take().text))

    def _name(self, wanted: str) -> _Token:
        if self._next.kind != "name" or self._next.text in _RESERVED:
            raise self._unexpected(wanted)
        return self._take()

    def _expect(self, mark: str) -> None:
        if not self._skip(mark):
            raise self._unexpected(repr(mark))

    def _skip(self, text: str) -> bool:
        if self._next.text != text:
            return False
        self._take()
        return True

    def _take(self) -> _Token:
        taken = self._next
        self._next = next(self._rest)
        return taken

    def _unexpected(self, wanted: str) -> ExpressionFault:
        found = repr(self._next.text) if self._next.text else "the end of the rule"
        return ExpressionFault(self._next.column, f"expected {wanted}, found {found}")
