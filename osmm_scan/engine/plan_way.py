"""Find the way to a level: the cheapest options of each level, and none that can be missed.

Each level is solved by itself, as if no action helped any other; then what turns out to be granted
anyway is left out again, until no action can be missed. See docs/plan.md for what that guarantees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from osmm_scan.engine.grades import Grader
from osmm_scan.engine.levels import Graded
from osmm_scan.engine.maturity import Organisation
from osmm_scan.engine.plan_nouns import Kind, Option
from osmm_scan.engine.plan_options import Bench, Changes, change_signals, options
from osmm_scan.engine.plan_search import Choice, Goal, after, cheapest
from osmm_scan.model import Interval
from osmm_scan.signals.declarations import FieldType
from osmm_scan.verdicts import Finding, State, Status

Ways = Mapping[str, Sequence[Option]]

# How often a plan is completed with what work turned out to need.
_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that is needed to try options."""

    organisation: Organisation
    bench: Bench
    ways: Ways

    @classmethod
    def of(cls, organisation: Organisation) -> Desk:
        """Return a desk with every way to raise each item."""
        bench = Bench(organisation.grader, organisation.signals)
        ways = {one.criterion.id: tuple(options(bench, one)) for one in organisation.findings}
        return cls(organisation, bench, ways)

    def taken(self, chosen: Iterable[Option]) -> list[Graded]:
        """Return the items as the rules grade them once some options are taken."""
        options_ = {one.criterion.id: one for one in chosen}
        changes = changes_of(options_.values(), self.organisation)
        grader = self.bench.changed(changes)
        touched = {signal for signal, _ in changes}
        items: list[Graded] = []
        for item in self.organisation.items():
            option = options_.get(item.criterion.id)
            if option is not None and not option.is_read:
                items.append(after(item, option))
            elif item.is_attested or item.is_waived or touched.isdisjoint(item.criterion.signals):
                items.append(item)
            else:
                items.append(replace(item, grade=grader.standing(item.criterion).grade))
        return items

    def once_taken(self, chosen: Iterable[Option]) -> Organisation:
        """Return the organisation as it is once some options are taken."""
        options_ = tuple(chosen)
        changes = changes_of(options_, self.organisation)
        grader = self.bench.changed(changes)
        graded = {item.criterion.id: item for item in self.taken(options_)}
        findings = tuple(
            _refound(one, graded.get(one.criterion.id), grader)
            for one in self.organisation.findings
        )
        signals = change_signals(self.organisation.signals, changes, self.bench.grader.readings)
        return Organisation(grader=grader, findings=findings, signals=signals)

    def reaches(self, chosen: Iterable[Option], target: int) -> bool:
        """Tell whether some options lead to a level."""
        return self.organisation.cumulative(self.taken(chosen)) >= target


def _refound(finding: Finding, item: Graded | None, grader: Grader) -> Finding:
    if item is None or item.is_waived or item.grade == finding.grade:
        return finding
    possible = max(grader.standing(finding.criterion).possible, item.grade or 0)
    state = State.ATTESTED if item.is_attested else State.OBSERVED
    return replace(
        finding,
        grade=item.grade,
        possible=possible,
        state=state if item.grade else State.ABSENT,
        observed=finding.observed if item.is_attested else None,
    )


@dataclass(frozen=True, slots=True)
class Way:
    """The options that were chosen by level, None for a level out of reach.

    `goal` is the level that is passed, the target or a higher one.
    """

    desk: Desk
    target: int
    goal: int
    by_level: Mapping[int, tuple[Option, ...] | None]
    is_exact: bool

    @property
    def is_possible(self) -> bool:
        """Tell whether the options lead to the target."""
        return None not in self.by_level.values()

    @property
    def cost(self) -> int:
        """Return what all options cost."""
        return sum(one.cost for one in self.chosen)

    @property
    def chosen(self) -> tuple[Option, ...]:
        """Return the options of all levels."""
        return tuple(option for some in self.by_level.values() for option in some or ())


def find_way(desk: Desk, target: int) -> Way:
    """Return the options that lead to a level, or those of the levels that are within reach.

    A level is also reached when it stands and a higher one is passed, which may be cheaper.
    """
    organisation = desk.organisation
    if organisation.cumulative(organisation.items()) >= target:
        by_level = {level: () for level in range(1, target + 1)}
        return Way(desk, target, target, by_level, is_exact=True)
    highest = max(organisation.model.combination.levels)
    ways = [_way_by(desk, target, goal) for goal in range(target, highest + 1)]
    open_ = [way for way in ways if way.is_possible]
    if not open_:
        return ways[0]
    best = min(open_, key=lambda way: (way.cost, way.goal))
    return replace(best, is_exact=all(way.is_exact for way in open_))


