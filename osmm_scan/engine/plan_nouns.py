"""What a plan says: actions with their reasons, grouped by level and by repository."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from osmm_scan.model import Interval
from osmm_scan.verdicts import Check, Criterion

# What one grade of an item costs by the effort that its rules state. What is unknown counts half,
# since it may be there already; so that all numbers are whole, a plan counts in halves of an S.
WEIGHTS: Final[Mapping[str, int]] = {"S": 2, "M": 6, "L": 16}


class Kind(StrEnum):
    """How an item rises: by work, by looking (or attesting), or by attesting alone."""

    DO = "do"
    LOOK = "look"
    ATTEST = "attest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """One field that has to change, in words, and the repositories that hold it back.

    `repositories` are those in which the fact does not hold, of which `how_many` have to change.
    """

    signal: str
    field: str
    told: str
    is_known: bool
    repositories: tuple[str, ...] = ()
    how_many: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to raise an item to a grade. `changes` are the values that fields then have.

    `by_statement` tells that the grade would rest on what people state, be it after work, and
    `is_attested` that the grade before does so already.
    """

    criterion: Criterion
    before: int | None
    grade: int
    kind: Kind
    cost: int
    changes: Mapping[tuple[str, str], Interval] = field(default_factory=dict)
    wants: tuple[Want, ...] = ()
    by_statement: bool = False
    is_attested: bool = False

    @property
    def is_read(self) -> bool:
        """Tell whether a scan sees the grade once its changes are made."""
        return self.kind is Kind.DO and not self.by_statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Where people state a grade, and which grades count by what supports the statement."""

    file: str
    carries: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An option that a plan takes; `settled_by` is what would show what is unknown.

    `statement` is how people state it, None where a scan sees all of it. `alternative` are the
    options that would do instead, for `extra` more cost; None if none would.
    """

    option: Option
    settled_by: tuple[str, ...] = ()
    statement: Statement | None = None
    alternative: tuple[Option, ...] | None = None
    extra: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelPlan:
    """The actions for one level. `lacks` is why it stays out of reach, None when it does not."""

    level: int
    name: str
    actions: tuple[Action, ...]
    lacks: tuple[str, ...] | None = None

    @property
    def cost(self) -> int:
        """Return the cost of all actions."""
        return sum(action.option.cost for action in self.actions)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAction:
    """A readiness check to meet in some repositories, and to look at in others."""

    check: Check
    do_in: tuple[str, ...]
    look_in: tuple[str, ...]

    @property
    def cost(self) -> int:
        """Return the cost over all repositories."""
        weight = WEIGHTS[self.check.remedy.effort]
        return len(self.do_in) * weight + len(self.look_in) * weight // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryPlan:
    """What repositories need to be ready for a level, and those for which nothing would do."""

    level: int
    actions: tuple[CheckAction, ...]
    ready: tuple[str, ...]
    out_of_reach: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The cheapest way found to a level. `proved` is the level now.

    Of the items `attested` have a grade that people state, and `waived` are left out.
    """

    target: int
    name: str
    proved: int
    levels: tuple[LevelPlan, ...]
    repositories: RepositoryPlan
    is_exact: bool = True
    attested: int = 0
    waived: int = 0

    @property
    def cost(self) -> int:
        """Return the cost of all actions for levels."""
        return sum(level.cost for level in self.levels)

    @property
    def is_possible(self) -> bool:
        """Tell whether the actions reach the target."""
        return all(level.lacks is None for level in self.levels)
