"""Dated security assessments and threat models."""

from __future__ import annotations

from datetime import date

import pytest

from osmm_scan.collectors.supply_chain.assessments import assessments
from osmm_scan.collectors.supply_chain.dates import dates, stated_date
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing
from tests.fakes import FakeRepository, observe

TEXT = "An attacker could read the tokens that the service keeps. " * 12
INSIGHTS = """\
    repository:
      security:
        assessments:
          self: {comment: not made yet}
          third-party: [{evidence: https://x.example/2025/10/10/audit, comment: by others}]
    """


def found(files: dict[str, str | Unobserved]) -> dict[str, Evidence]:
    items = assessments(observe(FakeRepository(files)))
    return {item.key: item for item in items}


@pytest.mark.parametrize(
    ("files", "recent", "age"),
    [
        pytest.param({}, False, None, id="nothing"),
        pytest.param({"THREAT_MODEL.md": "TODO"}, False, None, id="a stub"),
        pytest.param({"THREAT_MODEL.md": f"{TEXT}\n\n[INSERT DATE]\n"}, False, None, id="template"),
        pytest.param({"docs/threat_model.py": TEXT}, False, None, id="a program"),
        pytest.param({"vendor/x/threat-model.md": TEXT}, False, None, id="somebody else's"),
        pytest.param({"docs/models.md": TEXT}, False, None, id="another document"),
        pytest.param({"self-assessment.md": TEXT}, False, None, id="of something else"),
        pytest.param({"docs/open-tests.md": TEXT}, False, None, id="a word that ends so"),
        pytest.param({"threat-model.md": f"Date: 2023-01-01\n{TEXT}"}, False, 1276, id="old"),
        pytest.param({"threat-model.md": TEXT}, None, None, id="undated"),
        pytest.param(
            {"threat-model.md": f"Date: 2023-01-01\n{TEXT}", "security-audit.pdf": "x"},
            None,
            None,
            id="an old one and an undated one",
        ),
        pytest.param({"threat-model.md": Unobserved(Missing.FAULT, "x")}, None, None, id="damaged"),
        pytest.param({"security-insights.yml": "a: [}"}, None, None, id="damaged insights"),
        pytest.param({"Threat-Model.md": f"Date: 2026-06-01\n{TEXT}"}, True, 29, id="recent"),
        pytest.param({"docs/security/audit-2026-06.pdf": "x"}, True, 29, id="dated by its name"),
        pytest.param({"security-insights.yml": INSIGHTS}, True, 263, id="insights"),
        pytest.param(
            {
                "security/self-assessment.md": f"Reviewed: June 2026\n{TEXT}",
                "threat-model.md": TEXT,
            },
            True,
            29,
            id="a recent one and an undated one",
        ),
    ],
)
def test_assessments(files: dict[str, str | Unobserved], recent: object, age: object) -> None:
    items = found(files)

    assert items["assessment.recent"].value is recent
    assert items["assessment.age_days"].value == age


def test_each_document_is_cited_with_its_date() -> None:
    item = found({"threat-model.md": f"# Model\n\nLast updated: 1 June 2026\n{TEXT}"})

    cited = item["assessment.document"]
    assert (cited.value, cited.source.path, cited.source.line) == (
        "2026-06-01",
        "threat-model.md",
        3,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("version 1.2.3", [], id="a version"),
        pytest.param("2026-13-01", [], id="no month"),
        pytest.param("2026-02-30", [], id="no day"),
        pytest.param("in 2026", [], id="a year alone"),
        pytest.param("2026-06-01", [date(2026, 6, 1)], id="digits"),
        pytest.param("2026/6", [date(2026, 6, 1)], id="a month of digits"),
        pytest.param("1st June 2026", [date(2026, 6, 1)], id="day first"),
        pytest.param("Sept. 3, 2026", [date(2026, 9, 3)], id="month first"),
        pytest.param("June 2026", [date(2026, 6, 1)], id="a month"),
    ],
)
def test_dates(text: str, expected: list[date]) -> None:
    assert list(dates(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The flaw of 2026-05-01 was found.", None, id="a day of something else"),
        pytest.param("Reviewed: 2027-01-01", None, id="a day to come"),
        pytest.param("Date: 2025-01-01\nUpdated: 2026-01-01", (date(2026, 1, 1), 2), id="newest"),
        pytest.param("Version: " + "x" * 500 + " 2026-01-01", None, id="a line without end"),
    ],
)
def test_the_day_that_a_text_gives_as_its_own(text: str, expected: tuple[date, int] | None) -> None:
    assert stated_date(text, date(2026, 6, 30)) == expected
