from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.collectors.inventory.formats.python_code import parse_setup_py
from osmm_scan.collectors.inventory.statements import Scope
from tests.collectors.inventory.formats.reading import (
    asked_for,
    direct,
    gaps,
    packages,
    stray_lines,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("print('no setup here')\n", {}, id="another program"),
        pytest.param("from setuptools import setup\nsetup()\n", {}, id="everything elsewhere"),
        pytest.param("install_requires = ['six']\n", {}, id="a list that nobody uses"),
        pytest.param(
            "setup(install_requires=['six>=1', \"idna\"])", {"six": ">=1", "idna": ""}, id="a list"
        ),
        pytest.param("setup(install_requires=('six',))", {"six": ""}, id="a tuple"),
        pytest.param("setup(install_requires='six')", {"six": ""}, id="one string"),
        pytest.param(
            "setup(install_requires=['six'\n  '>=1'])", {"six": ">=1"}, id="joined strings"
        ),
        pytest.param(
            "needs = ['six']\nsetup(install_requires=needs)", {"six": ""}, id="a variable"
        ),
        pytest.param("setup(extras_require={'x': ['six'], 'y': []})", {"six": ""}, id="extras"),
        pytest.param(
            "print 'Python 2'\nsetup(install_requires=['six'])", {"six": ""}, id="Python 2"
        ),
    ],
)
def test_literal_requirements_are_read(text: str, expected: dict[str, str]) -> None:
    assert asked_for(parse_setup_py, text) == {f"pypi/{name}": v for name, v in expected.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("setup(install_requires=[])", [], id="nothing is asked for"),
        pytest.param("\nsetup(install_requires=read())", [(2, "not_supported")], id="a call"),
        pytest.param("setup(install_requires=a + ['six'])", [(1, "not_supported")], id="a sum"),
        pytest.param(
            "setup(install_requires=['six'] + a)", [(1, "not_supported")], id="a sum after"
        ),
        pytest.param("setup(install_requires=[x for x in y])", [(1, "not_supported")], id="a loop"),
        pytest.param("setup(install_requires=[f'six'])", [(1, "not_supported")], id="a format"),
        pytest.param(
            "a = b\nb = a\nsetup(install_requires=a)", [(3, "not_supported")], id="a circle"
        ),
        pytest.param(
            "setup(install_requires=unknown)", [(1, "not_supported")], id="not given here"
        ),
        pytest.param("\nsetup(**arguments)", [(2, "not_supported")], id="computed arguments"),
        pytest.param("setup(install_requires=[\n'a b'])", [(2, "fault")], id="no requirement"),
        pytest.param("setup(\n'''", [(2, "fault")], id="ends too early"),
    ],
)
def test_what_would_have_to_be_run_is_a_gap(text: str, expected: list[tuple[int, str]]) -> None:
    assert gaps(parse_setup_py, text) == expected


def test_the_name_is_a_literal_of_the_call() -> None:
    text = "Extension(name='other')\nsetup(name='widgets', tests_require=['pytest'])"

    assert packages(parse_setup_py, text) == [("pkg:pypi/widgets", "library")]
    assert [found.scope for found in direct(parse_setup_py, text)] == [Scope.DEVELOPMENT]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("setup(install_requires=" + "[" * 100_000, id="nested lists"),
        pytest.param("x = " + "-" * 200_000 + "1\nsetup()", id="nested signs"),
        pytest.param("setup(install_requires=['\\x00'])", id="an escape"),
    ],
)
def test_hostile_source_does_no_harm(text: str) -> None:
    assert asked_for(parse_setup_py, text) == {}


@given(st.text(alphabet="setup(install_requires=[]{}'\"a,:+\n)", max_size=200))
def test_any_source_is_read(text: str) -> None:
    assert stray_lines(parse_setup_py, text) == []
