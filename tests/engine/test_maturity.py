"""The headline of an organisation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from random import Random

import pytest

from osmm_scan.engine.grades import Grader, Scene
from osmm_scan.engine.maturity import Organisation, judge_maturity
from osmm_scan.engine.rules import RulePack
from osmm_scan.engine.shortfalls import shortfalls
from osmm_scan.model import Signal, Visibility
from osmm_scan.verdicts import Criterion, Finding, State, Status, Verdict
from tests.engine.scene import measured, readings

FULL = Scene(profile="company", visibility=Visibility.FULL)
PUBLIC = Scene(profile="company", visibility=Visibility.PUBLIC)
USE, BUYING = "l1.using.use", "l1.using.buying"
CARE, SHARE = "l2.care.policy", "l3.share.answers"
# A grade, or a grade and what is possible.
Grades = Mapping[str, int | tuple[int | None, int] | None]
OUT = -1


def _finding(criterion: Criterion, grade: int | tuple[int | None, int] | None) -> Finding:
    if grade == OUT:
        state = State.NOT_APPLICABLE
        return Finding(criterion=criterion, grade=None, possible=0, state=state, because="")
    known, possible = grade if isinstance(grade, tuple) else (grade, 5 if grade is None else grade)
    return Finding(
        criterion=criterion,
        grade=known,
        possible=possible,
        state=State.UNKNOWN if known is None else State.OBSERVED,
        because="",
        confidence=0.0 if known is None else 0.9,
    )


def _organisation(
    pack: RulePack, grades: Grades, *, scene: Scene = FULL, signals: tuple[Signal, ...] = ()
) -> Organisation:
    """Return an organisation of the pack's items, all of which could show 5."""
    able = replace(
        pack, criteria=tuple(replace(one, max_observed_grade=5) for one in pack.criteria)
    )
    return Organisation(
        grader=Grader(pack=able, readings=readings(able, *signals), scene=scene),
        findings=tuple(_finding(one, grades.get(one.id)) for one in able.criteria),
        signals=signals,
    )


def _judge(pack: RulePack, grades: Grades, *, scene: Scene = FULL) -> Verdict:
    return judge_maturity(_organisation(pack, grades, scene=scene))


ALL_GOOD: Grades = {USE: 3, BUYING: 3, CARE: 3, SHARE: 3}


@pytest.mark.parametrize(
    ("grades", "level", "name", "status"),
    [
        pytest.param({}, None, "No level is proved", Status.INSUFFICIENT_EVIDENCE, id="unknown"),
        pytest.param({USE: 0}, 0, "No level is proved", Status.NOT_STARTED, id="no use"),
        pytest.param({USE: 1}, 1, "Use", Status.IN_PROGRESS, id="the floor"),
        pytest.param({USE: 2, BUYING: 0}, 1, "Use", Status.IN_PROGRESS, id="a begun floor"),
        pytest.param({USE: 3, BUYING: 3}, 1, "Use", Status.ATTAINED, id="level 1"),
        pytest.param(ALL_GOOD, 3, "Share", Status.ATTAINED, id="all levels"),
        pytest.param(ALL_GOOD | {SHARE: 1}, 2, "Care", Status.ATTAINED, id="two levels"),
        pytest.param(ALL_GOOD | {USE: 2, BUYING: 2}, 3, "Share", Status.PROVISIONAL, id="stands"),
        pytest.param(ALL_GOOD | {USE: 1}, 1, "Use", Status.IN_PROGRESS, id="soft gate below"),
    ],
)
def test_levels_are_named_with_their_status(
    grades: Grades, level: int | None, name: str, status: Status, pack: RulePack
) -> None:
    verdict = _judge(pack, grades)

    assert (verdict.level, verdict.name, verdict.status) == (level, name, status)


@pytest.mark.parametrize(
    ("grades", "possible"),
    [
        pytest.param({}, 3, id="anything"),
        pytest.param(ALL_GOOD, 3, id="all of it"),
        pytest.param({USE: 0}, 0, id="no use"),
        pytest.param({USE: (0, 5), BUYING: 3}, 3, id="a known grade may still rise"),
        pytest.param(ALL_GOOD | {SHARE: (None, 1)}, 2, id="an unknown that cannot rise"),
        pytest.param(ALL_GOOD | {SHARE: (None, 3)}, 3, id="an unknown that can"),
        pytest.param({USE: (1, 1), BUYING: (None, 0), CARE: 0}, 1, id="hardly anything"),
    ],
)
def test_the_possible_level_is_what_unknowns_allow(
    grades: Grades, possible: int, pack: RulePack
) -> None:
    assert _judge(pack, grades).possible == possible


