"""The metrics are read by the reference parser and hold the numbers of the document."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from prometheus_client.openmetrics.parser import text_fd_to_metric_families
from prometheus_client.parser import text_string_to_metric_families

from osmm_scan.report import Options, formats
from osmm_scan.report.document import document
from osmm_scan.verdicts import Assessment
from tests.report import sample

OPTIONS = Options(flags=sample.FLAGS)
SUBJECTS = pytest.mark.parametrize("subject", [sample.organisation, sample.repository])


def _samples(whole: Assessment) -> dict[str, list[tuple[dict[str, str], float]]]:
    text = formats()["openmetrics"].render(whole, OPTIONS)
    return {
        family.name: [(one.labels, one.value) for one in family.samples]
        for family in text_fd_to_metric_families(io.StringIO(text))
    }


@SUBJECTS
def test_older_format_reads_the_same(subject):
    text = formats()["openmetrics"].render(subject(), OPTIONS)
    older = {
        family.name: [(one.labels, one.value) for one in family.samples]
        for family in text_string_to_metric_families(text)
    }

    assert older == _samples(subject())


def test_grades_are_those_of_the_document():
    items = document(sample.organisation(), OPTIONS)["items"]
    samples = _samples(sample.organisation())
    observed = {one["item"]: value for one, value in samples["osmm_item_grade"]}
    stated = {one["item"]: value for one, value in samples["osmm_item_grade_attested"]}

    assert observed.keys().isdisjoint(stated)
    assert observed | stated == {
        item["id"]: item["grade"] for item in items if item["grade"] is not None
    }


@pytest.mark.parametrize(
    ("whole", "ours", "other"),
    [
        pytest.param(sample.organisation(), "maturity", "readiness", id="organisation"),
        pytest.param(sample.repository(), "readiness", "maturity", id="repository"),
    ],
)
def test_maturity_and_readiness_are_two_series(whole, ours, other):
    samples = _samples(whole)

    assert samples[f"osmm_{ours}_level"] == [({"target": whole.target.name}, whole.verdict.level)]
    assert f"osmm_{other}_level" not in samples


def test_unknown_level_has_no_sample():
    usual = sample.organisation()
    unknown = replace(usual, verdict=replace(usual.verdict, level=None))

    assert _samples(unknown)["osmm_maturity_level"] == []


def test_every_repository_is_counted_once():
    ready = _samples(sample.organisation())["osmm_repositories_ready"]

    assert sum(value for _, value in ready) == len(sample.organisation().readiness)


def test_day_is_a_timestamp():
    ((_, value),) = _samples(sample.repository())["osmm_as_of_timestamp_seconds"]

    assert value == 1782777600  # 2026-06-30, midnight in UTC
