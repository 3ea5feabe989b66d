"""Whether roles, decisions and change of authority are described."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import community_health
from osmm_scan.model import Evidence, Missing
from tests.fakes import FakeRepository, facts

ROLES = "Maintainers review and approve changes.\n\n"
DECISIONS = "Decisions are made by lazy consensus.\n\n"
AUTHORITY = "New maintainers are nominated by a maintainer and elected.\n\n"


def described(files: dict[str, str]) -> Evidence:
    return facts(community_health, FakeRepository(files))["governance.described"]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"README.md": "x"}, id="none"),
        pytest.param({"GOVERNANCE.md": "Ada is the benevolent dictator for life."}, id="one line"),
        pytest.param({"GOVERNANCE.md": ROLES + DECISIONS}, id="no way in"),
        pytest.param({"GOVERNANCE.md": DECISIONS + AUTHORITY[:4]}, id="decisions only"),
        pytest.param(
            {"GOVERNANCE.md": f"Charter of [PROJECT NAME].\n\n{ROLES}{DECISIONS}{AUTHORITY}"},
            id="template",
        ),
        pytest.param({"vendor/x/GOVERNANCE.md": ROLES + DECISIONS + AUTHORITY}, id="another's"),
        pytest.param({"src/a/governance.md": ROLES + DECISIONS + AUTHORITY}, id="deep inside"),
    ],
)
def test_governance_that_is_not_described(files: dict[str, str]) -> None:
    assert described(files).value is False


@pytest.mark.parametrize(
    "path",
    [
        "GOVERNANCE.md",
        ".github/GOVERNANCE.rst",
        "docs/project/governance.adoc",
        "governance/CHARTER.md",
        "TECHNICAL_CHARTER.md",
    ],
)
def test_governance_that_is_described(path: str) -> None:
    item = described({path: ROLES + DECISIONS + AUTHORITY})

    assert (item.value, item.source.path, item.source.line) == (True, path, 3)


def test_several_documents_describe_it_together() -> None:
    files = {
        "GOVERNANCE.md": f"{DECISIONS}See [membership](community/membership.md).",
        "community/membership.md": ROLES + AUTHORITY,
    }

    assert described(files).value is True


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"README.md": "See our [governance](https://acme.com/rules)."}, id="readme"),
        pytest.param(
            {
                "GOVERNANCE.md": "| Roles, how maintainers decide by vote and are elected "
                "| [GOVERNANCE.md](https://acme.com/governance) |"
            },
            id="table of documents",
        ),
    ],
)
def test_rules_elsewhere_are_unknown(files: dict[str, str]) -> None:
    assert described(files).missing is Missing.NOT_COLLECTED
