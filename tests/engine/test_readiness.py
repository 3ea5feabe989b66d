"""Whether one repository does its part for a level."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from osmm_scan.engine.readiness import judge_readiness
from osmm_scan.engine.rules import RulePack, load_rules
from osmm_scan.model import Check, Evidence, Missing, Remedy, Result, Source
from osmm_scan.resources import rules_directory
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
