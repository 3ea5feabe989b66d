"""A plan reaches its level by the rules themselves, and no action of it can be missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osmm_scan.engine.assessment import Judged, assess, weigh_up
from osmm_scan.engine.plan import make_plan, taken
from osmm_scan.engine.plan_nouns import Kind, Option, Plan
from osmm_scan.engine.plan_options import change_signals
from osmm_scan.engine.plan_repositories import cheapest_checks, once_met
from osmm_scan.engine.plan_way import Desk, changes_of
from osmm_scan.engine.readiness import sum_up_checks
from osmm_scan.engine.rules import RulePack, load_rules
from osmm_scan.model import Bundle, Evidence, Interval, Signal, Target, TargetKind, Visibility
from osmm_scan.resources import rules_directory
from osmm_scan.settings import Attestation, Proof, ProofKind
from osmm_scan.signals.declarations import FieldType
from osmm_scan.verdicts import Assessment, CheckFinding, Result
from tests.engine.pack import files, load_pack
from tests.engine.scene import measured
from tests.fakes import AS_OF
from tests.patience import patient

HIGHEST = {
    FieldType.SHARE: 1,
    FieldType.FLAG: 1,
    FieldType.QUALITY: 3,
    FieldType.GRADE: 5,
    FieldType.COUNT: 40,
    FieldType.DAYS: 1500,
    FieldType.NUMBER: 30,
}
WHOLE = frozenset({FieldType.FLAG, FieldType.QUALITY, FieldType.GRADE, FieldType.COUNT})


@pytest.fixture(scope="module")
def shipped() -> RulePack:
    return load_rules(rules_directory())


def _bundle(
    visibility: Visibility = Visibility.FULL,
    kind: TargetKind = TargetKind.ORGANISATION,
    evidence: tuple[Evidence, ...] = (),
) -> Bundle:
    return Bundle(
        tool_version="0",
        target=Target(kind=kind, name="acme/a", source="checkout"),
        as_of=AS_OF,
        window_days=365,
        visibility=visibility,
        repositories=("acme/a",),
        unseen=0,
        evidence=evidence,
    )


def _source(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - repeatable on purpose, nothing secret


def _signals(pack: RulePack, source: Random, known: float) -> tuple[Signal, ...]:
    """Return signals of which this part of the fields is known."""
    n = source.choice((2, 4, 20))
    return tuple(
        Signal(
            id=declared.id,
            n=n,
            fields={
                name: Interval.exactly(n) if name == "n" else _value(source, field.type, known)
                for name, field in declared.fields.items()
            },
        )
        for declared in pack.signals.values()
    )


def _value(source: Random, form: FieldType, known: float) -> Interval | None:
    highest = HIGHEST[form]
    if source.random() > known:
        return source.choice((None, Interval(0, highest)))
    number = source.randint(0, highest) if form in WHOLE else round(source.random() * highest, 2)
    return Interval.exactly(number)


def _chosen(plan: Plan) -> list[Option]:
    return [action.option for level in plan.levels for action in level.actions]


def _level(judged: Judged, chosen: Iterable[Option]) -> int:
    organisation = judged.organisation
    return organisation.cumulative(taken(organisation, chosen))


def _without(chosen: Sequence[Option], left_out: Option) -> list[Option]:
    return [one for one in chosen if one is not left_out]


@pytest.mark.slow
@settings(patient, max_examples=10)
@given(
    seed=st.integers(0, 2**32),
    known=st.sampled_from((0.4, 0.7, 1.0)),
    visibility=st.sampled_from(Visibility),
    profile=st.sampled_from(("company", "foundation", "community")),
    target=st.integers(1, 5),
)
def test_a_plan_reaches_its_level_and_no_action_can_be_missed(
    seed: int, known: float, visibility: Visibility, profile: str, target: int, shipped: RulePack
) -> None:
    bundle = _bundle(visibility)
    signals = _signals(shipped, _source(seed), known)
    judged = weigh_up(shipped, bundle, signals, profile=profile)

    plan = make_plan(judged, bundle, target)

    chosen = _chosen(plan)
    assert not plan.is_possible or _level(judged, chosen) >= target
    assert not plan.is_possible or all(
        _level(judged, _without(chosen, one)) < target for one in chosen
    )


@pytest.mark.slow
@settings(patient, max_examples=4)
@given(seed=st.integers(0, 2**32), target=st.integers(2, 5))
def test_changed_signals_and_new_attestations_are_assessed_to_the_level(
    seed: int, target: int, shipped: RulePack
) -> None:
    bundle = _bundle()
    signals = _signals(shipped, _source(seed), 1.0)
    judged = weigh_up(shipped, bundle, signals, profile="company")
    chosen = _chosen(make_plan(judged, bundle, target))

    def again(options: Sequence[Option]) -> Assessment:
        organisation = judged.organisation
        changes = changes_of(options, organisation)
        return assess(
            shipped,
            bundle,
            change_signals(signals, changes, organisation.grader.readings),
            profile="company",
            attestations=[_stated(one) for one in options if not one.is_read],
        )

    assert _proved(again(chosen), judged) >= target
    assert all(_proved(again(_without(chosen, one)), judged) < target for one in chosen[:3])


def _proved(assessment: Assessment, judged: Judged) -> int:
    """Return the cumulative level of an assessment, by the formula itself."""
    again = replace(judged.organisation, findings=assessment.items)
    return again.cumulative(again.items())


def _stated(option: Option) -> Attestation:
    return Attestation(
        item=option.criterion.id,
        grade=option.grade,
        statement="It is so.",
        evidence=(Proof(kind=ProofKind.DOCUMENT, value="POL-1"),),
        accountable_role="Head of open source",
        second_person="Legal counsel",
        dated=AS_OF - timedelta(days=1),
        expires=AS_OF + timedelta(days=100),
    )


def _small(pack: RulePack, *signals: Signal, profile: str = "company") -> Judged:
    given_ = {one.id: one for one in signals}
    blank = [
        given_.get(name, Signal(id=name, n=20, fields=dict.fromkeys(declared.fields)))
        for name, declared in pack.signals.items()
    ]
    return weigh_up(pack, _bundle(), blank, profile=profile)


NOTHING = (
    measured("breadth", distinct=0),
    measured("coverage", share=0, active=0, n=20, policy=0),
    measured("policy", present=0, quality=0, age_days=None),
    measured("response", median_days=90),
)


def test_a_level_that_is_reached_needs_nothing(pack: RulePack) -> None:
    judged = _small(
        pack, measured("breadth", distinct=3), measured("coverage", share=0.5), NOTHING[2]
    )

    plan = make_plan(judged, _bundle(), 1)

    assert (plan.proved, plan.cost, _chosen(plan), plan.is_possible) == (1, 0, [], True)


def test_use_alone_is_the_cheapest_way_to_level_1(pack: RulePack) -> None:
    plan = make_plan(_small(pack, *NOTHING), _bundle(), 1)

    [option] = _chosen(plan)
    assert (option.criterion.id, option.before, option.grade) == ("l1.using.use", 0, 1)
    assert option.kind is Kind.DO
    assert [want.told for want in option.wants] == ["Breadth, distinct: 0 (needs 1)"]


def test_what_is_unknown_is_looked_at_and_never_work(pack: RulePack) -> None:
    plan = make_plan(_small(pack), _bundle(), 3)

    assert _chosen(plan)
    assert {option.kind for option in _chosen(plan)} <= {Kind.LOOK, Kind.ATTEST}
    assert all(not want.is_known for option in _chosen(plan) for want in option.wants)


def test_what_is_known_to_lack_is_work_at_twice_the_effort(pack: RulePack) -> None:
    work, look = (
        Desk.of(_small(pack, *signals).organisation).ways["l1.using.use"]
        for signals in (NOTHING, ())
    )

    assert [(one.kind, one.cost) for one in work[:2]] == [(Kind.DO, 2), (Kind.DO, 4)]
    assert [(one.kind, one.cost) for one in look[:2]] == [(Kind.ATTEST, 1), (Kind.ATTEST, 2)]


def test_what_goes_beyond_a_scan_is_done_as_far_as_it_sees_and_then_stated(
    pack: RulePack,
) -> None:
    plan = make_plan(_small(pack, *NOTHING), _bundle(), 2)

    [option] = [one for one in _chosen(plan) if one.criterion.level == 2]
    assert (option.kind, option.grade, option.by_statement) == (Kind.DO, 3, True)
    assert [want.field for want in option.wants] == ["quality"]
    assert {field for _, field in option.changes} == {"quality", "present", "age_days"}


@pytest.mark.parametrize("target", [1, 2, 3])
@pytest.mark.parametrize("seed", range(40))
def test_no_other_choice_is_cheaper_where_a_plan_says_so(
    seed: int, target: int, pack: RulePack
) -> None:
    signals = _signals(pack, _source(seed), 0.7)
    judged = weigh_up(pack, _bundle(), signals, profile="company")
    desk = Desk.of(judged.organisation)
    choices = [(None, *ways) for ways in desk.ways.values()]
    costs = [
        sum(one.cost for one in some if one)
        for some in product(*choices)
        if desk.reaches([one for one in some if one], target)
    ]

    plan = make_plan(judged, _bundle(), target)

    assert plan.is_possible or not costs
    assert not costs or plan.cost >= min(costs)
    assert not (costs and plan.is_exact) or plan.cost == min(costs)


def test_each_action_has_the_cheapest_alternative_or_says_that_there_is_none(
    pack: RulePack,
) -> None:
    judged = _small(pack, *NOTHING)
    plan = make_plan(judged, _bundle(), 2)
    chosen = _chosen(plan)

    actions = [action for level in plan.levels for action in level.actions]
    for action in actions:
        kept = [one for one in chosen if one.criterion != action.option.criterion]
        assert action.alternative is None or _level(judged, [*kept, *action.alternative]) >= 2
    assert any(action.alternative is None for action in actions)


def test_a_level_that_cannot_be_assessed_is_out_of_reach_and_says_why(
    tmp_path: Path,
) -> None:
    contents = files()
    contents["osmm/model.yaml"]["profiles"]["community"]["not_applicable"] = ["l2.care.policy"]
    pack = load_pack(tmp_path, contents)

    plan = make_plan(_small(pack, *NOTHING, profile="community"), _bundle(), 2)

    assert not plan.is_possible
    assert [level.lacks for level in plan.levels if level.lacks is not None] == [
        ("too few of its items apply to the profile and are not waived",)
    ]


def _check(shipped: RulePack, identity: str, result: Result) -> CheckFinding:
    check = next(one for one in shipped.checks if one.id == identity)
    return CheckFinding(check=check, result=result, because="")


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("target", [1, 2, 3, 4])
def test_a_repository_is_ready_once_its_checks_are_met_and_not_without_any_of_them(
    seed: int, target: int, shipped: RulePack
) -> None:
    source = _source(seed)
    results = (Result.MET, Result.UNMET, Result.UNKNOWN, Result.NOT_APPLICABLE)
    checks = tuple(_check(shipped, one.id, source.choice(results)) for one in shipped.checks)

    chosen = cheapest_checks(shipped.model, checks, target)

    def ready(some: Iterable[CheckFinding]) -> int:
        return sum_up_checks(shipped, "a", once_met(checks, some)).level

    assert chosen is not None
    assert ready(chosen) >= target
    assert all(ready(other for other in chosen if other is not one) < target for one in chosen)


def test_required_checks_come_first_and_then_the_cheapest(shipped: RulePack) -> None:
    checks = tuple(
        _check(shipped, one.id, Result.UNMET) for one in shipped.checks if one.level == 1
    )

    chosen = cheapest_checks(shipped.model, checks, 1)

    assert [one.check.id for one in chosen or ()] == ["r1.manifest", "r1.alive", "r1.lockfile"]


def test_one_repository_has_a_plan_of_checks_alone(shipped: RulePack) -> None:
    evidence = (
        Evidence(key="readme.explains", subject="acme/a", value=False, observed_at=AS_OF),
        Evidence(key="repository.active", subject="acme/a", value=True, observed_at=AS_OF),
        Evidence(key="repository.code", subject="acme/a", value=True, observed_at=AS_OF),
    )
    bundle = _bundle(kind=TargetKind.REPOSITORY, evidence=evidence)
    signals = _signals(shipped, _source(0), 0.0)

    plan = make_plan(weigh_up(shipped, bundle, signals, profile="company"), bundle, 5)

    assert plan.levels == ()
    assert plan.repositories.level == 4
    assert [one.check.id for one in plan.repositories.actions][:2] == ["r1.manifest", "r1.lockfile"]
