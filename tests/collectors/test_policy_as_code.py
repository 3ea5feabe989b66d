"""Files that define rules for many repositories."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import policy_as_code
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing, Value
from tests.fakes import FakeRepository, change, facts

OPT_OUT = "optConfig: {optOutStrategy: true}\n"
BRANCHES = "branches: [{name: main}]\n"
TERRAFORM = 'resource "github_organization_ruleset" "all" {\n}\n'


def found(name: str, path: str, text: str | Unobserved) -> dict[str, Value | Missing | None]:
    repository = FakeRepository({path: text}, name=name, changes=[change(path, "2026-06-20")])
    seen = facts(policy_as_code, repository)
    return {
        key[15:]: item.value if item.missing is None else item.missing for key, item in seen.items()
    }


@pytest.mark.parametrize(
    ("name", "path", "text"),
    [
        pytest.param("acme/.github", "README.md", OPT_OUT, id="another file"),
        pytest.param("acme/widgets", ".github/settings.yml", BRANCHES, id="of one repository"),
        pytest.param("acme/widgets", "allstar.yaml", OPT_OUT, id="in no central repository"),
        pytest.param("acme/infra", "main.tf", 'resource "aws_s3_bucket" "b" {}', id="other things"),
        pytest.param("acme/infra", "main.tf", f"# {TERRAFORM}", id="commented out"),
        pytest.param("acme/infra", "test/main.tf", TERRAFORM, id="a test"),
        pytest.param("acme/app", "org.yml", "name: Acme\n", id="another org.yml"),
        pytest.param("acme/app", "org.yml", "orgs: [a]\n", id="another list of organizations"),
    ],
)
def test_what_rules_nothing_but_itself(name: str, path: str, text: str) -> None:
    none = {"present": False, "quality": 0, "age_days": Missing.NOT_SUPPORTED}

    assert found(name, path, text) == none


@pytest.mark.parametrize(
    ("name", "path", "text", "quality"),
    [
        pytest.param("acme/.allstar", "allstar.yaml", OPT_OUT, 2, id="Allstar for all"),
        pytest.param("acme/.github", "allstar/allstar.yaml", OPT_OUT, 2, id="in .github"),
        pytest.param(
            "acme/.allstar", "allstar.yaml", "optConfig: {optInRepos: [a]}", 1, id="for one"
        ),
        pytest.param("acme/admin", ".github/settings.yml", BRANCHES, 2, id="settings for all"),
        pytest.param("acme/admin", ".github/settings.yml", "labels: []", 1, id="labels only"),
        pytest.param("acme/org", "org/acme/org.yaml", "orgs: {a: {repos: {b: {}}}}", 2, id="repos"),
        pytest.param("acme/org", "org.yaml", "orgs: {a: {members: [b]}}", 1, id="members only"),
        pytest.param("acme/infra", "github/main.tf", TERRAFORM, 2, id="Terraform"),
        pytest.param(
            "acme/.eclipsefdn",
            "otterdog/acme.jsonnet",
            "orgs.newOrg('a') { x: orgs.newBranchProtectionRule('main') }",
            2,
            id="Otterdog",
        ),
        pytest.param(
            "acme/.eclipsefdn", "otterdog/acme.jsonnet", "orgs.newOrg('a') {}", 1, id="no rule"
        ),
    ],
)
def test_rules_for_many_repositories(name: str, path: str, text: str, quality: int) -> None:
    assert found(name, path, text) == {"present": True, "quality": quality, "age_days": 10}


@pytest.mark.parametrize(
    "text",
    [pytest.param("a: [", id="malformed"), pytest.param(Unobserved(Missing.FAULT, "x"), id="lost")],
)
def test_a_file_that_cannot_be_read_leaves_it_open(text: str | Unobserved) -> None:
    assert set(found("acme/admin", ".github/settings.yml", text).values()) == {Missing.FAULT}
