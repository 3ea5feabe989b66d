"""The SARIF report holds every gap once, within what GitHub accepts."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from osmm_scan.report import Options, formats
from osmm_scan.report.document import document
from osmm_scan.report.formats import sarif
from osmm_scan.report.gaps import count_gaps
from osmm_scan.verdicts import Result
from tests.report import sample
from tests.report.hostile import CORPUS, poisoned

OPTIONS = Options(flags=sample.FLAGS)
SUBJECTS = pytest.mark.parametrize("subject", [sample.organisation, sample.repository])


def _run(assessment: Any) -> dict[str, Any]:
    written = json.loads(formats()["sarif"].render(assessment, OPTIONS))
    (run,) = written["runs"]
    return run


def _prints(run: dict[str, Any]) -> list[str]:
    return [one["partialFingerprints"]["osmmItem/v1"] for one in run["results"]]


def _uris(run: dict[str, Any]) -> list[str]:
    return [
        place["physicalLocation"]["artifactLocation"]["uri"]
        for result in run["results"]
        for place in result["locations"]
    ]


@SUBJECTS
def test_every_unmet_check_is_a_result(subject):
    run = _run(subject())

    assert len(run["results"]) == count_gaps(document(subject(), OPTIONS))
    assert len(set(_prints(run))) == len(run["results"])


@SUBJECTS
def test_indexes_lead_to_what_they_name(subject):
    run = _run(subject())
    rules = run["tool"]["driver"]["rules"]
    taxa = run["taxonomies"][0]["taxa"]
    targets = [link["target"] for rule in rules for link in rule["relationships"]]

    assert [rules[one["ruleIndex"]]["id"] for one in run["results"]] == [
        one["ruleId"] for one in run["results"]
    ]
    assert [taxa[target["index"]]["id"] for target in targets] == [
        target["id"] for target in targets
    ]


def test_file_of_an_organisation_is_named_with_its_repository():
    assert all(
        uri.startswith(("meridian-bank/", "private-")) for uri in _uris(_run(sample.organisation()))
    )


def test_file_of_a_repository_is_named_as_in_its_tree():
    assert "SECURITY.md" in _uris(_run(sample.repository()))


def test_gaps_are_no_vulnerabilities():
    assert "security-severity" not in formats()["sarif"].render(sample.organisation(), OPTIONS)


def test_fingerprint_outlives_another_reason():
    usual = sample.repository()
    (readiness,) = usual.readiness
    reworded = tuple(replace(one, because="said otherwise") for one in readiness.checks)
    changed = replace(usual, readiness=(replace(readiness, checks=reworded),))

    assert _prints(_run(changed)) == _prints(_run(usual))


def _waived(result: Result, *, is_known: bool) -> dict[str, Any]:
    usual = sample.repository()
    (readiness,) = usual.readiness
    shown = next(one for one in readiness.checks if one.result is result)
    why = "waived until 2026-12-31 by the role 'OSPO': retired [x](y) {0}; otherwise: not so"
    fact = next(one for one in usual.evidence if one.value is False)
    unknown = next(one for one in usual.evidence if one.missing is not None)
    left_out = replace(
        shown,
        result=Result.WAIVED,
        because=why,
        evidence=((fact if is_known else unknown).id,),
    )
    checks = tuple(left_out if one is shown else one for one in readiness.checks)
    return _run(replace(usual, readiness=(replace(readiness, checks=checks),)))


def test_what_is_waived_is_listed_as_suppressed():
    usual, run = _run(sample.repository()), _waived(Result.UNMET, is_known=True)
    (waived,) = [one for one in run["results"] if one["suppressions"]]

    assert len(run["results"]) == len(usual["results"])
    assert waived["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "Waived until 2026-12-31 by the role 'OSPO': retired [x](y) {0}; "
            "otherwise: not so",
        }
    ]


def test_what_was_unknown_before_it_was_waived_is_no_result():
    usual, run = _run(sample.repository()), _waived(Result.UNKNOWN, is_known=False)

    assert run["results"] == usual["results"]


def test_what_is_left_out_is_told(monkeypatch):
    everything = _run(sample.organisation())["results"]
    monkeypatch.setattr(sarif, "_RESULTS", 5)
    run = _run(sample.organisation())
    (told,) = run["invocations"][0]["toolExecutionNotifications"]

    assert run["results"] == everything[:5]
    assert told["message"]["text"].startswith(f"{len(everything) - 5} more results left out")


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        pytest.param("docs/a b.md", "docs/a%20b.md", id="space"),
        pytest.param("../../etc/passwd", "_/_/etc/passwd", id="upwards"),
        pytest.param("/etc/passwd", "_/etc/passwd", id="absolute"),
        pytest.param("file:///x", "file%3A/_/_/x", id="scheme"),
        pytest.param("a\\..\\b%2e", "a%5C..%5Cb%252e", id="other separators"),
        pytest.param("é?#", "%C3%A9%3F%23", id="what an address is made of"),
        pytest.param("", "_", id="nothing"),
    ],
)
def test_address_stays_inside(path, uri):
    assert sarif._uri(path) == uri


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("plain [x] (y)", "plain [x] (y)", id="words"),
        pytest.param("[x](javascript:y)", "[x] (javascript:y)", id="no link"),
        pytest.param("{0}", "{{0}}", id="no placeholder"),
        pytest.param("", "(no text)", id="never empty"),
    ],
)
def test_message_is_only_text(text, message):
    assert sarif._message(text) == message


# OASIS's schema is no part of this project; `.ci/run` fetches a copy.
SCHEMA = os.environ.get("OSMM_SCAN_SARIF_SCHEMA")


@pytest.mark.skipif(
    SCHEMA is None, reason="OSMM_SCAN_SARIF_SCHEMA names no copy of sarif-schema-2.1.0.json"
)
@SUBJECTS
@pytest.mark.parametrize("text", [None, *CORPUS.values()], ids=["usual", *CORPUS])
def test_report_follows_the_schema_of_oasis(subject, text):
    text_of_schema = Path(str(SCHEMA)).read_text(encoding="utf-8")
    # A misprint, mended in errata 01: this is no regular expression.
    text_of_schema = text_of_schema.replace("|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "(-[a-zA-Z]{2})?$")
    schema = json.loads(text_of_schema)
    whole = subject() if text is None else poisoned(subject(), text)
    written = json.loads(formats()["sarif"].render(whole, OPTIONS))

    name = schema.get("$id", schema.get("id")).rpartition("/")[2]
    assert written["$schema"].endswith(f"/{name}")
    jsonschema_rs.validator_for(schema).validate(written)
