"""Which tags are releases."""

from __future__ import annotations

import pytest

from osmm_scan.collectors.studies.releases import Releases, releases
from osmm_scan.sources.repository import Tag
from tests.fakes import FakeRepository, observe, tag


def found(*tags: Tag) -> Releases:
    return releases(observe(FakeRepository(tags=tags)))


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("nightly", id="moving mark"),
        pytest.param("nightly-2026.05.01", id="nightly build"),
        pytest.param("v2.0.0.dev1", id="development build"),
        pytest.param("build-1.2.345", id="numbered build"),
        pytest.param("1.5.x", id="branch by the look of it"),
        pytest.param("before_rewrite", id="bookmark"),
        pytest.param("backup/v1.2.3-old", id="backup"),
        pytest.param("backup/changes-15-16-56", id="time of day of a backup"),
    ],
)
def test_other_tags_are_no_releases(name: str) -> None:
    assert found(tag(name)).tags == ()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("1.2", id="two numbers"),
        pytest.param("v1.2.3", id="semantic version"),
        pytest.param("curl-8_21_0", id="underscores"),
        pytest.param("release-2.0.10", id="with a word"),
        pytest.param("pkg/sub/v0.4.1", id="module of a repository"),
        pytest.param("@acme/widgets@1.2.3", id="package of a workspace"),
        pytest.param("tokio-test-0.4.1", id="a component whose name ends in test"),
        pytest.param("20260501", id="date"),
        pytest.param("v7", id="number alone"),
    ],
)
def test_versions_are_releases(name: str) -> None:
    assert [release.name for release in found(tag(name)).tags] == [name]


def test_numbers_beside_versions_are_moving_tags() -> None:
    assert [release.name for release in found(tag("v4"), tag("v4.1.0")).tags] == ["v4.1.0"]


def test_an_annotated_name_is_a_release() -> None:
    assert [release.name for release in found(tag("Jasper", annotated=True)).tags] == ["Jasper"]


@pytest.mark.parametrize(
    "name",
    ["v2.0.0-rc.1", "2.0.0a0", "v2.0.0-beta", "rc-2_0_0-1", "v2.0.0.beta1"],
)
def test_drafts_are_not_the_latest_release(name: str) -> None:
    assert found(tag("v1.0.0", "2026-01-01"), tag(name)).latest == tag("v1.0.0", "2026-01-01")


def test_drafts_count_as_long_as_there_is_nothing_else() -> None:
    assert found(tag("v1.0.0-rc.1")).latest == tag("v1.0.0-rc.1")


def test_releases_without_a_usable_date_have_no_day() -> None:
    undated = found(tag("v1.0.0", None), tag("v2.0.0", "2026-07-01"))

    assert (len(undated.tags), undated.latest) == (2, None)


def test_several_releases_of_a_day_are_one_occasion() -> None:
    several = found(tag("v1.0.0", "2026-05-01"), tag("v1.1.0"), tag("v1.2.0", "2026-05-04"))

    assert [day - several.days[0] for day in several.days] == [0, 3]
