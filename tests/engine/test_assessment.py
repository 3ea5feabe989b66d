"""A whole assessment: what it holds, for organisations and repositories, again and again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from osmm_scan import __version__
from osmm_scan.engine.assessment import assess
from osmm_scan.engine.rules import RulePack
from osmm_scan.errors import UsageError
from osmm_scan.model import Bundle, Evidence, Fault, Missing, Signal, Target, TargetKind, Visibility
from osmm_scan.verdicts import Assessment, State, Status
from tests.engine.pack import check, files, load_pack
from tests.engine.scene import Scans, measured
from tests.fakes import AS_OF

GOOD = (
    measured("breadth", distinct=100),
    measured("coverage", share=0.9),
    measured("policy", present=1, quality=3, age_days=10),
    measured("response", median_days=1),
)


def _fact(key: str, value: object, subject: str = "acme/a") -> Evidence:
    if value is None:
        missing, why = Missing.FAULT, "damaged"
        return Evidence(key=key, subject=subject, missing=missing, why=why, observed_at=AS_OF)
    return Evidence(key=key, subject=subject, value=value, observed_at=AS_OF)  # type: ignore[arg-type]


def _bundle(*evidence: Evidence, **changes: Any) -> Bundle:
    whole: dict[str, Any] = {
        "tool_version": "0",
        "target": Target(kind=TargetKind.ORGANISATION, name="acme", source="checkout"),
        "as_of": AS_OF,
        "window_days": 365,
        "visibility": Visibility.FULL,
        "repositories": ("acme/b", "acme/a"),
        "unseen": 0,
        "evidence": evidence,
    }
    return Bundle(**whole | changes)


def _repository(*evidence: Evidence) -> Bundle:
    return _bundle(
        *evidence,
        target=Target(kind=TargetKind.REPOSITORY, name="acme/a", source="checkout"),
        visibility=Visibility.CHECKOUT,
        repositories=("acme/a",),
        unseen=999,
    )


def _assess(pack: RulePack, signals: Iterable[Signal] = GOOD, **changes: Any) -> Assessment:
    return assess(pack, _bundle(**changes), signals, profile="company")


def test_an_assessment_holds_what_was_judged(pack: RulePack) -> None:
    seen = _fact("readme.explains", True)
    fault = Fault(subject="acme/a", what="x", why="y")

    found = assess(
        pack, _bundle(seen, faults=(fault,), token="app"), reversed(GOOD), profile="company"
    )

    assert (found.tool_version, found.rules_sha256) == (__version__, pack.sha256)
    assert (found.as_of, found.window_days, found.profile) == (AS_OF, 365, "company")
    assert found.target.name == "acme"
    assert [one.criterion.id for one in found.items] == [one.id for one in pack.criteria]
    assert [one.criterion.id for one in found.facets] == ["l3x.speed"]
    assert [one.level for one in found.levels] == [1, 2, 3]
    assert [one.id for one in found.activities] == ["using", "care", "share"]
    assert [one.id for one in found.signals] == ["breadth", "coverage", "policy", "response"]
    assert [one.repository for one in found.readiness] == ["acme/a", "acme/b"]
    assert [one.name for one in found.repositories] == ["acme/a", "acme/b"]
    assert found.evidence == (seen,)
    assert found.faults == (fault,)
    assert found.access.token == "app"


def test_signals_are_reported_as_measured(pack: RulePack) -> None:
    old = measured("policy", present=1, quality=3, age_days=2000)

    found = _assess(pack, [old])

    assert found.signals == (old,)
    assert next(one for one in found.items if one.criterion.id == "l2.care.policy").grade == 1


def test_the_same_evidence_gives_the_same_assessment(pack: RulePack) -> None:
    assert _assess(pack) == _assess(pack, reversed(GOOD))


def test_a_profile_must_exist(pack: RulePack) -> None:
    with pytest.raises(UsageError, match="unknown profile 'compny'; did you mean 'company'"):
        assess(pack, _bundle(), GOOD, profile="compny")


def test_a_profile_excludes_items(pack: RulePack) -> None:
    found = assess(pack, _bundle(), GOOD, profile="community")

    states = {one.criterion.id: one.state for one in found.items}
    assert states["l1.using.buying"] is State.NOT_APPLICABLE
    assert found.levels[0].ceiling == 0.4


def test_the_verdict_of_an_organisation_is_its_maturity(tmp_path: Path) -> None:
    contents = files()
    contents["osmm/level-1/using.yaml"]["items"][0]["grading"][3]["when"] = "coverage.share >= 0.5"
    contents["osmm/level-1/using.yaml"]["items"][0]["max_observed_grade"] = 3

    verdict = _assess(load_pack(tmp_path, contents)).verdict

    assert (verdict.level, verdict.name, verdict.status) == (1, "Use", Status.ATTAINED)


def test_the_verdict_of_a_repository_is_its_readiness(pack: RulePack) -> None:
    bundle = _repository(_fact("readme.explains", True))

    verdict = assess(pack, bundle, GOOD, profile="company").verdict

    assert (verdict.level, verdict.name) == (1, "Ready for level 1: use")
    assert verdict.stability is None


def test_a_repository_shows_all_items_with_shares_left_open(pack: RulePack) -> None:
    found = assess(
        pack, _repository(), [measured("coverage", 1, share=(0.001, 1))], profile="company"
    )

    assert [one.criterion.id for one in found.items] == [one.id for one in pack.criteria]
    assert len(found.levels) == 3


def test_history_is_read(tmp_path: Path) -> None:
    contents = files()
    rule = {"meaning": "Kept.", "when": "sustained(breadth.distinct)"}
    contents["osmm/level-1/using.yaml"]["items"][0]["grading"][3] = rule
    contents["osmm/level-1/using.yaml"]["items"][0]["max_observed_grade"] = 3
    pack = load_pack(tmp_path, contents)
    history = Scans({"breadth.distinct": [100, 100]})

    without, with_it = (
        assess(pack, _bundle(), GOOD, profile="company", history=one).items[1]
        for one in (None, history)
    )

    assert (without.grade, without.possible) == (2, 3)
    assert with_it.grade == 3
    assert "needs at least 3 scans spanning 180 days" in without.because


def test_stability_may_be_tested_with_other_signals(pack: RulePack) -> None:
    def vary(source: Random) -> Iterable[Signal]:
        return [measured("breadth", distinct=0)]

    verdict = assess(pack, _bundle(), [GOOD[0]], profile="company", vary=vary).verdict

    assert verdict.stability == 0
    assert verdict.level == 0


def test_the_inventory_tells_what_is_known_of_each_repository(pack: RulePack) -> None:
    evidence = (
        _fact("repository.public", True),
        _fact("repository.archived", False),
        _fact("repository.fork", None),
        _fact("repository.active", True),
        _fact("readme.explains", True),
        _fact("other.fact", True),
        _fact("repository.public", False, "acme/b"),
        _fact("repository.archived", "maybe", "acme/b"),
        _fact("repository.public", True, "acme"),
    )

    first, second = assess(pack, _bundle(*evidence), GOOD, profile="company").repositories

    assert (first.name, first.visibility, first.archived) == ("acme/a", "public", False)
    assert (first.fork, first.active) == (None, True)
    assert first.facts == {
        "readme.explains": True,
        "repository.active": True,
        "repository.archived": False,
        "repository.fork": None,
        "repository.public": True,
    }
    assert list(first.facts) == sorted(first.facts)
    assert (second.name, second.visibility, second.archived) == ("acme/b", "private", None)
    assert (second.fork, second.active) == (None, None)


def test_facts_that_populations_and_checks_read_are_part_of_the_inventory(tmp_path: Path) -> None:
    contents = files()
    contents["osmm/repository.yaml"]["checks"].append(check("r1.x", "ci.any", applies=["ci.tests"]))
    contents["osmm/model.yaml"]["denominators"]["active_repo"]["all"] = ["funding.declared"]
    evidence = [
        _fact(key, True) for key in ("ci.any", "ci.tests", "funding.declared", "roadmap.stated")
    ]

    found = assess(load_pack(tmp_path, contents), _bundle(*evidence), GOOD, profile="company")

    assert list(found.repositories[0].facts) == ["ci.any", "ci.tests", "funding.declared"]


def test_each_repository_is_judged_by_its_own_facts(pack: RulePack) -> None:
    bundle = _bundle(_fact("readme.explains", True), _fact("readme.explains", False, "acme/b"))

    found = assess(pack, bundle, GOOD, profile="company")

    assert [(one.repository, one.level) for one in found.readiness] == [
        ("acme/a", 1),
        ("acme/b", 0),
    ]


def test_what_was_hidden_is_told(pack: RulePack) -> None:
    hidden = Signal(
        id="coverage",
        fields={"share": None},
        missing=Missing.NOT_COLLECTED,
        why="not collected: waits for github",
    )

    [told] = _assess(pack, [hidden]).access.could_not_see

    assert "GitHub" in told.needs
    assert told.hides == ("l1.using.use",)


def test_nothing_is_proved_when_nothing_was_measured(pack: RulePack) -> None:
    found = _assess(pack, [])

    assert all(one.grade is None for one in found.items)
    assert found.verdict.level is None
    assert found.verdict.status is Status.INSUFFICIENT_EVIDENCE
