"""A table can be read back, and no cell of it is a formula."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.report import Options, formats
from osmm_scan.report.document import document
from osmm_scan.report.spreadsheet import cell, sheet
from tests.report import sample

OPTIONS = Options(flags=sample.FLAGS)


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def _table(name: str, options: Options = OPTIONS) -> list[dict[str, str]]:
    head, *rows = _rows(formats()[name].render(sample.organisation(), options))
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param("plain", "plain", id="words"),
        pytest.param("a=b, c-d @e", "a=b, c-d @e", id="signs inside"),
        pytest.param("", "", id="empty text"),
        pytest.param(None, "", id="unknown"),
        pytest.param(True, "true", id="yes"),
        pytest.param(-0.5, "-0.5", id="a number stays one"),
        pytest.param(["=x", "é"], '["=x", "\\u00e9"]', id="a list as JSON"),
        pytest.param({"low": 1, "high": None}, '{"low": 1, "high": null}', id="limits as JSON"),
        pytest.param("=1", "'=1", id="equals"),
        pytest.param("+1", "'+1", id="plus"),
        pytest.param("-1", "'-1", id="minus"),
        pytest.param("@x", "'@x", id="at"),
        pytest.param("  =1", "'  =1", id="after spaces"),
        pytest.param("\u3000=1", "'\u3000=1", id="after a wide space"),
        pytest.param("\uff1d1", "'\uff1d1", id="full-width equals"),
        pytest.param("\uff0b1", "'\uff0b1", id="full-width plus"),
        pytest.param("\uff0d1", "'\uff0d1", id="full-width minus"),
        pytest.param("\uff20x", "'\uff20x", id="full-width at"),
        pytest.param("\u22121", "'\u22121", id="mathematical minus"),
        pytest.param("\t=1", "\\x09=1", id="tabulator"),
        pytest.param("\r=1", "\\x0d=1", id="carriage return"),
        pytest.param("a\nb\x00", "a\\x0ab\\x00", id="control characters"),
    ],
)
def test_cell_is_no_formula(value, shown):
    assert cell(value) == shown


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=4))
def test_any_text_can_be_read_back(rows):
    columns = {"first": [row[0] for row in rows], "second": [row[1] for row in rows]}
    calm = [[text.replace("##[", "").replace("::", "") for text in row] for row in rows]
    columns = {name: [row[place] for row in calm] for place, name in enumerate(columns)}

    assert _rows(sheet(columns))[1:] == [[cell(text) for text in row] for row in calm]


def test_rows_end_as_the_standard_says():
    assert sheet({"a": ["x,y", 'z"'], "b": [1, 2]}) == 'a,b\r\n"x,y",1\r\n"z""",2\r\n'


def test_no_row_is_a_command_to_a_build_log():
    assert "\n::" not in sheet({"a": ["::error::x"]})


def test_items_are_those_of_the_document():
    items = document(sample.organisation(), OPTIONS)["items"]
    rows = _table("csv")

    assert [row["id"] for row in rows] == [item["id"] for item in items]
    assert [row["grade"] for row in rows] == [cell(item["grade"]) for item in items]
    assert [row["confidence"] for row in rows] == [cell(item["confidence"]) for item in items]
    assert [row["evidence"].split() for row in rows] == [item["evidence"] for item in items]


def test_repositories_are_those_of_the_document():
    whole = document(sample.organisation(), OPTIONS)
    rows = _table("csv-repositories")

    assert [row["repository"] for row in rows] == [one["name"] for one in whole["repositories"]]
    assert [row["level"] for row in rows] == [str(one["level"]) for one in whole["readiness"]]
    assert [row["fact license.expression"] for row in rows] == [
        cell(one["facts"]["license.expression"]) for one in whole["repositories"]
    ]
    assert [row["check license.recognized"] for row in rows] == [
        check["result"]
        for one in whole["readiness"]
        for check in one["checks"]
        if check["id"] == "license.recognized"
    ]


def test_repository_that_was_not_judged_has_empty_cells():
    unjudged = replace(sample.organisation(), readiness=())
    head, first, *_ = _rows(formats()["csv-repositories"].render(unjudged, OPTIONS))

    assert dict(zip(head, first, strict=True))["level"] == ""


def test_evidence_is_that_of_the_document():
    evidence = document(sample.organisation(), OPTIONS)["evidence"]
    rows = _table("csv-evidence")

    assert [row["id"] for row in rows] == [one["id"] for one in evidence]
    assert [row["line"] for row in rows] == [cell(one["source"]["line"]) for one in evidence]
    assert [json.loads(row["value"]) for row in rows if row["value"] in {"true", "false"}] == [
        one["value"] for one in evidence if isinstance(one.get("value"), bool)
    ]
