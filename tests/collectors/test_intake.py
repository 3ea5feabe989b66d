"""Forms by which people ask an open source office."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import intake
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing, Value
from tests.fakes import FakeRepository, change, facts

FOLDER = ".github/ISSUE_TEMPLATE/"
FORM = """\
name: {name}
description: {about}
body:
- type: markdown
- type: input
- type: textarea
"""
MARKDOWN = """\
---
name: {name}
about: {about}
---
## What will be released

## Under which license

## Who looks after it
"""


def form(name: str = "Open source release request", about: str = "") -> str:
    return FORM.format(name=name, about=about)


def found(
    files: dict[str, str | Unobserved], name: str = "acme/ospo"
) -> dict[str, Value | Missing | None]:
    seen = facts(intake, FakeRepository(files, name=name, changes=[change(PATH, "2026-06-20")]))
    return {
        key[7:]: item.value if item.missing is None else item.missing for key, item in seen.items()
    }


PATH = f"{FOLDER}release.yml"
NONE = {"present": False, "quality": 0, "age_days": Missing.NOT_SUPPORTED}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("README.md", form(), id="no form"),
        pytest.param(f"{FOLDER}config.yml", form(), id="the settings of forms"),
        pytest.param(PATH, form("Bug report"), id="a bug"),
        pytest.param(PATH, form("Feature request", "for our open source tool"), id="a feature"),
        pytest.param(PATH, form("Meeting minutes", "of the release review"), id="minutes"),
        pytest.param(PATH, form("Newsletter", "tell us"), id="something else"),
    ],
)
def test_where_nothing_can_be_asked(path: str, text: str) -> None:
    assert found({path: text}) == NONE


@pytest.mark.parametrize(
    ("name", "about"),
    [
        pytest.param("Open source release request", "", id="by its name"),
        pytest.param("New release", "Request permission to publish a project", id="by its purpose"),
        pytest.param("License question", "", id="a license"),
        pytest.param("Project contribution", "Propose a new project", id="of a foundation"),
    ],
)
def test_requests_to_an_office_are_recognised(name: str, about: str) -> None:
    assert found({PATH: form(name, about)}) == {"present": True, "quality": 1, "age_days": 10}


@pytest.mark.parametrize(
    ("name", "present"),
    [
        pytest.param("Release request", False, id="of the product"),
        pytest.param("OSS release request", True, id="says what it is about"),
    ],
)
def test_a_product_takes_requests_for_itself(name: str, present: bool) -> None:
    files: dict[str, str | Unobserved] = {PATH: form(name), "src/app.py": "x = 1\n"}

    assert found(files, "acme/widgets")["present"] is present


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param(PATH, form() + "- type: dropdown\n", id="a form"),
        pytest.param(
            f"{FOLDER}release.md", MARKDOWN.format(name="Release request", about=""), id="Markdown"
        ),
    ],
)
def test_what_asks_three_things_is_worth_more(path: str, text: str) -> None:
    assert found({path: text})["quality"] == 2


@pytest.mark.parametrize(
    "text",
    [pytest.param("a: [", id="malformed"), pytest.param(Unobserved(Missing.FAULT, "x"), id="lost")],
)
def test_a_form_that_cannot_be_read_leaves_it_open(text: str | Unobserved) -> None:
    assert set(found({PATH: text}).values()) == {Missing.FAULT}
