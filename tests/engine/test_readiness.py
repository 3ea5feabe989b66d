"""Whether one repository does its part for a level."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from osmm_scan.engine.readiness import judge_readiness, readiness_verdict
from osmm_scan.engine.rules import RulePack, load_rules
from osmm_scan.model import Evidence, Missing, Source, Value
from osmm_scan.resources import rules_directory
from osmm_scan.verdicts import Check, Remedy, Result, Status, Verdict
from tests.fakes import AS_OF

NAME = "acme/widgets"


@cache
def shipped() -> RulePack:
    return load_rules(rules_directory())


def check(name: str, level: int, *, required: bool = False, applies: tuple[str, ...] = ()) -> Check:
    return Check(
        id=f"r{level}.{name}",
        level=level,
        item="l1.using.use",
        title=name,
        fact=name,
        applies=applies,
        required=required,
        why="",
        remedy=Remedy(action="", effort="S"),
    )


def fact(name: str, value: bool | None, path: str | None = None) -> Evidence:
    missing = None if value is not None else Missing.FAULT
    return Evidence(
        key=name,
        subject=NAME,
        value=value,
        missing=missing,
        why="damaged object" if missing else "",
        source=Source(path=path),
        observed_at=AS_OF,
    )


def judged(checks: list[Check], **facts: bool | None) -> tuple[int, int, list[Result]]:
    pack = replace(shipped(), checks=tuple(checks))
    readiness = judge_readiness(pack, NAME, [fact(*one) for one in facts.items()])
    return readiness.level, readiness.possible, [one.result for one in readiness.checks]


MET, UNMET, UNKNOWN, OUT = Result.MET, Result.UNMET, Result.UNKNOWN, Result.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("value", "result"),
    [
        pytest.param(False, UNMET, id="looked and found none"),
        pytest.param(None, UNKNOWN, id="could not look"),
        pytest.param(True, MET, id="found"),
    ],
)
def test_a_check_is_its_fact(value: bool | None, result: Result) -> None:
    assert judged([check("a", 1)], a=value)[2] == [result]


def test_a_fact_that_nobody_collected_is_unknown() -> None:
    pack = replace(shipped(), checks=(check("a", 1),))

    (finding,) = judge_readiness(pack, NAME, []).checks

    assert (finding.result, finding.because) == (UNKNOWN, "a was not collected")


def test_facts_of_another_repository_do_not_count() -> None:
    pack = replace(shipped(), checks=(check("a", 1),))
    stranger = replace(fact("a", True), subject="acme/gadgets")

    assert judge_readiness(pack, NAME, [stranger]).checks[0].result is UNKNOWN


@pytest.mark.parametrize(
    ("condition", "other", "result"),
    [
        pytest.param(False, True, OUT, id="does not apply"),
        pytest.param(None, True, UNKNOWN, id="may apply"),
        pytest.param(None, False, OUT, id="one condition refuses, the other is unknown"),
        pytest.param(True, True, UNMET, id="applies"),
    ],
)
def test_a_check_counts_where_it_applies(
    condition: bool | None, other: bool | None, result: Result
) -> None:
    checks = [check("a", 1, applies=("one", "two"))]

    assert judged(checks, a=False, one=condition, two=other)[2] == [result]


@pytest.mark.parametrize(
    ("facts", "level", "possible"),
    [
        pytest.param({"a": False, "b": True, "c": True}, 0, 0, id="the required one is not met"),
        pytest.param({"a": None, "b": True, "c": True}, 0, 1, id="the required one is unknown"),
        pytest.param({"a": True, "b": True, "c": False}, 1, 1, id="exactly two thirds"),
        pytest.param({"a": True, "b": False, "c": False}, 0, 0, id="below two thirds"),
        pytest.param({"a": True, "b": None, "c": False}, 0, 1, id="two thirds are possible"),
        pytest.param({"a": True, "b": True, "c": None}, 1, 1, id="an unknown not needed"),
    ],
)
def test_a_level_needs_its_required_checks_and_two_thirds(
    facts: dict[str, bool | None], level: int, possible: int
) -> None:
    checks = [check("a", 1, required=True), check("b", 1), check("c", 1), check("d", 2)]

    assert judged(checks, **facts, d=False)[:2] == (level, possible)


def test_a_level_stands_on_all_levels_below() -> None:
    checks = [check("a", 1), check("b", 2), check("c", 3), check("d", 4)]

    assert judged(checks, a=True, b=False, c=True, d=True)[:2] == (1, 1)


def test_what_does_not_apply_is_not_asked_for() -> None:
    checks = [
        check("a", 1, required=True, applies=("x",)),
        check("b", 1),
        check("c", 2),
        check("d", 3),
        check("e", 4),
    ]

    assert judged(checks, x=False, a=False, b=True, c=True, d=True, e=True)[:2] == (4, 4)


def test_a_finding_cites_the_fact_and_its_file() -> None:
    pack = replace(shipped(), checks=(check("a", 1),))
    seen = fact("a", True, "docs/a.md")

    (finding,) = judge_readiness(pack, NAME, [seen]).checks

    assert finding.evidence == (seen.id,)
    assert finding.because == "seen in docs/a.md"


def test_a_level_of_which_nothing_applies_is_not_reached() -> None:
    checks = [check("a", 1), check("b", 2, applies=("x",)), check("c", 3)]

    assert judged(checks, a=True, b=True, c=True, x=False)[:2] == (1, 1)
    assert judged(checks, a=True, b=True, c=True, x=None)[:2] == (1, 3)


def verdict(checks: list[Check], **facts: bool | None) -> Verdict:
    pack = replace(shipped(), checks=tuple(checks))
    readiness = judge_readiness(pack, NAME, [fact(*one) for one in facts.items()])
    return readiness_verdict(pack, readiness)


FOUR = [check(name, level) for level, name in enumerate("abcd", start=1)]


@pytest.mark.parametrize(
    ("facts", "level", "possible", "reach", "status"),
    [
        pytest.param("nnnn", 0, 0, 0, Status.NOT_STARTED, id="nothing"),
        pytest.param("nnyn", 0, 0, 3, Status.IN_PROGRESS, id="only a higher level"),
        pytest.param("unnn", 0, 1, 0, Status.INSUFFICIENT_EVIDENCE, id="cannot tell"),
        pytest.param("ynuy", 1, 1, 4, Status.ATTAINED, id="the first and the last"),
        pytest.param("yyuy", 2, 4, 4, Status.ATTAINED, id="two, perhaps all"),
        pytest.param("yyyy", 4, 4, 4, Status.ATTAINED, id="all"),
    ],
)
def test_the_verdict_of_a_repository(
    facts: str, level: int, possible: int, reach: int, status: Status
) -> None:
    values = {"y": True, "n": False, "u": None}

    found = verdict(FOUR, **{name: values[one] for name, one in zip("abcd", facts, strict=True)})

    assert (found.level, found.possible, found.reach) == (level, possible, reach)
    assert found.status is status


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        pytest.param({"a": False}, "Not ready for level 1", id="none"),
        pytest.param({"a": True}, "Ready for level 1: ad-hoc usage", id="the first"),
    ],
)
def test_the_verdict_names_the_level(facts: dict[str, bool], name: str) -> None:
    assert verdict(FOUR, **facts).name == name


@pytest.mark.parametrize(
    ("facts", "coverage"),
    [
        pytest.param({}, 0, id="nothing known"),
        pytest.param({"a": True, "b": False, "c": None}, 0.5, id="half"),
        pytest.param({"a": True, "b": False, "c": False, "d": True}, 1, id="all"),
    ],
)
def test_coverage_is_the_share_of_checks_that_could_be_decided(
    facts: dict[str, bool | None], coverage: float
) -> None:
    found = verdict(FOUR, **facts)

    assert (found.coverage, found.confidence) == (coverage, coverage)


def test_checks_that_do_not_apply_are_not_covered() -> None:
    found = verdict([check("a", 1), check("b", 1, applies=("x",))], a=True, x=False)

    assert found.coverage == 1


@pytest.mark.parametrize(
    ("facts", "because"),
    [
        pytest.param(
            {"a": False},
            "level 1 has 0 of 1 checks met, lacking: a (not met)",
            id="the first is not met",
        ),
        pytest.param(
            {"a": True},
            "level 2 has 0 of 1 checks met, lacking: b (unknown)",
            id="the second is unknown",
        ),
        pytest.param(
            dict.fromkeys("abcd", True),
            "every level that one repository can show is reached",
            id="all",
        ),
    ],
)
def test_the_verdict_says_what_the_next_level_lacks(facts: dict[str, bool], because: str) -> None:
    assert verdict(FOUR, **facts).because == because


def test_the_verdict_tells_required_checks_first_and_few() -> None:
    checks = [check(name, 1) for name in "abcde"] + [check("z", 1, required=True)]

    assert verdict(checks, a=True, **dict.fromkeys("bcdez", False)).because == (
        "level 1 has 1 of 6 checks met, lacking: z (not met); b (not met); c (not met); "
        "d (not met); and 1 more"
    )


def test_the_verdict_tells_all_of_a_few() -> None:
    told = verdict([check(name, 1) for name in "abcd"], **dict.fromkeys("abcd", False)).because

    assert told.endswith("c (not met); d (not met)")


def test_the_verdict_says_when_the_next_level_asks_nothing() -> None:
    found = verdict([check("a", 1), check("b", 2, applies=("x",))], a=True, x=False)

    assert found.because == "nothing that level 2 asks applies here"


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("yes", id="text"),
        pytest.param(1, id="a number"),
        pytest.param({"low": 0, "high": 1}, id="limits"),
    ],
)
def test_a_fact_that_is_neither_yes_nor_no_is_unknown(value: Value) -> None:
    pack = replace(shipped(), checks=(check("a", 1), check("b", 1, applies=("a",))))
    odd = Evidence(key="a", subject=NAME, value=value, observed_at=AS_OF)

    first, second = judge_readiness(pack, NAME, [odd]).checks

    assert (first.result, first.because) == (UNKNOWN, "a is neither yes nor no")
    assert second.result is UNKNOWN


def test_reasons_name_what_does_not_apply_and_what_is_unknown() -> None:
    checks = [check("a", 1, applies=("x",)), check("b", 1, applies=("y",)), check("c", 1)]
    pack = replace(shipped(), checks=tuple(checks))
    facts = [fact("x", False), fact("y", None), fact("c", False, "c.md")]

    first, second, third = judge_readiness(pack, NAME, facts).checks

    assert (first.because, first.evidence) == ("does not apply here: x is not so", (facts[0].id,))
    assert second.because == "whether it applies is unknown: damaged object"
    assert second.evidence == (facts[1].id,)
    assert third.because == "looked in c.md and found that it is not so"
