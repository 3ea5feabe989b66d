"""A template laid over a text tells what differs, forwards and backwards."""

from __future__ import annotations

import pytest

from osmm_scan.collectors.licensing.alignment import align
from osmm_scan.collectors.licensing.templates import parse
from osmm_scan.collectors.licensing.words import read

TEMPLATE = parse(
    "x",
    "license",
    "[ the x license ] ( * ) [ copyright year holder ] you may use copy and change this thing in"
    " any way ( software work ) [ software ] without fee and nobody is liable for it",
)
TEXT = (
    "you may use copy and change this thing in any way software without fee and nobody is liable"
    " for it"
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TEXT, id="as it is"),
        pytest.param("the x license " + TEXT, id="with its title"),
        pytest.param("the x license 1999 ada lovelace " + TEXT, id="with another holder"),
        pytest.param(TEXT.replace("software", "work"), id="with an allowed word"),
        pytest.param("something else stands here first " + TEXT, id="after other words"),
        pytest.param(TEXT + " and something else comes after it", id="before other words"),
    ],
)
def test_what_may_differ_costs_nothing(text: str) -> None:
    words = read(text)
    place, at = TEMPLATE.words.index("without"), words.words.index("without")

    found = align(TEMPLATE, words, place, at)

    assert (found.cost, found.score) == (0, 1.0)


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        pytest.param(TEXT.replace("without fee", "without any big fee"), 2, id="added"),
        pytest.param(TEXT.replace("copy and ", ""), 2, id="left out"),
        pytest.param(TEXT.replace("change", "eat"), 2, id="replaced"),
    ],
)
def test_what_should_not_differ_costs_a_word_each(text: str, cost: int) -> None:
    words = read(text)

    found = align(TEMPLATE, words, TEMPLATE.words.index("you"), 0)

    assert found.cost == cost


def test_a_difference_names_the_words() -> None:
    words = read(TEXT.replace("change", "eat"))

    found = align(TEMPLATE, words, TEMPLATE.words.index("you"), 0)

    (difference,) = found.differences
    assert words.words[difference.start : difference.end] == ("eat",)
    assert difference.missing == ("change",)


def test_another_text_is_soon_given_up() -> None:
    words = read("you may use copy and " + "entirely different words follow here " * 500)

    found = align(TEMPLATE, words, TEMPLATE.words.index("you"), 0)

    assert found.score < 0.5
    assert found.steps < 1_000
