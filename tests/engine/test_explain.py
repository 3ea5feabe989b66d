"""Everything that rules name can be explained, with and without evidence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from osmm_scan.engine.assessment import weigh_up
from osmm_scan.engine.explain import CATALOGUES, explain
from osmm_scan.engine.explain_nouns import Case, Explanation
from osmm_scan.engine.expressions import parse
from osmm_scan.engine.rule_words import rule_words
from osmm_scan.engine.rules import RulePack, load_rules
from osmm_scan.errors import UsageError
from osmm_scan.model import (
    Bundle,
    Evidence,
    Missing,
    Signal,
    Source,
    Target,
    TargetKind,
    Visibility,
)
from osmm_scan.report.explanations import FORMS, render
from osmm_scan.resources import rules_directory
from osmm_scan.signals.measuring import measure_signals
from tests.engine.scene import measured
from tests.fakes import AS_OF

PLACE = Source(
    url="https://github.com/acme/a/blob/0123456789abcdef0123456789abcdef01234567/README.md#L3",
    path="README.md",
    line=3,
    commit="0123456789abcdef0123456789abcdef01234567",
)
EVIDENCE = (
    Evidence(key="readme.explains", subject="acme/a", value=False, source=PLACE, observed_at=AS_OF),
    Evidence(
        key="policy.text",
        subject="acme/b",
        missing=Missing.TRUNCATED,
        why="larger \x1b[31mthan 1 MiB",
        source=Source(path="a|b.md"),
        observed_at=AS_OF,
    ),
)


def _bundle() -> Bundle:
    return Bundle(
        tool_version="0",
        target=Target(kind=TargetKind.ORGANISATION, name="acme", source="checkout"),
        as_of=AS_OF,
        window_days=365,
        visibility=Visibility.CHECKOUT,
        repositories=("acme/a", "acme/b"),
        unseen=0,
        evidence=EVIDENCE,
    )


@pytest.fixture(scope="module")
def shipped() -> RulePack:
    return load_rules(rules_directory())


@pytest.fixture(scope="module")
def nothing(shipped: RulePack) -> Case:
    """Return a scan that saw next to nothing."""
    bundle = _bundle()
    signals = measure_signals(
        bundle.evidence,
        shipped.signals,
        shipped.model.populations,
        repositories=bundle.repositories,
    )
    return Case(judged=weigh_up(shipped, bundle, signals, profile="company"), bundle=bundle)


@pytest.fixture(scope="module")
def case(pack: RulePack) -> Case:
    """Return a scan of the small pack with something known, lacking and unknown."""
    seen = {
        "breadth": measured("breadth", distinct=12),
        "coverage": Signal(
            id="coverage",
            fields=measured("coverage", share=(0.1, 0.6), active=0.2, n=20, policy=1).fields,
            n=20,
            unknown=10,
            evidence=tuple(item.id for item in EVIDENCE),
        ),
    }
    signals = [
        seen.get(name, Signal(id=name, n=20, fields=dict.fromkeys(one.fields), why="not collected"))
        for name, one in pack.signals.items()
    ]
    judged = weigh_up(pack, _bundle(), signals, profile="company")
    return Case(judged=judged, bundle=_bundle())


def _names(pack: RulePack) -> list[str]:
    return [
        *(one.id for one in (*pack.criteria, *pack.facets, *pack.checks)),
        *pack.signals,
        *(f"level-{one.level}" for one in pack.model.levels),
    ]


ITEMS = [one.id for one in load_rules(rules_directory()).criteria]


def _headings(explanation: Explanation) -> list[str]:
    return [one.heading for one in explanation.sections if one.lines]


def test_there_are_seventy_two_items() -> None:
    assert len(ITEMS) == 72


@pytest.mark.parametrize("name", ITEMS)
def test_an_item_is_explained_whole(name: str, shipped: RulePack, nothing: Case) -> None:
    alone, judged = explain(name, shipped), explain(name, shipped, nothing)

    assert _headings(alone) == [
        "Asked",
        "Why it matters",
        "Where it stands",
        "Grades",
        "Measured by",
        "One repository",
        "To improve",
        "References",
    ]
    assert {"Judged here", "Not known, and what would settle it", "The next grade"} <= {
        *_headings(judged)
    }
    grades = next(one for one in alone.sections if one.heading == "Grades")
    assert len(grades.lines) == 5
    assert all(line.below for line in grades.lines)


def test_everything_else_is_explained_and_fits_eighty_columns(
    shipped: RulePack, nothing: Case
) -> None:
    wide = [
        (name, line)
        for name in _names(shipped)
        for some in (None, nothing)
        for line in render(explain(name, shipped, some), "text").splitlines()
        if len(line) > 80 and " " in line.strip()
    ]

    assert wide == []


def test_every_reference_belongs_to_a_named_catalogue(shipped: RulePack) -> None:
    criteria = {name for one in (*shipped.criteria, *shipped.facets) for name in one.references}
    signals = {name for one in shipped.signals.values() for name in one.references}

    assert sorted((criteria | signals) - CATALOGUES.keys()) == []


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        pytest.param("l1.using.uses", "'l1.using.use'", id="item"),
        pytest.param("licence_file_coverage", "'license_file_coverage'", id="signal"),
        pytest.param("r1.redme", "'r1.readme'", id="check"),
        pytest.param("level-9", "'level-", id="level"),
        pytest.param("zzz", "'osmm-scan rules list' lists the ids", id="nothing near"),
    ],
)
def test_an_unknown_id_is_answered_with_the_nearest(
    name: str, nearest: str, shipped: RulePack
) -> None:
    with pytest.raises(UsageError, match="no item, signal, check or level") as caught:
        explain(name, shipped)

    assert nearest in str(caught.value)


@pytest.mark.parametrize("name", ["3", "level 3", "level-3", "level3"])
def test_a_level_has_several_spellings(name: str, shipped: RulePack) -> None:
    assert explain(name, shipped).id == "level-3"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        pytest.param("policy.present", "Policy: there is one", id="presence"),
        pytest.param("not policy.present", "not (Policy: there is one)", id="not"),
        pytest.param("coverage.policy", "Coverage, policy: yes", id="flag"),
        pytest.param("coverage.share >= 0.4", "Coverage, share of share: 40 % or more", id="share"),
        pytest.param("breadth.distinct > 3", "Breadth, distinct: more than 3", id="more"),
        pytest.param(
            "sustained(coverage.share)",
            "Coverage, share of share: kept up over scans",
            id="trend",
        ),
        pytest.param(
            "policy.present and (breadth.distinct <= 1 or breadth.distinct == 7)",
            "Policy: there is one; and (Breadth, distinct: 1 or less; or Breadth, distinct: 7)",
            id="alternatives in brackets",
        ),
    ],
)
def test_rules_are_put_into_words(rule: str, words: str, pack: RulePack) -> None:
    assert rule_words(parse(rule), pack.signals) == words


@pytest.mark.parametrize(
    ("form", "suffix"), [("text", "txt"), ("markdown", "md"), ("json", "json")]
)
def test_explanation_is_golden(
    form: str,
    suffix: str,
    pack: RulePack,
    case: Case,
    strays_from_golden: Callable[[str, str], list[str]],
) -> None:
    shown = render(explain("l1.using.use", pack, case), form)

    assert strays_from_golden(f"explanation.{suffix}", shown) == []


@pytest.mark.parametrize("form", sorted(FORMS))
@pytest.mark.parametrize("name", ["coverage", "r1.readme", "level-1"])
def test_other_kinds_render_in_every_form_and_stay_inert(
    name: str, form: str, pack: RulePack, case: Case
) -> None:
    shown = render(explain(name, pack, case), form)

    assert name in shown
    assert "\x1b" not in shown


def test_a_check_names_the_repositories_by_result(pack: RulePack, case: Case) -> None:
    found = {one.heading: one.lines for one in explain("r1.readme", pack, case).sections}

    assert [line.text for line in found["Not met here"]] == [
        "acme/a: looked in README.md and found that it is not so"
    ]
    assert [line.text for line in found["Not known here"]] == [
        "acme/b: readme.explains was not collected"
    ]
