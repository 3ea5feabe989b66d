"""Documents that are made to hurt: they cost time in step with their length, and raise nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osmm_scan.collectors import community_health, people, published
from tests.fakes import FakeRepository, facts

NAMES = (
    "README.md",
    "CONTRIBUTING.md",
    "CODE_OF_CONDUCT.md",
    "SECURITY.md",
    "GOVERNANCE.md",
    "SUPPORT.md",
    "MAINTAINERS.md",
    "ADOPTERS.md",
    ".github/PULL_REQUEST_TEMPLATE.md",
    ".github/ISSUE_TEMPLATE/bug.yml",
    ".github/FUNDING.yml",
    "OWNERS",
    "CODEOWNERS",
    "package.json",
    "publiccode.yml",
    "security-insights.yml",
)
PIECES = st.sampled_from(
    [
        "[a](b)",
        "[",
        "](",
        "@a/b",
        "a@b.c",
        "\n",
        "# ",
        "| ",
        "- ",
        "`",
        "&",
        ": ",
        "{",
        "\x00",
        "\ud7ff",
        "é",
    ]
)


def every_fact(text: str) -> int:
    fake = FakeRepository({**dict.fromkeys(NAMES, text), "a.py": ""})
    return sum(len(facts(one, fake)) for one in (community_health, people, published))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map("".join))
def test_any_text_yields_every_fact(text: str) -> None:
    expected = sum(len(one.FACTS) for one in (community_health, people, published))

    assert every_fact(text) == expected


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("contribution licensed under ", id="terms"),
        pytest.param("by contributing agree ", id="agreements"),
        pytest.param("reply within 2 days ", id="promises"),
        pytest.param("[a](b) ", id="links"),
        pytest.param("`make x && ` ", id="commands"),
        pytest.param("Ada Lovelace <a@b.c> ", id="people"),
        pytest.param("@ada ", id="accounts"),
        pytest.param("- ", id="items"),
        pytest.param("a: ", id="keys"),
        pytest.param("this project is ", id="states"),
    ],
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    def seconds(length: int) -> float:
        began = time.process_time()
        every_fact(piece * (length // len(piece)))
        return time.process_time() - began

    assert seconds(50_000) < 20 * seconds(5_000) + 0.5
