"""Make levels of grades, by the formula of the model.

Every activity weighs the same within its level and every item the same within its activity. An item
is conclusive when its grade is known and, where only a biased sample was seen, high enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from osmm_scan.engine.formula import Bar, Combination
from osmm_scan.engine.schemas import Model
from osmm_scan.verdicts import Criterion, LevelVerdict, Status

HIGHEST_GRADE = 5
PASSED = frozenset({Status.ATTAINED, Status.PROVISIONAL})


@dataclass(frozen=True, slots=True)
class Graded:
    """An item that applies, with its grade, None when unknown."""

    criterion: Criterion
    grade: int | None
    is_attested: bool = False
    is_waived: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """A graded item with its weight within its level."""

    criterion: Criterion
    grade: int | None
    weight: float
    is_conclusive: bool
    is_attested: bool

    def can_show(self, grade: int) -> bool:
        """Tell whether a grade is within reach of what this item rests on."""
        return self.is_attested or self.criterion.max_observed_grade >= grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Weights within a level that add up to a share of it; None where there is nothing to share."""

    progress: float
    ceiling: float
    upper: float
    known: float
    conclusive: float
    p2: float | None
    p3: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gates:
    """The gate items that are not passed, by id."""

    blocking: tuple[str, ...]
    soft: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def open(self) -> tuple[str, ...]:
        """Return the gates that make a level provisional at best."""
        return self.soft + self.unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What the items of one level add up to; `weak` are activities, `waived` items, by id.

    Waived items are left out of everything else.
    """

    shares: Shares
    gates: Gates
    weak: tuple[str, ...]
    waived: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelState:
    """All that the formula says of one level."""

    level: int
    tally: Tally
    stands: bool
    status: Status

    def verdict(self, model: Model) -> LevelVerdict:
        """Return what reports show of the level."""
        shares, gates = self.tally.shares, self.tally.gates
        return LevelVerdict(
            level=self.level,
            name=model.level_name(self.level),
            status=self.status,
            progress=shares.progress,
            ceiling=shares.ceiling,
            upper=shares.upper,
            coverage=shares.known,
            p2=shares.p2,
            p3=shares.p3,
            blockers=(*gates.blocking, *gates.open, *self.tally.weak),
        )


def judge_levels(
    model: Model, items: Iterable[Graded], sizes: Mapping[int, int], *, is_biased: bool
) -> tuple[LevelState, ...]:
    """Return every level from the items that apply.

    `sizes` says how many items each level has in all. `is_biased` tells whether only a biased
    sample was seen of what the one-sided levels are about.
    """
    by_level: dict[int, list[Graded]] = {level: [] for level in sorted(model.combination.levels)}
    for item in items:
        by_level[item.criterion.level].append(item)
    one_sided = model.combination.one_sided.levels if is_biased else ()
    return tuple(
        _level(model.combination, level, own, size=sizes[level], one_sided=level in one_sided)
        for level, own in by_level.items()
    )


def cumulative_level(model: Model, states: Sequence[LevelState], items: Iterable[Graded]) -> int:
    """Return the highest level that is reached while every lower level stands, 0 for none."""
    reached = 0
    for state in states:
        if state.status in PASSED:
            reached = state.level
        if not state.stands:
            break
    floor = model.combination.floor
    granted = any(
        item.criterion.id == floor.item and (item.grade or 0) >= floor.grade for item in items
    )
    return max(reached, floor.level) if granted else reached


def reach(states: Iterable[LevelState]) -> int:
    """Return the highest level that is reached by itself, 0 for none."""
    return max((state.level for state in states if state.status in PASSED), default=0)


def weigh(combination: Combination, items: Iterable[Graded], *, one_sided: bool) -> list[Weighed]:
    """Return the items of one level that are not waived, with weights that sum up to 1."""
    counted = (item for item in items if not item.is_waived)
    ordered = sorted(counted, key=lambda item: (item.criterion.activity, item.criterion.id))
    groups = [list(group) for _, group in groupby(ordered, lambda item: item.criterion.activity)]
    least = combination.one_sided.conclusive_from_grade if one_sided else 0
    return [
        Weighed(
            criterion=item.criterion,
            grade=item.grade,
            weight=1 / len(groups) / len(group),
            is_conclusive=item.grade is not None and (item.is_attested or item.grade >= least),
            is_attested=item.is_attested,
        )
        for group in groups
        for item in group
    ]


def _level(
    combination: Combination, level: int, items: Sequence[Graded], *, size: int, one_sided: bool
) -> LevelState:
    bar, limit = combination.levels[level], combination.not_applicable_limit
    weighed = weigh(combination, items, one_sided=one_sided)
    tally = Tally(
        shares=_shares(combination, weighed),
        gates=_gates(combination, bar, weighed),
        weak=_weak(combination, weighed),
        waived=tuple(sorted(item.criterion.id for item in items if item.is_waived)),
    )
    is_exempt = level in limit.exempt_levels
    if not is_exempt and (size - len(weighed)) / size > limit.share:
        return LevelState(level, tally, stands=False, status=Status.NOT_ASSESSABLE)
    stands = _stands(combination, bar, tally)
    status = _status(combination, bar, tally, one_sided=one_sided) if stands else None
    return LevelState(level, tally, stands, status or _unreached(combination, tally))


def _stands(combination: Combination, bar: Bar, tally: Tally) -> bool:
    shares, gates = tally.shares, tally.gates
    return (
        _reaches(shares.p2, bar.p2)
        and shares.conclusive >= combination.conclusive_weight.provisional
        and not gates.blocking
        and len(gates.open) <= bar.gate_slack
        and len(tally.weak) <= combination.weak_activity.allowed
    )


def _status(combination: Combination, bar: Bar, tally: Tally, *, one_sided: bool) -> Status | None:
    """Return how a level that stands is reached, None when it is not."""
    shares = tally.shares
    is_sure = not one_sided and not tally.gates.open and not tally.waived
    is_known = shares.conclusive >= combination.conclusive_weight.attained
    if is_sure and is_known and _reaches(shares.p3, bar.p3_attained):
        return Status.ATTAINED
    if one_sided or _reaches(shares.p3, bar.p3_provisional):
        return Status.PROVISIONAL
    return None


def _unreached(combination: Combination, tally: Tally) -> Status:
    is_thin = tally.shares.conclusive < combination.conclusive_weight.provisional
    if is_thin and not tally.gates.blocking:
        return Status.INSUFFICIENT_EVIDENCE
    return Status.IN_PROGRESS if tally.shares.progress > 0 else Status.NOT_STARTED


def _reaches(share: float | None, bar: float) -> bool:
    return share is not None and share >= bar


def _shares(combination: Combination, weighed: Sequence[Weighed]) -> Shares:
    conclusive = [one for one in weighed if one.is_conclusive]
    telling = [one for one in conclusive if one.can_show(combination.defined_grade)]
    progress = sum(one.weight * (one.grade or 0) for one in weighed) / HIGHEST_GRADE
    unknown = _weight(one for one in weighed if one.grade is None)
    ceiling = sum(one.weight * one.criterion.max_observed_grade for one in weighed)
    return Shares(
        progress=_exact(progress),
        ceiling=_exact(ceiling / HIGHEST_GRADE),
        upper=_exact(progress + unknown),
        known=_exact(_weight(weighed) - unknown),
        conclusive=_exact(_weight(conclusive)),
        p2=_share(conclusive, combination.standing_grade),
        p3=_share(telling, combination.defined_grade),
    )


def _weight(items: Iterable[Weighed]) -> float:
    return sum(one.weight for one in items)


def _share(items: Sequence[Weighed], grade: int) -> float | None:
    whole = _weight(items)
    reached = _weight(one for one in items if (one.grade or 0) >= grade)
    return _exact(reached / whole) if whole else None


def _exact(share: float) -> float:
    """Return a sum of weights without the rounding errors of binary fractions."""
    return round(share, 9)


def _gates(combination: Combination, bar: Bar, weighed: Iterable[Weighed]) -> Gates:
    gates = [one for one in weighed if one.criterion.gate]
    low = [one for one in gates if one.grade is not None and one.grade < combination.gates.grade]
    blocking = [one for one in low if (one.grade or 0) < bar.gate_blocks_below]
    return Gates(
        blocking=_ids(blocking),
        soft=_ids(one for one in low if one not in blocking),
        unknown=_ids(one for one in gates if one.grade is None),
    )


def _ids(items: Iterable[Weighed]) -> tuple[str, ...]:
    return tuple(one.criterion.id for one in items)


def _weak(combination: Combination, weighed: Sequence[Weighed]) -> tuple[str, ...]:
    terms = combination.weak_activity
    weak = []
    for activity, group in groupby(weighed, key=lambda one: one.criterion.activity):
        items = list(group)
        grades = [one.grade or 0 for one in items if one.is_conclusive]
        is_told = grades and len(grades) / len(items) >= terms.conclusive_share
        if is_told and sum(grades) / len(grades) < terms.mean_below:
            weak.append(activity)
    return tuple(weak)
