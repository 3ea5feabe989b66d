"""Every license text within a text is found, none twice, at a bounded cost."""

from __future__ import annotations

import pytest

from osmm_scan.collectors.licensing.matching import find
from osmm_scan.collectors.licensing.templates import library
from osmm_scan.collectors.licensing.words import read
from tests.collectors.licensing.texts import APACHE, BSD, MIT, license_text

OTHER = "This chapter tells how the harbor was built and who paid for its walls. " * 30


def _found(text: str) -> list[str]:
    return [alignment.template.id for alignment in find(read(text)).alignments]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(OTHER, [], id="prose"),
        pytest.param(MIT[: len(MIT) // 3], [], id="a third of a license"),
        pytest.param(MIT, ["MIT"], id="one"),
        pytest.param(MIT + OTHER + MIT, ["MIT", "MIT"], id="one twice"),
        pytest.param(
            MIT + "\n" + BSD + "\n" + APACHE, ["MIT", "BSD-3-Clause", "Apache-2.0"], id="three"
        ),
        pytest.param(OTHER + BSD + OTHER, ["BSD-3-Clause"], id="in the middle"),
    ],
)
def test_texts_are_found_in_order(text: str, expected: list[str]) -> None:
    assert _found(text) == expected


@pytest.mark.parametrize(
    "license_id",
    [
        "0BSD",
        "BSD-2-Clause",
        "BSD-4-Clause",
        "ISC",
        "JSON",
        "MIT-0",
        "X11",
        "Zlib",
        "LGPL-2.1-only",
    ],
)
def test_near_relatives_are_told_apart(license_id: str) -> None:
    assert _found(license_text(license_id)) == [license_id]


def test_a_whole_is_preferred_to_the_parts_that_it_is_made_of() -> None:
    assert _found(license_text("OpenSSL")) == ["OpenSSL"]


@pytest.mark.parametrize("kind", ["lesser", "library", "affero"])
def test_a_notice_of_a_relative_is_not_taken_for_one_of_the_gpl(kind: str) -> None:
    notice = _notice("GPL-3.0-or-later")
    assert _found(notice) == ["GPL-3.0-or-later"]

    found = _found(notice.replace("gnu general", f"gnu {kind} general"))

    assert not [license_id for license_id in found if license_id.startswith("GPL-")]


def _notice(license_id: str) -> str:
    wanted = (license_id, "notice")
    text = next(text for name, kind, text in library().sources if (name, kind) == wanted)
    return " ".join(word for word in text.split() if word not in "[]()*")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(MIT, id="a license"),
        pytest.param(OTHER, id="prose"),
        pytest.param(MIT + BSD + OTHER, id="a mixture"),
        pytest.param("permission is hereby granted free of charge to any person ", id="a refrain"),
        pytest.param("redistribution and use in source and binary forms ", id="a shared refrain"),
    ],
)
def test_work_grows_no_faster_than_the_text(text: str) -> None:
    spent = [find(read(text * count)).spent for count in (20, 200)]

    assert spent[1] <= 11 * spent[0] + 1_000


def test_work_on_a_word_is_bounded_however_odd_the_text() -> None:
    # The runs of words that most templates share, over and over.
    shared = sorted(library().index.values(), key=len)[-200:]
    runs = [" ".join(_words_at(*hits[0][:2])) for hits in shared]
    words = read("\n".join(runs * 20))

    findings = find(words)

    assert findings.spent <= 200_000 + 60 * len(words)


def _words_at(number: int, place: int) -> tuple[str, ...]:
    from osmm_scan.collectors.licensing.templates import GRAM, template

    return template(number).words[place : place + GRAM]
