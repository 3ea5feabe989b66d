"""What the scan could not see, and what would show it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from osmm_scan.engine.access import GITHUB, OTHERS, describe_access
from osmm_scan.engine.rules import RulePack, load_rules
from osmm_scan.model import (
    Bundle,
    Evidence,
    Interval,
    Missing,
    Signal,
    Target,
    TargetKind,
    Visibility,
)
from osmm_scan.resources import rules_directory
from osmm_scan.verdicts import Hidden
from tests.fakes import AS_OF

LICENSES = Signal(id="license_file_coverage", fields={"share": Interval(0, 1)})
BUNDLE = Bundle(
    tool_version="1",
    target=Target(kind=TargetKind.ORGANISATION, name="acme", source="checkout"),
    as_of=AS_OF,
    window_days=365,
    visibility=Visibility.CHECKOUT,
    repositories=("acme/a", "acme/b"),
    unseen=0,
    evidence=(),
)


@cache
def shipped() -> RulePack:
    return load_rules(rules_directory())


def hidden(*signals: Signal, unseen: int = 0, **missing: Missing) -> tuple[Hidden, ...]:
    evidence = tuple(
        Evidence(
            key="license.recognized",
            subject=f"acme/{name}",
            missing=kind,
            why="for a reason",
            observed_at=AS_OF,
        )
        for name, kind in missing.items()
    )
    bundle = replace(BUNDLE, evidence=evidence, unseen=unseen)
    return describe_access(shipped(), bundle, signals).could_not_see


def test_nothing_is_hidden_when_all_was_seen() -> None:
    assert hidden(LICENSES) == ()


def test_what_does_not_apply_is_not_hidden() -> None:
    assert hidden(LICENSES, a=Missing.NOT_SUPPORTED) == ()


def test_a_damaged_repository_hides_the_items_that_read_its_facts() -> None:
    (gap,) = hidden(LICENSES, a=Missing.FAULT, b=Missing.FAULT)

    assert gap.needs == "an undamaged clone"
    assert gap.what == "Effective license coverage"
    assert gap.hides == ("l3.community-engagement.hosting", "l4.incubation.open-sourcing")


def test_two_reasons_are_two_gaps() -> None:
    gaps = hidden(LICENSES, a=Missing.FAULT, b=Missing.NO_ACCESS)

    assert [gap.needs for gap in gaps] == ["a token with more rights", "an undamaged clone"]


def test_what_no_collector_serves_names_what_it_waits_for() -> None:
    merged = Signal(
        id="upstream_merged_prs", fields={}, missing=Missing.NOT_COLLECTED, why="not collected"
    )

    (gap,) = hidden(merged)

    assert gap.needs == GITHUB
    assert "l3.public-development.contribution" in gap.hides


def test_one_repository_alone_hides_its_sisters() -> None:
    assert [gap.needs for gap in hidden(LICENSES, unseen=9)] == [OTHERS]


def test_a_long_list_of_signals_is_cut(pack: RulePack) -> None:
    waiting = [
        Signal(id=name, fields={}, missing=Missing.NOT_COLLECTED, why="not collected")
        for name in ("breadth", "coverage", "policy", "response")
    ]

    three, four = (
        describe_access(pack, BUNDLE, waiting[:count]).could_not_see[0].what for count in (3, 4)
    )

    assert "more" not in three
    assert three.count(", ") == 2
    assert four == f"{three} and 1 more"
