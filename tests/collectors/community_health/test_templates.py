"""Templates of issues and pull requests, ways to give, and the defaults of an owner."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import community_health
from osmm_scan.model import Evidence, Missing
from tests.fakes import FakeRepository, facts

FORM = """name: Bug
description: Something is broken
body:
  - type: markdown
    attributes: {value: Thanks}
  - type: textarea
    id: what
    attributes: {label: What happened}
"""
TEMPLATE = "---\nname: Bug\nabout: Something is broken\n---\n\nWhat happened?\n"
ISSUES = ".github/ISSUE_TEMPLATE"


def found(files: dict[str, str], **more: object) -> dict[str, Evidence]:
    return facts(community_health, FakeRepository(files, **more))


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"README.md": ""}, id="none"),
        pytest.param({f"{ISSUES}/config.yml": "blank_issues_enabled: false"}, id="settings only"),
        pytest.param({f"{ISSUES}/bug.yml": "name: Bug\ndescription: x\nbody: []"}, id="no fields"),
        pytest.param({f"{ISSUES}/bug.yml": "- 1"}, id="no form"),
        pytest.param({f"{ISSUES}/bug.md": "What happened?"}, id="not offered by GitHub"),
        pytest.param({f"{ISSUES}/bug.md": ""}, id="empty"),
        pytest.param({f"{ISSUES}/old/bug.yml": FORM}, id="too deep"),
        pytest.param({".github/ISSUE_TEMPLATE.md": "  \n"}, id="blank"),
    ],
)
def test_issue_templates_that_do_not_work(files: dict[str, str]) -> None:
    assert found(files)["templates.issue"].value is False


@pytest.mark.parametrize(
    ("files", "path"),
    [
        pytest.param({f"{ISSUES}/bug.yml": FORM}, f"{ISSUES}/bug.yml", id="form"),
        pytest.param({f"{ISSUES}/bug.md": TEMPLATE}, f"{ISSUES}/bug.md", id="template"),
        pytest.param({"docs/issue_template.md": "What?"}, "docs/issue_template.md", id="single"),
        pytest.param(
            {f"{ISSUES}/a.yml": "a: b: c", f"{ISSUES}/b.yml": FORM},
            f"{ISSUES}/b.yml",
            id="beside a damaged one",
        ),
    ],
)
def test_issue_templates_that_work(files: dict[str, str], path: str) -> None:
    item = found(files)["templates.issue"]

    assert (item.value, item.source.path) == (True, path)


def test_a_damaged_form_is_unknown_and_says_where() -> None:
    item = found({f"{ISSUES}/bug.yml": "name: Bug\nname: Bug"})["templates.issue"]

    assert (item.missing, item.why.startswith(f"{ISSUES}/bug.yml:2:")) == (Missing.FAULT, True)


@pytest.mark.parametrize(
    ("path", "text", "offered"),
    [
        pytest.param("pull_request_template.py", "x", False, id="no text"),
        pytest.param(".github/PULL_REQUEST_TEMPLATE.md", "", False, id="empty"),
        pytest.param(".github/PULL_REQUEST_TEMPLATE.md", "<!-- Why? -->", True, id="comment"),
        pytest.param("docs/pull_request_template.md", "Why?", True, id="docs"),
        pytest.param(".github/PULL_REQUEST_TEMPLATE/fix.md", "Why?", True, id="one of several"),
    ],
)
def test_pull_request_templates(path: str, text: str, offered: bool) -> None:
    assert found({path: text})["templates.pull_request"].value is offered


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        pytest.param("", False, id="empty"),
        pytest.param("github: # Replace with up to 4 names\npatreon:\n", False, id="stock file"),
        pytest.param("github: []", False, id="nobody"),
        pytest.param("patreon:\ngithub: [ada]", True, id="somebody"),
        pytest.param("custom: https://acme.com/give", True, id="own page"),
    ],
)
def test_ways_to_give(text: str, declared: bool) -> None:
    assert found({".github/FUNDING.yml": text})["funding.declared"].value is declared


@pytest.mark.parametrize(
    ("name", "declared"),
    [
        pytest.param("acme/widgets", False, id="a file that GitHub does not read"),
        pytest.param("acme/.github", True, id="the owner's defaults"),
    ],
)
def test_funding_at_the_top(name: str, declared: bool) -> None:
    item = found({"FUNDING.yml": "github: ada"}, name=name)["funding.declared"]

    assert item.value is declared


def test_a_damaged_funding_file_is_unknown() -> None:
    item = found({".github/FUNDING.yml": "a: b: c"})["funding.declared"]

    assert item.missing is Missing.FAULT


def test_only_the_owners_repository_sets_defaults() -> None:
    files = {"SECURITY.md": "Report to security@acme.com.", f"{ISSUES}/bug.yml": FORM}

    assert found(files)["defaults.count"].value == 0
    assert found(files, name="acme/.github")["defaults.count"].value == 2


def test_hollow_files_are_no_defaults() -> None:
    files = {"SUPPORT.md": "# Support", "CONTRIBUTING.md": "TODO", ".github/FUNDING.yml": ""}

    assert found(files, name="acme/.github")["defaults.count"].value == 0
