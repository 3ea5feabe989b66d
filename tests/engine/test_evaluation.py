"""Rules over readings: what holds, and which terms made it so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.engine.evaluation import Judge
from osmm_scan.engine.expressions import parse
from osmm_scan.engine.intervals import Truth, negation
from osmm_scan.engine.rules import RulePack
from osmm_scan.engine.tree import Reference
from osmm_scan.model import Signal
from tests.engine.scene import Scans, Value, measured, readings
from tests.patience import patient

F, U, T = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE


def _judge(pack: RulePack, *signals: Signal, least: int = 0) -> Judge:
    return Judge(readings(pack, *signals), least)


def _logic(pack: RulePack) -> Judge:
    """Return a judge for whom `t`, `u` and `f` of the words below are true, unknown and false."""
    return _judge(
        pack,
        measured("policy", present=1, quality=2, age_days=9),
        measured("coverage", policy=(0, 1), share=0.5, active=(0.2, 0.8)),
        measured("breadth", distinct=0),
    )


WORDS = {"t": "policy.present", "u": "coverage.policy", "f": "breadth.distinct >= 1"}


def _rule(text: str) -> str:
    return " ".join(WORDS.get(word, word) for word in text.split())


@pytest.mark.parametrize(
    ("rule", "truth"),
    [
        ("f", F),
        ("u", U),
        ("t", T),
        ("not f", T),
        ("not u", U),
        ("not t", F),
        ("t and t", T),
        ("t and u", U),
        ("u and f", F),
        ("f or f", F),
        ("u or f", U),
        ("u or t", T),
        ("u or not u", U),
        ("t and t and f", F),
        ("f or f or t", T),
        ("not ( t and u )", U),
        ("not ( t and f )", T),
        ("not ( f or t )", F),
        ("t and ( u or f )", U),
    ],
)
def test_connectives_follow_kleene(rule: str, truth: Truth, pack: RulePack) -> None:
    assert _logic(pack).evaluate(parse(_rule(rule))) is truth


@pytest.mark.parametrize(
    ("rule", "truth"),
    [
        pytest.param("coverage.share >= 0.5", T, id="at the number"),
        pytest.param("coverage.share > 0.5", F, id="not above it"),
        pytest.param("coverage.active >= 0.5", U, id="within limits"),
        pytest.param("policy.present == true", T, id="is true"),
        pytest.param("policy.present == false", F, id="is not false"),
        pytest.param("response.median_days >= 0", U, id="not measured"),
        pytest.param("sustained(coverage.share)", U, id="no history"),
    ],
)
def test_terms_read_signals(rule: str, truth: Truth, pack: RulePack) -> None:
    assert _logic(pack).evaluate(parse(rule)) is truth


def test_trends_read_history(pack: RulePack) -> None:
    history = Scans({"coverage.share": [0.5, 0.5]})
    read = readings(pack, measured("coverage", share=0.5), history=history)

    assert Judge(read).evaluate(parse("sustained(coverage.share)")) is T
    assert Judge(read).evaluate(parse("improving(coverage.share)")) is F


@pytest.mark.parametrize(
    ("n", "unknown", "truth"),
    [
        pytest.param(2, 0, F, id="one too few"),
        pytest.param(3, 0, T, id="just enough"),
        pytest.param(2, 1, U, id="perhaps enough"),
        pytest.param(3, 9, T, id="surely enough"),
    ],
)
def test_too_few_units_prove_nothing(n: int, unknown: int, truth: Truth, pack: RulePack) -> None:
    judge = _judge(pack, measured("coverage", n, unknown, share=0.9, policy=1), least=3)

    assert judge.evaluate(parse("coverage.share >= 0.9")) is truth
    assert judge.evaluate(parse("coverage.policy")) is T


@pytest.mark.parametrize(
    ("rule", "truth"),
    [
        pytest.param("not coverage.share >= 0.9", F, id="neither when negated"),
        pytest.param("not not coverage.share >= 0.4", F, id="nor when negated twice"),
        pytest.param("not (coverage.share >= 0.9 or policy.present)", F, id="nor in a group"),
        pytest.param("coverage.share >= 0.4 or breadth.distinct >= 1", T, id="others still do"),
        pytest.param("coverage.share >= 0.4 and breadth.distinct >= 1", F, id="not alone"),
    ],
)
def test_too_few_units_prove_nothing_either_way(rule: str, truth: Truth, pack: RulePack) -> None:
    signals = measured("coverage", 2, share=0.5), measured("breadth", 1, distinct=9)

    assert _judge(pack, *signals, least=3).evaluate(parse(rule)) is truth


def test_repositories_that_nobody_looked_at_may_be_enough(pack: RulePack) -> None:
    read = readings(pack, measured("coverage", 1, share=0.9), unseen=2)

    assert Judge(read, 3).evaluate(parse("coverage.share >= 0.9")) is U
    assert Judge(read, 4).evaluate(parse("coverage.share >= 0.9")) is F


@pytest.mark.parametrize(
    ("rule", "decided"),
    [
        pytest.param("t", "t", id="one term"),
        pytest.param("not f", "f", id="a negated term with its own truth"),
        pytest.param("t and t2", "t t2", id="all of a true and"),
        pytest.param("t and f and f2", "f f2", id="what failed"),
        pytest.param("t and u and u2", "u u2", id="what is unknown"),
        pytest.param("u and f", "f", id="a failure before an unknown"),
        pytest.param("f or f2", "f f2", id="all of a false or"),
        pytest.param("f or t or t2", "t", id="the first success"),
        pytest.param("u or t", "t", id="a success before an unknown"),
        pytest.param("f or u or u2", "u u2", id="what may yet succeed"),
        pytest.param("not ( f or f2 )", "f f2", id="all of a negated or"),
        pytest.param("not ( t or f )", "t", id="what made a negated or false"),
        pytest.param("t and ( f or t2 )", "t t2", id="nested"),
    ],
)
def test_what_decided(rule: str, decided: str, pack: RulePack) -> None:
    words = WORDS | {
        "t2": "policy.quality >= 1",
        "u2": "coverage.active >= 0.5",
        "f2": "coverage.share >= 0.9",
    }
    text = " ".join(words.get(word, word) for word in rule.split())

    found = list(_logic(pack).deciding(parse(text)))

    assert [term for term, _ in found] == [parse(words[word]) for word in decided.split()]
    assert [truth for _, truth in found] == [
        {"t": T, "u": U, "f": F}[word[0]] for word in decided.split()
    ]


def test_what_decided_may_be_a_small_sample(pack: RulePack) -> None:
    judge = _judge(pack, measured("coverage", 2, share=0.9), measured("policy", present=1), least=3)

    [(term, truth)] = judge.deciding(parse("policy.present and coverage.share >= 0.5"))

    assert term.reference == Reference("coverage", "share")
    assert truth is F


_values = st.one_of(
    st.none(),
    st.integers(0, 4).map(lambda part: part / 4),
    st.tuples(st.integers(0, 4), st.integers(0, 4)).map(
        lambda ends: (min(ends) / 4, max(ends) / 4)
    ),
)
_terms = st.sampled_from(
    ["coverage.share >= 0.5", "coverage.share < 0.25", "coverage.active == 1", "coverage.policy"]
)
_rules = st.recursive(
    _terms,
    lambda inner: st.one_of(
        inner.map(lambda part: f"not ({part})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
        ),
    ),
    max_leaves=6,
)


@patient
@given(rule=_rules, share=_values, active=_values, policy=_values)
def test_not_turns_every_rule_round(
    rule: str, share: Value, active: Value, policy: Value, pack: RulePack
) -> None:
    judge = _judge(pack, measured("coverage", share=share, active=active, policy=policy))

    assert judge.evaluate(parse(f"not ({rule})")) is negation(judge.evaluate(parse(rule)))


@patient
@given(rule=_rules, share=_values, active=_values, policy=_values)
def test_something_always_decided(
    rule: str, share: Value, active: Value, policy: Value, pack: RulePack
) -> None:
    judge = _judge(pack, measured("coverage", share=share, active=active, policy=policy))

    assert list(judge.deciding(parse(rule)))
