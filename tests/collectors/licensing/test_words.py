"""Texts that say the same have the same words, each with its line."""

from __future__ import annotations

import pytest

from osmm_scan.collectors.licensing import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("--- *** ---", "", id="punctuation"),
        pytest.param("“AS IS”, 'as is'", "as is as is", id="quotes"),
        pytest.param("# The\n# Software", "the software", id="comment markers"),
        pytest.param("<p>the <b>Software</b></p>", "the software", id="markup"),
        pytest.param("<year> <name of author>", "year name of author", id="placeholders stay"),
        pytest.param("terms &amp; conditions", "terms and conditions", id="ampersand"),
        pytest.param("[the MIT](https://example.org/x)", "the mit", id="link target"),
        pytest.param("1. First\n(b) second\n  iv) third", "first second third", id="bullets"),
        pytest.param("version\n2. This", "version this", id="a number at the start is a bullet"),
        pytest.param("licence sub-license", "license sublicense", id="spelling"),
        pytest.param("non-commercial non\ncommercial", "noncommercial noncommercial", id="joined"),
        pytest.param("copyright owner", "copyright holder", id="owner or holder"),
        pytest.param("licensor's licensor\u2019s", "licensors licensors", id="apostrophes"),
        pytest.param("MPL v2.0, v. 2", "mpl version 2.0 version 2", id="versions"),
        pytest.param("GPLv2+", "gpl version 2 or later", id="short for or later"),
        pytest.param("Copyright (c) 2020 Ada", "copyright 2020 ada", id="copyright sign"),
    ],
)
def test_words_are_what_matters(text: str, expected: str) -> None:
    assert " ".join(words.read(text).words) == expected


def test_every_word_knows_its_line() -> None:
    found = words.read("one two\n\nthree\n")

    assert list(found.lines) == [1, 1, 3]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("the above copyright notice and", False, id="prose"),
        pytest.param("copyright holders be liable", False, id="wrapped prose"),
        pytest.param("Copyright Holder means", False, id="a definition"),
        pytest.param("Copyright Acme Corporation", True, id="a name"),
        pytest.param("Copyright (c) 2020 Ada", True, id="sign and year"),
        pytest.param("# Copyright 2020-2024 Ada", True, id="in a comment"),
        pytest.param("© 2020 Ada", True, id="sign alone"),
        pytest.param("All rights reserved.", True, id="formula"),
    ],
)
def test_a_copyright_notice_is_told_from_terms(line: str, expected: bool) -> None:
    assert words.is_notice(line) is expected
