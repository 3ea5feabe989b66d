"""What a text says of its license is recognized, and what alters a license is not overlooked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.collectors.licensing.recognition import Kind, recognize
from osmm_scan.collectors.licensing.templates import library
from tests.collectors.licensing.texts import APACHE, BSD, MIT, license_text

POPULAR = (
    "0BSD",
    "AGPL-3.0-only",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC-BY-4.0",
    "CC0-1.0",
    "EPL-2.0",
    "EUPL-1.2",
    "GPL-2.0-only",
    "GPL-3.0-only",
    "ISC",
    "LGPL-2.1-only",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OFL-1.1",
    "Unlicense",
    "Zlib",
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("TODO: choose a license\n", id="a plan"),
        pytest.param("All rights reserved.\n", id="no license at all"),
        pytest.param("This is NOT licensed under the MIT License.\n", id="denial"),
        pytest.param("\x00\x01\x02" * 100, id="noise"),
        pytest.param("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", id="pointer"),
    ],
)
def test_what_states_no_license_has_none(text: str) -> None:
    recognition = recognize(text)

    assert (recognition.kind, recognition.expression) == (Kind.NONE, None)


def test_a_denied_license_is_remembered() -> None:
    recognition = recognize("Careful!\nThis is NOT licensed under the MIT License.\n")

    assert recognition.denied == (("MIT", 2),)


@pytest.mark.parametrize("license_id", POPULAR)
def test_a_whole_text_is_recognized(license_id: str) -> None:
    recognition = recognize(license_text(license_id))

    assert (recognition.kind, recognition.ids) == (Kind.TEXT, (license_id,))
    assert recognition.is_open


@pytest.mark.parametrize("number", range(0, len(library().sources), 7))
def test_every_listed_text_is_recognized_as_itself(number: int) -> None:
    license_id, kind, _ = library().sources[number]

    stated = {each.license for each in recognize(license_text(license_id)).statements}

    assert license_id in stated or kind == "notice"


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        pytest.param(lambda text: text, Kind.TEXT, id="as it is"),
        pytest.param(str.upper, Kind.TEXT, id="upper case"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), Kind.TEXT, id="other line ends"),
        pytest.param(lambda text: "\ufeff" + text, Kind.TEXT, id="byte order mark"),
        pytest.param(
            lambda text: "".join(f"// {line}\n" for line in text.splitlines()),
            Kind.TEXT,
            id="in a comment",
        ),
        pytest.param(
            lambda text: "".join(f" * {line}\n" for line in text.splitlines()),
            Kind.TEXT,
            id="in a block comment",
        ),
        pytest.param(lambda text: "# MIT License\n\n" + text, Kind.TEXT, id="a heading"),
        pytest.param(
            lambda text: "Copyright (c) 2001 Ada\nCopyright (c) 2002 Grace\n\n" + text,
            Kind.TEXT,
            id="several holders",
        ),
        pytest.param(lambda text: text.replace(" ", "\n"), Kind.TEXT, id="one word a line"),
        pytest.param(lambda text: " ".join(text.split()), Kind.TEXT, id="one line"),
        pytest.param(
            lambda text: "<html><body><p>" + text + "</p></body></html>", Kind.TEXT, id="HTML"
        ),
        pytest.param(lambda text: text[: len(text) // 2], Kind.REFERENCE, id="half of it"),
    ],
)
def test_form_does_not_matter(change, kind: Kind) -> None:  # type: ignore[no-untyped-def]  # a table of lambdas
    assert recognize(change(MIT)).kind is kind


@given(
    width=st.integers(20, 300),
    holder=st.lists(
        st.sampled_from(["Ada", "Grace", "Acme", "GmbH", "Foundation", "and", "contributors"]),
        min_size=1,
        max_size=8,
    ).map(" ".join),
    license_id=st.sampled_from(POPULAR),
)
def test_neither_holders_nor_wrapping_matter(width: int, holder: str, license_id: str) -> None:
    recognition = recognize(license_text(license_id, holder, width))

    assert recognition.ids == (license_id,)


@given(st.text(max_size=400))
def test_no_text_is_too_odd(text: str) -> None:
    assert recognize(text).kind in Kind


@pytest.mark.parametrize(
    ("text", "expression", "kind"),
    [
        pytest.param(MIT + BSD, "BSD-3-Clause AND MIT", Kind.TEXT, id="two texts"),
        pytest.param(
            "Choose either of the licenses below.\n\n" + MIT + "\n" + APACHE,
            "Apache-2.0 OR MIT",
            Kind.TEXT,
            id="a choice of texts",
        ),
        pytest.param(
            license_text("Apache-2.0") + "\n" + license_text("LLVM-exception"),
            "Apache-2.0 WITH LLVM-exception",
            Kind.TEXT,
            id="an exception",
        ),
        pytest.param(
            license_text("GPL-2.0-only")
            + "\nThis library is licensed under the GPL, version 2 or any later version.\n",
            "GPL-2.0-or-later",
            Kind.TEXT,
            id="a later version of the text",
        ),
        pytest.param(
            "Licensed under the Apache License, Version 2.0.\n",
            "Apache-2.0",
            Kind.NOTICE,
            id="notice",
        ),
        pytest.param(
            "SPDX-License-Identifier: MIT OR Zlib\n", "MIT AND Zlib", Kind.NOTICE, id="identifier"
        ),
        pytest.param("The MIT License\n", "MIT", Kind.REFERENCE, id="a name"),
    ],
)
def test_several_statements_make_one_expression(text: str, expression: str, kind: Kind) -> None:
    recognition = recognize(text)

    assert (recognition.expression, recognition.kind) == (expression, kind)


@pytest.mark.parametrize(
    "license_id",
    ["BUSL-1.1", "SSPL-1.0", "Elastic-2.0", "PolyForm-Noncommercial-1.0.0", "CC-BY-NC-4.0", "JSON"],
)
def test_a_restricted_license_is_recognized_and_not_open(license_id: str) -> None:
    recognition = recognize(license_text(license_id))

    assert recognition.ids == (license_id,)
    assert recognition.is_open is False


def test_each_statement_has_its_lines() -> None:
    lead = "Two licenses:\n\n"

    first, second = recognize(lead + MIT + "\n" + BSD).statements

    assert (first.license, first.first_line) == ("MIT", 3)
    assert first.last_line < second.first_line
