from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.collectors.inventory.formats.elixir import parse_lock, parse_mix
from osmm_scan.collectors.inventory.statements import Scope
from tests.collectors.inventory.formats.reading import (
    direct,
    gaps,
    packages,
    recorded,
    stray_lines,
)

MIX = """\
defmodule Widgets.MixProject do
  def project do
    [app: :widgets, deps: deps(), other: {:not, "a dependency"}]
  end

  defp deps do
    [
      {:phoenix, "~> 1.7"},
      # {:removed, "~> 1.0"},
      {:own, path: "../own"},
      {:sibling, in_umbrella: true},
      {:forked, git: "https://git.example/forked.git"},
      {:credo, "== 1.7.0", only: [:dev, :test]}
    ]
  end

  defp aliases do
    [{:setup, "deps.get"}]
  end
end
"""


def test_a_project_is_read() -> None:
    found = direct(parse_mix, MIX)

    assert [(each.purl[8:], each.requirement, each.line, each.scope) for each in found] == [
        ("phoenix", "~> 1.7", 8, Scope.RUNTIME),
        ("forked", "", 12, Scope.RUNTIME),
        ("credo", "== 1.7.0", 13, Scope.DEVELOPMENT),
    ]
    assert [each.is_exact for each in found] == [False, False, True]


def test_a_project_that_is_published_is_a_library() -> None:
    text = "  app: :widgets,\n  package: package()\n"

    assert packages(parse_mix, text) == [("pkg:hex/widgets", "library")]


def test_a_lockfile_is_read() -> None:
    text = """\
%{
  "jason": {:hex, :jason, "1.4.4", "aa", [:mix], [], "hexpm", "bb"},
  "forked": {:git, "https://git.example/forked.git", "0a1b2c", []},
}
"""

    assert recorded(parse_lock, text) == [("hex/jason", "1.4.4"), ("hex/forked", "0a1b2c")]
    assert gaps(parse_lock, text + "<<<<<<<\n") == [(5, "fault")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('defp deps, do: [{:a, "1"}]\n', [], id="in one line"),
        pytest.param(
            'defp deps do\n[{:a, "1"}] ++ more()\nend\n', [(2, "not_supported")], id="a sum"
        ),
    ],
)
def test_what_elixir_computes_is_a_gap(text: str, expected: list[tuple[int, str]]) -> None:
    assert gaps(parse_mix, text) == expected
    assert [each.purl for each in direct(parse_mix, text)] == ["pkg:hex/a"]


@given(st.text(alphabet='defp deps do{:a, "1"}\nend', max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert stray_lines(parse_mix, text) + stray_lines(parse_lock, text) == []