def _way_by(desk: Desk, target: int, goal: int) -> Way:
    """Return the way to a level on which a goal, the level itself or a higher one, is passed."""
    floor = desk.organisation.model.combination.floor
    solved = {level: solve(desk, level, goal, desk.ways) for level in range(1, goal + 1)}
    by_level = {level: one.options if one else None for level, one in solved.items()}
    is_exact = all(one.is_exact for one in solved.values() if one)
    granting = [one for one in desk.ways.get(floor.item, ()) if one.grade >= floor.grade]
    if goal == floor.level and granting:
        whole = by_level[goal]
        cheap = min(granting, key=lambda one: one.cost)
        if whole is None or cheap.cost < sum(one.cost for one in whole):
            by_level[goal] = (cheap,)
    if None in by_level.values():
        return Way(desk, target, goal, by_level, is_exact=is_exact)
    least = _irreducible(desk, _completed(desk, _levels_of(by_level), target, goal), target)
    kept = {
        level: tuple(one for one in least if one.criterion.level == level) for level in by_level
    }
    # Only where no action helps another one is the sum of the best of each level the best of all.
    is_exact = is_exact and least == _levels_of(by_level)
    is_exact = is_exact and _are_apart(desk, goal, sum(one.cost for one in least))
    return Way(desk, target, goal, kept, is_exact=is_exact)


def _levels_of(by_level: Mapping[int, tuple[Option, ...] | None]) -> tuple[Option, ...]:
    return tuple(option for level in sorted(by_level) for option in by_level[level] or ())


def solve(desk: Desk, level: int, target: int, ways: Ways) -> Choice | None:
    """Return the cheapest options for one level on the way to another, None when there are none."""
    organisation = desk.organisation
    combination = organisation.model.combination
    is_biased = organisation.grader.scene.is_biased(organisation.model)
    state = next(one for one in organisation.levels() if one.level == level)
    if state.status is Status.NOT_ASSESSABLE:
        return None
    goal = Goal(
        combination=combination,
        level=level,
        one_sided=is_biased and level in combination.one_sided.levels,
        is_passed=level == target,
    )
    items = [one for one in organisation.items() if one.criterion.level == level]
    return cheapest(goal, [one for one in items if not one.is_waived], ways)


def _completed(
    desk: Desk, chosen: tuple[Option, ...], target: int, goal: int
) -> tuple[Option, ...]:
    """Return options with what more is needed once they are taken.

    Work may show that another item is worse than it might have been, which was unknown before.
    """
    found = {one.criterion.id: one for one in chosen}
    for _ in range(_ROUNDS):
        if desk.reaches(found.values(), target):
            break
        then = Desk.of(desk.once_taken(found.values()))
        solved = [solve(then, level, goal, then.ways) for level in range(1, goal + 1)]
        for option in (one for some in solved if some for one in some.options):
            found[option.criterion.id] = _joined(found.get(option.criterion.id), option)
    return tuple(found.values())


def _joined(first: Option | None, more: Option) -> Option:
    """Return an option that goes on where another one ended."""
    if first is None:
        return more
    return replace(
        more,
        before=first.before,
        kind=more.kind if first.kind is not Kind.DO else first.kind,
        cost=first.cost + more.cost,
        changes={**first.changes, **more.changes},
        wants=(*first.wants, *more.wants),
    )


def _irreducible(desk: Desk, chosen: tuple[Option, ...], target: int) -> tuple[Option, ...]:
    """Return options without those that can be missed or lowered, the dearest tried first."""
    left = list(chosen)
    is_changed = desk.reaches(left, target)
    while is_changed:
        is_changed = False
        for option in sorted(left, key=lambda one: (-one.cost, one.criterion.id)):
            rest = [one for one in left if one is not option]
            lower = [one for one in desk.ways[option.criterion.id] if one.grade < option.grade]
            for fewer in (rest, *([*rest, one] for one in lower)):
                if desk.reaches(fewer, target):
                    left, is_changed = fewer, True
                    break
    return tuple(sorted(left, key=lambda one: (one.criterion.level, one.criterion.id)))


def _are_apart(desk: Desk, target: int, cost: int) -> bool:
    """Tell whether no work that costs less than this changes what another item reads."""
    near = [
        one.criterion
        for one in desk.organisation.findings
        if one.criterion.level <= target and desk.ways[one.criterion.id]
    ]
    changed = {
        criterion.id: {
            signal
            for option in desk.ways[criterion.id]
            if option.kind is Kind.DO and option.cost < cost
            for signal, _ in option.changes
        }
        for criterion in near
    }
    return all(
        signals.isdisjoint(other.signals)
        for name, signals in changed.items()
        for other in near
        if other.id != name
    )


def changes_of(chosen: Iterable[Option], organisation: Organisation) -> Changes:
    """Return the fields that work changes; where two want different values, the farther one."""
    declared = organisation.grader.pack.signals
    changes: dict[tuple[str, str], Interval] = {}
    for option in chosen:
        for (signal, field), value in option.changes.items() if option.kind is Kind.DO else ():
            is_less = declared[signal].fields[field].type is FieldType.DAYS
            is_less = is_less or declared[signal].direction == "lower_is_better"
            both = (changes.get((signal, field), value), value)
            pick = min if is_less else max
            changes[signal, field] = pick(both, key=lambda one: one.low)
    return changes
