"""The shipped license texts are whole, flagged and can be found."""

from __future__ import annotations

import zlib

import pytest

from osmm_scan.collectors.licensing import templates


def test_notation_is_read() -> None:
    template = templates.parse("x", "license", "one [ two ] ( a * ) [ b ] three")

    assert template.words == ("one", "two", "b", "three")
    assert list(template.needed) == [1, 0, 0, 1]
    assert template.gaps == {2: frozenset("a*"), 3: frozenset("a*")}


def test_a_template_read_backwards_keeps_its_places() -> None:
    template = templates.parse("x", "license", "one two ( * ) three four")

    assert template.before(2).words == ("two", "one")
    assert template.before(2).gaps == {0: frozenset("*")}
    assert template.since(2).gaps == {0: frozenset("*")}


def test_every_run_of_words_stands_where_the_index_says() -> None:
    wrong = [
        (hit, code)
        for code, hits in templates.library().index.items()
        for hit in hits
        if _gram(templates.template(hit.template), hit.place) != code
    ]

    assert wrong == []


def test_every_template_can_be_found() -> None:
    found = {hit.template for hits in templates.library().index.values() for hit in hits}

    assert found == set(range(len(templates.library().sources)))


@pytest.mark.parametrize(
    ("license_id", "is_open"),
    [
        pytest.param("BUSL-1.1", False, id="source available"),
        pytest.param("CC-BY-NC-4.0", False, id="noncommercial content"),
        pytest.param("CC-BY-ND-4.0", False, id="no derivatives"),
        pytest.param("Elastic-2.0", False, id="no managed service"),
        pytest.param("Hippocratic-2.1", False, id="ethical"),
        pytest.param("JSON", False, id="good, not evil"),
        pytest.param("PolyForm-Noncommercial-1.0.0", False, id="noncommercial software"),
        pytest.param("SSPL-1.0", False, id="service source"),
        pytest.param("MIT", True, id="approved by the OSI"),
        pytest.param("WTFPL", True, id="free by the FSF alone"),
        pytest.param("CC-BY-3.0", True, id="open content"),
    ],
)
def test_flags_tell_open_licenses(license_id: str, is_open: bool) -> None:
    assert templates.library().licenses[license_id].is_open is is_open


def test_renamed_ids_lead_to_listed_ones() -> None:
    listed = templates.library()

    assert set(listed.renamed.values()) <= set(listed.licenses)


def _gram(template: templates.Template, place: int) -> int:
    return zlib.crc32(" ".join(template.words[place : place + templates.GRAM]).encode())
