"""Read case files: signals as a person imagines them, and the grade that should come of them.

    items:
    - item: l1.using.use
      cases:
      - name: one package in one repository
        others: none
        signals: {oss_dependency_breadth.distinct: 1}
        grade: 1

A field that a case does not name is unknown; with `others: none` nothing else was found. `like`
takes over an earlier case of the same item, and `but` lists the grade with one field different:
`- {field: oss_dependency_breadth.distinct, is: 0, grade: 0}`. `n` is how many units each signal was
measured over, `visibility` what the scan could see, `history` what earlier scans measured, oldest
first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import (
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from osmm_scan.engine.parts import Flag, GradeNumber, Number, Part, Text, Whole, rising
from osmm_scan.engine.rule_files import Location, RuleFile, read_file
from osmm_scan.engine.rules import RulePack
from osmm_scan.engine.vocabulary import nearest
from osmm_scan.errors import RuleError
from osmm_scan.model import Interval, Visibility
from osmm_scan.signals.declarations import FieldType
from osmm_scan.verdicts import Criterion

USUAL_SAMPLE = 20


class Limits(Part):
    """A value that is known only within limits."""

    low: Number
    high: Number

    @model_validator(mode="after")
    def _ordered(self) -> Limits:
        rising("low and high", [self.low, self.high], flat=True)
        return self


def _plain_fault(value: object, validate: ValidatorFunctionWrapHandler) -> object:
    """Say in one sentence what a field may be, where each alternative would complain by itself."""
    try:
        return validate(value)
    except ValidationError as error:
        raise ValueError("give a number, true, false, unknown, or {low, high}") from error


Given: TypeAlias = Annotated[
    Flag | Number | Limits | Literal["unknown"], WrapValidator(_plain_fault)
]
Expected: TypeAlias = Literal[0, 1, 2, 3, 4, 5, "unknown"]


class Difference(Part):
    """What becomes of a case when one field is different."""

    field: Text
    value: Given = Field(alias="is")
    grade: Expected
    possible: GradeNumber | None = None


class CaseEntry(Part):
    """One case as a file states it."""

    name: Text
    like: Text | None = None
    others: Literal["none"] | None = None
    n: Whole | None = None
    visibility: Visibility | None = None
    signals: Mapping[Text, Given] = {}
    history: Mapping[Text, tuple[Number, ...]] = {}
    grade: Expected
    possible: GradeNumber | None = None
    but: tuple[Difference, ...] = ()


class ItemCases(Part):
    """The cases of one item."""

    item: Text
    cases: tuple[CaseEntry, ...]


class CaseFile(Part):
    """All of a case file."""

    items: tuple[ItemCases, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case, with what it took over from others. `where` is its place as `file:line:column`."""

    criterion: Criterion
    name: str
    where: str
    given: Mapping[str, Interval | None]
    history: Mapping[str, tuple[float, ...]]
    finds_nothing_else: bool
    n: int
    visibility: Visibility
    grade: int | None
    possible: int | None


def read_cases(pack: RulePack, path: Path) -> tuple[Case, ...]:
    """Return the cases of a file in its order, or raise `RuleError` with all its faults."""
    file = read_file(path, CaseFile)
    criteria = {criterion.id: criterion for criterion in (*pack.criteria, *pack.facets)}
    faults = tuple(_faults(file, pack, criteria))
    if faults:
        raise RuleError(faults)
    return tuple(_cases(file, criteria))


def _faults(
    file: RuleFile[CaseFile], pack: RulePack, criteria: Mapping[str, Criterion]
) -> Iterator[str]:
    for place, part in enumerate(file.content.items):
        if part.item not in criteria:
            hint = nearest(part.item, criteria)
            yield file.fault(("items", place, "item"), f"unknown item {part.item!r}{hint}")
            continue
        earlier: set[str] = set()
        fields = _fields(pack, criteria[part.item])
        for number, case in enumerate(part.cases):
            location = ("items", place, "cases", number)
            yield from _case_faults(file, location, case, earlier)
            yield from _field_faults(file, location, case, fields)
            earlier.add(case.name)


