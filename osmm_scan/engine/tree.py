"""The whitelisted tree that a rule is parsed into: frozen values, nothing that can be called."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from osmm_scan.engine.intervals import Operator


class Trend(StrEnum):
    """What can be asked of a field's history."""

    SUSTAINED = "sustained"
    IMPROVING = "improving"


@dataclass(frozen=True, slots=True)
class Reference:
    """One field of a signal, and the column where the rule names it."""

    signal: str
    field: str
    column: int = dataclasses.field(default=1, compare=False)

    def __str__(self) -> str:
        return f"{self.signal}.{self.field}"


@dataclass(frozen=True, slots=True)
class Flag:
    """A field that is a yes."""

    reference: Reference


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field compared with a number."""

    reference: Reference
    operator: Operator
    number: float


@dataclass(frozen=True, slots=True)
class Course:
    """A field whose history shows a trend."""

    trend: Trend
    reference: Reference


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a part."""

    part: Expression


@dataclass(frozen=True, slots=True)
class And:
    """All of several parts."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of several parts."""

    parts: tuple[Expression, ...]


Term: TypeAlias = Flag | Comparison | Course
Expression: TypeAlias = "Term | Not | And | Or"


def terms(expression: Expression) -> Iterator[Term]:
    """Yield the flags, comparisons and trends of a rule from left to right."""
    match expression:
        case Not(part):
            yield from terms(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from terms(part)
        case _:
            yield expression


def references(expression: Expression) -> tuple[Reference, ...]:
    """Return each `signal.field` that a rule reads once, in the order of the rule."""
    return tuple(dict.fromkeys(term.reference for term in terms(expression)))
