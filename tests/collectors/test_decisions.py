"""Decisions about components are counted; those about the inside of a program are not."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import decisions
from osmm_scan.collectors.decisions import FILE_LIMIT, PER_DAY
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing, Value
from osmm_scan.sources.repository import Change
from tests.fakes import FakeRepository, change, facts

RECORD = """\
# 7. {title}

Date: {date}

## Context

We need somewhere to keep events. {context}

## Considered options

* PostgreSQL
* Kafka

## Decision

We use PostgreSQL, a database that we know.

## Consequences

One system less.
"""


def record(
    title: str = "Use PostgreSQL for events", date: str = "2026-05-01", context: str = ""
) -> str:
    return RECORD.format(title=title, date=date, context=context)


def counts(
    files: dict[str, str | Unobserved],
    *,
    changes: list[Change] | None = None,
    earlier: FakeRepository | None = None,
) -> tuple[Value | None, ...]:
    """Return how many decide about a component, weigh open source, name alternatives."""
    found = facts(decisions, FakeRepository(files, changes=changes or (), earlier=earlier))
    return tuple(
        found[f"decisions.{name}"].value for name in ("sourcing", "open_source", "alternatives")
    )


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("README.md", record(), id="not among the records"),
        pytest.param("docs/adr/README.md", record(), id="the list of records"),
        pytest.param("docs/adr/template.md", record(), id="a template"),
        pytest.param("docs/adr/0000-template.md", record(), id="a numbered template"),
        pytest.param("vendor/lib/docs/adr/0007-use-x.md", record(), id="somebody else's"),
        pytest.param("docs/adr/0007-use-x.md", "# Use PostgreSQL\n\nA database.\n", id="a note"),
        pytest.param(
            "docs/adr/0007-use-x.md", record("Use snake case naming in the database"), id="style"
        ),
        pytest.param(
            "docs/adr/0007.md", record("Use a two-step branching strategy"), id="a way of working"
        ),
        pytest.param("docs/adr/0007.md", record("Storage of events"), id="nothing is chosen"),
        pytest.param("docs/adr/0007.md", record(date="2024-06-01"), id="more than two years ago"),
        pytest.param("docs/adr/0007.md", record(date="2026-07-01"), id="later"),
        pytest.param("docs/adr/0007.md", record(date=""), id="of no known day"),
    ],
)
def test_what_is_no_recent_decision_about_a_component(path: str, text: str) -> None:
    assert counts({path: text}) == (0, 0, 0)


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param("docs/adr/0007-events.md", record(), (1, 0, 1), id="by its title"),
        pytest.param("doc/decisions/0007-use-postgres.md", record("Events"), (1, 0, 1), id="name"),
        pytest.param(
            "adr/7.md", record(context="It should be open source."), (1, 1, 1), id="open source"
        ),
        pytest.param(
            "adr/7.md", record(context="It is MIT licensed."), (1, 1, 1), id="an open license"
        ),
        pytest.param(
            "adr/7.md", record().replace("* Kafka\n", ""), (1, 0, 0), id="only what was chosen"
        ),
        pytest.param(
            "adr/7.md",
            record().replace("* PostgreSQL\n* Kafka\n", "### A: PostgreSQL\n\n### B: Kafka\n"),
            (1, 0, 1),
            id="a heading for each option",
        ),
        pytest.param(
            "adr/7.md",
            record().replace(
                "Date: 2026-05-01", "| Status | Date |\n|--|--|\n| new | 2026-05-01 |"
            ),
            (1, 0, 1),
            id="a day in a table",
        ),
    ],
)
def test_decisions_about_components(path: str, text: str, expected: tuple[int, ...]) -> None:
    assert counts({path: text}) == expected


@pytest.mark.parametrize(
    ("earlier", "changes", "expected"),
    [
        pytest.param([], ["2026-06-01", "2025-06-01"], 1, id="it came within two years"),
        pytest.param(["adr/7.md"], ["2026-06-01"], 0, id="it was changed, and was there before"),
    ],
)
def test_a_record_without_a_day_is_of_the_day_it_came(
    earlier: list[str], changes: list[str], expected: int
) -> None:
    past = FakeRepository(dict.fromkeys(earlier, ""))
    seen = [change("adr/7.md", day) for day in changes]

    assert counts({"adr/7.md": record(date="")}, changes=seen, earlier=past)[0] == expected


def test_a_log_written_in_one_go_counts_in_part() -> None:
    files: dict[str, str | Unobserved] = {f"adr/{n}.md": record() for n in range(PER_DAY + 3)}

    assert counts(files)[0] == PER_DAY


def test_a_record_that_cannot_be_read_leaves_the_number_open() -> None:
    unreadable = Unobserved(Missing.FAULT, "damaged")

    assert counts({"adr/7.md": record(), "adr/8.md": unreadable}) == (None, None, None)


def test_too_many_records_leave_the_number_open() -> None:
    files: dict[str, str | Unobserved] = {f"adr/{n}.md": "" for n in range(FILE_LIMIT + 1)}

    assert counts(files) == (None, None, None)
