"""Figures and values read well and never claim more than is known."""

from __future__ import annotations

import pytest

from osmm_scan.report.words import band, between, brief, count, name, shade, share, value


@pytest.mark.parametrize(
    ("part", "text"),
    [
        pytest.param(0, "0%", id="nothing"),
        pytest.param(1e-9, "<1%", id="hardly anything is not nothing"),
        pytest.param(0.01, "1%", id="one percent"),
        pytest.param(0.584, "58%", id="rounded"),
        pytest.param(0.9999, ">99%", id="nearly all is not all"),
        pytest.param(1, "100%", id="all"),
    ],
)
def test_share_is_a_whole_percentage(part, text):
    assert share(part).text == text
    assert share(part).value == part


def test_share_is_exact_where_it_is_a_length():
    assert share(1 / 3).percent == "33.3333"


@pytest.mark.parametrize(
    ("found", "text"),
    [
        pytest.param(None, "no value", id="no value"),
        pytest.param(False, "no", id="no"),
        pytest.param(True, "yes", id="yes"),
        pytest.param(0, "0", id="zero"),
        pytest.param(0.25, "0.25", id="number"),
        pytest.param([], "none", id="empty set"),
        pytest.param(["a", "b"], "a, b", id="set"),
        pytest.param(list("abcdefghij"), "a, b, c, d, e, f, g, h and 2 more", id="large set"),
        pytest.param({"low": 1, "high": 3}, "1 to 3", id="limits"),
        pytest.param({"low": 1, "high": None}, "1 or more", id="no upper limit"),
        pytest.param({"low": None, "high": 1}, "1 or less", id="no lower limit"),
        pytest.param({"low": None, "high": None}, "unknown", id="no limit"),
        pytest.param({"low": False, "high": True}, "unknown", id="unknown flag"),
        pytest.param({"kind": "DCO", "low": 1}, "kind: DCO, low: 1", id="pairs"),
    ],
)
def test_value_is_told_in_words(found, text):
    assert value(found) == text


@pytest.mark.parametrize(
    ("identifier", "words"),
    [
        pytest.param("license_file_coverage", "License file coverage", id="signal"),
        pytest.param("sbom_availability", "SBOM availability", id="acronym"),
    ],
)
def test_identifier_becomes_words(identifier, words):
    assert name(identifier) == words


@pytest.mark.parametrize(
    ("part", "whole", "dark"),
    [
        pytest.param(0, 0, 0, id="nothing was asked"),
        pytest.param(0, 5, 0, id="none"),
        pytest.param(1, 100, 1, id="one of many"),
        pytest.param(1, 3, 2, id="a third"),
        pytest.param(2, 3, 3, id="two thirds"),
        pytest.param(99, 100, 3, id="nearly all"),
        pytest.param(5, 5, 4, id="all"),
    ],
)
def test_shade_is_darkest_only_for_all(part, whole, dark):
    assert shade(part, whole) == dark


@pytest.mark.parametrize(
    ("confidence", "word"), [(0, "low"), (0.39, "low"), (0.4, "medium"), (0.7, "high")]
)
def test_confidence_has_three_bands(confidence, word):
    assert band(confidence) == word


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("one two", "one two", id="short enough"),
        pytest.param("one two three", "one two ...", id="between words"),
        pytest.param("abcdefghijklmn", "abcdefghij ...", id="one long word"),
    ],
)
def test_brief_texts_end_at_a_word(text, cut):
    assert brief(text, 10) == cut


@pytest.mark.parametrize(
    ("words", "text"),
    [
        pytest.param(count(1, "check"), "1 check", id="one"),
        pytest.param(count(0, "check"), "0 checks", id="none"),
        pytest.param(count(2000, "repository", "repositories"), "2,000 repositories", id="many"),
        pytest.param(between(2, 2), "2", id="one value"),
        pytest.param(between(2, 4), "2 to 4", id="range"),
    ],
)
def test_counts_and_ranges_are_told_in_words(words, text):
    assert words == text
