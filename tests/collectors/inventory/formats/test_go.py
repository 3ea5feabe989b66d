from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.collectors.inventory.formats.go import parse_mod, parse_sum
from tests.collectors.inventory.formats.reading import (
    direct,
    gaps,
    packages,
    recorded,
    stray_lines,
)

MOD = """\
// a comment
module github.com/acme/widgets

go 1.23
toolchain go1.23.4

require (
\tgithub.com/spf13/cobra v1.8.0
\tgolang.org/x/sys v0.20.0 // indirect
\tgithub.com/acme/api v0.0.0
)
require gopkg.in/yaml.v3 v3.0.1

replace (
\tgithub.com/acme/api => ./api
\tgithub.com/a/b v1.0.0 => github.com/c/b v1.0.1
)
"""


def test_a_module_is_read() -> None:
    found = direct(parse_mod, MOD)

    assert [(each.purl[11:], each.requirement, each.line) for each in found] == [
        ("github.com/spf13/cobra", "v1.8.0", 8),
        ("gopkg.in/yaml.v3", "v3.0.1", 12),
    ]
    assert packages(parse_mod, MOD) == [("pkg:golang/github.com/acme/widgets", "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("go 1.23\n\nuse (\n\t./a\n\t./b\n)\n", [], id="a workspace"),
        pytest.param("module m\n<<<<<<< HEAD\n", [(2, "fault")], id="a merge conflict"),
        pytest.param("module m\nimport x\n", [(2, "fault")], id="another language"),
    ],
)
def test_a_bad_line_is_a_gap(text: str, expected: list[tuple[int, str]]) -> None:
    assert gaps(parse_mod, text) == expected


def test_a_sum_records_the_modules_that_are_built_from() -> None:
    text = "a.b/c v1.0.0 h1:aa=\na.b/c v1.0.0/go.mod h1:bb=\na.b/d v2.0.0/go.mod h1:cc=\nbroken\n"

    assert recorded(parse_sum, text) == [("golang/a.b/c", "v1.0.0")]
    assert gaps(parse_sum, text) == [(4, "fault")]


@given(st.text(alphabet="require module()=> v1./\n", max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert stray_lines(parse_mod, text) + stray_lines(parse_sum, text) == []
