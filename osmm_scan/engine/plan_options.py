"""Find out what would have to become true for an item to reach a grade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil, floor, inf

from osmm_scan.engine.evaluation import Judge
from osmm_scan.engine.grades import Grader
from osmm_scan.engine.intervals import Operator, Truth
from osmm_scan.engine.plan_nouns import WEIGHTS, Kind, Option, Want
from osmm_scan.engine.readings import Readings, read_signals
from osmm_scan.engine.statable import statable
from osmm_scan.engine.tree import (
    And,
    Comparison,
    Course,
    Expression,
    Not,
    Or,
    Term,
)
from osmm_scan.engine.wording import reason
from osmm_scan.model import Interval, Signal
from osmm_scan.signals.declarations import FieldType
from osmm_scan.verdicts import Criterion, Finding, State

Changes = Mapping[tuple[str, str], Interval]
Literal = tuple[Term, bool]

_NEGATED = {
    Operator.AT_LEAST: Operator.LESS,
    Operator.LESS: Operator.AT_LEAST,
    Operator.AT_MOST: Operator.MORE,
    Operator.MORE: Operator.AT_MOST,
}
_STATED = frozenset({State.ATTESTED, State.STALE})
_LEFT_OUT = frozenset({State.NOT_APPLICABLE, State.WAIVED})
_SMALL = 0.01


@dataclass(frozen=True, slots=True)
class Bench:
    """Where changes are tried: a grader, and the signals as they were measured."""

    grader: Grader
    signals: tuple[Signal, ...]

    def changed(self, changes: Changes) -> Grader:
        """Return a grader that reads the signals with some fields changed."""
        if not changes:
            return self.grader
        old = self.grader.readings
        signals = change_signals(self.signals, changes, old)
        new = read_signals(signals, old.declared, old.thresholds, past=old.past, unseen=old.unseen)
        return replace(self.grader, readings=new)


def change_signals(
    signals: Iterable[Signal], changes: Changes, readings: Readings
) -> tuple[Signal, ...]:
    """Return signals as they are once some of their fields have changed."""
    return tuple(_changed(signal, changes, readings) for signal in signals)


def options(bench: Bench, finding: Finding) -> Iterator[Option]:
    """Yield the ways to raise an item, by grade, up to the highest that a level asks for."""
    if finding.state in _LEFT_OUT:
        return
    combination = bench.grader.pack.model.combination
    highest = max(combination.standing_grade, combination.defined_grade, combination.gates.grade)
    for grade in range((finding.grade or 0) + 1, highest + 1):
        found = _option(bench, finding, grade)
        if found is not None:
            yield found


def _option(bench: Bench, finding: Finding, grade: int) -> Option | None:
    if finding.state in _STATED:
        return _stated(bench, finding, grade)
    found = _observable(bench, finding, grade)
    terms = bench.grader.pack.model.combination
    if found and (
        found.kind is Kind.DO or finding.criterion.max_observed_grade >= terms.defined_grade
    ):
        return found
    # Where a scan shows little or nothing, people settle what is unknown.
    has_work = any(
        _is_work(bench.grader, finding, step) for step in range((finding.grade or 0) + 1, grade + 1)
    )
    return (_done_and_stated if has_work else _stated)(bench, finding, grade)


def _done_and_stated(bench: Bench, finding: Finding, grade: int) -> Option | None:
    """Return the way to do all that a scan can see, and to state what goes beyond."""
    highest = finding.criterion.max_observed_grade
    found = _observable(bench, finding, highest) if 0 < highest < grade else None
    policy = bench.grader.pack.model.attestation_policy
    if found is None or grade > statable(policy, finding.criterion, highest):
        return None
    more = _cost(finding.criterion, grade - highest, work=0)
    return replace(found, grade=grade, cost=found.cost + more, by_statement=True)


def _stated(bench: Bench, finding: Finding, grade: int) -> Option | None:
    """Return the way to a grade that people state, None when they may not."""
    policy = bench.grader.pack.model.attestation_policy
    if grade > statable(policy, finding.criterion, _observed(finding)):
        return None
    steps = grade - (finding.grade or 0)
    # Who states a grade says that it is no better, so that a better one is work.
    work = steps if finding.state is State.ATTESTED else 0
    return Option(
        criterion=finding.criterion,
        before=finding.grade,
        grade=grade,
        kind=Kind.ATTEST,
        cost=_cost(finding.criterion, steps, work=work),
        by_statement=True,
        is_attested=finding.state in _STATED,
    )


def _observable(bench: Bench, finding: Finding, grade: int) -> Option | None:
    """Return the way to a grade that a scan would then see, None when there is none."""
    criterion = finding.criterion
    found = _wanted(bench, criterion, grade) if grade <= criterion.max_observed_grade else None
    if found is None:
        return None
    changes, wants = found
    if (bench.changed(changes).standing(criterion).grade or 0) < grade:
        return None
    before = finding.grade or 0
    work = sum(_is_work(bench.grader, finding, step) for step in range(before + 1, grade + 1))
    return Option(
        criterion=criterion,
        before=finding.grade,
        grade=grade,
        kind=Kind.DO if work else Kind.LOOK,
        cost=_cost(criterion, grade - before, work=work),
        changes=changes,
        wants=wants,
    )


def _is_work(grader: Grader, finding: Finding, grade: int) -> bool:
    """Tell whether it is known that a grade is not reached, so that to reach it is work."""
    ladder = grader.pack.ladders[finding.criterion.id]
    if grade > len(ladder):
        return False
    if finding.grade is None:
        return grade > finding.possible
    return grader.judge(grade).evaluate(ladder[grade - 1]) is Truth.FALSE


def _observed(finding: Finding) -> int | None:
    return finding.observed if finding.state in _STATED else finding.grade


def _cost(criterion: Criterion, steps: int, *, work: int) -> int:
    weight = WEIGHTS[criterion.remedy.effort]
    return work * weight + (steps - work) * weight // 2


def _wanted(
    bench: Bench, criterion: Criterion, grade: int
) -> tuple[Changes, tuple[Want, ...]] | None:
    """Return what makes all rules up to a grade true; the highest first, since it settles most."""
    changes: dict[tuple[str, str], Interval] = {}
    wants: dict[tuple[str, str], Want] = {}
    ladder = bench.grader.pack.ladders[criterion.id][:grade]
    for step in range(len(ladder), 0, -1):
        judge = bench.changed(changes).judge(step)
        chosen = _cheapest(judge, ladder[step - 1], negated=False)
        if chosen is None:
            return None
        for literal in chosen[1]:
            want = _want(judge, literal)
            wants.setdefault((want.signal, want.field), want)
            changes |= _setting(judge, literal)
    return changes, tuple(wants.values())


def _cheapest(
    judge: Judge, rule: Expression, *, negated: bool
) -> tuple[tuple[int, int], tuple[Literal, ...]] | None:
    """Return the fewest terms that have to change for a rule to hold, known ones counting more."""
    match rule:
        case Not(part):
            return _cheapest(judge, part, negated=not negated)
        case And(parts) | Or(parts):
            found = [_cheapest(judge, part, negated=negated) for part in parts]
            if isinstance(rule, Or) is not negated:
                able = [one for one in found if one is not None]
                return min(able, key=lambda one: one[0], default=None)
            whole = [one for one in found if one is not None]
            if len(whole) < len(found):
                return None
            weight = (sum(one[0][0] for one in whole), sum(one[0][1] for one in whole))
            return weight, tuple(literal for one in whole for literal in one[1])
        case _:
            return _literal(judge, rule, negated=negated)


def _literal(
    judge: Judge, term: Term, *, negated: bool
) -> tuple[tuple[int, int], tuple[Literal, ...]] | None:
    rule: Expression = Not(term) if negated else term
    truth = judge.evaluate(rule)
    if truth is Truth.TRUE:
        return (0, 0), ()
    sample = judge.readings.sample(term.reference)
    is_small = sample is not None and sample.high < judge.least_sample
    if isinstance(term, Course) or is_small:
        return None  # Nobody can change the past, nor share over more repositories than there are.
    is_false = truth is Truth.FALSE
    return (2 if is_false else 1, 1), ((term, negated),)


def _setting(judge: Judge, literal: Literal) -> Changes:
    """Return the fields that make a literal true, at values as near as possible to what holds."""
    term, negated = literal
    readings, reference = judge.readings, term.reference
    key = (reference.signal, reference.field)
    value = _value(readings, term, negated=negated)
    settings = {key: Interval.exactly(value)}
    fields = readings.declared[reference.signal].fields
    if reference.field == "quality" and value >= 1:
        if "present" in fields:
            settings[reference.signal, "present"] = Interval.exactly(1)
        if "age_days" in fields and _ages(readings, reference.signal):
            settings[reference.signal, "age_days"] = Interval.exactly(0)
    return settings


def _ages(readings: Readings, signal: str) -> bool:
    """Tell whether a document may be so old that it would be worth less."""
    age = readings.signals[signal].fields.get("age_days")
    first = min((one.older_than_days for one in readings.thresholds.document_decay), default=inf)
    return age is None or age.high > first


def _value(readings: Readings, term: Term, *, negated: bool) -> float:
    if not isinstance(term, Comparison):
        return 0.0 if negated else 1.0
    reference, number = term.reference, term.number
    form = readings.declared[reference.signal].fields[reference.field].type
    operator = term.operator
    if negated:
        operator = _NEGATED.get(operator, Operator.MORE)
    if operator is Operator.MORE:
        return min(1.0, number + _SMALL) if form is FieldType.SHARE else floor(number) + 1.0
    if operator is Operator.LESS:
        return max(0.0, number - _SMALL) if form is FieldType.SHARE else max(0.0, ceil(number) - 1)
    return number


def _want(judge: Judge, literal: Literal) -> Want:
    term, negated = literal
    truth = judge.evaluate(Not(term) if negated else term)
    return Want(
        signal=term.reference.signal,
        field=term.reference.field,
        told=reason(judge, term, judge.evaluate(term)),
        is_known=truth is Truth.FALSE,
    )


def _changed(signal: Signal, changes: Changes, readings: Readings) -> Signal:
    own = {name: value for (identity, name), value in changes.items() if identity == signal.id}
    if not own:
        return signal
    fields = {**signal.fields, **own}
    least = readings.thresholds.least_observations.get(signal.id, 0)
    needed = max(least, readings.thresholds.least_sample(5))
    if least and "n" in fields and (fields["n"] is None or fields["n"].low < least):
        fields["n"] = Interval.exactly(least)
    # What is known of a share is known of all: nothing may stay unseen that could turn it round.
    more = min(signal.n + signal.unknown + readings.unseen, max(signal.n, needed))
    return replace(signal, fields=fields, n=more, missing=None, why="")
