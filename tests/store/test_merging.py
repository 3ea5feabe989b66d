"""Bundles of shards become one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from osmm_scan.errors import UsageError
from osmm_scan.model import Bundle, Evidence, Fault, Target, TargetKind, Visibility
from osmm_scan.store.merging import merge

DAY = date(2026, 6, 30)


def seen(subject: str, value: int = 1) -> Evidence:
    return Evidence(key="release.releases", subject=subject, value=value, observed_at=DAY)


def shard(*evidence: Evidence, failed: tuple[str, ...] = (), unseen: int = 0) -> Bundle:
    return Bundle(
        tool_version="1.2.3",
        target=Target(kind=TargetKind.ORGANISATION, name="acme", source="github"),
        as_of=DAY,
        window_days=365,
        visibility=Visibility.FULL,
        repositories=tuple(sorted({*failed, *(item.subject for item in evidence)})),
        unseen=unseen,
        evidence=evidence,
        faults=tuple(Fault(subject=one, what="clone", why="gone") for one in failed),
        token="App",
    )


def test_one_bundle_stays_as_it_is() -> None:
    only = shard(seen("acme/a"), failed=("acme/b",), unseen=3)

    assert merge({"only": only}) == only


def test_shards_leave_nothing_unseen_in_whatever_order() -> None:
    shards = [
        shard(seen("acme/a"), seen("acme/b"), unseen=2),
        shard(seen("acme/c"), unseen=3),
        shard(failed=("acme/d",), unseen=3),
    ]

    merged = {merge(dict(zip("123", order, strict=True))) for order in permutations(shards)}

    assert [(one.repositories, one.unseen) for one in merged] == [
        (("acme/a", "acme/b", "acme/c", "acme/d"), 0)
    ]


def test_a_missing_shard_stays_unseen() -> None:
    merged = merge({"1": shard(seen("acme/a"), unseen=2), "2": shard(seen("acme/b"), unseen=2)})

    assert merged.unseen == 1


def test_what_grew_between_shards_is_not_negative() -> None:
    merged = merge({"1": shard(seen("acme/a"), unseen=0), "2": shard(seen("acme/b"), unseen=0)})

    assert merged.unseen == 0


def test_the_later_of_two_looks_counts() -> None:
    merged = merge({"1": shard(seen("acme/a", 1)), "2": shard(seen("acme/a", 2))})

    assert [item.value for item in merged.evidence] == [2]


@pytest.mark.parametrize("order", ["12", "21"])
def test_a_look_that_failed_yields_to_one_that_did_not(order: str) -> None:
    shards = {"1": shard(failed=("acme/a",)), "2": shard(seen("acme/a"))}

    merged = merge({name: shards[name] for name in order})

    assert (merged.faults, len(merged.evidence)) == ((), 1)


def test_a_fault_beside_evidence_is_kept() -> None:
    partial = replace(
        shard(seen("acme/a")), faults=(Fault(subject="acme/a", what="tags", why="damaged"),)
    )

    assert merge({"1": shard(seen("acme/b")), "2": partial}).faults == partial.faults


def test_what_one_of_them_could_see_less_of_was_seen_in_public() -> None:
    outside = replace(shard(seen("acme/b")), visibility=Visibility.PUBLIC, token="none")

    merged = merge({"1": shard(seen("acme/a")), "2": outside})

    assert (merged.visibility, merged.token) == (Visibility.PUBLIC, "App, none")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tool_version", "9.9.9"),
        ("as_of", date(2026, 7, 1)),
        ("window_days", 90),
        ("target", Target(kind=TargetKind.ORGANISATION, name="other", source="github")),
    ],
)
def test_parts_of_different_scans_are_refused(field: str, value: object) -> None:
    foreign = replace(shard(seen("acme/b")), **{field: value})

    with pytest.raises(UsageError, match=f"two.*{field.replace('_', ' ')}.*one"):
        merge({"one": shard(seen("acme/a")), "two": foreign})
