"""Choose the cheapest options with which one level stands or is passed.

The items of a level are gone through activity by activity, keeping every sum of weights that no
other one of the same or less cost is as good as. The choice is exact unless more than `FRONT` of
them are left, which is then said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import inf

from osmm_scan.engine.formula import Bar, Combination
from osmm_scan.engine.levels import Graded, Weighed, weigh
from osmm_scan.engine.plan_nouns import Option

FRONT = 2_000
_EXACT = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a level has to do: stand, or be passed, which asks for well defined items as well."""

    combination: Combination
    level: int
    one_sided: bool
    is_passed: bool

    @property
    def bar(self) -> Bar:
        """Return what the level asks of its items."""
        return self.combination.levels[self.level]

    @property
    def asks_for_defined(self) -> bool:
        """Tell whether a share of well defined items is asked for."""
        return self.is_passed and not self.one_sided


@dataclass(frozen=True, slots=True)
class Choice:
    """The cheapest options found, and whether none can be cheaper."""

    options: tuple[Option, ...]
    is_exact: bool


@dataclass(frozen=True, slots=True)
class _Sum:
    """What chosen items add up to. Of `standing` and `defined` nothing is lacking from 0 on."""

    cost: int = 0
    standing: float = 0.0
    defined: float = 0.0
    conclusive: float = 0.0
    has_telling: bool = False
    open_gates: int = 0
    weak: int = 0
    chosen: tuple[Option, ...] = ()

    @property
    def order(self) -> tuple[int, int, tuple[tuple[str, int], ...]]:
        named = tuple((one.criterion.id, one.grade) for one in self.chosen)
        return self.cost, len(self.chosen), named


def after(item: Graded, option: Option | None) -> Graded:
    """Return an item as it is once an option is taken."""
    if option is None:
        return item
    is_attested = item.is_attested or option.by_statement
    return replace(item, grade=option.grade, is_attested=is_attested)


def cheapest(
    goal: Goal, items: Sequence[Graded], ways: Mapping[str, Sequence[Option]]
) -> Choice | None:
    """Return the cheapest options for a level to reach its goal, None when there are none."""
    groups = [
        _pruned(one for members in _combinations(group) if (one := _partial(goal, members)))[0]
        for group in _groups(goal, items, ways)
    ]
    rests = [_Rest.of(goal, groups[place:]) for place in range(len(groups) + 1)]
    most = sum(max((one.cost for one in group), default=0) for group in groups)
    # A cheap way leaves little to look at, so that dear ones are only looked at when none is found.
    limit = 2
    while not (found := _within(groups, rests, limit)) and limit < most:
        limit += 2 + limit // 4
    return found


def _within(groups: Sequence[Sequence[_Sum]], rests: Sequence[_Rest], limit: int) -> Choice | None:
    """Return the cheapest choice that costs no more than a limit, None when there is none."""
    front, is_exact = [_Sum()], True
    for group, rest in zip(groups, rests[1:], strict=True):
        joined = (_together(one, more) for one in front for more in group)
        able = (rest.enough(one) for one in joined if rest.least_cost(one) <= limit)
        front, is_whole = _pruned(able)
        is_exact = is_exact and is_whole
    return Choice(front[0].chosen, is_exact) if front else None


Member = tuple[Weighed, Option | None]


def _groups(
    goal: Goal, items: Sequence[Graded], ways: Mapping[str, Sequence[Option]]
) -> Iterator[list[list[Member]]]:
    """Yield for each activity its items, each with every way to leave or to raise it."""
    # Weights do not depend on grades, so one item after the other may be weighed with each of them.
    rounds = max((len(ways.get(item.criterion.id, ())) for item in items), default=0) + 1
    members: dict[str, list[Member]] = {}
    for number in range(rounds):
        taken = {}
        for item in items:
            own = (None, *ways.get(item.criterion.id, ()))
            taken[item.criterion.id] = own[number] if number < len(own) else None
        raised = [after(item, taken[item.criterion.id]) for item in items]
        for weighed in weigh(goal.combination, raised, one_sided=goal.one_sided):
            option = taken[weighed.criterion.id]
            if number == 0 or option is not None:
                members.setdefault(weighed.criterion.id, []).append((weighed, option))
    ordered = sorted(members.values(), key=lambda one: one[0][0].criterion.activity)
    for _, group in groupby(ordered, lambda one: one[0][0].criterion.activity):
        yield list(group)


def _combinations(group: Sequence[Sequence[Member]]) -> Iterator[tuple[Member, ...]]:
    if not group:
        yield ()
        return
    for rest in _combinations(group[1:]):
        for member in group[0]:
            yield (member, *rest)


