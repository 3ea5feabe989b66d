"""One yes is enough, one unknown is not no."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import collectors
from osmm_scan.collectors.alternatives import FACTS, collect, either
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from tests.fakes import FakeRepository, observe

DESK = observe(FakeRepository())
NO = DESK.fact("a.first", False, "a.yml", 3)
YES = DESK.fact("a.second", True, "b.yml", 7)
HIDDEN = DESK.missing("a.third", Unobserved(Missing.FAULT, "c.yml is damaged"), "c.yml")


@pytest.mark.parametrize(
    ("answers", "value"),
    [
        pytest.param([NO, NO], False, id="neither"),
        pytest.param([NO, YES], True, id="the second"),
        pytest.param([YES, NO], True, id="the first"),
        pytest.param([HIDDEN, YES], True, id="a yes beside an unknown"),
        pytest.param([NO, HIDDEN], None, id="a no beside an unknown"),
        pytest.param([], None, id="nobody to ask"),
    ],
)
def test_one_yes_is_enough(answers, value) -> None:
    assert either(DESK, "a.combined", answers).value is value


def test_a_yes_is_cited_where_it_was_seen() -> None:
    assert either(DESK, "a.combined", [NO, YES]).source == YES.source


def test_an_unknown_keeps_its_reason() -> None:
    found = either(DESK, "a.combined", [NO, HIDDEN])

    assert (found.missing, found.why) == (Missing.FAULT, "c.yml is damaged")
    assert found.source == HIDDEN.source


def test_every_fact_is_yielded_once() -> None:
    assert sorted(item.key for item in collect(DESK)) == sorted(FACTS)


def test_no_other_collector_yields_these_facts() -> None:
    others = [found for found in collectors() if found.name != "alternatives"]

    assert [found.name for found in others if FACTS.keys() & found.facts.keys()] == []
