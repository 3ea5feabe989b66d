"""Which projects reports on health speak of."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import health_coverage
from osmm_scan.model import Value
from tests.fakes import FakeRepository, change, facts
from tests.rules import handbook

REPORT = handbook.DOCUMENTS["reports/report-2025.md"]
PATH = "reports/report-2025.md"
TABLE = "\n## Projects\n\n| Project | Answer |\n|---|---|\n"


def projects(text: str) -> Value | None:
    repository = FakeRepository(
        {PATH: text}, name="acme/office", changes=[change(PATH, "2026-05-01")]
    )
    return facts(health_coverage, repository)["health_reports.projects"].value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", (), id="nothing"),
        pytest.param(f"# Report 2025\n{TABLE}| axle | 2 days |\n", (), id="hollow report"),
        pytest.param(REPORT, (), id="names none"),
        pytest.param(f"{REPORT}{TABLE}| Two days | axle |\n", (), id="no name in front"),
        pytest.param(f"{REPORT}{TABLE}| **Axle** | 2 |\n", ("axle",), id="row"),
        pytest.param(
            f"{REPORT}\nSee https://github.com/acme/Bolt.git.\n", ("acme/bolt",), id="address"
        ),
    ],
)
def test_projects_that_are_named(text: str, expected: tuple[str, ...]) -> None:
    assert projects(text) == expected
