"""Whether maintainers are named, and whether they are active."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import people
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing
from tests.fakes import FakeRepository, commit, facts

ADA = "Ada Lovelace <ada@acme.com>"
GRACE = "Grace Hopper <grace@navy.mil>"
BOTH = f"{ADA}\n{GRACE}\n"
SHALLOW = Unobserved(Missing.NOT_COLLECTED, "the clone is shallow")
RECENT, LONG_AGO = "2026-06-01", "2025-06-01"
INSIGHTS = """repository:
  core-team:
  - name: Ada Lovelace
    email: ada@acme.com
  - name: Grace Hopper
"""


def found(files: dict[str, object], **more: object) -> dict[str, Evidence]:
    return facts(people, FakeRepository({"a": "", **files}, **more))


@pytest.mark.parametrize(
    ("files", "named", "owned"),
    [
        pytest.param({}, False, False, id="nobody"),
        pytest.param({"MAINTAINERS": ADA}, False, True, id="one person"),
        pytest.param({"MAINTAINERS": BOTH}, True, True, id="two people"),
        pytest.param({"MAINTAINERS.md": f"- {ADA}\n- {ADA}"}, False, True, id="one person twice"),
        pytest.param({"CODEOWNERS": "* @acme/widgets"}, True, True, id="a team"),
        pytest.param({"CODEOWNERS": "*.py @ada\n*.go @grace"}, True, True, id="owners of parts"),
        pytest.param({"CODEOWNERS": "* @ada"}, False, True, id="one owner"),
        pytest.param({"OWNERS": "approvers: [ada, grace]"}, True, True, id="owners file"),
        pytest.param({".github/security-insights.yml": INSIGHTS}, True, True, id="insights"),
    ],
)
def test_who_is_named(files: dict[str, object], named: bool, owned: bool) -> None:
    item = found(files)

    assert (item["maintainers.named"].value, item["owners.named"].value) == (named, owned)


def test_an_unreadable_list_may_name_more() -> None:
    reason = Unobserved(Missing.FAULT, "damaged")

    item = found({"MAINTAINERS": reason, "OWNERS": "approvers: [ada]"})

    assert item["maintainers.named"].missing is Missing.FAULT
    assert item["owners.named"].value is True
    assert item["maintainers.active_share"].missing is Missing.FAULT


@pytest.mark.parametrize(
    ("files", "commits", "share", "two"),
    [
        pytest.param({"MAINTAINERS": BOTH}, [(RECENT, ADA), (RECENT, GRACE)], 1.0, True, id="both"),
        pytest.param(
            {"MAINTAINERS": BOTH}, [(RECENT, ADA), (LONG_AGO, GRACE)], 0.5, False, id="one left"
        ),
        pytest.param(
            {"MAINTAINERS": BOTH},
            [(RECENT, ADA)],
            {"low": 0.5, "high": 1.0},
            None,
            id="one was never seen",
        ),
        pytest.param(
            {"CODEOWNERS": "* @ada"},
            [(RECENT, "Ada Lovelace <1+ada@users.noreply.github.com>")],
            1.0,
            False,
            id="by account",
        ),
        pytest.param(
            {"MAINTAINERS": ADA, "CODEOWNERS": "* @ada"},
            [(RECENT, ADA), (RECENT, "Ada Lovelace <1+ada@users.noreply.github.com>")],
            1.0,
            False,
            id="one person whom history joins",
        ),
    ],
)
def test_who_is_active(
    files: dict[str, object], commits: list[tuple[str, str]], share: object, two: bool | None
) -> None:
    item = found(files, commits=[commit(day, author) for day, author in commits])

    assert item["maintainers.active_share"].value == share
    assert item["maintainers.two_active"].value is two


def test_members_of_a_team_are_unknown() -> None:
    item = found({"CODEOWNERS": "* @acme/widgets"}, commits=[commit(RECENT, ADA)])

    assert item["maintainers.active_share"].missing is Missing.NOT_COLLECTED
    assert item["maintainers.two_active"].missing is Missing.NOT_COLLECTED


def test_nobody_named_is_nobody_active() -> None:
    item = found({}, commits=[commit(RECENT, ADA)])

    assert item["maintainers.two_active"].value is False
    assert item["maintainers.active_share"].missing is Missing.NOT_SUPPORTED


def test_without_history_activity_is_unknown() -> None:
    item = found({"MAINTAINERS": BOTH}, commits=SHALLOW)

    assert item["maintainers.named"].value is True
    assert item["maintainers.two_active"].missing is Missing.NOT_COLLECTED


def test_no_name_or_address_is_in_the_evidence() -> None:
    item = found({"MAINTAINERS": BOTH}, commits=[commit(RECENT, ADA)])

    assert not any(word in repr(item).lower() for word in ("ada", "grace", "acme.com"))
