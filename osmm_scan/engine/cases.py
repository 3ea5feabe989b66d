"""Run cases through the engine, and say which of them come out differently than expected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from osmm_scan.engine.case_files import Case, read_cases
from osmm_scan.engine.grades import Grader, Scene
from osmm_scan.engine.readings import Past, read_signals
from osmm_scan.engine.rules import RulePack
from osmm_scan.engine.trends import Reading
from osmm_scan.model import Interval, Signal
from osmm_scan.signals.declarations import FieldType, SignalDeclaration
from osmm_scan.verdicts import Criterion, Finding

# Any day will do, since rules read ages; three scans this far apart are a history.
_TODAY = date(2026, 1, 1)
_BETWEEN_SCANS = timedelta(days=120)
# What a search that found nothing knows: there is none. The age of nothing has no value.
_COUNTED = frozenset(
    {FieldType.FLAG, FieldType.SHARE, FieldType.COUNT, FieldType.QUALITY, FieldType.GRADE}
)


@dataclass(frozen=True, slots=True)
class _Course:
    """The history that a case imagines."""

    values: Mapping[str, Sequence[float]]

    def course(self, signal: str, field: str) -> Sequence[Reading]:
        """Return the earlier readings of a field."""
        earlier = self.values.get(f"{signal}.{field}", ())
        days = (_TODAY - _BETWEEN_SCANS * (len(earlier) - place) for place in range(len(earlier)))
        return [
            Reading(day, Interval.exactly(value)) for day, value in zip(days, earlier, strict=True)
        ]


def run_cases(pack: RulePack, path: Path) -> tuple[str, ...]:
    """Return `file:line:column: text` for every case of a file that comes out differently.

    Raises `RuleError` with all faults of a file that is wrong in itself.
    """
    return tuple(failure for case in read_cases(pack, path) if (failure := _failure(pack, case)))


def find_gaps(pack: RulePack, cases: Iterable[Case]) -> tuple[str, ...]:
    """Return which items lack a case for a grade they can show, an unmet one, or an unknown one."""
    known = list(cases)
    gaps = (
        f"{criterion.id} has no case {gap}"
        for criterion in (*pack.criteria, *pack.facets)
        for gap in _gaps(criterion, [case for case in known if case.criterion == criterion])
    )
    return tuple(gaps)


def judge_case(pack: RulePack, case: Case) -> Finding:
    """Return what the engine makes of a case."""
    signals = [_signal(case, pack.signals[name]) for name in case.criterion.signals]
    past = Past(as_of=_TODAY, history=_Course(case.history))
    readings = read_signals(signals, pack.signals, pack.model.thresholds, past=past)
    applicable = [
        name for name in pack.model.profiles if name not in case.criterion.not_applicable_to
    ]
    scene = Scene(profile=applicable[0], visibility=case.visibility)
    return Grader(pack=pack, readings=readings, scene=scene).find(case.criterion)


def _failure(pack: RulePack, case: Case) -> str:
    finding = judge_case(pack, case)
    if finding.grade == case.grade and case.possible in (None, finding.possible):
        return ""
    expected = _told(case.grade, case.possible)
    found = _told(finding.grade, finding.possible)
    return (
        f"{case.where}: {case.criterion.id}, {case.name!r}: "
        f"expected {expected}, found {found} ({finding.because})"
    )


def _told(grade: int | None, possible: int | None) -> str:
    known = "unknown" if grade is None else f"grade {grade}"
    return known if possible is None else f"{known}, possible {possible}"


def _signal(case: Case, declared: SignalDeclaration) -> Signal:
    unnamed = {name: _unnamed(case, name, field.type) for name, field in declared.fields.items()}
    named = {name: case.given.get(f"{declared.id}.{name}", unnamed[name]) for name in unnamed}
    return Signal(id=declared.id, fields=named, n=case.n, why="the case does not say")


def _unnamed(case: Case, name: str, kind: FieldType) -> Interval | None:
    if not case.finds_nothing_else or kind not in _COUNTED:
        return None
    return Interval.exactly(case.n if name == "n" else 0)


def _gaps(criterion: Criterion, cases: Sequence[Case]) -> Iterator[str]:
    shown = {case.grade for case in cases}
    for grade in range(1, criterion.max_observed_grade + 1):
        if grade not in shown:
            yield f"for grade {grade}"
    # Where private practice may exist, finding nothing proves nothing.
    unmet = 0 if criterion.absent_on_full_scan else None
    if not any(case.grade == unmet and case.finds_nothing_else for case in cases):
        yield "where nothing is found"
    if not any(
        case.grade is None and not case.given and not case.finds_nothing_else for case in cases
    ):
        yield "where nothing is known"
