"""The HTML report is one well-formed page that loads nothing and agrees with the JSON report."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from osmm_scan.report import Options, formats, parts_of
from osmm_scan.report.document import document
from osmm_scan.report.view import view
from osmm_scan.verdicts import Assessment
from tests.report import sample
from tests.report.page import Page

OPTIONS = Options(flags=sample.FLAGS)
subjects = pytest.mark.parametrize("subject", [sample.organisation, sample.repository])


def _html(subject) -> str:
    return formats()["html"].render(subject(), OPTIONS)


def _json(subject) -> Any:
    return json.loads(formats()["json"].render(subject(), OPTIONS))


@subjects
def test_every_element_is_closed(subject):
    page = Page(_html(subject))

    assert page.open == []
    assert page.strays == []


@subjects
def test_page_loads_nothing(subject):
    page = Page(_html(subject))

    assert page.values("src") == []
    assert page.all("link") == []
    assert not re.search(r"@import|url\((?!#)", _html(subject))


@subjects
def test_policy_allows_our_style_and_script_only(subject):
    report = _html(subject)
    policy = Page(report).all("meta")[1]["content"]
    inline = re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", report, re.DOTALL)

    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert re.findall(r"'sha256-([^']*)'", policy) == [_digest(text) for text in inline]


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@subjects
def test_ids_are_unique_and_links_within_the_page_lead_somewhere(subject):
    page = Page(_html(subject))
    ids = page.values("id")
    named = " ".join(page.values("aria-labelledby")).split() + page.values("data-for")
    targets = [target[1:] for target in page.values("href") if target.startswith("#")]

    assert [one for one, count in Counter(ids).items() if count > 1] == []
    assert set(named + targets) <= set(ids)


@subjects
def test_headings_descend_one_level_at_a_time(subject):
    levels = [int(tag[1]) for tag, _ in Page(_html(subject)).elements if re.match(r"h\d$", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert max(after - before for before, after in pairwise(levels)) <= 1


@subjects
def test_every_figure_equals_the_json_report(subject):
    shown = Counter(float(part["value"]) for part in Page(_html(subject)).all("data"))

    assert shown == Counter(map(float, _figures(_json(subject))))


def _figures(document: Any) -> Iterator[float]:
    verdict = document["verdict"]
    yield verdict["coverage"]
    if document["target"]["kind"] == "repository":
        yield from (item["confidence"] for item in document["items"] if item["grade"] is not None)
        return
    yield from (verdict["confidence"], verdict["stability"])
    for level in document["levels"]:
        yield from (level[key] for key in ("progress", "upper", "ceiling", "coverage"))
    for activity in document["activities"]:
        yield from (activity[key] for key in ("mean", "coverage") if activity[key] is not None)
    yield from (item["confidence"] for item in document["items"] + document["facets"])


@subjects
def test_every_proof_by_a_file_links_to_its_line(subject):
    links = set(Page(_html(subject)).values("href"))
    proofs = [one["source"] for one in _json(subject)["evidence"] if one["source"]["line"]]

    assert proofs
    assert {proof["url"] for proof in proofs} <= links
    assert all(
        proof["url"].endswith(f"/blob/{proof['commit']}/{proof['path']}#L{proof['line']}")
        for proof in proofs
    )


def test_all_items_are_shown():
    page = Page(_html(sample.organisation))
    entries = [one for one in page.all("details") if "data-state" in one]

    assert len(entries) == 72 + 16


def large(repositories: int = 1000) -> Assessment:
    usual = sample.organisation()
    return replace(
        usual,
        readiness=tuple(
            replace(usual.readiness[place % 9], repository=f"acme/service-{place:05}")
            for place in range(repositories)
        ),
        repositories=(),
        evidence=tuple(
            replace(one, subject=f"acme/service-{place:05}")
            for place in range(100)
            for one in usual.evidence[:50]
        ),
    )


def test_one_page_of_a_large_estate_shows_who_is_ready_for_least():
    report = formats()["html"].render(large(), OPTIONS)

    assert len(report) < 2_000_000
    assert "And 500 more, all at least as ready, in the JSON report." in report
    assert "The first 2000 of 5000 pieces." in report


def test_a_large_estate_has_pages_beside_its_index():
    files = _files(large(1001))
    found = [re.findall(r"acme/service-\d{5}(?= <span|</th>)", text) for text in files.values()]

    assert list(files) == ["", *(f"r-files/repositories-00{page}.html" for page in (1, 2, 3))]
    assert [len(names) for names in found] == [50, 500, 500, 1]
    assert sorted(name for names in found[1:] for name in names) == [
        f"acme/service-{place:05}" for place in range(1001)
    ]


def test_index_and_pages_lead_to_each_other():
    files = _files(large(501))
    index, *others = [Page(text) for text in files.values()]

    assert set(files) - {""} <= set(index.values("href"))
    assert [page.values("href").count("../r.html#repositories") for page in others] == [1, 1]
    assert [page.strays + page.open for page in (index, *others)] == [[], [], []]


def test_a_small_estate_is_one_file():
    assert list(_files(sample.organisation())) == [""]
    assert _files(sample.organisation())[""] == _html(sample.organisation)


def test_repositories_add_up_by_level():
    shown = view(document(large(), OPTIONS))

    assert sum(one.number for one in shown.spread) == 1000
    assert sum(one.part.value for one in shown.spread) == pytest.approx(1)


def _files(assessment: Assessment) -> dict[str, str]:
    parts = parts_of(formats()["html"], assessment, OPTIONS, "r.html")
    return {path: "".join(pieces) for path, pieces in parts}
