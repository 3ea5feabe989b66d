"""Say which words of a rule mean nothing: unknown signals and fields, and senseless comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from osmm_scan.engine.expressions import ExpressionFault
from osmm_scan.engine.tree import Comparison, Course, Expression, Flag, Reference, Term, terms
from osmm_scan.signals.declarations import FieldDeclaration, FieldType, SignalDeclaration

_HIGHEST = {FieldType.SHARE: 1, FieldType.QUALITY: 3, FieldType.GRADE: 5}


def check_words(
    expression: Expression, signals: Mapping[str, SignalDeclaration]
) -> Iterator[ExpressionFault]:
    """Yield what is wrong with a rule, given the signals that exist."""
    for term in terms(expression):
        try:
            declared = _field(term.reference, signals)
        except ExpressionFault as fault:
            yield fault
            continue
        problem = _problem(term, declared)
        if problem:
            yield ExpressionFault(term.reference.column, f"{term.reference} {problem}")


def nearest(name: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` for the known name most like a wrong one, if any is."""
    close = get_close_matches(name, sorted(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _field(reference: Reference, signals: Mapping[str, SignalDeclaration]) -> FieldDeclaration:
    name, column = reference.signal, reference.column
    if name not in signals:
        raise ExpressionFault(column, f"unknown signal {name!r}{nearest(name, signals)}")
    fields = signals[name].fields
    if reference.field not in fields:
        column += len(name) + 1
        hint = nearest(reference.field, fields)
        raise ExpressionFault(column, f"signal {name!r} has no field {reference.field!r}{hint}")
    return fields[reference.field]


def _problem(term: Term, declared: FieldDeclaration) -> str:
    is_flag = declared.type is FieldType.FLAG
    match term:
        case Flag():
            return "" if is_flag else f"is a {declared.type}: compare it with a number"
        case Course():
            return "is a yes or no, which has no trend" if is_flag else ""
        case Comparison():
            return _comparison_problem(term, declared)


def _comparison_problem(term: Comparison, declared: FieldDeclaration) -> str:
    if declared.type is FieldType.FLAG:
        return "is a yes or no: compare it with true or false, or with nothing"
    highest = _HIGHEST.get(declared.type)
    if highest is not None and not 0 <= term.number <= highest:
        return f"is a {declared.type}, between 0 and {highest}"
    return "" if term.number >= 0 else "is never negative"
