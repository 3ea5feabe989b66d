"""A small rule pack of our own, so that tests of the engine do not follow the shipped rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from osmm_scan.engine.rules import RulePack, load_rules

MODEL: Mapping[str, Any] = {
    "model": {"name": "Test model", "version": "1", "source": "https://example.org"},
    "levels": [
        {"level": 1, "name": "Use", "means": "used"},
        {"level": 2, "name": "Care", "means": "cared for"},
        {"level": 3, "name": "Share", "means": "shared"},
    ],
    "grade_scale": [
        {"grade": grade, "name": name, "means": name.lower()}
        for grade, name in enumerate(
            ["Not evidenced", "Initial", "Managed", "Defined", "Quantitative", "Optimised"]
        )
    ],
    "denominators": {
        "active_repo": {"means": "active", "all": ["repository.active"]},
        "public_repo": {"means": "public", "all": ["repository.active", "repository.public"]},
    },
    "thresholds": {
        "coverage": {2: 0.4, 3: 0.7, 4: 0.85, 5: 0.95},
        "document_decay": [
            {"older_than_days": 730, "quality_at_most": 2},
            {"older_than_days": 1095, "quality_at_most": 1},
        ],
        "small_sample": [
            {"fewer_than": 3, "grade_at_most": 2},
            {"fewer_than": 5, "grade_at_most": 3},
        ],
        "least_observations": {"signoff": 20},
        "history": {
            "scans": 3,
            "span_days": 180,
            "tolerance_of_shares": 0.02,
            "tolerance_of_others": 0.05,
            "improvement": 0.1,
        },
    },
    "combination": {
        "item_weight": "equal_within_activity",
        "standing_grade": 2,
        "defined_grade": 3,
        "one_sided": {
            "levels": [1, 2],
            "visibility": ["public"],
            "profiles": ["company"],
            "conclusive_from_grade": 2,
        },
        "levels": {
            1: {
                "p2": 0.5,
                "p3_attained": 0.25,
                "p3_provisional": 0.25,
                "gate_blocks_below": 1,
                "gate_slack": 0,
            },
            2: {
                "p2": 0.6,
                "p3_attained": 0.3,
                "p3_provisional": 0.2,
                "gate_blocks_below": 1,
                "gate_slack": 1,
            },
            3: {
                "p2": 0.6,
                "p3_attained": 0.3,
                "p3_provisional": 0.3,
                "gate_blocks_below": 2,
                "gate_slack": 0,
            },
        },
        "conclusive_weight": {"attained": 0.6, "provisional": 0.35},
        "gates": {"grade": 2},
        "weak_activity": {"conclusive_share": 0.5, "mean_below": 1.0, "allowed": 1},
        "floor": {"level": 1, "item": "l1.using.use", "grade": 1},
        "not_applicable_limit": {"share": 0.6, "exempt_levels": [1]},
        "stability": {
            "resamples": 40,
            "perturbation": 0.2,
            "headline_from": 0.5,
            "range": [0.05, 0.95],
        },
    },
    "confidence": {
        "tiers": {
            "observed": 1.0,
            "documented": 0.8,
            "attested_with_evidence": 0.6,
            "attested": 0.3,
            "stale": 0.3,
        },
        "visibility": {"base": 0.5, "weight": 0.5, "one_sided_factor": 0.5},
        "sample": {"base": 0.6, "weight": 0.4, "full_at": 10},
        "freshness": [
            {"up_to_days": 365, "factor": 1.0},
            {"up_to_days": 730, "factor": 0.7},
            {"up_to_days": None, "factor": 0.4},
        ],
        "bands": {"high": 0.7, "medium": 0.4},
    },
    "attestation_policy": {
        "file": ".osmm/attestations.yml",
        "required_fields": ["item", "grade"],
        "caps": {"bare_statement": 2, "document_and_second_person": 4, "readable_evidence": 5},
        "above_observed": {"observable": 1, "partly": 2, "attestation-only": None},
        "valid_days": 365,
        "stale": {"until_days": 730, "grade_at_most": 2},
    },
    "profiles": {
        "company": {"means": "all items", "not_applicable": []},
        "community": {"means": "no contracts", "not_applicable": ["l1.using.buying"]},
    },
    "readiness": {"levels": [1, 2], "met": 2, "of": 3},
}


def _fields(rule: str) -> list[str]:
    words = rule.replace("(", " ").replace(")", " ").split()
    return [word for word in words if "." in word and not word[0].isdigit()]


def item(identity: str, *rules: str, **changes: Any) -> dict[str, Any]:
    """Return an item whose ladder has these rules; the grades above them are for people."""
    ladder = [*rules, *[None] * (5 - len(rules))]
    signals = sorted({word.split(".")[0] for rule in rules for word in _fields(rule)})
    return {
        "id": identity,
        "title": identity.rpartition(".")[2].title(),
        "criterion": "Something holds.",
        "why": "Because.",
        "signals": [{"id": signal, "role": "primary"} for signal in signals],
        "grading": {
            grade: {"meaning": f"Grade {grade} holds.", "when": rule}
            for grade, rule in enumerate(ladder, start=1)
        },
        "remediation": {"action": "Do it.", "effort": "S"},
        "repo_scope": {"verdict": "partial", "says": "A part."},
        "observability": "observable",
        "facing": "outward",
        "gate": False,
        "max_observed_grade": len(rules),
        "absence": {"public_scan": "absent", "full_scan": "absent"},
        "finos_key": identity,
        **changes,
    }


def signal(identity: str, kind: str = "share", **fields: str) -> dict[str, Any]:
    """Return a declaration with these fields and their types; `n` is a count."""
    return {
        "id": identity,
        "name": identity.replace("_", " ").capitalize(),
        "collector": "test",
        "kind": kind,
        "unit": "unit",
        "direction": "higher_is_better",
        "strength": "strong",
        "access": ["public"],
        "population": ["active_repo"],
        "awaits": "github",
        "fields": {
            name: {"means": f"share of {name}" if form == "share" else name, "type": form}
            for name, form in (fields or {"share": "share"}).items()
        },
    }


def check(identity: str, fact: str, **changes: Any) -> dict[str, Any]:
    """Return a readiness check of level 1 for a fact."""
    return {
        "id": identity,
        "level": 1,
        "item": "l1.using.use",
        "title": "Something holds",
        "fact": fact,
        "applies": [],
        "required": False,
        "why": "Because.",
        "remediation": {"action": "Do it.", "effort": "S"},
        **changes,
    }


SIGNALS = (
    signal("coverage", share="share", active="share", n="count", policy="flag"),
    signal("breadth", "count", distinct="count"),
    signal("policy", "document", present="flag", quality="quality", age_days="days"),
    signal("response", "duration", median_days="days"),
    signal("signoff", "share", share="share", n="count"),
)
FILES: Mapping[str, Any] = {
    "osmm/model.yaml": MODEL,
    "osmm/level-1/using.yaml": {
        "activity": "using",
        "level": 1,
        "title": "Using",
        "items": [
            item("l1.using.use", "breadth.distinct >= 1", "coverage.share >= 0.4", gate=True),
            item("l1.using.buying", "policy.present"),
        ],
    },
    "osmm/level-2/care.yaml": {
        "activity": "care",
        "level": 2,
        "title": "Care",
        "items": [item("l2.care.policy", "policy.present", "policy.quality >= 2")],
    },
    "osmm/level-3/share.yaml": {
        "activity": "share",
        "level": 3,
        "title": "Share",
        "items": [item("l3.share.answers", "response.median_days <= 20")],
        "facets": [item("l3x.speed", "response.median_days <= 7", facet_of="l3.share.answers")],
    },
    "osmm/repository.yaml": {"checks": [check("r1.readme", "readme.explains")]},
    "signals/test.yaml": {"signals": list(SIGNALS)},
}


def files() -> dict[str, Any]:
    """Return the files of the pack for a test to change."""
    return deepcopy(dict(FILES))


def write_pack(directory: Path, contents: Mapping[str, Any]) -> Path:
    """Write files, given as data or as text, and return their directory."""
    for name, content in contents.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else _yaml(content), encoding="utf-8")
    return directory


def load_pack(directory: Path, contents: Mapping[str, Any] = FILES) -> RulePack:
    """Write and load a pack."""
    return load_rules(write_pack(directory, contents))


def _yaml(content: Any) -> str:
    """Return data as flow YAML, which is JSON but for keys that are numbers."""
    if isinstance(content, dict):
        return "{" + ", ".join(f"{_key(k)}: {_yaml(v)}" for k, v in content.items()) + "}"
    if isinstance(content, list | tuple):
        return "[" + ", ".join(map(_yaml, content)) + "]"
    return json.dumps(content, ensure_ascii=False).replace("NaN", ".nan")


def _key(key: str | int) -> str:
    return json.dumps(key) if isinstance(key, str) else str(key)
