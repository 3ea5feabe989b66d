"""What rules read: values after the limits that hold for all rules."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest

from osmm_scan.engine.intervals import Truth
from osmm_scan.engine.rules import RulePack
from osmm_scan.engine.tree import Course, Reference, Trend
from osmm_scan.model import Interval
from tests.engine.scene import Scans, Value, interval, measured, readings

QUALITY = Reference("policy", "quality")
SHARE = Reference("coverage", "share")


def test_what_was_not_measured_is_unknown(pack: RulePack) -> None:
    read = readings(pack, measured("coverage", active=0.5))

    assert read.value(SHARE) is None
    assert read.value(QUALITY) is None
    assert read.value(Reference("coverage", "active")) == Interval(0.5, 0.5)


@pytest.mark.parametrize(
    ("quality", "age", "worth"),
    [
        pytest.param(3, 0, 3, id="new"),
        pytest.param(3, 730, 3, id="two years old"),
        pytest.param(3, 731, 2, id="a day older"),
        pytest.param(3, 1095, 2, id="three years old"),
        pytest.param(3, 1096, 1, id="another day older"),
        pytest.param(1, 1000, 1, id="below the cap"),
        pytest.param(0, None, 0, id="no document, which has no age"),
        pytest.param(3, None, (1, 3), id="of unknown age"),
        pytest.param(3, (0, inf), (1, 3), id="of any age"),
        pytest.param(3, (700, 800), (2, 3), id="perhaps old"),
        pytest.param(3, (731, 1096), (1, 2), id="old, perhaps very old"),
        pytest.param(3, (1096, inf), 1, id="surely very old"),
        pytest.param((0, 3), 731, (0, 2), id="of unknown quality"),
        pytest.param(None, 100, None, id="quality not known at all"),
    ],
)
def test_old_documents_are_worth_less(
    quality: Value, age: Value, worth: Value, pack: RulePack
) -> None:
    read = readings(pack, measured("policy", quality=quality, age_days=age))

    assert read.value(QUALITY) == interval(worth)


def test_a_quality_without_a_field_for_its_age_stays(pack: RulePack) -> None:
    assert readings(pack, measured("policy", quality=3)).value(QUALITY) == Interval(3, 3)


@pytest.mark.parametrize(
    ("n", "is_known"),
    [
        pytest.param(19, False, id="one too few"),
        pytest.param(20, True, id="just enough"),
        pytest.param((19, 40), False, id="perhaps enough"),
        pytest.param((20, 40), True, id="surely enough"),
    ],
)
def test_too_few_observations_are_unknown(n: Value, is_known: bool, pack: RulePack) -> None:
    counted = replace(measured("signoff"), fields={"share": Interval(0.9, 0.9), "n": interval(n)})
    read = readings(pack, counted)

    assert (read.value(Reference("signoff", "share")) is not None) is is_known


def test_observations_are_the_units_where_nothing_counts_them(pack: RulePack) -> None:
    few, enough = measured("signoff", 19, share=0.9), measured("signoff", 20, share=0.9)

    assert readings(pack, few).value(Reference("signoff", "share")) is None
    assert readings(pack, few).signals["signoff"].why == "fewer than 20 observations"
    assert readings(pack, enough).value(Reference("signoff", "share")) == Interval(0.9, 0.9)


def test_the_reason_why_a_signal_is_unknown_is_kept(pack: RulePack) -> None:
    read = readings(pack, measured("signoff", 0, why="not collected"))

    assert read.signals["signoff"].why == "not collected"


@pytest.mark.parametrize(
    ("reference", "sample"),
    [
        pytest.param(SHARE, Interval(4, 9), id="a share"),
        pytest.param(Reference("coverage", "policy"), None, id="a yes or no needs no sample"),
        pytest.param(Reference("coverage", "n"), None, id="a count needs no sample"),
        pytest.param(QUALITY, None, id="a document needs no sample"),
        pytest.param(Reference("breadth", "distinct"), None, id="a count of things"),
        pytest.param(Reference("response", "median_days"), Interval(0, inf), id="not measured"),
    ],
)
def test_samples(reference: Reference, sample: Interval | None, pack: RulePack) -> None:
    read = readings(pack, measured("coverage", 4, 3, share=0.5), measured("policy"), unseen=2)

    assert read.sample(reference) == sample


def test_what_is_not_measured_over_repositories_needs_no_sample(pack: RulePack) -> None:
    elsewhere = replace(pack.signals["coverage"], population=())
    read = readings(pack, measured("coverage", 2, share=0.5))

    assert replace(read, declared={**pack.signals, "coverage": elsewhere}).sample(SHARE) is None


@pytest.mark.parametrize(
    ("scans", "truth"),
    [
        pytest.param(None, Truth.UNKNOWN, id="no history"),
        pytest.param(Scans(), Truth.UNKNOWN, id="an empty history"),
        pytest.param(Scans({"coverage.share": [0.8]}), Truth.UNKNOWN, id="one earlier scan"),
        pytest.param(Scans({"coverage.share": [0.8, 0.8]}), Truth.TRUE, id="kept until today"),
        pytest.param(Scans({"coverage.share": [0.83, 0.8]}), Truth.FALSE, id="fallen today"),
        pytest.param(Scans({"coverage.share": [0.8, 0.5]}), Truth.FALSE, id="fallen between"),
    ],
)
def test_trends_end_today(scans: Scans | None, truth: Truth, pack: RulePack) -> None:
    read = readings(pack, measured("coverage", share=0.8), history=scans)

    assert read.trend(Course(Trend.SUSTAINED, SHARE)) is truth


def test_a_scan_of_today_is_not_its_own_past(pack: RulePack) -> None:
    scans = Scans({"coverage.share": [0.8, 0.8, 0.1]}, last_days_ago=0)
    read = readings(pack, measured("coverage", share=0.8), history=scans)

    assert read.trend(Course(Trend.SUSTAINED, SHARE)) is Truth.TRUE


@pytest.mark.parametrize(
    ("direction", "truth"),
    [("higher_is_better", Truth.FALSE), ("lower_is_better", Truth.TRUE)],
)
def test_the_direction_of_a_signal_says_what_improves(
    direction: str, truth: Truth, pack: RulePack
) -> None:
    declared = replace(pack.signals["breadth"], direction=direction)
    turned = replace(pack, signals={**pack.signals, "breadth": declared})
    scans = Scans({"breadth.distinct": [100, 100]})
    read = readings(turned, measured("breadth", distinct=50), history=scans)

    assert read.trend(Course(Trend.IMPROVING, Reference("breadth", "distinct"))) is truth


def test_numbers_are_kept_relative_to_the_start(pack: RulePack) -> None:
    scans = Scans({"breadth.distinct": [100, 100]})
    course = Course(Trend.SUSTAINED, Reference("breadth", "distinct"))

    assert readings(pack, measured("breadth", distinct=96), history=scans).trend(course) is (
        Truth.TRUE
    )
    assert readings(pack, measured("breadth", distinct=94), history=scans).trend(course) is (
        Truth.FALSE
    )
