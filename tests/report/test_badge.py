"""A badge says the proved level, what is possible, and how much was seen."""

from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from osmm_scan.report import Options, formats
from osmm_scan.report.badge import badge
from osmm_scan.report.document import document
from osmm_scan.report.formats.badge_svg import _FILLS
from osmm_scan.verdicts import Assessment
from tests.report import sample

OPTIONS = Options(flags=sample.FLAGS)
SUBJECTS = pytest.mark.parametrize("subject", [sample.organisation, sample.repository])


def _with(whole: Assessment, level: int | None, possible: int) -> Assessment:
    return replace(whole, verdict=replace(whole.verdict, level=level, possible=possible))


@pytest.mark.parametrize(
    ("whole", "message", "color"),
    [
        pytest.param(
            _with(sample.organisation(), None, 5),
            "unknown (58% known, 3 attested)",
            "lightgrey",
            id="unknown",
        ),
        pytest.param(
            _with(sample.organisation(), 0, 0),
            "level 0 of 5 (58% known, 3 attested)",
            "red",
            id="none",
        ),
        pytest.param(
            _with(sample.organisation(), 2, 4),
            "level 2 to 4 of 5 (58% known, 3 attested)",
            "yellow",
            id="more is possible",
        ),
        pytest.param(
            _with(sample.organisation(), 4, 4),
            "level 4 of 5 (58% known, 3 attested)",
            "green",
            id="four of five",
        ),
        pytest.param(
            _with(sample.organisation(), 5, 5),
            "level 5 of 5 (58% known, 3 attested)",
            "brightgreen",
            id="best",
        ),
        pytest.param(
            _with(sample.repository(), 4, 4),
            "level 4 of 4 (91% seen)",
            "brightgreen",
            id="best of a repository",
        ),
    ],
)
def test_badge_says_the_level(whole, message, color):
    shown = badge(document(whole, OPTIONS))

    assert (shown.message, shown.color) == (message, color)


@SUBJECTS
def test_endpoint_has_what_shields_needs(subject):
    written = json.loads(formats()["badge"].render(subject(), OPTIONS))

    assert written["schemaVersion"] == 1
    assert written.keys() == {"schemaVersion", "label", "message", "color"}
    assert all(written.values())


@SUBJECTS
def test_picture_says_the_same_as_the_endpoint(subject):
    written = json.loads(formats()["badge"].render(subject(), OPTIONS))
    picture = ET.fromstring(formats()["badge-svg"].render(subject(), OPTIONS))  # noqa: S314 - ours
    name = f"{written['label']}: {written['message']}"

    assert picture.get("aria-label") == name
    assert picture.findtext("{*}title") == name
    assert [text.text for text in picture.iterfind(".//{*}text")] == [
        written["label"],
        written["message"],
    ]


def _luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("color", _FILLS.values())
def test_white_can_be_read_on_every_color(color):
    assert 1.05 / (_luminance(color) + 0.05) >= 4.5
