"""Phrases are found by their words, however they are written and wherever they stand."""

import pytest

from osmm_scan.collectors.documents.phrases import GAP, Words, phrase


@pytest.mark.parametrize(
    ("asked", "text", "is_found"),
    [
        pytest.param("open source", "", False, id="nothing there"),
        pytest.param("open source", "The source is open.", False, id="other order"),
        pytest.param("open source", "open. And then source", False, id="words between"),
        pytest.param("polic*", "apolicy", False, id="not at the start of a word"),
        pytest.param("open ... source", "open" + " so" * (GAP + 1) + " source", False, id="far"),
        pytest.param("open & closed", "open only", False, id="one of both"),
        pytest.param("open source", "An Open-Source policy", True, id="hyphen and case"),
        pytest.param("polic*", "our policies", True, id="beginning of a word"),
        pytest.param("open|free software", "free software", True, id="choice"),
        pytest.param("open ... source", "open" + " so" * GAP + " source", True, id="near enough"),
        pytest.param("open & closed", "closed, then open", True, id="both in any order"),
        pytest.param("社員", "全ての社員は", True, id="no spaces between words"),
    ],
)
def test_phrases_match_words(asked: str, text: str, is_found: bool) -> None:
    assert bool(Words([text]).find(phrase(asked))) is is_found


def test_phrases_end_with_their_passage() -> None:
    words = Words(["it is open", "source code"])

    assert words.find(phrase("open source")) == []
    assert words.find(phrase("open & source")) == []


def test_every_passage_that_holds_a_phrase_is_named() -> None:
    words = Words(["no", "yes", "no", "yes yes"])

    assert words.find(phrase("yes")) == [1, 3]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("... word", id="gap at the start"),
        pytest.param("word ...", id="gap at the end"),
        pytest.param("one & ", id="empty part"),
        pytest.param("a.b", id="a sign within a word"),
        pytest.param("社員|会社", id="choice without spaces"),
    ],
)
def test_what_is_no_phrase_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        phrase(text)