@pytest.mark.parametrize(
    ("hopes", "possible"),
    [
        # Of ten items that share level 3, so many may become 3, 2 and 1.
        pytest.param((10, 0, 0), 3, id="all may be good"),
        pytest.param((0, 10, 0), 2, id="none may be good enough"),
        pytest.param((3, 3, 4), 3, id="good enough all together"),
        pytest.param((4, 0, 6), 3, id="if the bad ones stay unknown"),
        pytest.param((3, 2, 5), 3, id="if only the bad ones stay unknown"),
        pytest.param((3, 0, 7), 2, id="too few without the bad ones"),
        pytest.param((4, 6, 0), 3, id="enough of them good"),
        pytest.param((2, 8, 0), 2, id="too few of them good"),
    ],
)
def test_unknowns_that_cannot_help_may_stay_unknown(
    hopes: tuple[int, int, int], possible: int, pack: RulePack
) -> None:
    ends = [grade for grade, count in zip((3, 2, 1), hopes, strict=True) for _ in range(count)]
    shared = [replace(pack.criteria[-1], id=f"l3.share.i{index}") for index in range(len(ends))]
    others = [one for one in pack.criteria if one.level != 3]
    grades = ALL_GOOD | {item.id: (None, end) for item, end in zip(shared, ends, strict=True)}

    changed = replace(pack, criteria=(*others, *shared))

    assert _judge(changed, grades).possible == possible


def test_the_reach_is_the_highest_level_by_itself(pack: RulePack) -> None:
    assert _judge(pack, {USE: 1, BUYING: 0, CARE: 0, SHARE: 3}).reach == 3
    assert _judge(pack, {USE: 1, BUYING: 0, CARE: 0, SHARE: 0}).reach == 1


def test_items_that_do_not_apply_are_left_out(pack: RulePack) -> None:
    verdict = _judge(pack, ALL_GOOD | {BUYING: OUT})

    assert (verdict.level, verdict.coverage) == (3, 1)


def test_coverage_is_the_mean_of_all_levels(pack: RulePack) -> None:
    assert _judge(pack, {USE: 1, CARE: 1}).coverage == pytest.approx((0.5 + 1 + 0) / 3)


@pytest.mark.parametrize(
    ("grades", "confidence"),
    [
        pytest.param({}, 0, id="nothing known"),
        pytest.param({USE: 1}, 0.45, id="half of level 1"),
        pytest.param(ALL_GOOD | {SHARE: None}, 0.9, id="levels above do not count"),
        pytest.param({USE: 3, BUYING: 3, CARE: 3, SHARE: 3}, 0.9, id="all"),
    ],
)
def test_confidence_is_the_mean_up_to_the_level(
    grades: Grades, confidence: float, pack: RulePack
) -> None:
    assert _judge(pack, grades).confidence == pytest.approx(confidence)


@pytest.mark.parametrize(
    ("grades", "because"),
    [
        pytest.param(
            {},
            "it is not known whether open source is used at all. Level 1 lacks: Use unknown; "
            "0 % of it conclusive (needs 60 %). ",
            id="unknown",
        ),
        pytest.param(
            {USE: 0, BUYING: 3},
            "no use of open source was found. Level 1 lacks: Use below Managed. ",
            id="no use",
        ),
        pytest.param(
            {USE: 1, BUYING: 0},
            "the use of open source is proved, which alone grants level 1. Level 1 lacks: "
            "Use not yet Managed; 0 % of what is conclusive Managed (needs 50 %); "
            "0 % of what is conclusive Defined (needs 25 %). ",
            id="floor",
        ),
        pytest.param(
            {USE: 3, BUYING: 3, CARE: 0},
            "level 1 is attained. Level 2 lacks: 0 % of what is conclusive Managed (needs 60 %); "
            "0 % of what is conclusive Defined (needs 30 %). ",
            id="next level fails",
        ),
        pytest.param(
            {USE: 3, BUYING: 3, CARE: 3},
            "levels 1 to 2 are attained. Level 3 lacks: 0 % of it conclusive (needs 60 %). ",
            id="next level unknown",
        ),
        pytest.param(
            ALL_GOOD | {USE: 2, BUYING: 2}, "levels 1 to 3 are provisional. ", id="stands"
        ),
        pytest.param(ALL_GOOD, "levels 1 to 3 are attained. ", id="nothing is lacking"),
    ],
)
def test_the_verdict_says_why(grades: Grades, because: str, pack: RulePack) -> None:
    told = _judge(pack, grades).because

    assert told == f"{because}100 % of 40 resamplings give the same level"


