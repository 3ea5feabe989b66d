"""What a text says of its license is recognized, and what alters a license is not overlooked."""

from __future__ import annotations

import pytest

from osmm_scan.collectors.licensing.recognition import Kind, recognize
from tests.collectors.licensing.texts import MIT, license_text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("TODO: choose a license\n", id="a plan"),
        pytest.param("All rights reserved.\n", id="no license at all"),
        pytest.param("This is NOT licensed under the MIT License.\n", id="denial"),
        pytest.param("\x00\x01\x02" * 100, id="noise"),
    ],
)
def test_what_states_no_license_has_none(text: str) -> None:
    recognition = recognize(text)

    assert (recognition.kind, recognition.expression) == (Kind.NONE, None)


@pytest.mark.parametrize(
    "license_id",
    ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "GPL-3.0-only", "ISC", "MIT", "MPL-2.0"],
)
def test_a_whole_text_is_recognized(license_id: str) -> None:
    recognition = recognize(license_text(license_id))

    assert (recognition.kind, recognition.ids) == (Kind.TEXT, (license_id,))
    assert recognition.is_open


@pytest.mark.parametrize(
    "rider",
    [
        pytest.param("The Software may not be used for commercial purposes.", id="noncommercial"),
        pytest.param('"Commons Clause" License Condition v1.0', id="commons clause"),
    ],
)
def test_a_license_with_a_rider_is_not_open(rider: str) -> None:
    recognition = recognize(f"{MIT}\n{rider}\n")

    assert recognition.is_open is not True