def _case_faults(
    file: RuleFile[CaseFile], location: Location, case: CaseEntry, earlier: set[str]
) -> Iterator[str]:
    if case.name in earlier:
        yield file.fault((*location, "name"), f"case {case.name!r} appears twice")
    if case.like is not None and case.like not in earlier:
        hint = nearest(case.like, earlier)
        yield file.fault((*location, "like"), f"there is no earlier case {case.like!r}{hint}")


def _fields(pack: RulePack, criterion: Criterion) -> Mapping[str, FieldType]:
    """Return the fields of the signals that speak for an item."""
    return {
        f"{signal}.{name}": field.type
        for signal in criterion.signals
        for name, field in pack.signals[signal].fields.items()
    }


def _field_faults(
    file: RuleFile[CaseFile],
    location: Location,
    case: CaseEntry,
    fields: Mapping[str, FieldType],
) -> Iterator[str]:
    for place, name, value in _named(case):
        if name not in fields:
            hint = nearest(name, fields)
            problem = f"{name!r} is no field of the item's signals{hint}"
            yield file.fault((*location, *place), problem)
        elif value != "unknown" and isinstance(value, bool) != (fields[name] is FieldType.FLAG):
            wanted = "a number" if isinstance(value, bool) else "yes or no: give true or false"
            yield file.fault((*location, *place), f"{name} is {wanted}")


def _named(case: CaseEntry) -> Iterator[tuple[Location, str, Given]]:
    """Yield every field that a case names, with its place and value."""
    for name, value in case.signals.items():
        yield ("signals", name), name, value
    for name, values in case.history.items():
        yield ("history", name), name, values[0] if values else "unknown"
    for number, one in enumerate(case.but):
        yield ("but", number, "is"), one.field, one.value


def _cases(file: RuleFile[CaseFile], criteria: Mapping[str, Criterion]) -> Iterator[Case]:
    for place, part in enumerate(file.content.items):
        earlier: dict[str, Case] = {}
        for number, entry in enumerate(part.cases):
            where = file.fault(("items", place, "cases", number), "").removesuffix(": ")
            model = earlier[entry.like] if entry.like else _blank(criteria[part.item])
            case = _case(entry, where, model)
            yield case
            yield from _variants(file, ("items", place, "cases", number), entry, case)
            earlier[entry.name] = case


def _variants(
    file: RuleFile[CaseFile], location: Location, entry: CaseEntry, case: Case
) -> Iterator[Case]:
    for number, one in enumerate(entry.but):
        yield replace(
            case,
            name=f"{case.name}, but another {one.field}",
            where=file.fault((*location, "but", number), "").removesuffix(": "),
            given={**case.given, one.field: _interval(one.value)},
            grade=_grade(one.grade),
            possible=one.possible,
        )


def _blank(criterion: Criterion) -> Case:
    return Case(
        criterion=criterion,
        name="",
        where="",
        given={},
        history={},
        finds_nothing_else=False,
        n=USUAL_SAMPLE,
        visibility=Visibility.FULL,
        grade=None,
        possible=None,
    )


def _case(entry: CaseEntry, where: str, model: Case) -> Case:
    given = {name: _interval(value) for name, value in entry.signals.items()}
    return replace(
        model,
        name=entry.name,
        where=where,
        given={**model.given, **given},
        history={**model.history, **entry.history},
        finds_nothing_else=model.finds_nothing_else or entry.others == "none",
        n=model.n if entry.n is None else entry.n,
        visibility=entry.visibility or model.visibility,
        grade=_grade(entry.grade),
        possible=entry.possible,
    )


def _grade(expected: Expected) -> int | None:
    return None if expected == "unknown" else expected


def _interval(value: Given) -> Interval | None:
    if isinstance(value, Limits):
        return Interval(value.low, value.high)
    return None if value == "unknown" else Interval.exactly(float(value))
