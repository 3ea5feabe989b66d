"""What a repository inherits from its owner's `.github` repository, by GitHub's rules."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import community_health
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing
from tests.collectors.community_health.test_templates import FORM, ISSUES
from tests.fakes import FakeRepository, facts

UNREAD = Unobserved(Missing.NOT_COLLECTED, "the owner's .github repository was not read")
DEFAULTS = {
    "CONTRIBUTING.md": "Changes must have tests and a DCO. " * 3 + "Maintainers review them.",
    ".github/CODE_OF_CONDUCT.md": "Report to conduct@acme.com.",
    "SECURITY.md": "Report to security@acme.com.",
    "docs/SUPPORT.md": "Ask [here](https://acme.com/forum).",
    "GOVERNANCE.md": "Maintainers are elected. Decisions are made by consensus.",
    f"{ISSUES}/bug.yml": FORM,
    ".github/pull_request_template.md": "Why?",
    ".github/FUNDING.yml": "github: acme",
}
HEALTH = (
    "contributing.present",
    "conduct.contact",
    "security_policy.private_channel",
    "support.stated",
    "governance.described",
    "templates.issue",
    "templates.pull_request",
    "funding.declared",
    "terms.declared",
)


def found(files: dict[str, str], inherited: object) -> dict[str, Evidence]:
    return facts(community_health, FakeRepository({"a": "", **files}, inherited=inherited))


@pytest.mark.parametrize("key", HEALTH)
def test_without_own_and_unread_defaults_a_fact_is_unknown(key: str) -> None:
    item = found({}, UNREAD)[key]

    assert (item.missing, item.why) == (UNREAD.missing, UNREAD.why)


@pytest.mark.parametrize("key", HEALTH)
def test_without_own_and_without_defaults_a_fact_is_no(key: str) -> None:
    assert found({}, None)[key].value is False


@pytest.mark.parametrize("key", HEALTH)
def test_defaults_count_and_are_cited(key: str) -> None:
    item = found({}, FakeRepository(DEFAULTS, name="acme/.github"))[key]

    assert (item.value, item.source.path in DEFAULTS) == (True, True)


@pytest.mark.parametrize(
    ("inherited", "count"),
    [
        pytest.param(None, 0, id="the owner has no defaults"),
        pytest.param(FakeRepository(DEFAULTS, name="acme/.github"), 7, id="one is too short"),
        pytest.param(UNREAD, None, id="nobody looked"),
    ],
)
def test_the_owners_defaults_are_counted_from_any_repository(
    inherited: object, count: int | None
) -> None:
    assert found({}, inherited)["defaults.count"].value == count


@pytest.mark.parametrize("path", sorted(set(DEFAULTS) - {f"{ISSUES}/bug.yml"}))
def test_an_own_file_stands_before_unread_defaults(path: str) -> None:
    keys = [
        key for key, item in found({path: DEFAULTS[path]}, UNREAD).items() if item.value is True
    ]

    assert keys


def test_an_own_hollow_file_switches_the_default_off() -> None:
    item = found({"SECURITY.md": "# Security"}, FakeRepository(DEFAULTS))

    assert item["security_policy.private_channel"].value is False


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(f"{ISSUES}/config.yml", id="settings"),
        pytest.param(f"{ISSUES}/notes.txt", id="any file"),
    ],
)
def test_any_own_file_switches_all_issue_templates_off(path: str) -> None:
    item = found({path: "blank_issues_enabled: true"}, FakeRepository(DEFAULTS))

    assert item["templates.issue"].value is False


def test_an_inherited_guide_says_so() -> None:
    item = found({}, FakeRepository(DEFAULTS))["contributing.inherited"]

    assert (item.value, item.source.path) == (True, "CONTRIBUTING.md")


def test_a_readme_is_not_inherited() -> None:
    readme = {"README.md": "Widgets draws charts of rows and columns."}

    assert found({}, FakeRepository(readme))["readme.explains"].value is False
