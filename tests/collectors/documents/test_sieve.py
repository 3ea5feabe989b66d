"""What is in a document passes the sieve, whatever markup stands around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.collectors.documents.phrases import Words, phrase
from osmm_scan.collectors.documents.radar import RINGS
from osmm_scan.collectors.documents.reading import Reading
from osmm_scan.collectors.documents.rubrics import Element, load_rubrics
from osmm_scan.collectors.documents.sieve import Sieve
from tests.patience import patient

_PIECES = (
    *("open source", "license", "approval by legal", "CLA", "Adopt", "hold", "a", "policy", "社員"),
    *(" ", "\n", "\n\n", "# ", "## ", "> ", "- ", "| ", "1. ", "    ", "\t", "---\n", "===\n"),
    *("~~~\n", "```\n", "**", "__", "_", "`", "[", "](x)", "](http://x.y/z)", "![", "<!--", "-->"),
    *("<b>", '<h1 class="a">', "</div>", "<http://x.y>`_", "`_", "{", "\\", ".. _a: b\n", "=== "),
)
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)
_ELEMENTS = tuple(
    element
    for rubric in load_rubrics().classes.values()
    for element in (*rubric.about, *rubric.elements.values())
)


def _element(*says: str, passages: int = 1, distinct: int = 1) -> Element:
    phrases = tuple(phrase(one) for one in says)
    return Element(name="a", means="a", phrases=phrases, passages=passages, distinct=distinct)


@pytest.mark.parametrize(
    ("element", "text"),
    [
        pytest.param(_element("open source"), "", id="empty"),
        pytest.param(_element("open source"), "It is open.", id="one word of two"),
        pytest.param(_element("open & closed"), "It is open.", id="one part of two"),
        pytest.param(_element("cla", passages=3), "A class of its own. The CLA.", id="too rarely"),
        pytest.param(_element("a", "b", distinct=2), "a a", id="too few kinds"),
    ],
)
def test_what_cannot_be_there_does_not_pass(element: Element, text: str) -> None:
    assert not Sieve(text).passes(element)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("open source", id="plain"),
        pytest.param("OPEN-Source", id="case and sign"),
        pytest.param("op**en** sou__rce__", id="marks within words"),
        pytest.param("[open](x) [sour](http://x.y)ce", id="link within a word"),
        pytest.param("op<!-- --><!-- -->en source", id="comment within a word"),
    ],
)
def test_what_may_be_there_passes(text: str) -> None:
    assert Sieve(text).passes(_element("open source"))


@patient
@given(_TEXTS)
def test_all_that_a_text_says_passes(text: str) -> None:
    words = Words([block.text for block in Reading("a.md", text).blocks])
    sieve = Sieve(text)

    assert [one for one in _ELEMENTS if _says(words, one) and not sieve.passes(one)] == []


@patient
@given(_TEXTS)
def test_all_headings_are_likely_headings(text: str) -> None:
    reading = Reading("a.md", text)

    assert {one.text for one in reading.prose.headings} <= set(reading.likely_headings)


@patient
@given(_TEXTS)
def test_the_title_begins_with_the_first_heading(text: str) -> None:
    reading = Reading("a.md", text)

    first = [one.text for one in reading.prose.headings[:1]]
    assert reading.title == " ".join(["", "", *(first or [""]), "a"])


@patient
@given(_TEXTS)
def test_rings_in_tables_pass(text: str) -> None:
    reading = Reading("a.md", text)
    cells = [one.text.lower().split("|") for one in reading.blocks if "|" in one.text]
    has_ring = any(cell.strip() in RINGS for row in cells for cell in row)

    assert reading.sieve.passes_together("|", tuple(RINGS)) or not has_ring


def _says(words: Words, element: Element) -> bool:
    found = [words.find(one) for one in element.phrases]
    passages = {place for places in found for place in places}
    return sum(map(bool, found)) >= element.distinct and len(passages) >= element.passages
