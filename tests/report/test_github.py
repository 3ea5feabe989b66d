"""Annotations are the most urgent findings, few enough for GitHub to show all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from osmm_scan.report import Options, formats
from osmm_scan.report.formats import github
from osmm_scan.verdicts import Assessment, Result
from tests.report import sample

OPTIONS = Options(flags=sample.FLAGS)


def _lines(whole: Assessment) -> list[str]:
    return formats()["github"].render(whole, OPTIONS).splitlines()


def _all(result: Result) -> Assessment:
    usual = sample.repository()
    (readiness,) = usual.readiness
    checks = tuple(replace(one, result=result) for one in readiness.checks)
    return replace(usual, readiness=(replace(readiness, checks=checks),))


@pytest.mark.parametrize("result", [Result.MET, Result.UNKNOWN, Result.NOT_APPLICABLE])
def test_what_is_not_unmet_is_not_annotated(result):
    assert len(_lines(_all(result))) == 1


@pytest.mark.parametrize(
    "whole",
    [
        pytest.param(_all(Result.UNMET), id="a repository that meets nothing"),
        pytest.param(sample.organisation(), id="an organisation"),
    ],
)
def test_no_kind_has_more_than_ten(whole):
    kinds = Counter(line.split()[0] for line in _lines(whole))

    assert max(kinds.values()) <= 10


def test_required_checks_warn_at_their_file():
    warnings = [line for line in _lines(sample.repository()) if line.startswith("::warning")]

    assert [line.partition(",title")[0] for line in warnings] == [
        "::warning file=SECURITY.md,line=1"
    ]


def test_organisation_has_no_files_to_point_at():
    assert not [line for line in _lines(sample.organisation()) if "file=" in line]


@pytest.mark.parametrize(
    ("text", "message", "title"),
    [
        pytest.param("plain", "plain", "plain", id="words"),
        pytest.param("a: b, c", "a: b, c", "a%3A b%2C c", id="separators"),
        pytest.param("100%0A", "100%250A", "100%250A", id="escapes of its own"),
        pytest.param("a\r\nb", "a b", "a b", id="line breaks"),
        pytest.param("##[error]", "# #[error]", "# #[error]", id="older commands"),
    ],
)
def test_text_cannot_leave_its_place(text, message, title):
    assert (
        github._annotation("notice", {"title": text}, text) == f"::notice title={title}::{message}"
    )
