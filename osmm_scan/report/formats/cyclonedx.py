"""The CycloneDX 1.6 attestation: the model as a standard, and how far each item is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from osmm_scan.report import words
from osmm_scan.report.document import Document, document
from osmm_scan.report.json_text import indented
from osmm_scan.report.links import permalink
from osmm_scan.report.options import Options
from osmm_scan.report.view.proofs import CITED, Known, by_id
from osmm_scan.verdicts import Assessment

NAME = "cyclonedx"
SUFFIX = ".cdx.json"

_SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"
_TARGET = "target"
_ASSESSOR = "assessor"
_TOP_GRADE = 5


def render(assessment: Assessment, options: Options) -> str:
    """Return one requirement per item and, for one repository, one per readiness check.

    What is unknown has neither claim nor conformance.
    """
    whole = document(assessment, options)
    verdicts = [_of_item(item) for item in whole["items"]]
    if whole["target"]["kind"] == "repository":
        verdicts += [_of_check(one) for each in whole["readiness"] for one in each["checks"]]
    return indented(
        {
            "$schema": _SCHEMA,
            "bomFormat": "CycloneDX",
            "specVersion": "1.6",
            "version": 1,
            "metadata": _metadata(whole),
            "definitions": {"standards": [_standard(whole)]},
            "declarations": _declarations(whole, verdicts),
        }
    )


def _metadata(whole: Document) -> dict[str, Any]:
    tool = whole["tool"]
    return {
        "timestamp": _moment(whole["as_of"]),
        "tools": {
            "components": [
                {
                    "type": "application",
                    "name": tool["name"],
                    "version": tool["version"],
                    "properties": _properties({"rules_sha256": tool["rules_sha256"]}),
                }
            ]
        },
    }


def _standard(whole: Document) -> dict[str, Any]:
    requirements = [_item(item) for item in whole["items"]]
    if whole["target"]["kind"] == "repository":
        items = {item["id"] for item in whole["items"]}
        requirements += [_check(check, items) for check in whole["checks"]]
    return {
        "bom-ref": "osmm",
        "name": "OSMM",
        "version": whole["tool"]["rules_sha256"][:12],
        "description": "FINOS Open Source Maturity Model",
        "owner": "FINOS",
        "requirements": requirements,
        "levels": [_level(level, whole["items"]) for level in whole["levels"]],
    }


def _item(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "bom-ref": _requirement(item),
        "identifier": item["id"],
        "title": item["title"],
        "text": item["criterion"],
        "descriptions": [item["why"]],
    }


def _check(check: dict[str, Any], items: set[str]) -> dict[str, Any]:
    shown = {
        "bom-ref": _requirement(check),
        "identifier": check["id"],
        "title": check["title"],
        "descriptions": [check["why"]],
    }
    return shown | {"parent": f"requirement:{check['item']}"} if check["item"] in items else shown


def _level(level: dict[str, Any], items: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {
        "bom-ref": f"level:{level['level']}",
        "identifier": str(level["level"]),
        "title": level["name"],
        "requirements": [_requirement(one) for one in items if one["level"] == level["level"]],
    }


def _declarations(whole: Document, verdicts: list[dict[str, Any]]) -> dict[str, Any]:
    known = by_id(whole)
    claimed = [one for one in verdicts if one["score"] is not None]
    cited = {identity for one in claimed for identity in _cited(one, known)}
    return {
        "assessors": [{"bom-ref": _ASSESSOR, "thirdParty": False}],
        "attestations": [
            {
                "summary": f"{whole['verdict']['name']}: {whole['verdict']['because']}",
                "assessor": _ASSESSOR,
                "map": [_judged(one) for one in verdicts],
            }
        ],
        "claims": [_claim(one, known) for one in claimed],
        "evidence": [_evidence(one) for identity, one in known.items() if identity in cited],
        "targets": _targets(whole["target"]),
    }


def _of_item(item: dict[str, Any]) -> dict[str, Any]:
    grade = item["grade"]
    said = words.STATE[item["state"]] if grade is None else f"grade {grade} of {_TOP_GRADE}"
    return item | {
        "score": None if grade is None else grade / _TOP_GRADE,
        "said": f"{said}, {item['possible']} possible: {item['because']}",
    }


def _of_check(outcome: dict[str, Any]) -> dict[str, Any]:
    scores = {"met": 1, "unmet": 0}
    return outcome | {
        "score": scores.get(outcome["result"]),
        "said": f"{words.RESULT[outcome['result']]}: {outcome['because']}",
        "confidence": None,
    }


def _judged(one: dict[str, Any]) -> dict[str, Any]:
    mapped: dict[str, Any] = {"requirement": _requirement(one)}
    if one["score"] is None:
        return mapped | {"confidence": {"score": 0, "rationale": one["said"]}}
    mapped |= {
        "claims": [f"claim:{one['id']}"],
        "conformance": {"score": one["score"], "rationale": one["said"]},
    }
    if one["confidence"] is not None:
        mapped["confidence"] = {"score": one["confidence"]}
    return mapped


def _claim(one: dict[str, Any], known: Known) -> dict[str, Any]:
    return {
        "bom-ref": f"claim:{one['id']}",
        "target": _TARGET,
        "predicate": one["said"],
        "reasoning": one["because"],
        "evidence": [f"evidence:{identity}" for identity in _cited(one, known)],
    }


def _cited(one: dict[str, Any], known: Known) -> list[str]:
    return [identity for identity in one["evidence"] if identity in known][:CITED]


def _evidence(one: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {"name": one["key"]}
    link = permalink(one["source"]["url"])
    if link is not None:
        data["contents"] = {"url": link}
    found = one["why"] if "missing" in one else words.value(one["value"])
    return {
        "bom-ref": f"evidence:{one['id']}",
        "propertyName": f"osmm:{one['key']}",
        "description": f"{one['subject']}: {found}",
        "data": [data],
        "created": _moment(one["observed_at"]),
    }


def _targets(target: dict[str, Any]) -> dict[str, Any]:
    if target["kind"] == "organisation":
        return {"organizations": [{"bom-ref": _TARGET, "name": target["name"]}]}
    component = {"bom-ref": _TARGET, "type": "application", "name": target["name"]}
    if target["commit"] is not None:
        component["version"] = target["commit"]
    return {"components": [component]}


def _requirement(one: dict[str, Any]) -> str:
    return f"requirement:{one['id']}"


def _properties(values: dict[str, str]) -> list[dict[str, str]]:
    return [{"name": f"osmm:{name}", "value": value} for name, value in values.items()]


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