def _partial(goal: Goal, members: Sequence[Member]) -> _Sum | None:
    """Return what the items of one activity add up to, None when a gate of it blocks."""
    combination, bar = goal.combination, goal.bar
    asks = goal.asks_for_defined
    found = _Sum()
    for weighed, option in members:
        grade, gate = weighed.grade, combination.gates.grade
        is_low = grade is not None and grade < gate
        if weighed.criterion.gate and is_low and (grade or 0) < bar.gate_blocks_below:
            return None
        conclusive = weighed.weight if weighed.is_conclusive else 0.0
        telling = conclusive if weighed.can_show(combination.defined_grade) else 0.0
        stands = (grade or 0) >= combination.standing_grade
        is_defined = (grade or 0) >= combination.defined_grade
        found = _Sum(
            cost=found.cost + (option.cost if option else 0),
            standing=found.standing + conclusive * (stands - bar.p2),
            defined=found.defined + telling * (is_defined - bar.p3_provisional) * asks,
            conclusive=found.conclusive + conclusive,
            has_telling=found.has_telling or telling > 0 or not asks,
            open_gates=found.open_gates + (weighed.criterion.gate and (grade is None or is_low)),
            chosen=(*found.chosen, option) if option else found.chosen,
        )
    return replace(found, weak=int(_is_weak(combination, [one for one, _ in members])))


def _is_weak(combination: Combination, items: Sequence[Weighed]) -> bool:
    terms = combination.weak_activity
    grades = [one.grade or 0 for one in items if one.is_conclusive]
    is_told = bool(grades) and len(grades) / len(items) >= terms.conclusive_share
    return is_told and sum(grades) / len(grades) < terms.mean_below


def _together(one: _Sum, more: _Sum) -> _Sum:
    return _Sum(
        cost=one.cost + more.cost,
        standing=one.standing + more.standing,
        defined=one.defined + more.defined,
        conclusive=one.conclusive + more.conclusive,
        has_telling=one.has_telling or more.has_telling,
        open_gates=one.open_gates + more.open_gates,
        weak=one.weak + more.weak,
        chosen=one.chosen + more.chosen,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bound:
    """What the activities that are left can add to one sum: at no cost, at most, per cost."""

    free: float
    most: float
    least: float
    per_cost: float

    @classmethod
    def of(cls, groups: Sequence[Sequence[tuple[int, float]]]) -> _Bound:
        bases = [_base(group) for group in groups]
        gains = [
            (value - base) / cost
            for base, group in zip(bases, groups, strict=True)
            for cost, value in group
            if cost
        ]
        return cls(
            free=sum(bases),
            most=sum(max(value for _, value in group) for group in groups),
            least=sum(min(value for _, value in group) for group in groups),
            per_cost=max([0.0, *gains]),
        )

    def cost(self, lacking: float) -> float:
        """Return what it costs at least to add this much."""
        if lacking > self.most + _EXACT:
            return inf
        beyond = lacking - self.free - _EXACT
        return beyond / self.per_cost if beyond > 0 and self.per_cost else 0.0


def _base(group: Sequence[tuple[int, float]]) -> float:
    free = [value for cost, value in group if not cost]
    return max(free) if free else min(value for _, value in group)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rest:
    """What the activities that are left can do for the goal of a level."""

    goal: Goal
    is_empty: bool
    standing: _Bound
    defined: _Bound
    conclusive: _Bound
    may_tell: bool

    @classmethod
    def of(cls, goal: Goal, groups: Sequence[Sequence[_Sum]]) -> _Rest:
        whole = [group for group in groups if group]
        return cls(
            goal=goal,
            is_empty=len(whole) < len(groups),
            standing=_Bound.of([[(one.cost, one.standing) for one in group] for group in whole]),
            defined=_Bound.of([[(one.cost, one.defined) for one in group] for group in whole]),
            conclusive=_Bound.of(
                [[(one.cost, one.conclusive) for one in group] for group in whole]
            ),
            may_tell=any(one.has_telling for group in whole for one in group),
        )

    def least_cost(self, one: _Sum) -> float:
        """Return what a sum costs at least until it reaches the goal, infinity if it never does."""
        combination, bar = self.goal.combination, self.goal.bar
        too_many = one.open_gates > bar.gate_slack
        too_many = too_many or one.weak > combination.weak_activity.allowed
        if too_many or self.is_empty or not (one.has_telling or self.may_tell):
            return inf
        least = combination.conclusive_weight.provisional
        return one.cost + max(
            self.standing.cost(-one.standing),
            self.conclusive.cost(least - one.conclusive),
            self.defined.cost(-one.defined),
        )

    def enough(self, one: _Sum) -> _Sum:
        """Return a sum without what is more than enough in any case, so that more are alike."""
        return replace(
            one,
            standing=min(one.standing, -self.standing.least + _EXACT),
            defined=min(one.defined, -self.defined.least + _EXACT),
            conclusive=min(one.conclusive, self.goal.combination.conclusive_weight.provisional),
        )


def _pruned(sums: Iterable[_Sum]) -> tuple[list[_Sum], bool]:
    """Return the sums that no cheaper one is as good as, cheapest first, and whether all are."""
    kept: list[_Sum] = []
    for one in sorted(sums, key=lambda found: found.order):
        if not any(_is_as_good(better, one) for better in kept):
            kept.append(one)
    return kept[:FRONT], len(kept) <= FRONT


def _is_as_good(one: _Sum, other: _Sum) -> bool:
    return (
        one.standing >= other.standing - _EXACT
        and one.defined >= other.defined - _EXACT
        and one.conclusive >= other.conclusive - _EXACT
        and one.has_telling >= other.has_telling
        and one.open_gates <= other.open_gates
        and one.weak <= other.weak
    )
