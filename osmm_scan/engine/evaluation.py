"""Evaluate a rule over readings in Kleene's three-valued logic, and find what decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from osmm_scan.engine.intervals import (
    Operator,
    Truth,
    all_of,
    any_of,
    compare,
    holds,
    negation,
)
from osmm_scan.engine.readings import Readings
from osmm_scan.engine.tree import And, Comparison, Course, Expression, Flag, Not, Or, Term


@dataclass(frozen=True, slots=True)
class Judge:
    """Evaluates rules; what is measured over fewer units than `least_sample` proves nothing."""

    readings: Readings
    least_sample: int = 0

    def evaluate(self, expression: Expression) -> Truth:
        """Return whether a rule holds."""
        return self._evaluate(expression, negated=False)

    def deciding(self, expression: Expression) -> Iterator[tuple[Term, Truth]]:
        """Yield the terms that made a rule what it is, with their own truth.

        All parts made a conjunction true and an alternative false; else those did that are what
        the whole is, the first of them if it is true.
        """
        yield from self._deciding(expression, negated=False)

    def _evaluate(self, expression: Expression, *, negated: bool) -> Truth:
        match expression:
            case Not(part):
                return negation(self._evaluate(part, negated=not negated))
            case And(parts):
                return all_of([self._evaluate(part, negated=negated) for part in parts])
            case Or(parts):
                return any_of([self._evaluate(part, negated=negated) for part in parts])
            case _:
                return self._term(expression, negated=negated)

    def _deciding(self, expression: Expression, *, negated: bool) -> Iterator[tuple[Term, Truth]]:
        match expression:
            case Not(part):
                yield from self._deciding(part, negated=not negated)
            case And(parts) | Or(parts):
                whole = self._evaluate(expression, negated=negated)
                chosen = [part for part in parts if self._evaluate(part, negated=negated) is whole]
                if isinstance(expression, Or) and whole is Truth.TRUE:
                    chosen = chosen[:1]
                for part in chosen:
                    yield from self._deciding(part, negated=negated)
            case _:
                yield expression, self._term(expression, negated=negated)

    def _term(self, term: Term, *, negated: bool) -> Truth:
        truth = self._truth(term)
        if self.least_sample == 0:
            return truth
        sample = self.readings.sample(term.reference)
        if sample is None:
            return truth
        enough = compare(sample, Operator.AT_LEAST, self.least_sample)
        # Too small a sample speaks against the rule, on whichever side of a `not` the term stands.
        return any_of((truth, negation(enough))) if negated else all_of((truth, enough))

    def _truth(self, term: Term) -> Truth:
        match term:
            case Flag(reference):
                return holds(self.readings.value(reference))
            case Comparison(reference, operator, number):
                return compare(self.readings.value(reference), operator, number)
            case Course():
                return self.readings.trend(term)
