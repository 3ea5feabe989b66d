"""Grades: proved, possible and unknown, with reasons; knowing more never contradicts them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.engine.expressions import parse
from osmm_scan.engine.grades import Grader, Scene, Standing
from osmm_scan.engine.rules import RulePack
from osmm_scan.model import Interval, Signal, Visibility
from osmm_scan.verdicts import Criterion, Finding, State
from tests.engine.scene import Scans, measured, readings
from tests.patience import patient

FULL = Scene(profile="company", visibility=Visibility.FULL)
PUBLIC = Scene(profile="company", visibility=Visibility.PUBLIC)

# Grade 3 is the highest that a rule can show.
RULES = ("policy.present", "policy.quality >= 2", "coverage.share >= 0.7")


def _pack(pack: RulePack, *rules: str, **changes: object) -> RulePack:
    """Return the pack with `l1.using.use` changed to these rules."""
    use = next(one for one in pack.criteria if one.id == "l1.using.use")
    changed = replace(use, max_observed_grade=len(rules), **changes)  # type: ignore[arg-type]
    others = [one for one in pack.criteria if one is not use]
    ladder = tuple(parse(rule) for rule in rules)
    return replace(
        pack, criteria=(*others, changed), ladders={**pack.ladders, "l1.using.use": ladder}
    )


def _grader(pack: RulePack, *signals: Signal, scene: Scene = FULL, unseen: int = 0) -> Grader:
    return Grader(pack=pack, readings=readings(pack, *signals, unseen=unseen), scene=scene)


def _find(grader: Grader) -> Finding:
    return grader.find(grader.pack.criteria[-1])


NOTHING = measured("policy", present=0, quality=0, age_days=None)
STUB = measured("policy", present=1, quality=1, age_days=10)
SOLID = measured("policy", present=1, quality=2, age_days=10)
OPEN = measured("policy", present=1, quality=(1, 3), age_days=10)


@pytest.mark.parametrize(
    ("signals", "grade", "possible"),
    [
        pytest.param((), None, 3, id="nothing known"),
        pytest.param((NOTHING,), 0, 0, id="rule 1 false"),
        pytest.param((STUB,), 1, 1, id="rule 2 false, rule 3 unknown"),
        pytest.param((SOLID,), 2, 3, id="rule 3 unknown"),
        pytest.param((OPEN,), 1, 3, id="rule 2 unknown"),
        pytest.param((OPEN, measured("coverage", share=0.9)), 1, 3, id="rule 3 true above it"),
        pytest.param((OPEN, measured("coverage", share=0.1)), 1, 2, id="rule 3 false above it"),
        pytest.param((STUB, measured("coverage", share=0.9)), 1, 1, id="rule 3 true above a no"),
        pytest.param((SOLID, measured("coverage", share=0.7)), 3, 3, id="all true"),
        pytest.param((measured("coverage", share=0.1),), None, 2, id="only rule 3 known, false"),
        pytest.param((measured("coverage", share=0.9),), None, 3, id="only rule 3 known, true"),
    ],
)
def test_grades_are_proved_from_below(
    signals: tuple[Signal, ...], grade: int | None, possible: int, pack: RulePack
) -> None:
    grader = _grader(_pack(pack, *RULES), *signals)

    assert grader.standing(grader.pack.criteria[-1]) == Standing(grade, possible)


def test_an_item_without_rules_is_for_people(pack: RulePack) -> None:
    finding = _find(_grader(_pack(pack)))

    assert (finding.grade, finding.possible, finding.state) == (None, 0, State.UNKNOWN)
    assert finding.because == "only people can tell"


@pytest.mark.parametrize(
    ("public", "full", "scene", "counts"),
    [
        pytest.param(True, True, PUBLIC, True, id="cannot hide"),
        pytest.param(False, True, PUBLIC, False, id="may be private"),
        pytest.param(False, True, FULL, True, id="all was seen"),
        pytest.param(False, False, FULL, False, id="may not be in repositories at all"),
        pytest.param(
            False,
            True,
            Scene(profile="company", visibility=Visibility.CHECKOUT),
            False,
            id="may be in another clone",
        ),
        pytest.param(
            False,
            True,
            Scene(profile="community", visibility=Visibility.PUBLIC),
            True,
            id="has nothing private",
        ),
        pytest.param(
            False,
            True,
            Scene(profile="community", visibility=Visibility.CHECKOUT),
            False,
            id="has other public repositories",
        ),
    ],
)
def test_absence_counts_where_all_that_matters_was_seen(
    public: bool, full: bool, scene: Scene, counts: bool, pack: RulePack
) -> None:
    changed = _pack(pack, *RULES, absent_on_public_scan=public, absent_on_full_scan=full)

    finding = _find(_grader(changed, NOTHING, scene=scene))

    expected = (0, 0, State.ABSENT) if counts else (None, 3, State.UNKNOWN)
    assert (finding.grade, finding.possible, finding.state) == expected


def test_an_unknown_that_may_be_hidden_can_be_anything(pack: RulePack) -> None:
    changed = _pack(pack, *RULES, absent_on_public_scan=False)

    finding = _find(_grader(changed, measured("coverage", share=0.1), scene=PUBLIC))

    assert (finding.grade, finding.possible) == (None, 3)


def test_what_was_found_is_graded_even_where_absence_does_not_count(pack: RulePack) -> None:
    changed = _pack(pack, *RULES, absent_on_public_scan=False)

    finding = _find(_grader(changed, STUB, scene=PUBLIC))

    assert (finding.grade, finding.possible) == (1, 1)


def test_a_profile_excludes_items(pack: RulePack) -> None:
    changed = _pack(pack, *RULES, not_applicable_to=("community",))
    community = Scene(profile="community", visibility=Visibility.FULL)

    finding = _find(_grader(changed, SOLID, scene=community))

    assert (finding.grade, finding.possible, finding.state) == (None, 0, State.NOT_APPLICABLE)
    assert finding.because == "does not apply to the profile community"
    assert finding.evidence == ()
    assert _grader(changed, scene=community).standing(finding.criterion) == Standing(None, 0)
    assert _find(_grader(changed, SOLID)).state is State.OBSERVED


@pytest.mark.parametrize(
    ("n", "grade", "possible"),
    [
        pytest.param(2, 2, 2, id="two repositories carry 2"),
        pytest.param(3, 3, 3, id="three carry 3"),
        pytest.param(4, 3, 3, id="four carry no more"),
        pytest.param(5, 5, 5, id="five carry all"),
    ],
)
def test_few_repositories_carry_few_grades(
    n: int, grade: int, possible: int, pack: RulePack
) -> None:
    changed = _pack(pack, *["coverage.share >= 0.5"] * 5)

    grader = _grader(changed, measured("coverage", n, share=1))

    assert grader.standing(changed.criteria[-1]) == Standing(grade, possible)


def test_one_clone_proves_that_there_is_use_and_leaves_shares_open(pack: RulePack) -> None:
    changed = _pack(pack, *["coverage.share > 0"] * 3)

    grader = _grader(changed, measured("coverage", 1, share=(1e-6, 1)), unseen=999_999)

    assert grader.standing(changed.criteria[-1]) == Standing(2, 3)


@pytest.mark.parametrize(
    ("signals", "because"),
    [
        pytest.param(
            (),
            "Policy: not known without data of GitHub that is not collected yet",
            id="unknown",
        ),
        pytest.param((NOTHING,), "Policy: not found", id="absent"),
        pytest.param(
            (STUB,),
            "Initial: Policy: found. Not Managed: Policy, quality: 1 (needs 2)",
            id="next failed",
        ),
        pytest.param(
            (OPEN,),
            "Initial: Policy: found. Managed is open: Policy, quality: 1 to 3 (needs 2)",
            id="next open",
        ),
        pytest.param(
            (SOLID, measured("coverage", share=0.9)),
            "Defined: Coverage, share of share: 90 % (needs 70 %). "
            "Quantitative is for people to attest",
            id="end of the ladder",
        ),
    ],
)
def test_reasons_say_what_decided(
    signals: tuple[Signal, ...], because: str, pack: RulePack
) -> None:
    assert _find(_grader(_pack(pack, *RULES), *signals)).because == because


@pytest.mark.parametrize(
    ("grade", "names"),
    [
        pytest.param(None, {"policy"}, id="the first rule"),
        pytest.param(1, {"policy"}, id="one between"),
        pytest.param(2, {"coverage"}, id="the last rule"),
        pytest.param(3, set(), id="nothing at the end of the ladder"),
    ],
)
def test_the_next_rule_holds_an_item_back(
    grade: int | None, names: set[str], pack: RulePack
) -> None:
    grader = _grader(_pack(pack, *RULES), NOTHING)

    assert grader.holding_back(grader.pack.criteria[-1], grade) == names


def test_reasons_say_that_what_was_not_found_may_exist(pack: RulePack) -> None:
    changed = _pack(pack, *RULES, absent_on_public_scan=False)

    because = _find(_grader(changed, NOTHING, scene=PUBLIC)).because

    assert because == "Policy: not found; there may be what could not be seen"


def test_reasons_name_the_highest_grade_when_it_is_next(pack: RulePack) -> None:
    changed = _pack(pack, *["policy.present"] * 4, "policy.quality >= 3")

    assert _find(_grader(changed, STUB)).because == (
        "Quantitative: Policy: found. Not Optimised: Policy, quality: 1 (needs 3)"
    )


def test_reasons_say_what_is_open_when_more_is_impossible(pack: RulePack) -> None:
    changed = _pack(pack, "policy.present", "coverage.policy", "policy.quality >= 3")

    finding = _find(_grader(changed, STUB, measured("coverage", policy=(0, 1))))

    assert (finding.grade, finding.possible) == (1, 2)
    assert "Managed is open: Coverage, policy: unknown" in finding.because


def test_reasons_say_when_there_is_no_higher_grade(pack: RulePack) -> None:
    changed = _pack(pack, *["policy.present"] * 5)

    assert _find(_grader(changed, STUB)).because == (
        "Optimised: Policy: found. There is no higher grade"
    )


@pytest.mark.parametrize(
    ("signals", "evidence"),
    [
        pytest.param((), (), id="nothing measured"),
        pytest.param((NOTHING, measured("coverage", share=0.9)), ("e-policy",), id="absent"),
        pytest.param((STUB, measured("coverage", share=0.9)), ("e-policy",), id="below"),
        pytest.param(
            (SOLID, measured("coverage", share=0.1)),
            ("e-coverage", "e-policy"),
            id="proved by one, stopped by the other",
        ),
        pytest.param(
            (SOLID, measured("coverage", share=0.9)), ("e-coverage",), id="the highest rule"
        ),
    ],
)
def test_evidence_is_that_of_what_decided(
    signals: tuple[Signal, ...], evidence: tuple[str, ...], pack: RulePack
) -> None:
    assert _find(_grader(_pack(pack, *RULES), *signals)).evidence == evidence


def test_unknown_grades_have_no_confidence(pack: RulePack) -> None:
    assert _find(_grader(_pack(pack, *RULES))).confidence == 0


def test_history_lets_a_rule_be_decided(pack: RulePack) -> None:
    changed = _pack(pack, "coverage.share >= 0.5", "sustained(coverage.share)")
    history = Scans({"coverage.share": [0.5, 0.5]})
    read = readings(changed, measured("coverage", share=0.5), history=history)
    grader = Grader(pack=changed, readings=read, scene=FULL)

    assert grader.standing(changed.criteria[-1]) == Standing(2, 2)


# Properties: random ladders over random knowledge, and random ways to know more.

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "coverage": ("share", "active", "policy"),
    "policy": ("present", "quality", "age_days"),
    "breadth": ("distinct",),
    "response": ("median_days",),
}
_TERMS = st.sampled_from(
    [
        "coverage.share >= 0.5",
        "coverage.share > 0",
        "coverage.active <= 0.5",
        "coverage.active == 1",
        "coverage.policy",
        "policy.present",
        "policy.quality >= 2",
        "policy.age_days < 800",
        "breadth.distinct >= 3",
        "response.median_days <= 2",
        "sustained(coverage.share)",
        "improving(breadth.distinct)",
    ]
)
_RULES = st.recursive(
    _TERMS,
    lambda inner: st.one_of(
        inner.map(lambda part: f"not ({part})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
        ),
    ),
    max_leaves=4,
)
_TOPS = {"share": 1, "active": 1, "policy": 1, "present": 1, "quality": 3, "age_days": 1200}


@st.composite
def _interval(draw: st.DrawFn, name: str) -> Interval:
    top = _TOPS.get(name, 6)
    steps = [top * part / 6 for part in range(7)]
    ends = sorted(draw(st.lists(st.sampled_from(steps), min_size=2, max_size=2)))
    is_endless = name not in _TOPS and draw(st.booleans())
    return Interval(ends[0], inf if is_endless else ends[1])


@st.composite
def _narrower(draw: st.DrawFn, name: str, value: Interval | None) -> Interval | None:
    if value is None:
        return draw(st.none() | _interval(name))
    top = min(value.high, 1e4)
    points = sorted({value.low, top, *((value.low + top) / 2 for _ in (1,))})
    low = draw(st.sampled_from(points))
    return Interval(low, draw(st.sampled_from([end for end in points if end >= low])))


@st.composite
def _signal(draw: st.DrawFn, identity: str) -> Signal:
    names = _FIELDS[identity]
    return Signal(
        id=identity,
        fields={name: draw(st.none() | _interval(name)) for name in names},
        n=draw(st.integers(0, 6)),
        unknown=draw(st.integers(0, 3)),
    )


@st.composite
def _known_better(draw: st.DrawFn, signal: Signal) -> Signal:
    found = draw(st.integers(0, signal.unknown))
    return replace(
        signal,
        fields={
            name: draw(_narrower(name, value)) for name, value in sorted(signal.fields.items())
        },
        n=signal.n + found,
        unknown=draw(st.integers(0, signal.unknown - found)),
    )


@patient
@given(st.data())
def test_knowing_more_never_leaves_what_was_possible(pack: RulePack, data: st.DataObject) -> None:
    rules = data.draw(st.lists(_RULES, min_size=1, max_size=5))
    changed = _pack(pack, *rules, absent_on_public_scan=data.draw(st.booleans()))
    history = data.draw(
        st.sampled_from([None, Scans({"coverage.share": [0.5, 0.4], "breadth.distinct": [2, 2]})])
    )
    before = [data.draw(_signal(identity)) for identity in _FIELDS]
    after = [data.draw(_known_better(signal)) for signal in before]

    old, new = (_standing(changed, signals, history) for signals in (before, after))

    assert (old.grade or 0) <= old.possible
    assert (old.grade or 0) <= (new.grade or 0)
    assert new.possible <= old.possible
    assert old.grade is None or new.grade is not None


def _standing(pack: RulePack, signals: list[Signal], history: Scans | None) -> Standing:
    read = readings(pack, *signals, history=history)
    criterion: Criterion = pack.criteria[-1]
    return Grader(pack=pack, readings=read, scene=PUBLIC).standing(criterion)


@patient
@given(st.data())
def test_knowing_everything_leaves_one_grade(pack: RulePack, data: st.DataObject) -> None:
    rules = data.draw(st.lists(_RULES, min_size=1, max_size=5))
    changed = _pack(pack, *rules)
    history = Scans({"coverage.share": [0.5, 0.4], "breadth.distinct": [2, 2]})
    exact = [
        Signal(
            id=identity,
            fields={name: Interval.exactly(data.draw(_interval(name)).low) for name in names},
            n=data.draw(st.integers(0, 6)),
        )
        for identity, names in _FIELDS.items()
    ]

    standing = _standing(changed, exact, history)

    assert standing.grade == standing.possible


@pytest.mark.parametrize(
    ("scene", "facing", "confidence"),
    [
        pytest.param(FULL, "inward", 0.8, id="all was seen"),
        pytest.param(PUBLIC, "outward", 0.8, id="faces the public"),
        pytest.param(PUBLIC, "inward", 0.6, id="a biased sample"),
        pytest.param(
            Scene(profile="community", visibility=Visibility.PUBLIC), "inward", 0.8, id="the whole"
        ),
    ],
)
def test_confidence_is_less_where_only_a_part_was_seen(
    scene: Scene, facing: str, confidence: float, pack: RulePack
) -> None:
    changed = _pack(pack, "policy.present", facing=facing, signals=("policy",))

    finding = _find(_grader(changed, STUB, scene=scene))

    assert finding.confidence == pytest.approx(confidence)


def test_confidence_rests_on_what_proved_the_grade(pack: RulePack) -> None:
    changed = _pack(pack, "coverage.share >= 0.5", "policy.quality >= 3")
    signals = measured("coverage", 20, share=0.5), replace(STUB, n=1)

    assert _find(_grader(changed, *signals)).confidence == pytest.approx(1 * (0.5 + 0.5 * 0.5))
