"""How old reports on compliance are, and whom they cover."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import compliance_reports
from osmm_scan.model import Evidence, Missing, Value
from tests.collectors.documents import programme_texts
from tests.fakes import FakeRepository, change, facts

REPORT = programme_texts.REAL["compliance_report"]
MAY, MARCH = "reports/compliance-2026-05.md", "reports/compliance-2026-03.md"
DAYS = {MAY: "2026-06-10", MARCH: "2026-03-02"}


def found(files: dict[str, str]) -> dict[str, Evidence]:
    repository = FakeRepository(
        files, name="acme/office", changes=[change(path, DAYS[path]) for path in files]
    )
    return facts(compliance_reports, repository)


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({}, id="nothing"),
        pytest.param({MAY: programme_texts.HOLLOW["compliance_report"]}, id="hollow"),
        pytest.param({MAY: REPORT.replace("Compliance report", "Policy")}, id="a policy"),
        pytest.param({MAY: REPORT.replace("Compliance", "RFC: compliance")}, id="a design"),
    ],
)
def test_nothing_is_known_where_no_report_is_committed(files: dict[str, str]) -> None:
    assert {one.missing for one in found(files).values()} == {Missing.NOT_SUPPORTED}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({MAY: REPORT}, (20, True, ("axle", "bolt")), id="one"),
        pytest.param(
            {MAY: REPORT, MARCH: REPORT.replace("| axle", "| cog")},
            (20, True, ("axle", "bolt")),
            id="older ones cover nothing",
        ),
        pytest.param({MARCH: REPORT}, (120, True, ()), id="one of last winter"),
        pytest.param(
            {MAY: REPORT.replace("; the goal is 8", "")},
            (20, False, ("axle", "bolt")),
            id="without a goal",
        ),
    ],
)
def test_the_newest_report_tells(files: dict[str, str], expected: tuple[Value, ...]) -> None:
    values = found(files)
    names = ("age_days", "has_targets", "repositories")

    assert tuple(values[f"compliance_reports.{name}"].value for name in names) == expected
    assert values["compliance_reports.quality"].value in (2, 3)
