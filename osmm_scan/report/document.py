"""Turn an assessment into the JSON document of version 1, from which every format renders.

Keys stand in the order of the schema and lists are sorted, whatever order the engine used.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from osmm_scan.report import entries
from osmm_scan.report.options import Options
from osmm_scan.report.privacy import withhold
from osmm_scan.report.trend import trend
from osmm_scan.report.values import json_value, text
from osmm_scan.signals.declarations import FieldType, SignalDeclaration
from osmm_scan.verdicts import Assessment

Document: TypeAlias = dict[str, Any]  # JSON leaves osmm-scan here

SCHEMA_VERSION = 1


def document(assessment: Assessment, options: Options) -> Document:
    """Return the assessment as plain JSON types, private repositories numbered unless asked."""
    whole = _headline(assessment) | _body(assessment, options.flags)
    scans = trend(assessment, options)
    if scans:
        whole["trend"] = scans
    return whole if options.private else withhold(whole)


def flags(declared: Mapping[str, SignalDeclaration]) -> frozenset[str]:
    """Return the fields that hold yes or no, as `signal.field`."""
    return frozenset(
        f"{signal.id}.{name}"
        for signal in declared.values()
        for name, entry in signal.fields.items()
        if entry.type is FieldType.FLAG
    )


def _headline(whole: Assessment) -> Document:
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {
            "name": "osmm-scan",
            "version": whole.tool_version,
            "rules_sha256": whole.rules_sha256,
        },
        "target": {
            "kind": str(whole.target.kind),
            "name": text(whole.target.name),
            "source": text(whole.target.source),
            "commit": whole.target.commit,
        },
        "as_of": whole.as_of.isoformat(),
        "window_days": whole.window_days,
        "profile": text(whole.profile),
        "visibility": str(whole.visibility),
        "verdict": entries.verdict(whole.verdict),
    }


def _body(whole: Assessment, yes_no: frozenset[str]) -> Document:
    return {
        "levels": entries.levels(whole.levels),
        "activities": entries.activities(whole.activities),
        "items": entries.findings(whole.items),
        "facets": entries.findings(whole.facets),
        "readiness": entries.readiness(whole.readiness),
        "checks": entries.checks(whole.readiness),
        "signals": entries.signals(whole.signals, yes_no),
        "evidence": entries.evidence(whole.evidence),
        "repositories": entries.repositories(whole.repositories),
        "waivers": [json_value(one) for one in whole.waivers],
        "attestations": [json_value(one) for one in whole.attestations],
        "faults": entries.faults(whole.faults),
        "access": entries.access(whole.access),
        "rules": entries.rules(whole.rules),
    }
