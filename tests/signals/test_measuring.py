"""Signals from evidence and declarations."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

import pytest

from osmm_scan.errors import RuleError
from osmm_scan.model import Evidence, Interval, Missing, Signal, Value
from osmm_scan.signals.declarations import (
    FieldDeclaration,
    FieldType,
    Measure,
    SignalDeclaration,
)
from osmm_scan.signals.estate import UNSEEN_REPOSITORIES
from osmm_scan.signals.measuring import measure_signals, members_of, used_facts
from tests.fakes import AS_OF

POPULATIONS = {"active_repo": ("repository.active",)}


def declaration(**measures: tuple[FieldType, str, tuple[str, ...]] | None) -> SignalDeclaration:
    return SignalDeclaration(
        id="license_file_coverage",
        name="License coverage",
        collector="licensing",
        scope=("repo", "org"),
        kind="share",
        unit="share of active repositories",
        direction="higher_is_better",
        strength="strong",
        access=("local-clone",),
        population=("active_repo",),
        fields={
            name: FieldDeclaration(
                means=name,
                type=measure[0] if measure else FieldType.SHARE,
                measure=Measure(function=measure[1], arguments=measure[2]) if measure else None,
            )
            for name, measure in measures.items()
        },
        awaits="GitHub",
        source=(),
        compute="",
        traps=(),
        references={},
    )


SHARE = (FieldType.SHARE, "share", ("license.recognized",))
SIZE = (FieldType.COUNT, "size", ())


def evidence(**repositories: Mapping[str, Value | None]) -> list[Evidence]:
    return [
        Evidence(key=key, subject=name, value=value, observed_at=AS_OF)
        if value is not None
        else Evidence(
            key=key, subject=name, missing=Missing.FAULT, why="damaged", observed_at=AS_OF
        )
        for name, facts in repositories.items()
        for key, value in facts.items()
    ]


def measure(declared: SignalDeclaration, found: list[Evidence], *, unseen: int = 0) -> Signal:
    names = sorted({item.subject for item in found} | {"unread"})
    (signal,) = measure_signals(
        found, {declared.id: declared}, POPULATIONS, repositories=names, unseen=unseen
    )
    return signal


def test_a_signal_that_no_collector_serves_says_what_it_waits_for() -> None:
    signal = measure(declaration(share=None), [])

    assert signal.missing is Missing.NOT_COLLECTED
    assert signal.fields == {"share": None}
    assert signal.why == "not collected: waits for GitHub"


def test_repositories_without_evidence_are_unknown_not_absent() -> None:
    found = evidence(
        good={"repository.active": True, "license.recognized": True},
        idle={"repository.active": False, "license.recognized": False},
    )

    signal = measure(declaration(share=SHARE, n=SIZE), found)

    assert signal.fields["n"] == Interval(1, 2)
    assert signal.fields["share"] == Interval(0.5, 1.0)
    assert (signal.n, signal.unknown) == (1, 1)


def test_a_signal_cites_the_evidence_of_its_members_alone() -> None:
    found = evidence(
        good={"repository.active": True, "license.recognized": True},
        idle={"repository.active": False, "license.recognized": False},
    )

    signal = measure(declaration(share=SHARE), found)

    assert signal.evidence == (found[1].id,)


def test_one_repository_of_many_leaves_shares_open_and_proves_existence() -> None:
    found = evidence(good={"repository.active": True, "license.recognized": True})
    declared = declaration(share=SHARE, n=SIZE)

    (signal,) = measure_signals(
        found,
        {declared.id: declared},
        POPULATIONS,
        repositories=["good"],
        unseen=UNSEEN_REPOSITORIES,
    )

    assert signal.fields["n"] == Interval(1, inf)
    assert signal.fields["share"] == Interval(1 / 1_000_000, 1.0)


def test_what_matters_to_some_repositories_is_open_for_those_alone() -> None:
    among = (FieldType.SHARE, "mean_among", ("it.value", "it.applies"))
    on, off = ({"repository.active": True, "it.applies": applies} for applies in (True, False))
    found = evidence(
        a={**on, "it.value": 0.5},
        b={**off, "it.value": None},
        c={**on, "it.value": None},
        unread={**off, "it.value": None},
    )

    signal = measure(declaration(value=among), found)

    assert signal.fields["value"] == Interval(0.25, 0.75)
    assert signal.unknown == 1


def test_an_unknown_share_never_leaves_its_range() -> None:
    mean = (FieldType.SHARE, "mean", ("license.clarity",))
    found = evidence(
        a={"repository.active": True, "license.clarity": 0.5},
        b={"repository.active": True, "license.clarity": None},
        unread={"repository.active": False},
    )

    signal = measure(declaration(value=mean), found)

    assert signal.fields["value"] == Interval(0.25, 0.75)


def test_an_unknown_measure_is_a_rule_error() -> None:
    with pytest.raises(RuleError, match="unknown measure 'mode'"):
        measure(declaration(x=(FieldType.SHARE, "mode", ("license.clarity",))), evidence())


def test_a_population_is_its_facts_whether_named_or_given() -> None:
    assert members_of(("active_repo", "inventory.consumes"), POPULATIONS) == (
        "inventory.consumes",
        "repository.active",
    )


def test_used_facts_are_those_of_the_measures() -> None:
    assert used_facts(declaration(share=SHARE, n=SIZE)) == ("license.recognized",)


WORK = (FieldType.COUNT, "organisation", ("upstream.merged",))


def test_the_organisation_itself_is_no_repository() -> None:
    found = evidence(
        acme={"upstream.merged": {"low": 7}},
        good={"repository.active": True, "upstream.merged": 1},
    )

    (signal,) = measure_signals(
        found, {"up": declaration(count=WORK)}, POPULATIONS, repositories=["good"]
    )

    assert signal.fields["count"] == Interval(7, inf)
    assert (signal.n, signal.unknown, len(signal.evidence)) == (1, 1, 1)


def test_a_fact_that_older_evidence_lacks_is_not_cited() -> None:
    newer = (FieldType.COUNT, "organisation", ("upstream.maintainers",))
    found = evidence(acme={"upstream.merged": 7}, good={"repository.active": True})

    (signal,) = measure_signals(
        found, {"up": declaration(count=WORK, new=newer)}, POPULATIONS, repositories=["good"]
    )

    assert signal.fields == {"count": Interval(7, 7), "new": Interval(0, inf)}
    assert (signal.unknown, len(signal.evidence)) == (1, 1)


def test_an_organisation_that_nobody_asked_about_is_unknown() -> None:
    signal = measure(declaration(count=WORK), evidence(good={"repository.active": True}))

    assert signal.missing is Missing.NOT_COLLECTED
    assert signal.fields == {"count": None}
