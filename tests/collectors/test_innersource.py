"""Inside is what the public cannot read; ready is what colleagues can find and contribute to."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import innersource
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from tests.collectors.hosting.hosts import FakeHost, nature
from tests.fakes import FakeRepository, facts

README = """# Widgets

Widgets lets teams of the warehouse count parts and order new ones before they run out.

## Installation

Run `pip install widgets`, then `widgets count`.
"""
GUIDE = """# Contributing to Widgets

Run `pip install -e .` and then `pytest tests`. A change needs a test and an entry in CHANGELOG.md.
Every pull request is reviewed by two people of the team @acme/widgets.
"""
WELCOMING: dict[str, str | Unobserved] = {
    "README.md": README,
    "CONTRIBUTING.md": GUIDE,
    "CHANGELOG.md": "# Changes\n",
    "pyproject.toml": "[project]\nname = 'widgets'\n",
    "tests/test_widgets.py": "def test_nothing():\n    pass\n",
    "widgets/__init__.py": "x = 1\n",
}
UNREAD = Unobserved(Missing.TRUNCATED, "too large")


def told(
    files: dict[str, str | Unobserved], visibility: str = "internal", topics: object = ()
) -> dict[str, object]:
    host = FakeHost(nature=nature(visibility=visibility), topics=topics)
    found = facts(innersource, FakeRepository(files), hosting=host)
    return {key: item.missing or item.value for key, item in found.items()}


def test_a_clone_does_not_tell_who_may_read_it() -> None:
    found = facts(innersource, FakeRepository(WELCOMING))

    assert {item.missing for item in found.values()} == {Missing.NOT_COLLECTED}


def test_what_the_public_may_read_is_not_inside() -> None:
    found = told(WELCOMING, "public", ("innersource",))

    assert found == {"innersource.inside": False, "innersource.ready": Missing.NOT_SUPPORTED}


@pytest.mark.parametrize(
    ("files", "visibility", "topics", "is_ready"),
    [
        pytest.param({}, "internal", (), False, id="nothing there"),
        pytest.param({"README.md": README}, "internal", (), False, id="no guide"),
        pytest.param(
            WELCOMING | {"README.md": "# Widgets\n"}, "internal", (), False, id="for what"
        ),
        pytest.param(
            WELCOMING | {"CONTRIBUTING.md": "# Contributing\n\nPull requests are welcome.\n"},
            "internal",
            (),
            False,
            id="a guide for any project",
        ),
        pytest.param(WELCOMING, "private", (), False, id="nobody finds it"),
        pytest.param(WELCOMING, "private", ("docs",), False, id="another topic"),
        pytest.param(WELCOMING, "private", UNREAD, Missing.TRUNCATED, id="topics hidden"),
        pytest.param(
            WELCOMING | {"CONTRIBUTING.md": UNREAD},
            "internal",
            (),
            Missing.TRUNCATED,
            id="guide hidden",
        ),
        pytest.param(WELCOMING, "internal", (), True, id="everybody inside may read it"),
        pytest.param(WELCOMING, "private", ("inner-source",), True, id="topic"),
        pytest.param(WELCOMING | {"innersource.json": "{}"}, "private", (), True, id="portal"),
    ],
)
def test_ready_is_found_and_explained(
    files: dict[str, str | Unobserved], visibility: str, topics: object, is_ready: object
) -> None:
    found = told(files, visibility, topics)

    assert found == {"innersource.inside": True, "innersource.ready": is_ready}
