"""The lifecycle status that a project declares."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import published
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing
from tests.fakes import FakeRepository, commit, facts, tag

RECENT, IDLE = [commit("2026-05-01")], [commit("2023-05-01")]
SHALLOW = Unobserved(Missing.NOT_COLLECTED, "the clone is shallow")


def found(
    files: dict[str, str | Unobserved], commits: object = RECENT, **more: object
) -> dict[str, Evidence]:
    return facts(published, FakeRepository({"a": "", **files}, commits=commits, **more))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("This project is released under the MIT license.", id="license"),
        pytest.param("This library is stable under load.", id="something else"),
        pytest.param("The v1 API is deprecated.", id="a part"),
        pytest.param("# Status\n\n| Branch | beta |\n|---|---|", id="table of builds"),
        pytest.param("![build](https://img.shields.io/badge/build-passing-green)", id="build"),
        pytest.param("Deprecated collectors: two", id="list of parts"),
        pytest.param("# Widgets\n\n" + "Text.\n\n" * 60 + "This project is archived.", id="deep"),
    ],
)
def test_readmes_without_a_status(text: str) -> None:
    assert found({"README.md": text})["lifecycle.declared"].value is False


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(
            "![x](https://www.repostatus.org/badges/latest/active.svg)", 1, id="repostatus"
        ),
        pytest.param(
            "x\n![x](https://img.shields.io/badge/lifecycle-stable-green)", 2, id="shield"
        ),
        pytest.param("[![x](https://a.org/images/badge-incubating.svg)](y)", 1, id="foundation"),
        pytest.param("# W\n\nStatus: **beta**", 3, id="line"),
        pytest.param("This project is in maintenance mode.", 1, id="sentence"),
        pytest.param("This repository is no longer actively maintained.", 1, id="no longer"),
        pytest.param("# (Deprecated) Widgets", 1, id="title"),
        pytest.param("Widgets is a CNCF graduated project.", 1, id="stage"),
        pytest.param("## Project status\n\nAlpha, use with care.", 3, id="section"),
    ],
)
def test_readmes_with_a_status(text: str, line: int) -> None:
    item = found({"README.md": text})["lifecycle.declared"]

    assert (item.value, item.source.path, item.source.line) == (True, "README.md", line)


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        pytest.param("publiccode.yml", "name: x\ndevelopmentStatus: stable", 2, id="publiccode"),
        pytest.param(
            "catalog-info.yaml", "kind: x\nspec:\n  lifecycle: production", 3, id="catalog"
        ),
        pytest.param("security-insights.yml", "repository:\n  status: active", 2, id="insights"),
        pytest.param(
            "pyproject.toml", 'x = [\n  "Development Status :: 4 - Beta",\n]', 2, id="classifier"
        ),
    ],
)
def test_records_with_a_status(path: str, text: str, line: int) -> None:
    item = found({path: text})["lifecycle.declared"]

    assert (item.value, item.source.line) == (True, line)


def test_a_damaged_record_is_unknown() -> None:
    item = found({"publiccode.yml": "a: b: c"})

    assert item["lifecycle.declared"].missing is Missing.FAULT


def test_an_idle_repository_may_be_archived() -> None:
    assert found({}, IDLE)["lifecycle.declared"].missing is Missing.NOT_COLLECTED


@pytest.mark.parametrize(
    ("commits", "is_idle"),
    [
        pytest.param(RECENT, False, id="people at work"),
        pytest.param(IDLE, True, id="silence"),
        pytest.param(SHALLOW, None, id="no history"),
    ],
)
def test_idle_repositories(commits: object, is_idle: bool | None) -> None:
    assert found({}, commits)["lifecycle.idle"].value is is_idle


@pytest.mark.parametrize(
    ("text", "commits", "value", "missing"),
    [
        pytest.param("", RECENT, False, None, id="not idle"),
        pytest.param("", IDLE, None, Missing.NOT_COLLECTED, id="perhaps archived"),
        pytest.param("", SHALLOW, None, Missing.NOT_COLLECTED, id="no history"),
        pytest.param("Status: incubating", IDLE, None, Missing.NOT_COLLECTED, id="still at work"),
        pytest.param("This project is archived.", IDLE, True, None, id="marked"),
        pytest.param("Status: inactive", IDLE, True, None, id="marked as inactive"),
    ],
)
def test_hygiene_of_idle_repositories(
    text: str, commits: object, value: bool | None, missing: Missing | None
) -> None:
    item = found({"README.md": text}, commits)["lifecycle.hygiene"]

    assert (item.value, item.missing) == (value, missing)


@pytest.mark.parametrize(
    ("text", "more", "value"),
    [
        pytest.param("", {}, False, id="neither"),
        pytest.param("", {"tags": [tag("v1.0.0")]}, True, id="release"),
        pytest.param("Status: active", {}, True, id="status"),
        pytest.param("", {"tags": [tag("v1.0.0", None)]}, None, id="release of unknown date"),
        pytest.param("Status: active", {"tags": [tag("v1.0.0", None)]}, True, id="one is enough"),
    ],
)
def test_a_release_or_a_status_is_evident(
    text: str, more: dict[str, object], value: bool | None
) -> None:
    assert found({"README.md": text}, **more)["lifecycle.evident"].value is value
