"""Patterns with stars."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.collectors.studies.workflows.globs import matches


@pytest.mark.parametrize(
    ("pattern", "text", "separator", "expected"),
    [
        pytest.param("main", "maintenance", "", False, id="a beginning is not the whole"),
        pytest.param("release/*", "release/1/2", "/", False, id="one star stops at a slash"),
        pytest.param("*", "release/1", "/", False, id="so does a star alone"),
        pytest.param("**/*.yml", "a.yml", "/", False, id="the slash must be there"),
        pytest.param("main", "main", "", True, id="the same"),
        pytest.param("", "", "", True, id="nothing fits nothing"),
        pytest.param("release/*", "release/1", "/", True, id="one star within a part"),
        pytest.param("release/**", "release/1/2", "/", True, id="two stars go on"),
        pytest.param("a*b*c", "a-b-b-c", "", True, id="several ways, one of which fits"),
        pytest.param("*/*/x", "a/b/x", "/", True, id="several parts"),
    ],
)
def test_matching(pattern: str, text: str, separator: str, expected: bool) -> None:
    assert matches(pattern, text, separator=separator) is expected


@given(st.text(alphabet="ab/", max_size=12), st.text(alphabet="ab/", max_size=12))
def test_a_star_stands_for_anything(before: str, behind: str) -> None:
    assert matches(f"{before}*", before + behind)
    assert matches(f"*{behind}", before + behind)
    assert matches(f"{before}**{behind}", before + behind, separator="/")


def test_many_stars_take_bounded_time() -> None:
    assert not matches("*a" * 200, "a" * 199 + "b" * 2_000)
