"""Things are found by the names that they ask for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.collectors.studies.workflows.choices import Choices
from osmm_scan.collectors.studies.workflows.globs import matches

ASKING = [
    ("none", ()),
    ("any", ("*",)),
    ("pytest", ("pytest", "py.test")),
    ("npm", ("npm*", "npm")),
]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("make", ("any",), id="only what takes anything"),
        pytest.param("py.test", ("any", "pytest"), id="one of several names, in order"),
        pytest.param("npm", ("any", "npm"), id="once where two names fit"),
        pytest.param("npm-run", ("any", "npm"), id="a pattern"),
        pytest.param("pytest*", ("any",), id="a star in the name stands for itself"),
    ],
)
def test_fitting(name: str, expected: tuple[str, ...]) -> None:
    assert Choices(ASKING).fitting(name) == expected


@given(st.lists(st.text("ab*", max_size=3), max_size=6), st.text("ab", max_size=4))
def test_looking_up_finds_what_trying_each_finds(wanted: list[str], name: str) -> None:
    asking = [(number, (want,)) for number, want in enumerate(wanted)]

    tried = tuple(number for number, (want,) in asking if matches(want, name))

    assert Choices(asking).fitting(name) == tried
