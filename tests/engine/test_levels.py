"""The level formula, computed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from osmm_scan.engine.levels import (
    Graded,
    LevelState,
    cumulative_level,
    judge_levels,
    reach,
    weigh,
)
from osmm_scan.engine.rules import RulePack, load_rules
from osmm_scan.resources import rules_directory
from osmm_scan.verdicts import Criterion, Status

NA = "not applicable"
Grade = int | str | None


def _criterion(pack: RulePack, identity: str, *, gate: bool = False, top: int = 5) -> Criterion:
    """Return an item, named `level.activity.item`, whose rules reach a grade."""
    level, activity, _ = identity.split(".")
    return replace(
        pack.criteria[0],
        id=identity,
        level=int(level),
        activity=activity,
        gate=gate,
        max_observed_grade=top,
    )


def _state(
    pack: RulePack,
    grades: Sequence[Grade],
    *,
    level: int = 3,
    gates: Sequence[Grade] = (),
    top: int = 5,
    activities: int = 1,
    attested: bool = False,
    biased: bool = False,
) -> LevelState:
    """Return a level of these grades, spread over activities one by one; gates come first."""
    items = []
    for index, grade in enumerate((*gates, *grades)):
        identity = f"{level}.a{index % activities}.i{index:02}"
        criterion = _criterion(pack, identity, gate=index < len(gates), top=top)
        if grade != NA:
            items.append(Graded(criterion, grade, attested))  # type: ignore[arg-type]
    sizes = {1: 1, 2: 1, 3: 1} | {level: len(gates) + len(grades)}
    states = judge_levels(pack.model, items, sizes, is_biased=biased)
    return states[level - 1]


def test_activities_weigh_the_same_and_items_within_them(pack: RulePack) -> None:
    items = [
        Graded(_criterion(pack, identity), 1) for identity in ("3.a.x", "3.b.x", "3.b.y", "3.b.z")
    ]

    weights = {
        one.criterion.id: one.weight
        for one in weigh(pack.model.combination, items, one_sided=False)
    }

    assert weights == {"3.a.x": 1 / 2, "3.b.x": 1 / 6, "3.b.y": 1 / 6, "3.b.z": 1 / 6}


def test_what_does_not_apply_leaves_its_weight_to_the_rest(pack: RulePack) -> None:
    shares = _state(pack, [5, NA, 0], activities=2).tally.shares

    assert (shares.progress, shares.ceiling) == (0.5, 1)


def test_shares_by_hand(pack: RulePack) -> None:
    # Two activities of two items: a0 has 3 and unknown, a1 has 1 and 2; a quarter each.
    shares = _state(pack, [3, 1, None, 2], activities=2, top=4).tally.shares

    assert shares.progress == (3 + 1 + 2) / 4 / 5
    assert shares.ceiling == 0.8
    assert shares.upper == 0.3 + 0.25
    assert shares.known == 0.75
    assert shares.conclusive == 0.75
    assert shares.p2 == pytest.approx(2 / 3, abs=1e-9)
    assert shares.p3 == pytest.approx(1 / 3, abs=1e-9)


def test_nothing_known_leaves_nothing_to_share(pack: RulePack) -> None:
    shares = _state(pack, [None, None]).tally.shares

    assert (shares.progress, shares.upper, shares.known) == (0, 1, 0)
    assert (shares.conclusive, shares.p2, shares.p3) == (0, None, None)


@pytest.mark.parametrize(
    ("top", "attested", "p3"),
    [
        pytest.param(2, False, None, id="cannot show 3"),
        pytest.param(3, False, 0.5, id="can show 3"),
        pytest.param(2, True, 0.5, id="can show 3 by statement"),
    ],
)
def test_p3_is_asked_of_what_can_show_it(
    top: int, attested: bool, p3: float | None, pack: RulePack
) -> None:
    assert _state(pack, [3, 2], top=top, attested=attested).tally.shares.p3 == p3


@pytest.mark.parametrize(
    ("grades", "conclusive", "p2"),
    [
        pytest.param([1, 1, 2, 3], 0.5, 1, id="low grades prove nothing"),
        pytest.param([0, 1, None, None], 0, None, id="nothing is conclusive"),
    ],
)
def test_one_sided_levels_ignore_low_grades(
    grades: Sequence[Grade], conclusive: float, p2: float | None, pack: RulePack
) -> None:
    one_sided = _state(pack, grades, level=2, biased=True).tally.shares

    assert (one_sided.conclusive, one_sided.p2) == (conclusive, p2)
    assert one_sided.known == _state(pack, grades, level=2).tally.shares.known


def test_only_some_levels_are_one_sided(pack: RulePack) -> None:
    assert _state(pack, [1, 1], level=3, biased=True).tally.shares.conclusive == 1
    assert _state(pack, [1, 1], level=2, biased=False).tally.shares.conclusive == 1


def test_statements_count_on_one_sided_levels(pack: RulePack) -> None:
    state = _state(pack, [1, 1], level=2, biased=True, attested=True)

    assert state.tally.shares.conclusive == 1


@pytest.mark.parametrize(
    ("level", "grades", "status", "stands"),
    [
        # Level 3 asks for p2 0.6, p3 0.3 and conclusive weights of 0.6 and 0.35.
        pytest.param(3, [3, 3, 2, 2, 2], Status.ATTAINED, True, id="all at 2, two in five at 3"),
        pytest.param(3, [3, 3, 2, 1, 1], Status.ATTAINED, True, id="three in five at 2"),
        pytest.param(3, [3, 2, 1, 1, 1], Status.IN_PROGRESS, False, id="two in five at 2"),
        pytest.param(3, [3] * 3 + [2] * 7, Status.ATTAINED, True, id="three in ten at 3"),
        pytest.param(3, [3] * 2 + [2] * 8, Status.IN_PROGRESS, True, id="two in ten at 3"),
        pytest.param(3, [3] * 3 + [None] * 2, Status.ATTAINED, True, id="three in five known"),
        pytest.param(3, [3] * 5 + [None] * 5, Status.PROVISIONAL, True, id="half known"),
        pytest.param(3, [3] * 7 + [None] * 13, Status.PROVISIONAL, True, id="7 of 20 known"),
        pytest.param(
            3, [3] * 6 + [None] * 14, Status.INSUFFICIENT_EVIDENCE, False, id="6 of 20 known"
        ),
        pytest.param(
            3, [1] * 7 + [None] * 13, Status.IN_PROGRESS, False, id="7 of 20 known to be low"
        ),
        pytest.param(3, [None] * 5, Status.INSUFFICIENT_EVIDENCE, False, id="nothing known"),
        pytest.param(3, [0] * 5, Status.NOT_STARTED, False, id="all absent"),
        pytest.param(3, [1] + [0] * 4, Status.IN_PROGRESS, False, id="a beginning"),
        pytest.param(3, [0] + [None] * 4, Status.INSUFFICIENT_EVIDENCE, False, id="one absent"),
        # Level 2 confirms at p3 0.3 and lets 0.2 pass provisionally.
        pytest.param(2, [3, 2, 2, 2, 2], Status.PROVISIONAL, True, id="one in five at 3"),
        pytest.param(2, [3] + [2] * 9, Status.IN_PROGRESS, True, id="one in ten at 3"),
    ],
)
def test_status(
    level: int, grades: Sequence[Grade], status: Status, stands: bool, pack: RulePack
) -> None:
    state = _state(pack, grades, level=level)

    assert (state.status, state.stands) == (status, stands)


@pytest.mark.parametrize(
    ("grades", "status", "stands"),
    [
        pytest.param([3] * 5, Status.PROVISIONAL, True, id="everything seen is good"),
        pytest.param([2] * 5, Status.PROVISIONAL, True, id="nothing at 3"),
        pytest.param([2, 2, 2, 1, 0], Status.PROVISIONAL, True, id="low grades aside"),
        pytest.param([2, 1, 1, 1, 1], Status.INSUFFICIENT_EVIDENCE, False, id="too little"),
    ],
)
def test_one_sided_levels_are_provisional_at_best(
    grades: Sequence[Grade], status: Status, stands: bool, pack: RulePack
) -> None:
    state = _state(pack, grades, level=2, biased=True)

    assert (state.status, state.stands) == (status, stands)


@pytest.mark.parametrize(
    ("level", "gates", "status", "stands", "kinds"),
    [
        # Level 3 has no slack, and its gates block below 2.
        pytest.param(3, [2], Status.ATTAINED, True, (0, 0, 0), id="passed"),
        pytest.param(3, [1], Status.IN_PROGRESS, False, (1, 0, 0), id="1 blocks level 3"),
        pytest.param(3, [None], Status.IN_PROGRESS, False, (0, 0, 1), id="unknown, no slack"),
        # Level 2 lets one gate be soft or unknown, and its gates block below 1.
        pytest.param(2, [2], Status.ATTAINED, True, (0, 0, 0), id="passed at level 2"),
        pytest.param(2, [0], Status.IN_PROGRESS, False, (1, 0, 0), id="0 blocks level 2"),
        pytest.param(2, [1], Status.PROVISIONAL, True, (0, 1, 0), id="1 is soft"),
        pytest.param(2, [None], Status.PROVISIONAL, True, (0, 0, 1), id="unknown within slack"),
        pytest.param(2, [1, None], Status.IN_PROGRESS, False, (0, 1, 1), id="beyond the slack"),
        pytest.param(2, [1, 1], Status.IN_PROGRESS, False, (0, 2, 0), id="two soft"),
    ],
)
def test_gates(
    level: int,
    gates: Sequence[Grade],
    status: Status,
    stands: bool,
    kinds: tuple[int, int, int],
    pack: RulePack,
) -> None:
    state = _state(pack, [3] * 7, level=level, gates=gates)

    found = state.tally.gates
    assert (state.status, state.stands) == (status, stands)
    assert (len(found.blocking), len(found.soft), len(found.unknown)) == kinds


def test_a_blocking_gate_is_evidence_enough(pack: RulePack) -> None:
    assert _state(pack, [None] * 9, gates=[1]).status is Status.IN_PROGRESS
    assert _state(pack, [None] * 9, gates=[0]).status is Status.NOT_STARTED
    assert _state(pack, [None] * 9, gates=[None]).status is Status.INSUFFICIENT_EVIDENCE


@pytest.mark.parametrize(
    ("grades", "weak"),
    [
        # Items go round the activities a0, a1, a2, so every third belongs together.
        pytest.param([1, 3, 3, 1, 3, 3], (), id="a mean of 1 is not weak"),
        pytest.param([1, 3, 3, 0, 3, 3], ("a0",), id="a mean below 1"),
        pytest.param([0, 3, 3, None, 3, 3], ("a0",), id="half of it known"),
        pytest.param([0, 3, 3, None, 3, 3, None, 3, 3], (), id="a third of it known"),
        pytest.param([None, 3, 3, None, 3, 3], (), id="nothing of it known"),
        pytest.param([0, 0, 3, 0, 0, 3], ("a0", "a1"), id="two of them"),
    ],
)
def test_weak_activities(grades: Sequence[Grade], weak: tuple[str, ...], pack: RulePack) -> None:
    assert _state(pack, grades, activities=3).tally.weak == weak


def test_one_weak_activity_is_allowed_and_two_are_not(pack: RulePack) -> None:
    one = [0, 3, 3, 3, 3]
    two = [0, 0, 3, 3, 3]

    assert _state(pack, one, activities=5).status is Status.ATTAINED
    assert _state(pack, two, activities=5).tally.shares.p2 == 0.6
    assert _state(pack, two, activities=5).status is Status.IN_PROGRESS


@pytest.mark.parametrize(
    ("level", "grades", "status"),
    [
        pytest.param(3, [3, 3, NA, NA, NA], Status.ATTAINED, id="three in five do not apply"),
        pytest.param(3, [3, NA, NA], Status.NOT_ASSESSABLE, id="two in three do not apply"),
        pytest.param(3, [NA, NA], Status.NOT_ASSESSABLE, id="none applies"),
        pytest.param(1, [3, NA, NA], Status.ATTAINED, id="level 1 is exempt"),
        pytest.param(1, [NA, NA], Status.INSUFFICIENT_EVIDENCE, id="not even there"),
    ],
)
def test_a_level_of_which_too_little_applies(
    level: int, grades: Sequence[Grade], status: Status, pack: RulePack
) -> None:
    assert _state(pack, grades, level=level).status is status


def test_a_level_that_cannot_be_assessed_does_not_stand(pack: RulePack) -> None:
    assert not _state(pack, [3, NA, NA]).stands


def test_the_verdict_of_a_level_names_what_blocks_it(pack: RulePack) -> None:
    state = _state(pack, [0, 3, 0, 3], level=2, gates=[None, 0, 1], activities=4)

    verdict = state.verdict(pack.model)

    assert (verdict.level, verdict.name, verdict.status) == (2, "Care", state.status)
    assert verdict.blockers == ("2.a1.i01", "2.a2.i02", "2.a0.i00", "a1", "a3")
    assert verdict.coverage == state.tally.shares.known
    assert (verdict.p2, verdict.p3) == (state.tally.shares.p2, state.tally.shares.p3)
    assert (verdict.progress, verdict.ceiling, verdict.upper) == (
        state.tally.shares.progress,
        state.tally.shares.ceiling,
        state.tally.shares.upper,
    )


GOOD, FAIR, POOR = [3, 3], [2, 2], [0, 0]  # attained, stands only, does not stand


@pytest.mark.parametrize(
    ("levels", "cumulative", "highest"),
    [
        pytest.param((POOR, POOR, POOR), 0, 0, id="none"),
        pytest.param((GOOD, POOR, POOR), 1, 1, id="the first"),
        pytest.param((GOOD, GOOD, GOOD), 3, 3, id="all"),
        pytest.param((GOOD, FAIR, GOOD), 3, 3, id="over one that only stands"),
        pytest.param((GOOD, FAIR, FAIR), 1, 1, id="standing is not reaching"),
        pytest.param((GOOD, POOR, GOOD), 1, 3, id="never over one that does not stand"),
        pytest.param((POOR, GOOD, GOOD), 0, 3, id="nor over the first"),
    ],
)
def test_levels_are_cumulative(
    levels: tuple[list[Grade], ...], cumulative: int, highest: int, pack: RulePack
) -> None:
    items = [
        Graded(_criterion(pack, f"{level}.a.i{index}"), grade)  # type: ignore[arg-type]
        for level, grades in enumerate(levels, start=1)
        for index, grade in enumerate(grades)
    ]
    states = judge_levels(pack.model, items, {1: 2, 2: 2, 3: 2}, is_biased=False)

    assert cumulative_level(pack.model, states, items) == cumulative
    assert reach(states) == highest


@pytest.mark.parametrize(
    ("grade", "level"), [(None, 0), (0, 0), (1, 1), (2, 1)], ids=["unknown", "no", "yes", "more"]
)
def test_proved_use_grants_the_first_level(grade: int | None, level: int, pack: RulePack) -> None:
    use = next(one for one in pack.criteria if one.id == "l1.using.use")
    items = [Graded(use, grade)]
    states = judge_levels(pack.model, items, {1: 9, 2: 1, 3: 1}, is_biased=True)

    assert cumulative_level(pack.model, states, items) == level


def test_the_floor_never_lowers_a_level(pack: RulePack) -> None:
    use = next(one for one in pack.criteria if one.id == "l1.using.use")
    items = [Graded(use, 3), Graded(_criterion(pack, "2.a.x"), 3)]
    states = judge_levels(pack.model, items, {1: 1, 2: 1, 3: 1}, is_biased=False)

    assert cumulative_level(pack.model, states, items) == 2


@pytest.mark.parametrize(
    ("profile", "percent"),
    [
        ("company", [63, 66, 61, 75, 65]),
        ("foundation", [65, 75, 61, 82, 65]),
        ("community", [90, 75, 69, 86, 73]),
    ],
)
def test_the_most_that_observation_can_show_of_the_shipped_model(
    profile: str, percent: list[int]
) -> None:
    shipped = load_rules(rules_directory())
    sizes = {
        level: sum(one.level == level for one in shipped.criteria)
        for level in shipped.model.combination.levels
    }
    items = [Graded(one, None) for one in shipped.criteria if profile not in one.not_applicable_to]

    states = judge_levels(shipped.model, items, sizes, is_biased=False)

    ceilings = [100 * state.tally.shares.ceiling for state in states]
    assert ceilings == pytest.approx(percent, abs=0.51)
