"""A small scan with everything that a history must not lose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from osmm_scan.cli.judging.conclusion import judge, load_pack
from osmm_scan.engine.recollection import define_signals
from osmm_scan.model import (
    Bundle,
    Evidence,
    Fault,
    Missing,
    Source,
    Target,
    TargetKind,
    Value,
    Visibility,
)
from osmm_scan.store.scans import Outcome, Plan, Visit
from osmm_scan.verdicts import Assessment

DAY = date(2026, 6, 30)
COMMIT = "c0ffee" * 6 + "c0de"
# What no JSON column of PostgreSQL takes, what SQLite would cut off, what looks like a statement.
HOSTILE = "acme/\0\udcff\u2028'); DROP TABLE scans; --"


def fact(key: str, value: Value | None, subject: str = "acme/widgets") -> Evidence:
    """Return a fact at the commit of its repository, or a missing one."""
    return Evidence(
        key=key,
        subject=subject,
        value=value,
        missing=Missing.FAULT if value is None else None,
        why="" if value is not None else f"damaged {HOSTILE}",
        source=Source(
            url=f"https://github.com/acme/widgets/blob/{COMMIT}/LICENSE#L3",
            path="LICENSE",
            line=3,
            commit=COMMIT,
        ),
        observed_at=DAY,
    )


BUNDLE = Bundle(
    tool_version="1.2.3",
    target=Target(kind=TargetKind.ORGANISATION, name="acme", source="checkout"),
    as_of=DAY,
    window_days=365,
    visibility=Visibility.CHECKOUT,
    repositories=("acme/gears", "acme/widgets"),
    unseen=0,
    evidence=(
        fact("license.recognized", True, "acme/gears"),
        fact("license.file", {"path": HOSTILE, "score": 0.1, "size": 2**70, "none": ()}),
        fact("readme.explains", None),
        fact("license.recognized", True, HOSTILE),
        replace(fact("repository.active", True), observed_at=date(2026, 6, 1)),
        replace(fact("repository.fork", False), source=Source()),
    ),
    faults=(Fault(subject=HOSTILE, what="clone", why="damaged"),),
)

PLAN = Plan(
    kind="organisation",
    target="acme",
    as_of="2026-06-30",
    window_days=365,
    started="2026-06-30T12:00:00+00:00",
    tool_version="1.2.3",
    rules_sha256="a" * 64,
    inputs="b" * 64,
)


def visit(name: str, fingerprint: str = "f") -> Visit:
    """Return what a clone showed."""
    return Visit(
        fingerprint=fingerprint,
        name=name,
        owner="acme",
        commit=COMMIT,
        evidence=(fact("license.recognized", True, name), fact("readme.explains", None, name)),
    )


@cache
def assessed() -> Assessment:
    """Return the judgement of the sample by the shipped rules."""
    return judge(BUNDLE, load_pack(None), "company")


@cache
def definitions() -> Mapping[str, str]:
    """Return by which declarations the sample was measured."""
    return define_signals(load_pack(None))


def outcome(bundle: Bundle = BUNDLE) -> Outcome:
    """Return a bundle with its judgement."""
    assessment = replace(assessed(), evidence=bundle.evidence, as_of=bundle.as_of)
    return Outcome(bundle=bundle, assessment=assessment, definitions=definitions())
