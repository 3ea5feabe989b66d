"""The course of levels and signals, as text and as a drawing."""

from __future__ import annotations

import itertools
from datetime import date
from xml.etree import ElementTree

import pytest

from osmm_scan.model import Interval, Signal
from osmm_scan.report.options import Options
from osmm_scan.report.past.course import Course, Point, moving_fields, render_svg, render_text
from tests.store.samples import assessed

SHARE = "license_file_coverage.share"


def point(scan: int, share: Interval | None, level: int = 1) -> Point:
    return Point(
        scan=scan,
        as_of=date(2026, scan, 28),
        rules_sha256="a" * 64,
        level=level,
        possible=3,
        levels=assessed().levels,
        signals={
            "license_file_coverage": Signal(
                id="license_file_coverage",
                fields={"share": share, "age_days": Interval.exactly(scan)},
            )
        },
    )


POINTS = (
    point(1, Interval.exactly(0.25)),
    point(2, None),
    point(3, Interval(0.5, 1.0), level=2),
)


def test_only_what_moved_is_shown_and_age_is_no_move() -> None:
    assert moving_fields(POINTS) == (SHARE,)
    assert moving_fields((POINTS[0], point(4, Interval.exactly(0.25)))) == ()


def test_a_scan_without_a_value_leaves_a_gap() -> None:
    text = render_text(Course(target="acme", points=POINTS, fields=(SHARE,)), Options())

    assert "▁ █" in text
    assert "0.25" in text
    assert "0.5 to 1" in text


@pytest.mark.parametrize(
    "points", [pytest.param(POINTS, id="several"), pytest.param(POINTS[:1], id="only one")]
)
def test_a_drawing_is_well_formed_and_says_what_it_shows(points: tuple[Point, ...]) -> None:
    course = Course(target="acme <script>&", points=points, fields=())

    drawing = ElementTree.fromstring(render_svg(course, Options()))  # noqa: S314 - our own drawing

    words = "".join(drawing.itertext())
    assert "acme <script>&: level " in words
    assert all(str(one.as_of) in words for one in points)


def test_names_in_a_drawing_do_not_cover_each_other() -> None:
    course = Course(target="acme", points=POINTS, fields=())

    drawing = ElementTree.fromstring(render_svg(course, Options()))  # noqa: S314 - our own drawing

    texts = drawing.iter("{http://www.w3.org/2000/svg}text")
    heights = sorted(float(one.get("y", 0)) for one in texts if (one.text or "").startswith("L"))
    assert len(heights) == 5
    assert min(high - low for low, high in itertools.pairwise(heights)) >= 12
