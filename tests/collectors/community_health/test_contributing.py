"""Whether a contribution guide is filled in and fits its project."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import community_health
from osmm_scan.model import Evidence, Missing
from osmm_scan.sources.repository import Remote
from tests.fakes import FakeRepository, facts, observe

REMOTE = Remote("github.com", "acme", "widgets")
BUILD = "Run the tests before you send a change:\n\n```\nmake test\n```\n"
NEEDS = "Every pull request must have tests and is merged after review.\n"
TERMS = "Sign your commits off: we use the Developer Certificate of Origin.\n"
PEOPLE = "The maintainers review each change within two days.\n"
LINKS = "See [the design](docs/design.md).\n"
FILES = {"Makefile": "test:\n\ttrue\n", "src/app.py": "", "docs/design.md": ""}


def found(text: str | None, **more: str) -> dict[str, Evidence]:
    guide = {} if text is None else {"CONTRIBUTING.md": text}
    return facts(community_health, FakeRepository({**FILES, **guide, **more}, remote=REMOTE))


@pytest.mark.parametrize(
    ("text", "present"),
    [
        pytest.param(None, False, id="none"),
        pytest.param("", False, id="empty"),
        pytest.param("# Contributing", False, id="heading only"),
        pytest.param("TODO", False, id="to do"),
        pytest.param(f"# Contributing to {{project name}}\n\n{NEEDS * 3}", False, id="braces left"),
        pytest.param(f"{NEEDS}{PEOPLE}", True, id="text"),
        pytest.param("See [our guide](https://acme.com/guide).", True, id="pointer"),
    ],
)
def test_presence(text: str | None, present: bool) -> None:
    assert found(text)["contributing.present"].value is present


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("Thanks for your help, we like to hear from all of you.", 0.0, id="none"),
        pytest.param("Be nice when you send us any kind of work.\n\n" + BUILD, 0.25, id="commands"),
        pytest.param(NEEDS, 0.25, id="needs"),
        pytest.param(TERMS, 0.25, id="terms"),
        pytest.param(PEOPLE, 0.25, id="people"),
        pytest.param(LINKS, 0.2, id="links"),
        pytest.param(LINKS + "And [this](gone.md).", 0.0, id="a broken link"),
        pytest.param(f"{BUILD}\n{NEEDS}\n{TERMS}\n{PEOPLE}\n{LINKS}", 1.0, id="all"),
        pytest.param("Run `make gone` and `make lost`, then `make test`.", 0.0, id="made up"),
    ],
)
def test_specificity_is_the_share_of_tests_passed(text: str, value: float) -> None:
    assert found(text)["contributing.specificity"].value == value


def test_a_guide_without_code_needs_no_commands() -> None:
    fake = FakeRepository({"CONTRIBUTING.md": f"{NEEDS}\n{TERMS}"})

    assert facts(community_health, fake)["contributing.specificity"].value == 0.67


@pytest.mark.parametrize(
    ("text", "specific"),
    [
        pytest.param(f"{NEEDS}\n{TERMS}", False, id="too little"),
        pytest.param(f"{NEEDS}\n{TERMS}\n{BUILD}", True, id="enough"),
        pytest.param(f"{NEEDS}\n{TERMS}\n{BUILD}\nTODO", False, id="unfinished"),
        pytest.param(
            f"{NEEDS}\n{TERMS}\n{BUILD}\n[Tell us](https://github.com/twbs/bootstrap/issues).",
            False,
            id="another project's",
        ),
        pytest.param(
            f"{NEEDS}\n{TERMS}\n{BUILD}\n[Tell us](https://github.com/acme/old-name/issues).",
            True,
            id="renamed project",
        ),
    ],
)
def test_guides_that_fit(text: str, specific: bool) -> None:
    assert found(text)["contributing.specific"].value is specific


def test_what_a_guide_leads_to_counts_and_is_cited() -> None:
    fake = FakeRepository(
        {
            **FILES,
            "CONTRIBUTING.md": "Read the [development guide](docs/develop.md).",
            "docs/develop.md": f"# Develop\n\n{BUILD}\n{NEEDS}\n{TERMS}",
        }
    )

    details = {
        item.value: (item.source.path, item.source.line)
        for item in community_health.collect(observe(fake))
        if item.key == "health.element"
    }

    assert details["contributing.commands"] == ("docs/develop.md", 6)
    assert facts(community_health, fake)["contributing.specific"].value is True


def test_a_guide_that_is_elsewhere_is_unknown() -> None:
    item = found("Read [our contribution guide](https://acme.com/contributing).")

    assert item["contributing.specific"].missing is Missing.NOT_COLLECTED
    assert item["contributing.specificity"].value == {"low": 0.0, "high": 1.0}


def test_lessons_about_open_source_are_no_guide() -> None:
    item = found("Read [how to contribute](https://opensource.guide/how-to-contribute/) first.")

    assert item["contributing.specific"].value is False
