"""The CycloneDX attestation is valid, claims what is known, and claims nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs
import pytest

from osmm_scan.report import Options, formats
from osmm_scan.report.document import Document, document
from osmm_scan.verdicts import Assessment
from tests.report import sample
from tests.report.hostile import CORPUS, poisoned

OPTIONS = Options(flags=sample.FLAGS)
SUBJECTS = pytest.mark.parametrize("subject", [sample.organisation, sample.repository])
SHIPPED = files("cyclonedx") / "schema" / "_res"
BESIDE = ("spdx.SNAPSHOT.schema.json", "jsf-0.82.SNAPSHOT.schema.json")


def _schema(name: str) -> Any:
    return json.loads((SHIPPED / name).read_text(encoding="utf-8"))


@cache
def _official() -> jsonschema_rs.Draft7Validator:
    beside = [(f"http://cyclonedx.org/schema/{name}", _schema(name)) for name in BESIDE]
    return jsonschema_rs.Draft7Validator(
        _schema("bom-1.6.SNAPSHOT.schema.json"),
        validate_formats=True,
        registry=jsonschema_rs.Registry(beside),
    )


def _faults(written: Any) -> list[str]:
    return [f"{fault.instance_path}: {fault.message}" for fault in _official().iter_errors(written)]


def _written(assessment: Assessment) -> Document:
    written: Document = json.loads(formats()["cyclonedx"].render(assessment, OPTIONS))
    return written


def _judged(written: Document) -> dict[str, dict[str, Any]]:
    (attestation,) = written["declarations"]["attestations"]
    return {one["requirement"]: one for one in attestation["map"]}


def _values(value: Any, key: str) -> Iterator[str]:
    parts = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict) and key in value:
        yield value[key]
    if isinstance(value, dict | list):
        for part in parts:
            yield from _values(part, key)


@SUBJECTS
@pytest.mark.parametrize("text", [None, "", *CORPUS.values()], ids=["usual", "empty", *CORPUS])
def test_attestation_follows_the_official_schema(subject, text):
    whole = subject() if text is None else poisoned(subject(), text)

    assert _faults(_written(whole)) == []


def test_official_schema_refuses_a_score_above_one():
    written = _written(sample.organisation())
    written["declarations"]["attestations"][0]["map"][0]["conformance"]["score"] = 3

    assert _faults(written) != []


@SUBJECTS
def test_every_reference_leads_to_one_entry(subject):
    written = _written(subject())
    refs = list(_values(written, "bom-ref"))
    claims = written["declarations"]["claims"]
    used = {one for claim in claims for one in [*claim["evidence"], claim["target"]]}
    used |= {one for judged in _judged(written).values() for one in judged.get("claims", [])}
    used |= _judged(written).keys() | set(_values(written, "parent"))

    assert len(refs) == len(set(refs))
    assert used <= set(refs)


def test_conformance_is_the_grade_of_the_document():
    judged = _judged(_written(sample.organisation()))
    items = document(sample.organisation(), OPTIONS)["items"]

    assert {
        key: one["conformance"]["score"] for key, one in judged.items() if "conformance" in one
    } == {
        f"requirement:{item['id']}": item["grade"] / 5
        for item in items
        if item["grade"] is not None
    }


def test_unknown_item_is_neither_claimed_nor_denied():
    written = _written(sample.organisation())
    items = document(sample.organisation(), OPTIONS)["items"]
    unknown = next(item["id"] for item in items if item["state"] == "unknown")
    claims = {claim["bom-ref"] for claim in written["declarations"]["claims"]}

    assert _judged(written)[f"requirement:{unknown}"].keys() == {"requirement", "confidence"}
    assert f"claim:{unknown}" not in claims


def test_repository_attests_its_checks_too():
    whole = document(sample.repository(), OPTIONS)
    judged = _judged(_written(sample.repository()))
    scores = {"met": 1, "unmet": 0, "unknown": None}

    assert [
        judged[f"requirement:{check['id']}"].get("conformance", {}).get("score")
        for check in whole["readiness"][0]["checks"]
    ] == [scores[check["result"]] for check in whole["readiness"][0]["checks"]]


def test_repository_without_commit_has_no_version():
    usual = sample.repository()
    written = _written(replace(usual, target=replace(usual.target, commit=None)))

    assert "version" not in written["declarations"]["targets"]["components"][0]
