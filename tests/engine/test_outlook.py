"""What a token will not show is said before the scan, with the items that need it."""

from __future__ import annotations

from functools import cache

from osmm_scan.engine.outlook import NEEDS, foresee
from osmm_scan.engine.rules import RulePack, load_rules
from osmm_scan.resources import rules_directory


@cache
def shipped() -> RulePack:
    return load_rules(rules_directory())


def _needs(*lacks: str) -> list[str]:
    return [one.needs for one in foresee(shipped(), frozenset(lacks)) if one.is_token]


def test_a_token_that_may_everything_lacks_nothing() -> None:
    assert _needs() == []


def test_each_lack_is_a_group() -> None:
    assert sorted(_needs(*NEEDS)) == sorted(NEEDS.values())


def test_a_group_counts_its_items_by_level() -> None:
    (group,) = (one for one in foresee(shipped(), frozenset({"org-admin"})) if one.is_token)

    assert sum(group.levels.values()) == len(group.items) > 0


def test_a_group_holds_the_signals_that_such_a_token_shows() -> None:
    (group,) = (one for one in foresee(shipped(), frozenset({"org-admin"})) if one.is_token)

    shown = {one.name: one.access for one in shipped().signals.values()}
    assert group.signals
    assert {"org-admin" in shown[name] for name in group.signals} == {True}


def test_what_no_token_shows_is_said_to_every_token() -> None:
    assert shipped().signals["attestation_record"].awaits in [
        one.needs for one in foresee(shipped(), frozenset())
    ]


def test_what_is_waited_for_is_said_in_words() -> None:
    waited_for = {one.needs for one in foresee(shipped(), frozenset()) if not one.is_token}

    assert "documents that no collector reads yet" in waited_for
    assert not {"documents", "github", "attestation"} & waited_for
