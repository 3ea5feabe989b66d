"""The in-toto statement: which readiness levels one commit was verified to reach, ready to sign."""

from __future__ import annotations

from osmm_scan.errors import UsageError
from osmm_scan.model import TargetKind
from osmm_scan.report.document import document
from osmm_scan.report.json_text import indented
from osmm_scan.report.options import Options
from osmm_scan.verdicts import Assessment

NAME = "intoto"
SUFFIX = ".intoto.json"

_STATEMENT = "https://in-toto.io/Statement/v1"
_PREDICATE = "https://in-toto.io/attestation/svr/v0.2"
_VERIFIER = "pkg:pypi/osmm-scan"


def refuse(kind: TargetKind) -> None:
    """Raise `UsageError` when no target of this kind has a commit to speak of."""
    if kind is not TargetKind.REPOSITORY:
        raise UsageError(_without_commit(kind))


def render(assessment: Assessment, options: Options) -> str:
    """Return an unsigned statement with a Simple Verification Result.

    Raises `UsageError` without a commit, for a statement is about bytes that do not change.
    """
    whole = document(assessment, options)
    target, tool = whole["target"], whole["tool"]
    if target["commit"] is None:
        raise UsageError(_without_commit(target["kind"]))
    predicate = {
        "verifier": {
            "id": f"{_VERIFIER}@{tool['version']}",
            "policies": [{"name": "osmm-rules", "digest": {"sha256": tool["rules_sha256"]}}],
        },
        # The day that the report speaks of; a report never asks what time it is.
        "timeCreated": f"{whole['as_of']}T00:00:00Z",
        "properties": [
            f"OSMM_READY_LEVEL_{level}" for level in range(1, (whole["verdict"]["level"] or 0) + 1)
        ],
    }
    return indented(
        {
            "_type": _STATEMENT,
            "subject": [{"name": target["name"], "digest": {"gitCommit": target["commit"]}}],
            "predicateType": _PREDICATE,
            "predicate": predicate,
        }
    )


def _without_commit(kind: str) -> str:
    return (
        f"--format {NAME}: a statement needs a commit to speak of, and this {kind} has none; "
        "use it with osmm-scan repo, or --format cyclonedx"
    )
