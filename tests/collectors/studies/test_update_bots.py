"""Commits by which bots raise versions."""

from datetime import UTC, date, datetime

import pytest

from osmm_scan.collectors.studies.history import digest
from osmm_scan.collectors.studies.update_bots import is_update
from tests.fakes import FakeRepository, commit, observe


@pytest.mark.parametrize(
    ("author", "message", "expected"),
    [
        pytest.param("Ada <ada@example.org>", "Bump left-pad to 2", False, id="a person"),
        pytest.param("acme-ci <ci@acme.example>", "Release 1.2", False, id="another bot task"),
        pytest.param("renovatecorp <a@b.example>", "Update x", False, id="a name that begins so"),
        pytest.param("dependabot[bot] <x@users.noreply.github.com>", "Bump a", True, id="by name"),
        pytest.param("Scala Steward <me@scala-steward.org>", "Update b", True, id="no [bot]"),
        pytest.param("acme-ci[bot] <ci@acme.example>", "chore(deps): bump c", True, id="own bot"),
    ],
)
def test_updates_by_bots(author: str, message: str, expected: bool) -> None:
    assert is_update(commit("2026-05-01", author, message)) is expected


def test_history_tells_when_the_newest_update_landed() -> None:
    bot = "dependabot[bot] <x@users.noreply.github.com>"
    days = ("2026-07-02", "2026-05-01", "2026-04-01")
    history = digest(observe(FakeRepository(commits=[commit(day, bot) for day in days])))

    assert history.latest_update is not None
    assert datetime.fromtimestamp(history.latest_update, UTC).date() == date(2026, 5, 1)
