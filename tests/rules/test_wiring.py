"""Rules, signals, facts and collectors fit together: nothing is asked that nobody answers."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import collectors
from osmm_scan.engine.rules import RulePack, load_rules
from osmm_scan.engine.wiring import known_facts
from osmm_scan.resources import rules_directory
from osmm_scan.signals.measures import MEASURES
from osmm_scan.signals.measuring import members_of, used_facts

# How many facts each measure reads.
ARGUMENTS = {"size": 0, "shown": 5, "heeded": 3, "defied": 3} | dict.fromkeys(
    ("ratio", "best", "newest", "pooled_median", "mean_among", "breadth", "covered"), 2
)


@pytest.fixture(scope="module")
def pack() -> RulePack:
    return load_rules(rules_directory())


@pytest.fixture(scope="module")
def collected() -> frozenset[str]:
    return known_facts()


def test_facts_of_signals_are_collected(pack: RulePack, collected: frozenset[str]) -> None:
    asked = {
        fact
        for signal in pack.signals.values()
        for fact in (*used_facts(signal), *members_of(signal.population, pack.model.populations))
    }

    assert sorted(asked - collected) == []


def test_facts_of_denominators_are_collected(pack: RulePack, collected: frozenset[str]) -> None:
    asked = {fact for facts in pack.model.populations.values() for fact in facts}

    assert sorted(asked - collected) == []


def test_facts_of_readiness_checks_are_collected(pack: RulePack, collected: frozenset[str]) -> None:
    asked = {fact for check in pack.checks for fact in (check.fact, *check.applies)}

    assert sorted(asked - collected) == []


def test_facts_have_one_collector() -> None:
    facts = [fact for collector in collectors() for fact in collector.facts]

    assert sorted({fact for fact in facts if facts.count(fact) > 1}) == []


def test_signals_say_what_they_wait_for_where_a_field_is_not_measured(pack: RulePack) -> None:
    silent = [
        signal.id
        for signal in pack.signals.values()
        if any(field.measure is None for field in signal.fields.values()) and not signal.awaits
    ]

    assert silent == []


def test_signals_wait_for_nothing_once_all_fields_are_measured(pack: RulePack) -> None:
    waiting = [
        signal.id
        for signal in pack.signals.values()
        if all(field.measure for field in signal.fields.values()) and signal.awaits
    ]

    assert waiting == []


def test_measures_have_the_arguments_that_they_need(pack: RulePack) -> None:
    wrong = [
        f"{signal.id}.{name}"
        for signal in pack.signals.values()
        for name, field in signal.fields.items()
        if field.measure
        and (
            field.measure.function not in MEASURES
            or len(field.measure.arguments) != ARGUMENTS.get(field.measure.function, 1)
        )
    ]

    assert wrong == []


def test_every_signal_speaks_for_an_item(pack: RulePack) -> None:
    used = {signal for item in (*pack.criteria, *pack.facets) for signal in item.signals}

    assert sorted(set(pack.signals) - used) == []


def test_thresholds_of_observations_name_signals(pack: RulePack) -> None:
    assert set(pack.model.thresholds.least_observations) <= set(pack.signals)


def test_every_level_has_a_required_readiness_check(pack: RulePack) -> None:
    required = {check.level for check in pack.checks if check.required}

    assert required == set(pack.model.readiness.levels)


def test_there_are_thirty_to_forty_readiness_checks(pack: RulePack) -> None:
    assert 30 <= len(pack.checks) <= 40


def test_readiness_checks_are_named_after_their_level(pack: RulePack) -> None:
    wrong = [check.id for check in pack.checks if not check.id.startswith(f"r{check.level}.")]

    assert wrong == []
