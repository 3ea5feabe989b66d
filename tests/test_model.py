"""The nouns refuse nonsense."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.model import Evidence, Interval, Missing, Source, plain
from tests.fakes import AS_OF


@pytest.mark.parametrize(
    ("value", "missing", "why"),
    [
        pytest.param(None, None, "", id="neither a value nor what is missing"),
        pytest.param(True, Missing.FAULT, "damaged", id="both"),
        pytest.param(None, Missing.FAULT, "", id="missing without a reason"),
    ],
)
def test_evidence_is_a_value_or_a_reason(
    value: bool | None, missing: Missing | None, why: str
) -> None:
    with pytest.raises(ValueError, match=r"license\.open"):
        Evidence(
            key="license.open",
            subject="acme/widgets",
            value=value,
            missing=missing,
            why=why,
            observed_at=AS_OF,
        )


def test_no_is_a_value() -> None:
    assert (
        Evidence(key="a.b", subject="acme/widgets", value=False, observed_at=AS_OF).value is False
    )


def test_a_line_needs_a_path() -> None:
    with pytest.raises(ValueError, match="path"):
        Source(line=3)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"key": "a.c"}, id="key"),
        pytest.param({"subject": "acme/gadgets"}, id="subject"),
        pytest.param({"value": False}, id="value"),
        pytest.param({"source": Source(path="LICENSE", line=1)}, id="place"),
        pytest.param({"value": None, "missing": Missing.FAULT, "why": "damaged"}, id="missing"),
    ],
)
def test_an_identity_tells_observations_apart(change: dict[str, object]) -> None:
    usual = {"key": "a.b", "subject": "acme/widgets", "value": True, "observed_at": AS_OF}

    one = Evidence(**usual)  # type: ignore[arg-type]  # built from a table
    other = Evidence(**(usual | change))  # type: ignore[arg-type]  # same

    assert one.id != other.id


def test_an_interval_is_ordered() -> None:
    with pytest.raises(ValueError, match="not an interval"):
        Interval(2, 1)


@pytest.mark.parametrize(
    ("interval", "exact", "bounded"),
    [
        pytest.param(Interval.exactly(3), True, True, id="known"),
        pytest.param(Interval(0, 1), False, True, id="unknown share"),
        pytest.param(Interval(3, inf), False, False, id="unknown count"),
    ],
)
def test_interval(interval: Interval, exact: bool, bounded: bool) -> None:
    assert (interval.is_exact, interval.is_bounded) == (exact, bounded)


@given(
    st.recursive(
        st.booleans() | st.integers() | st.text(),
        lambda parts: st.lists(parts).map(tuple) | st.dictionaries(st.text(), parts),
    )
)
def test_plain_values_hold_no_tuples(value: object) -> None:
    def tuples(part: object) -> bool:
        if isinstance(part, dict):
            return any(map(tuples, part.values()))
        return isinstance(part, tuple) or (isinstance(part, list) and any(map(tuples, part)))

    assert not tuples(plain(value))  # type: ignore[arg-type]  # exactly such values