def test_a_sample_that_is_biased_makes_a_level_provisional(pack: RulePack) -> None:
    verdict = _judge(pack, ALL_GOOD, scene=PUBLIC)

    assert (verdict.level, verdict.status) == (3, Status.PROVISIONAL)


# Stability: 100 uses vary by 20 % around what the rule needs.


def _edge(pack: RulePack, distinct: float) -> Organisation:
    return _organisation(pack, {USE: 1}, signals=(measured("breadth", distinct=distinct),))


def test_a_level_that_varied_signals_confirm_is_stable(pack: RulePack) -> None:
    verdict = judge_maturity(_edge(pack, 100))

    assert (verdict.level, verdict.stability) == (1, 1)


def test_a_level_at_the_edge_is_named_with_its_range(pack: RulePack) -> None:
    verdict = judge_maturity(_edge(pack, 1.1))

    assert verdict.level == 1
    assert verdict.stability is not None
    assert 0.5 < verdict.stability < 1
    assert "resamplings give the same level; 90 % of them lie between level 0 and 1" in (
        verdict.because
    )


def test_a_level_that_seldom_comes_out_is_not_named(pack: RulePack) -> None:
    def vary(source: Random) -> Iterable[Signal]:
        return [measured("breadth", distinct=0)]

    verdict = judge_maturity(_edge(pack, 100), vary)

    assert (verdict.level, verdict.stability) == (0, 0)
    assert verdict.possible >= 1
    assert verdict.because.endswith(
        "Only 0 % of 40 resamplings give level 1, so the most frequent one is named"
    )


def test_statements_do_not_vary(pack: RulePack) -> None:
    def vary(source: Random) -> Iterable[Signal]:
        return [measured("breadth", distinct=0)]

    organisation = _edge(pack, 100)
    attested = tuple(replace(one, state=State.ATTESTED) for one in organisation.findings)

    assert judge_maturity(replace(organisation, findings=attested), vary).stability == 1


def test_every_shortfall_is_told(pack: RulePack) -> None:
    gates = {
        name: replace(pack.criteria[0], id=name, level=2, activity=f"a{name}", gate=True)
        for name in ("x", "y", "z")
    }
    weak = {
        name: replace(pack.criteria[0], id=name, level=2, activity=f"a{name}")
        for name in ("u", "v", "w")
    }
    grades = {"x": 0, "y": 1, "z": None, "u": 0, "v": 0, "w": None}
    criteria = (*gates.values(), *weak.values(), *pack.criteria)
    organisation = _organisation(replace(pack, criteria=criteria), grades)

    state = organisation.levels()[1]

    assert shortfalls(state, pack.model, {"y": "Why"}) == (
        "x below Managed",
        "Why not yet Managed",
        "z unknown",
        "57 % of it conclusive (needs 60 %)",
        "0 % of what is conclusive Managed (needs 60 %)",
        "0 % of what is conclusive Defined (needs 30 %)",
        "au, av, ax weak",
    )


def test_enough_conclusive_weight_is_no_shortfall(pack: RulePack) -> None:
    shared = [replace(pack.criteria[-1], id=f"l3.share.i{index}") for index in range(5)]
    others = [one for one in pack.criteria if one.level != 3]
    grades = {one.id: grade for one, grade in zip(shared, [3, 1, 1, None, None], strict=True)}
    organisation = _organisation(replace(pack, criteria=(*others, *shared)), grades)

    told = shortfalls(organisation.levels()[2], pack.model, {})

    assert told == ("33 % of what is conclusive Managed (needs 60 %)",)


def test_a_level_that_cannot_be_assessed_lacks_items(pack: RulePack) -> None:
    organisation = _organisation(pack, ALL_GOOD | {CARE: OUT})

    verdict = judge_maturity(organisation)

    assert verdict.level == 1
    assert "Level 2 lacks: too few of its items apply to the profile" in verdict.because


def test_shares_are_rounded_down(pack: RulePack) -> None:
    weights = {f"i{index:03}": 2 if index < 599 else 1 for index in range(1000)}
    items = tuple(
        replace(pack.criteria[0], id=name, level=3, activity="share", gate=False)
        for name in weights
    )
    others = tuple(one for one in pack.criteria if one.level != 3)
    organisation = _organisation(replace(pack, criteria=(*others, *items)), weights)

    told = shortfalls(organisation.levels()[2], pack.model, {})

    assert "59 % of what is conclusive Managed (needs 60 %)" in told
