"""The SARIF 2.1.0 report: checks that repositories fail, as code scanning shows them."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote

from osmm_scan.report.document import Document, document
from osmm_scan.report.gaps import Gap, count_gaps, count_waived, gaps, waived_gaps
from osmm_scan.report.inert import one_line
from osmm_scan.report.json_text import indented
from osmm_scan.report.markdown import escape
from osmm_scan.report.options import Options
from osmm_scan.report.words import count, sentence
from osmm_scan.verdicts import Assessment

NAME = "sarif"
SUFFIX = ".sarif"

# GitHub keeps 5,000 results of a run, refuses more than 25,000, and counts results and rules alike.
_RESULTS = 5_000
_RULES = 25_000

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_MODEL = "OSMM"
_MODEL_PAGE = "https://osr.finos.org/docs/bok/osmm/introduction"


def render(assessment: Assessment, options: Options) -> str:
    """Return one run with a result for every unmet check, as many as GitHub keeps.

    What a waiver leaves out is listed as suppressed.
    """
    whole = document(assessment, options)
    return indented({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(whole)]})


def _run(whole: Document) -> dict[str, Any]:
    places = {check["id"]: place for place, check in enumerate(whole["checks"][:_RULES])}
    is_repository = whole["target"]["kind"] == "repository"
    found = [gap for gap in gaps(whole, _RESULTS) if gap.check["id"] in places]
    left = _RESULTS - len(found)
    waived = [gap for gap in waived_gaps(whole, left) if gap.check["id"] in places]
    left_out = count_gaps(whole) + count_waived(whole) - len(found) - len(waived)
    return {
        "tool": {"driver": _driver(whole)},
        "automationDetails": {"id": f"osmm-scan/{_uri(whole['target']['name'])}/"},
        "invocations": [_invocation(left_out)],
        "taxonomies": [_taxonomy(whole)],
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(gap, places[gap.check["id"]], is_repository=is_repository)
            | {"suppressions": suppressions}
            for gap, suppressions in (
                *((gap, []) for gap in found),
                *((gap, [_suppression(gap)]) for gap in waived),
            )
        ],
    }


def _driver(whole: Document) -> dict[str, Any]:
    items = {item["id"]: place for place, item in enumerate(whole["items"])}
    return {
        "name": whole["tool"]["name"],
        "version": whole["tool"]["version"],
        "supportedTaxonomies": [{"name": _MODEL, "index": 0}],
        "rules": [_rule(check, items) for check in whole["checks"][:_RULES]],
    }


def _rule(check: dict[str, Any], items: dict[str, int]) -> dict[str, Any]:
    why, action = check["why"], check["remediation"]["action"]
    rule = {
        "id": check["id"],
        "shortDescription": {"text": _message(check["title"])},
        "fullDescription": {"text": _message(why)},
        "help": {
            "text": _message(f"{why} {action}"),
            "markdown": _literal(f"{escape(why)}\n\n**To do:** {escape(action)}"),
        },
        "defaultConfiguration": {"level": _level(check)},
        # Never `security-severity`: it would file every gap as a vulnerability.
        "properties": {
            "tags": ["osmm", f"level-{check['level']}"],
            "precision": "high",
            "problem.severity": "warning" if check["required"] else "recommendation",
        },
    }
    if check["item"] in items:
        taxon = {
            "id": check["item"],
            "index": items[check["item"]],
            "toolComponent": {"name": _MODEL, "index": 0},
        }
        rule["relationships"] = [{"target": taxon, "kinds": ["relevant"]}]
    return rule


def _taxonomy(whole: Document) -> dict[str, Any]:
    return {
        "name": _MODEL,
        "organization": "FINOS",
        "informationUri": _MODEL_PAGE,
        "shortDescription": {"text": "FINOS Open Source Maturity Model"},
        "taxa": [
            {
                "id": item["id"],
                "shortDescription": {"text": _message(item["title"])},
                "fullDescription": {"text": _message(item["criterion"])},
            }
            for item in whole["items"]
        ],
    }


def _invocation(left_out: int) -> dict[str, Any]:
    if not left_out:
        return {"executionSuccessful": True}
    told = f"{count(left_out, 'more result')} left out; the JSON report has every one of them"
    return {
        "executionSuccessful": True,
        "toolExecutionNotifications": [{"level": "note", "message": {"text": told}}],
    }


def _result(gap: Gap, place: int, *, is_repository: bool) -> dict[str, Any]:
    path = gap.path if is_repository else f"{gap.repository}/{gap.path}"
    location = {
        "artifactLocation": {"uri": _uri(path)},
        "region": {"startLine": gap.line},
    }
    return {
        "ruleId": gap.check["id"],
        "ruleIndex": place,
        "level": _level(gap.check),
        "kind": "fail",
        "message": {
            "text": _message(f"{sentence(gap.because)}. {gap.check['remediation']['action']}")
        },
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"osmmItem/v1": _fingerprint(gap)},
    }


def _suppression(gap: Gap) -> dict[str, Any]:
    # A justification is plain text, not a message: it has neither links nor placeholders.
    return {
        "kind": "external",
        "status": "accepted",
        "justification": sentence(one_line(gap.because)),
    }


def _level(check: dict[str, Any]) -> str:
    return "warning" if check["required"] else "note"


def _fingerprint(gap: Gap) -> str:
    # The line and the reason may change while the gap stays the same one.
    parts = (gap.check["item"], gap.check["id"], gap.repository, gap.path)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _message(text: str) -> str:
    """Return text that is neither a link nor a placeholder in a SARIF message."""
    return _literal(one_line(text)).replace("](", "] (") or "(no text)"


def _literal(text: str) -> str:
    # One brace opens a placeholder in every kind of message; two are shown as one.
    return text.replace("{", "{{").replace("}", "}}")


def _uri(path: str) -> str:
    """Return a relative address that leads nowhere above where it starts."""
    parts = ["_" if part in {"", ".", ".."} else quote(part, safe="") for part in path.split("/")]
    return "/".join(parts)
