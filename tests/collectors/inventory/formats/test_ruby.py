from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.collectors.inventory.formats.ruby import parse_gemfile, parse_gemspec, parse_lock
from osmm_scan.collectors.inventory.statements import Scope
from tests.collectors.inventory.formats.reading import (
    asked_for,
    direct,
    gaps,
    packages,
    recorded,
    stray_lines,
)

GEMFILE = """\
source "https://rubygems.org"
ruby "3.4"
gemspec
gem "rails", "~> 8.0"
# gem "removed"
gem 'own', path: "../own"
gem "pg", "1.5.9", group: :production
group :development, :test do
  gem "rspec"
  platforms :jruby do
    gem "jdbc"
  end
end
if ENV["EDGE"]
  gem "rack", github: "rack/rack"
end
gem "debug", group: :development
"""


def test_a_gemfile_is_read() -> None:
    found = direct(parse_gemfile, GEMFILE)

    assert [(each.purl[8:], each.requirement, each.line, each.scope) for each in found] == [
        ("rails", "~> 8.0", 4, Scope.RUNTIME),
        ("pg", "1.5.9", 7, Scope.RUNTIME),
        ("rspec", "", 9, Scope.DEVELOPMENT),
        ("jdbc", "", 11, Scope.DEVELOPMENT),
        ("rack", "", 15, Scope.RUNTIME),
        ("debug", "", 17, Scope.DEVELOPMENT),
    ]


def test_a_gemspec_is_read() -> None:
    text = """\
Gem::Specification.new do |s|
  s.name = "widgets"
  s.add_dependency "rack", ">= 3"
  s.add_runtime_dependency(%q<json>.freeze)
  spec.add_development_dependency 'rspec'.freeze, '3.13.0'
  s.add_dependency name
end
"""
    found = direct(parse_gemspec, text)

    assert [(each.purl[8:], each.requirement, each.scope) for each in found] == [
        ("rack", ">= 3", Scope.RUNTIME),
        ("json", "", Scope.RUNTIME),
        ("rspec", "3.13.0", Scope.DEVELOPMENT),
    ]
    assert gaps(parse_gemspec, text) == [(6, "not_supported")]
    assert packages(parse_gemspec, text) == [("pkg:gem/widgets", "library")]


LOCK = """\
PATH
  remote: .
  specs:
    widgets (1.0.0)
      rack (>= 3)

GEM
  remote: https://rubygems.org/
  specs:
    nokogiri (1.16.7-x86_64-linux)
    rack (3.1.8)

PLATFORMS
  ruby

DEPENDENCIES
  rack (~> 3.0)
  widgets!

BUNDLED WITH
   2.5.22
"""


def test_a_lockfile_is_read() -> None:
    assert recorded(parse_lock, LOCK) == [
        ("gem/nokogiri", "1.16.7-x86_64-linux"),
        ("gem/rack", "3.1.8"),
    ]
    assert asked_for(parse_lock, LOCK) == {"gem/rack": "~> 3.0"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(LOCK, [], id="nothing wrong"),
        pytest.param("GEM\n<<<<<<< HEAD\n", [(2, "fault")], id="a merge conflict"),
    ],
)
def test_a_damaged_lockfile_is_a_gap(text: str, expected: list[tuple[int, str]]) -> None:
    assert gaps(parse_lock, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('gem "a"\n', [], id="a literal"),
        pytest.param("gem name\n", [(1, "not_supported")], id="a variable"),
        pytest.param('\neval_gemfile "x"\n', [(2, "not_supported")], id="another file"),
    ],
)
def test_what_ruby_computes_is_a_gap(text: str, expected: list[tuple[int, str]]) -> None:
    assert gaps(parse_gemfile, text) == expected


@given(st.text(alphabet="gem 'a\",:=>do\nend", max_size=200))
def test_any_text_is_read(text: str) -> None:
    for parse in (parse_gemfile, parse_gemspec, parse_lock):
        assert stray_lines(parse, text) == []
