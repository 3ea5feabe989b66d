"""Whatever a repository says stays text in every format."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from prometheus_client.openmetrics.parser import text_fd_to_metric_families

from osmm_scan.report import Options, formats
from osmm_scan.verdicts import Assessment
from tests.report import sample
from tests.report.hostile import BLANK, CORPUS, poisoned
from tests.report.page import Page

OPTIONS = Options(flags=sample.FLAGS)
SUBJECTS = [sample.organisation, sample.repository]
# A statement is about a commit, which an organisation has not.
ONLY = {"intoto": [sample.repository]}
REPORTS = [(name, subject) for name in formats() for subject in ONLY.get(name, SUBJECTS)]
JSON_FORMATS = {"sarif", "cyclonedx", "intoto", "badge"}
reports = pytest.mark.parametrize(("format_name", "subject"), REPORTS)
hostile = pytest.mark.parametrize(
    "text", [pytest.param(text, id=name) for name, text in CORPUS.items()]
)
subjects = pytest.mark.parametrize("subject", SUBJECTS)


@cache
def _report(format_name: str, subject, text: str) -> str:
    return formats()[format_name].render(poisoned(_some(subject()), text), OPTIONS)


def _some(whole: Assessment) -> Assessment:
    """Return a part of the sample that has every kind of entry, so that many texts are quick."""
    return replace(
        whole,
        items=whole.items[::9],
        facets=whole.facets[:1],
        readiness=whole.readiness[:2],
        repositories=whole.repositories[:2],
        evidence=whole.evidence[:52],
    )


def _markdown(report: str) -> list[Token]:
    return MarkdownIt("commonmark", {"html": True}).enable("table").parse(report)


def _inline(report: str) -> Iterator[Token]:
    for token in _markdown(report):
        yield from token.children or ()


@hostile
@subjects
def test_json_stays_valid(subject, text):
    report = _report("json", subject, text)

    assert json.loads(report)["schema_version"] == 1
    assert report.isascii()
    assert "##[" not in report


@pytest.mark.parametrize("text", [*CORPUS.values(), BLANK], ids=[*CORPUS, "blank"])
@subjects
def test_text_holds_no_control_character_and_no_command(subject, text):
    report = _report("text", subject, text)
    kinds = {unicodedata.category(character) for character in report if character != "\n"}

    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not re.search(r"^\s*::|##\[", report, re.MULTILINE)


@hostile
@subjects
def test_markdown_keeps_its_shape(subject, text):
    usual = _markdown(_report("markdown", subject, "words"))
    shown = _markdown(_report("markdown", subject, text))

    assert [token.type for token in shown] == [token.type for token in usual]


@hostile
@subjects
def test_markdown_holds_only_our_elements(subject, text):
    tokens = list(_inline(_report("markdown", subject, text)))
    prose = "".join(token.content for token in tokens if token.type == "text")
    targets = [token.attrs["href"] for token in tokens if token.type == "link_open"]

    assert not {token.type for token in tokens} & {"image", "html_inline"}
    assert not [target for target in targets if not str(target).startswith("https://github.com/")]
    assert not re.search(r"@\w|#\d|://|\bwww\.", prose)


@hostile
def test_markdown_folds_hold_only_our_elements(text):
    report = _report("markdown", sample.organisation, text)
    blocks = "".join(token.content for token in _markdown(report) if token.type == "html_block")

    assert set(re.findall(r"<[^>]*>", blocks)) <= {
        "<details>",
        "</details>",
        "<summary>",
        "</summary>",
    }


@hostile
@subjects
def test_html_keeps_its_shape(subject, text):
    usual, shown = Page(_report("html", subject, "words")), Page(_report("html", subject, text))

    assert shown.strays + shown.open == []
    assert shown.shapes() == usual.shapes()


@hostile
@subjects
def test_html_links_only_to_permalinks(subject, text):
    page = Page(_report("html", subject, text))

    assert not [link for link in page.values("href") if not link.startswith("#")]
    assert not [name for _, given in page.elements for name in given if name.startswith("on")]


@hostile
@subjects
@pytest.mark.parametrize("format_name", ["csv", "csv-repositories", "csv-evidence"])
def test_csv_keeps_its_shape_and_holds_no_formula(format_name, subject, text):
    usual, shown = (
        list(csv.reader(io.StringIO(_report(format_name, subject, text), newline=""), strict=True))
        for text in ("words", text)
    )
    first = {unicodedata.normalize("NFKC", cell.lstrip()[:1]) for row in shown for cell in row}

    assert [len(row) for row in shown] == [len(row) for row in usual]
    assert not first & {"=", "+", "-", "@", "\t", "\r"}


@hostile
@subjects
def test_sarif_links_nowhere(subject, text):
    (run,) = json.loads(_report("sarif", subject, text))["runs"]
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in run["results"]
    ]

    assert not [uri for uri in uris if not re.fullmatch(r"[\w.%~-]+(/[\w.%~-]+)*", uri, re.ASCII)]
    assert not [uri for uri in uris if {"", ".", ".."} & set(uri.split("/"))]
    assert not [one for one in run["results"] if "](" in one["message"]["text"]]


@hostile
@pytest.mark.parametrize(
    ("format_name", "subject"), [pair for pair in REPORTS if pair[0] in JSON_FORMATS]
)
def test_json_formats_keep_their_shape(format_name, subject, text):
    report = _report(format_name, subject, text)

    assert _shape(json.loads(report)) == _shape(json.loads(_report(format_name, subject, "words")))
    assert report.isascii()
    assert "##[" not in report


def _shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _shape(part) for key, part in value.items()}
    return [_shape(part) for part in value] if isinstance(value, list) else type(value)


@hostile
@subjects
def test_annotations_are_only_ours(subject, text):
    lines = _report("github", subject, text).splitlines()
    usual = _report("github", subject, "words").splitlines()
    ours = re.compile(r"::(notice|warning) (?:(?:file|line|title)=[^:,\r\n]*,?)+::.+")

    assert len(lines) == len(usual)
    assert not [line for line in lines if not ours.fullmatch(line) or "##[" in line]


@hostile
@subjects
def test_openmetrics_keeps_its_shape(subject, text):
    usual, shown = (_families(_report("openmetrics", subject, one)) for one in ("words", text))

    assert shown == usual


def _families(report: str) -> list[tuple[str, int]]:
    return [(one.name, len(one.samples)) for one in text_fd_to_metric_families(io.StringIO(report))]


@hostile
@subjects
@pytest.mark.parametrize("format_name", ["badge", "badge-svg"])
def test_badge_repeats_no_text(format_name, subject, text):
    assert _report(format_name, subject, text) == _report(format_name, subject, "words")


@reports
@pytest.mark.parametrize("text", ["", BLANK], ids=["empty", "blank"])
def test_texts_that_say_nothing_are_no_error(format_name, text, subject):
    report = _report(format_name, subject, text)

    assert report.endswith("\n")
    assert "****" not in report


@hostile
@reports
def test_templates_evaluate_nothing(format_name, subject, text):
    report = _report(format_name, subject, text)

    assert str(31337 * 31337) not in report
    assert "root:" not in report
