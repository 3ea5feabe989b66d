"""Licenses that a text names are found, with what it says of them."""

from __future__ import annotations

import pytest

from osmm_scan.collectors.licensing import mentions
from osmm_scan.collectors.licensing.words import read


def _mentioned(text: str) -> list[mentions.Mention]:
    words = read(text)
    return list(mentions.mentions(words, bytes(len(words))))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("He studied at the Institute.", id="no license"),
        pytest.param("the MIT-style terms", id="a relative"),
        pytest.param("under an Apache license", id="no version"),
        pytest.param("the GPL", id="no version of a family"),
        pytest.param("compatible with the GPL version 3", id="a comparison"),
        pytest.param("compatible to the GPL version 3, but not GPL version 2", id="two compared"),
    ],
)
def test_what_names_no_license_mentions_none(text: str) -> None:
    assert _mentioned(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Apache License, Version 2.0", "Apache-2.0", id="full name"),
        pytest.param("Apache 2", "Apache-2.0", id="short name"),
        pytest.param("the MIT License", "MIT", id="MIT"),
        pytest.param("3-clause BSD", "BSD-3-Clause", id="by its clauses"),
        pytest.param("GNU General Public License version 2", "GPL-2.0-only", id="GPL"),
        pytest.param("GPLv3+", "GPL-3.0-or-later", id="or later, short"),
        pytest.param(
            "GNU Lesser General Public License as published by the Free Software Foundation;"
            " either version 2.1 of the License, or (at your option) any later version",
            "LGPL-2.1-or-later",
            id="or later, long",
        ),
        pytest.param("Affero GPL version 3", "AGPL-3.0-only", id="Affero"),
        pytest.param("CC BY-SA 4.0", "CC-BY-SA-4.0", id="Creative Commons"),
        pytest.param(
            "Creative Commons Attribution-NonCommercial 4.0", "CC-BY-NC-4.0", id="noncommercial"
        ),
        pytest.param("Business Source License 1.1", "BUSL-1.1", id="source available"),
    ],
)
def test_names_are_understood(text: str, expected: str) -> None:
    assert [mention.license for mention in _mentioned(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "granted", "denied"),
    [
        pytest.param("MIT License", False, False, id="a heading"),
        pytest.param("released under the MIT License", True, False, id="a grant"),
        pytest.param("NOT licensed under the MIT License", True, True, id="a denial"),
        pytest.param("it was under the MIT License", False, False, id="the past"),
    ],
)
def test_what_is_said_of_a_license_counts(text: str, granted: bool, denied: bool) -> None:
    (mention,) = _mentioned(text)

    assert (mention.granted, mention.denied) == (granted, denied)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# SPDX-License-Identifier:\n", [], id="empty"),
        pytest.param("# SPDX-License-Identifier: Acme\n", [], id="unknown"),
        pytest.param("# SPDX-License-Identifier: MIT\n", [(1, "MIT")], id="a comment"),
        pytest.param("\n/* SPDX-License-Identifier: MIT */\n", [(2, "MIT")], id="closed comment"),
        pytest.param("<!-- SPDX-License-Identifier: MIT -->", [(1, "MIT")], id="markup"),
        pytest.param(
            "// SPDX-License-Identifier: MIT OR Apache-2.0\n",
            [(1, "MIT OR Apache-2.0")],
            id="an expression",
        ),
    ],
)
def test_identifiers_are_read(text: str, expected: list[tuple[int, str]]) -> None:
    assert list(mentions.identifiers(text)) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("either version 2 or at your option any later version", False, id="versions"),
        pytest.param("some files are dual licensed", False, id="a part"),
        pytest.param("dual licensed under mit and apache", True, id="dual"),
        pytest.param("either of these licenses at your option", True, id="either"),
        pytest.param("mit or apache", True, id="or"),
    ],
)
def test_a_choice_is_told_from_other_options(said: str, expected: bool) -> None:
    assert mentions.offers_choice(said) is expected
