"""Say in words what a rule asks for, with the names and meanings of signals."""

from __future__ import annotations

from collections.abc import Mapping

from osmm_scan.engine.intervals import Operator
from osmm_scan.engine.tree import And, Comparison, Course, Expression, Not, Or, Term, Trend
from osmm_scan.signals.declarations import FieldType, SignalDeclaration

_AMOUNTS = {
    Operator.EQUAL: "{}",
    Operator.AT_LEAST: "{} or more",
    Operator.AT_MOST: "{} or less",
    Operator.MORE: "more than {}",
    Operator.LESS: "less than {}",
}
_COURSES = {Trend.SUSTAINED: "kept up over scans", Trend.IMPROVING: "improved over scans"}


def rule_words(rule: Expression, declared: Mapping[str, SignalDeclaration]) -> str:
    """Return a rule in words; what belongs together stands in brackets."""
    match rule:
        case Not(part):
            return f"not ({rule_words(part, declared)})"
        case And(parts):
            return "; and ".join(_inner(part, declared) for part in parts)
        case Or(parts):
            return "; or ".join(_inner(part, declared) for part in parts)
        case _:
            return _term(rule, declared)


def _inner(rule: Expression, declared: Mapping[str, SignalDeclaration]) -> str:
    told = rule_words(rule, declared)
    return f"({told})" if isinstance(rule, And | Or) else told


def _term(term: Term, declared: Mapping[str, SignalDeclaration]) -> str:
    signal = declared[term.reference.signal]
    field = signal.fields[term.reference.field]
    if term.reference.field == "present":
        return f"{signal.name}: there is one"
    label = f"{signal.name}, {field.means}"
    match term:
        case Comparison():
            amount = f"{term.number:g}"
            if field.type is FieldType.SHARE:
                amount = f"{100 * term.number:g} %"
            return f"{label}: {_AMOUNTS[term.operator].format(amount)}"
        case Course(trend):
            return f"{label}: {_COURSES[trend]}"
    return f"{label}: yes"
