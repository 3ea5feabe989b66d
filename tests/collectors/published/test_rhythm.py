"""The rhythm of releases."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import published
from osmm_scan.model import Missing
from osmm_scan.sources.repository import Tag
from tests.fakes import FakeRepository, facts, tag

NONE: list[Tag] = []


@pytest.mark.parametrize(
    ("tags", "releases", "recent"),
    [
        pytest.param(NONE, False, False, id="none"),
        pytest.param([tag("nightly")], False, False, id="moving tag"),
        pytest.param([tag("v1.0.0", "2025-06-01")], True, False, id="long ago"),
        pytest.param([tag("v1.0.0", "2026-09-01")], True, False, id="dated in the future"),
        pytest.param([tag("v1.0.0", "2025-08-01")], True, True, id="within a year"),
    ],
)
def test_releases(tags: list[Tag], releases: bool, recent: bool) -> None:
    item = facts(published, FakeRepository({}, tags=tags))

    assert item["release.releases"].value is releases
    assert item["release.within_12m"].value is recent


def test_a_release_without_a_date_may_be_recent() -> None:
    item = facts(published, FakeRepository({}, tags=[tag("v1.0.0", None)]))

    assert item["release.within_12m"].missing is Missing.FAULT


@pytest.mark.parametrize(
    ("days", "interval"),
    [
        pytest.param(["2026-05-01", "2026-05-11"], 10.0, id="two"),
        pytest.param(["2026-05-01", "2026-05-01", "2026-05-04"], 3.0, id="two on one day"),
        pytest.param(["2026-05-01", "2026-05-02", "2026-05-12"], 5.5, id="median"),
        pytest.param(
            ["2020-01-01", *(f"2026-05-{day:02}" for day in range(1, 12))], 1.0, id="latest only"
        ),
    ],
)
def test_intervals(days: list[str], interval: float) -> None:
    tags = [tag(f"v1.{number}.0", day) for number, day in enumerate(days)]

    item = facts(published, FakeRepository({}, tags=tags))

    assert item["release.interval_days"].value == interval


def test_one_release_has_no_rhythm() -> None:
    item = facts(published, FakeRepository({}, tags=[tag("v1.0.0")]))

    assert item["release.interval_days"].missing is Missing.NOT_SUPPORTED
