"""The course over scans: absent on the first one, and the same figures in every report."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema_rs
import pytest

from osmm_scan.report import Options, formats
from osmm_scan.report.document import document
from osmm_scan.report.past.course import Point
from osmm_scan.report.view.trend import trend
from tests.report import sample
from tests.report.page import Page

ROOT = Path(__file__).parents[2]
FIRST = Options(flags=sample.FLAGS)
USUAL = sample.organisation()
SIGNS = ('id="trend"', '"trend"', "## Trend", "TREND")


def _point(scan: int, day: str, level: int | None, rules: str = "5f" * 32) -> Point:
    return Point(
        scan=scan,
        as_of=date.fromisoformat(day),
        rules_sha256=rules,
        level=level,
        possible=3,
        levels=tuple(replace(one, progress=one.progress / 2) for one in USUAL.levels),
        signals={},
    )


LATER = replace(FIRST, past=(_point(3, "2026-01-31", None, "a0" * 32), _point(7, "2026-03-31", 1)))


@pytest.mark.parametrize("name", ["html", "json", "markdown", "text"])
def test_a_first_scan_has_no_trend(name):
    report = formats()[name].render(USUAL, FIRST)

    assert [one for one in SIGNS if one in report] == []


def test_this_scan_is_the_last_of_the_course():
    scans = document(USUAL, LATER)["trend"]

    assert [one["scan"] for one in scans] == [3, 7, None]
    assert [one["level"] for one in scans] == [None, 1, USUAL.verdict.level]
    assert scans[-1]["as_of"] == "2026-06-30"
    assert [one["coverage"] for one in scans[-1]["levels"]] == [
        one["coverage"] for one in document(USUAL, FIRST)["levels"]
    ]


@pytest.mark.parametrize("subject", [sample.organisation, sample.repository])
def test_a_report_with_a_trend_follows_the_schema(subject):
    schema = json.loads((ROOT / "docs/report.schema.json").read_text(encoding="utf-8"))
    whole = json.loads(formats()["json"].render(subject(), LATER))

    jsonschema_rs.validator_for(schema).validate(whole)
    assert len(whole["trend"]) == 3


def test_levels_of_the_model_are_no_course_of_a_repository():
    assert {len(one["levels"]) for one in document(sample.repository(), LATER)["trend"]} == {0}


def test_other_rules_are_said_where_they_begin():
    shown = trend(document(USUAL, LATER))

    assert shown is not None
    assert [row.note for row in shown.rows] == ["", "by other rules than before", ""]
    assert [row.level for row in shown.rows] == ["0 to 3", "1 to 3", "2 to 4"]


@pytest.mark.parametrize("subject", [sample.organisation, sample.repository])
def test_the_chart_has_a_text_alternative_and_a_table(subject):
    page = Page(formats()["html"].render(subject(), LATER))
    drawn = [one for one in page.all("svg") if one.get("class") == "trend"]

    assert [one["aria-labelledby"] for one in drawn] == ["trend-title trend-desc"]
    assert {"trend", "trend-title", "trend-desc"} <= set(page.values("id"))
    assert (page.open, page.strays) == ([], [])


@pytest.mark.parametrize("name", ["html", "markdown", "text"])
def test_people_read_every_scan(name):
    report = formats()[name].render(USUAL, LATER)

    assert [one for one in SIGNS if one in report] != []
    assert all(day in report for day in ("2026-01-31", "2026-03-31"))
    assert "by other rules than before" in " ".join(report.split())
