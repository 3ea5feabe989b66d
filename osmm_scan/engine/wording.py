"""Put what decided a rule into plain words, with names and meanings from the declarations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import inf

from osmm_scan.engine.evaluation import Judge
from osmm_scan.engine.intervals import Operator, Truth, compare
from osmm_scan.engine.readings import Readings
from osmm_scan.engine.tree import Comparison, Course, Expression, Flag, Reference, Term, Trend
from osmm_scan.engine.trends import too_short
from osmm_scan.model import Interval, Missing
from osmm_scan.signals.declarations import FieldDeclaration, FieldType

_NEEDS = {
    Operator.EQUAL: "",
    Operator.AT_LEAST: "",
    Operator.AT_MOST: "at most ",
    Operator.MORE: "more than ",
    Operator.LESS: "less than ",
}
_TRENDS: Mapping[tuple[Trend, Truth], str] = {
    (Trend.SUSTAINED, Truth.TRUE): "kept up over the last scans",
    (Trend.SUSTAINED, Truth.FALSE): "has fallen over the last scans",
    (Trend.IMPROVING, Truth.TRUE): "improved over the last scans",
    (Trend.IMPROVING, Truth.FALSE): "has not improved over the last scans",
}
_UNITS = {FieldType.SHARE: " %", FieldType.DAYS: " days"}
# As good as all values that there are; none excludes none, and all excludes all.
_OPEN = {("0", "100"), ("0", "any number")}
# Why nothing measures a field; what waits for something else names it.
_AWAITED: Mapping[str, str] = {
    "": "not collected",
    "attestation": "only people can state it",
    "documents": "no collector reads this from documents yet",
    "github": "not known without data of GitHub that is not collected yet",
}
_MOST_TOLD = 3
_MOST_DIGITS = 6


def reasons(judge: Judge, expression: Expression) -> str:
    """Return what decided a rule, cut to its first few reasons."""
    decided = judge.deciding(expression)
    told = list(dict.fromkeys(reason(judge, term, truth) for term, truth in decided))
    rest = len(told) - _MOST_TOLD
    if rest > 0:
        told[_MOST_TOLD:] = [f"and {rest} more"]
    return "; ".join(told)


def reason(judge: Judge, term: Term, truth: Truth) -> str:
    """Return what one term of a rule found, and what it needs."""
    readings, reference = judge.readings, term.reference
    value = readings.value(reference)
    if value is None:
        return f"{_subject(readings, reference)}: {_why(readings, reference)}"
    label = _label(readings, reference)
    match term:
        case Flag():
            return f"{label}: {_yes_or_no(reference, truth)}"
        case Comparison():
            return f"{label}: {_compared(judge, term, value)}"
        case Course(trend):
            terms = readings.thresholds.history
            return f"{label}: {_TRENDS.get((trend, truth)) or too_short(terms)}"


def _label(readings: Readings, reference: Reference) -> str:
    declared = readings.declared[reference.signal]
    field = declared.fields[reference.field]
    if reference.field == "present":
        return declared.name
    means = "quality" if field.type is FieldType.QUALITY else field.means
    return f"{declared.name}, {means}"


def _subject(readings: Readings, reference: Reference) -> str:
    """Return what is unknown: a signal, or the one field that nothing measures beside others."""
    declared = readings.declared[reference.signal]
    is_measured = declared.fields[reference.field].measure is not None
    if is_measured or not declared.is_measured:
        return declared.name
    return _label(readings, reference)


def _why(readings: Readings, reference: Reference) -> str:
    declared = readings.declared[reference.signal]
    signal = readings.signals.get(reference.signal)
    was_looked_for = declared.is_measured or (
        signal is not None and signal.missing is not Missing.NOT_COLLECTED
    )
    if signal is not None and signal.why and was_looked_for:
        return signal.why
    if declared.fields[reference.field].measure is None:
        return _AWAITED.get(declared.awaits, f"not known without {declared.awaits}")
    present = readings.value(replace(reference, field="present"))
    return "not found" if present is not None and present.high == 0 else "nothing to measure"


def _yes_or_no(reference: Reference, truth: Truth) -> str:
    if truth is Truth.UNKNOWN:
        return "unknown"
    words = ("not found", "found") if reference.field == "present" else ("no", "yes")
    return words[truth is Truth.TRUE]


def _compared(judge: Judge, term: Comparison, value: Interval) -> str:
    readings, reference = judge.readings, term.reference
    field = readings.declared[reference.signal].fields[reference.field]
    needed = _number(term.number, field.type, beside=inf) + _UNITS.get(field.type, "")
    told = f"{_within(value, field.type, term.number)}{_of(readings, reference, field)}"
    told += f" (needs {_NEEDS[term.operator]}{needed})"
    sample = readings.sample(reference)
    if sample is None or compare(sample, Operator.AT_LEAST, judge.least_sample) is Truth.TRUE:
        return told
    return f"{told}, over too few to tell (needs {judge.least_sample})"


def _of(readings: Readings, reference: Reference, field: FieldDeclaration) -> str:
    signal = readings.signals[reference.signal]
    if field.measure is None or field.measure.function != "share" or readings.unseen:
        return ""
    unread = f", {signal.unknown} unknown" if signal.unknown else ""
    return f" of {signal.n}{unread}"


def _within(value: Interval, form: FieldType, beside: float) -> str:
    unit = _UNITS.get(form, "")
    if value.is_exact:
        return f"{_number(value.low, form, beside=beside)}{unit}"
    roughly = tuple(_number(end, form, beside=inf) for end in (value.low, value.high))
    if roughly in _OPEN:
        return f"more than 0{unit}" if value.low > beside == 0 else "not known"
    low, high = (_number(end, form, beside=beside) for end in (value.low, value.high))
    return f"{low}{unit} or more" if value.high == inf else f"{low} to {high}{unit}"


def _number(value: float, form: FieldType, *, beside: float) -> str:
    """Return a number as short as it may be without seeming equal to the one beside it."""
    if value == inf:
        return "any number"
    if form is FieldType.SHARE:
        value, beside = 100 * value, 100 * beside
    least = 0 if form is FieldType.SHARE else 2
    digits = next(
        (
            count
            for count in range(least, _MOST_DIGITS)
            if value == beside or round(value, count) != round(beside, count)
        ),
        _MOST_DIGITS,
    )
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
