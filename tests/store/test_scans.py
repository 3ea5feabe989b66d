"""Scans in a history, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, select

from osmm_scan.errors import StoreError
from osmm_scan.store import archive, scans
from osmm_scan.store.bundle import pack
from osmm_scan.store.database import Store, open_store
from osmm_scan.store.retention import Limits, prune
from osmm_scan.store.schema import VERSION_TABLE, evidence, metadata, visits
from tests.store.samples import BUNDLE, COMMIT, HOSTILE, PLAN, fact, outcome, visit


def facts_kept(store: Store) -> int:
    """Return how many facts there are, whoever holds them."""
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(evidence)).scalar_one()


def test_the_steps_lead_to_the_tables_that_the_code_knows(address: str) -> None:
    with open_store(address, create=True) as store, store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})

        assert compare_metadata(context, metadata) == []


def test_a_scan_reads_back_as_it_was(address: str) -> None:
    with open_store(address, create=True) as store:
        scan = scans.record(store, PLAN, outcome())

        assert archive.read_scan(store, scan) == BUNDLE
        assert archive.read_judgement(store, scan) == outcome().assessment


def test_an_exported_scan_is_the_bundle_byte_for_byte(address: str) -> None:
    with open_store(address, create=True) as store:
        scan = scans.record(store, PLAN, outcome())

        assert pack(archive.read_scan(store, scan)) == pack(BUNDLE)


def test_signals_read_back_without_rounding(address: str) -> None:
    with open_store(address, create=True) as store:
        scan = scans.record(store, PLAN, outcome())
        (measured,) = archive.read_measured(store, [scan])

    fields = {signal.id: signal.fields for signal in outcome().assessment.signals}
    assert {name: signal.fields for name, signal in measured.signals.items()} == fields
    assert measured.definitions == outcome().definitions


def test_what_did_not_change_is_kept_once(address: str) -> None:
    moved = replace(
        BUNDLE,
        as_of=date(2026, 7, 31),
        evidence=tuple(
            replace(
                one,
                observed_at=date(2026, 7, 31),
                source=replace(
                    one.source,
                    commit=one.source.commit and "d" * 40,
                    url=one.source.url and one.source.url.replace(COMMIT, "d" * 40),
                ),
            )
            for one in BUNDLE.evidence
        ),
    )
    with open_store(address, create=True) as store:
        scans.record(store, PLAN, outcome())
        before = facts_kept(store)
        later = scans.record(store, PLAN, outcome(moved))

        assert facts_kept(store) == before
        assert archive.read_scan(store, later) == moved


def test_a_scan_is_complete_or_visibly_not(address: str) -> None:
    with open_store(address, create=True) as store:
        scan, _ = scans.begin(store, PLAN)
        scans.keep(store, scan, "widgets", visit("acme/widgets"))
        running = archive.find_scan(store, scan)
        scans.complete(store, scan, outcome())
        complete = archive.find_scan(store, scan)

    assert (running.state, running.done, running.is_complete) == ("running", 1, False)
    assert (complete.state, complete.done, complete.is_complete) == ("complete", 0, True)


def test_an_incomplete_scan_is_not_read(address: str) -> None:
    with open_store(address, create=True) as store:
        scan, _ = scans.begin(store, PLAN)

        with pytest.raises(StoreError, match="not complete"):
            archive.read_scan(store, scan)


def test_an_interrupted_scan_is_gone_on_with(address: str) -> None:
    with open_store(address, create=True) as store:
        first, nothing = scans.begin(store, PLAN)
        scans.keep(store, first, f"a/{HOSTILE}", visit(HOSTILE))
        second, once = scans.begin(store, PLAN)
        scans.keep(store, second, "b", visit("acme/b"))
        third, twice = scans.begin(store, PLAN)
        listed = archive.list_scans(store)

    assert nothing == {}
    assert once == {f"a/{HOSTILE}": visit(HOSTILE)}
    assert twice == {f"a/{HOSTILE}": visit(HOSTILE), "b": visit("acme/b")}
    assert [one.state for one in listed] == ["failed", "failed", "running"]
    assert listed[0].why == f"interrupted; scan {second} went on from there"
    assert listed[2].id == third


def test_nothing_is_left_to_go_on_with_after_the_end(address: str) -> None:
    with open_store(address, create=True) as store:
        first, _ = scans.begin(store, PLAN)
        scans.keep(store, first, "a", visit("acme/a"))
        second, _ = scans.begin(store, PLAN)
        scans.complete(store, second, outcome())
        with store.reading() as connection:
            left = connection.execute(select(visits)).all()

        assert left == []
        assert scans.begin(store, PLAN)[1] == {}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(PLAN, inputs="c" * 64), id="other inputs"),
        pytest.param(replace(PLAN, inputs=None), id="a scan that cannot be gone on with"),
    ],
)
def test_other_scans_are_not_gone_on_with(address: str, other: scans.Plan) -> None:
    with open_store(address, create=True) as store:
        first, _ = scans.begin(store, PLAN)
        scans.keep(store, first, "a", visit("acme/a"))

        assert scans.begin(store, other)[1] == {}
        assert archive.find_scan(store, first).state == "running"


def test_a_failed_scan_says_why_and_a_complete_one_stays_complete(address: str) -> None:
    with open_store(address, create=True) as store:
        done = scans.record(store, PLAN, outcome())
        lost, _ = scans.begin(store, PLAN)
        scans.fail(store, lost, HOSTILE)
        scans.fail(store, done, "too late")

        assert archive.find_scan(store, lost).why == HOSTILE
        assert archive.find_scan(store, done).is_complete


def test_scans_keep_their_order_when_the_clock_runs_backwards(address: str) -> None:
    earlier = replace(PLAN, as_of="2020-01-01", started="2020-01-01T00:00:00+00:00")
    with open_store(address, create=True) as store:
        first = scans.record(store, PLAN, outcome())
        second = scans.record(store, earlier, outcome())
        third = scans.record(store, PLAN, outcome())
        listed = archive.list_scans(store)

    assert [one.id for one in listed] == [first, second, third]
    assert [one.id for one in archive.last_of_each_day(listed)] == [second, third]


@pytest.mark.parametrize(
    ("bundle", "found"),
    [
        pytest.param(replace(BUNDLE, window_days=30), 0, id="another window"),
        pytest.param(replace(BUNDLE, visibility="public"), 0, id="other eyes"),
        pytest.param(
            replace(BUNDLE, target=replace(BUNDLE.target, name="other")), 0, id="another target"
        ),
        pytest.param(BUNDLE, 1, id="the same"),
    ],
)
def test_only_scans_alike_are_compared(address: str, bundle: object, found: int) -> None:
    with open_store(address, create=True) as store:
        scans.record(store, PLAN, outcome())
        scans.begin(store, PLAN)

        assert len(archive.scans_like(store, bundle)) == found


def test_a_scan_is_found_by_what_it_saw(address: str) -> None:
    other = replace(BUNDLE, evidence=BUNDLE.evidence[:-1])
    with open_store(address, create=True) as store:
        scans.record(store, PLAN, outcome())
        last = scans.record(store, PLAN, outcome())
        found = archive.find_content(store, scans.content_of(BUNDLE))

        assert found is not None
        assert found.id == last
        assert archive.find_content(store, scans.content_of(other)) is None


@pytest.mark.parametrize(
    ("limits", "left"),
    [
        pytest.param(Limits(), [1, 2, 3, 4], id="no limit"),
        pytest.param(Limits(keep=9), [1, 2, 3, 4], id="more than there are"),
        pytest.param(Limits(keep=1), [3, 4], id="the last complete one"),
        pytest.param(Limits(keep=0), [4], id="none at all"),
        pytest.param(Limits(before=date(2026, 5, 1)), [2, 3, 4], id="older than a day"),
        pytest.param(Limits(before=date(2030, 1, 1)), [3, 4], id="all are old, the last one stays"),
        pytest.param(Limits(unfinished=True), [1, 2, 3], id="unfinished ones"),
    ],
)
def test_retention(address: str, limits: Limits, left: list[int]) -> None:
    days = ("2026-04-30", "2026-05-31", "2026-06-30")
    with open_store(address, create=True) as store:
        for day in days:
            scans.record(store, replace(PLAN, as_of=day), outcome())
        scans.begin(store, PLAN)
        removed = prune(store, limits)

        assert [one.id for one in archive.list_scans(store)] == left
        assert removed.scans == 4 - len(left)


def test_facts_go_with_the_last_scan_that_holds_them(address: str) -> None:
    more = replace(BUNDLE, evidence=(*BUNDLE.evidence, fact("ci.any", True)))
    with open_store(address, create=True) as store:
        scans.record(store, PLAN, outcome(more))
        scans.record(store, PLAN, outcome())

        assert prune(store, Limits(keep=1)).facts == 1
        assert archive.read_scan(store, 2) == BUNDLE


def test_a_number_is_never_used_again(address: str) -> None:
    with open_store(address, create=True) as store:
        gone, _ = scans.begin(store, PLAN)
        prune(store, Limits(unfinished=True))

        assert scans.record(store, PLAN, outcome()) > gone


def test_a_scan_that_was_removed_while_it_ran_says_so(address: str) -> None:
    with open_store(address, create=True) as store:
        scan, _ = scans.begin(store, PLAN)
        prune(store, Limits(unfinished=True))

        with pytest.raises(StoreError, match=r"removed|FOREIGN KEY|foreign key"):
            scans.complete(store, scan, outcome())


def test_an_unknown_scan_is_named(address: str) -> None:
    with open_store(address, create=True) as store, pytest.raises(StoreError, match="no scan 7"):
        archive.find_scan(store, 7)
