"""What one pass over history tells."""

from __future__ import annotations

from datetime import timedelta

import pytest

from osmm_scan.collectors.studies import history
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.repository import Commit
from tests.fakes import AS_OF, FakeRepository, commit, observe

ADA = "Ada Lovelace <ada@acme.com>"
BOT = "dependabot[bot] <support@github.com>"


def digest(*commits: Commit) -> history.History:
    return history.digest(observe(FakeRepository(commits=commits)))


def day(ago: int) -> str:
    return str(AS_OF - timedelta(days=ago))


def test_an_empty_repository_has_an_empty_history() -> None:
    found = digest()

    assert (found.human, found.first, found.latest_human, found.contributors) == (0, None, None, ())


def test_shallow_history_is_unknown() -> None:
    reason = Unobserved(Missing.NOT_COLLECTED, "the clone is shallow")

    with pytest.raises(Unobserved, match="shallow"):
        history.digest(observe(FakeRepository(commits=reason)))


@pytest.mark.parametrize(
    ("made", "human"),
    [
        pytest.param(commit(day(400)), 0, id="before the window"),
        pytest.param(commit(day(365)), 0, id="the day the window begins"),
        pytest.param(commit(day(-2)), 0, id="dated after the reference date"),
        pytest.param(commit(day(5), parents=2), 0, id="merge"),
        pytest.param(commit(day(5), BOT), 0, id="bot"),
        pytest.param(commit(day(364)), 1, id="first day within the window"),
        pytest.param(commit(day(0)), 1, id="the reference date"),
        pytest.param(commit(day(5), parents=0), 1, id="root commit"),
    ],
)
def test_human_commits_of_the_window(made: Commit, human: int) -> None:
    assert digest(made).human == human


def test_practices_are_counted_over_human_commits() -> None:
    found = digest(
        commit(day(1), ADA, "a\n\nSigned-off-by: Ada Lovelace <ada@acme.com>", signed=True),
        commit(day(2), ADA, "b (#1)"),
        commit(day(3), BOT, "c (#2)\n\nSigned-off-by: dependabot[bot] <support@github.com>"),
    )

    assert (found.human, found.signed_off, found.signed, found.reviewable) == (2, 1, 1, 1)
    assert found.bots == 1


def test_merged_requests_of_bots_do_not_count() -> None:
    found = digest(
        commit(day(1), ADA, "Merge pull request #1 from grace/fix", parents=2),
        commit(day(2), ADA, "Merge pull request #2 from renovate-bot/npm", parents=2),
        commit(day(3), "acme-ci <ci@acme.com>", "Merge pull request #3 from ada/x", parents=2),
    )

    assert (found.merges, found.human) == (2, 0)


def test_what_is_dated_in_the_future_is_counted_apart() -> None:
    found = digest(commit(day(-30)), commit(day(30)))

    assert (found.future, found.human, len(found.contributors)) == (1, 1, 1)


def test_one_person_with_two_addresses_is_one_contributor() -> None:
    found = digest(
        commit(day(1), ADA),
        commit(day(2), "Ada Lovelace <3+al@users.noreply.github.com>"),
        commit(day(3), "Grace Hopper <grace@navy.mil>"),
    )

    assert [one.commits for one in found.contributors] == [2, 1]
    assert [one.organisation for one in found.contributors] == ["acme.com", "navy.mil"]


def test_newcomers_have_no_commit_before_the_window() -> None:
    found = digest(
        commit(day(1), ADA), commit(day(2), "Grace Hopper <g@navy.mil>"), commit(day(500), ADA)
    )

    assert sorted((one.organisation, one.is_new) for one in found.contributors) == [
        ("acme.com", False),
        ("navy.mil", True),
    ]


@pytest.mark.parametrize(
    ("trailer", "people"),
    [
        pytest.param("Co-authored-by: Ada L. <ada@acme.com>", 1, id="the author again"),
        pytest.param("Co-authored-by: Claude <noreply@anthropic.com>", 1, id="agent"),
        pytest.param("Reviewed-by: Grace Hopper <grace@navy.mil>", 1, id="reviewer"),
        pytest.param("Co-authored-by: Grace Hopper <grace@navy.mil>", 2, id="another person"),
    ],
)
def test_co_authors_contribute(trailer: str, people: int) -> None:
    assert len(digest(commit(day(1), ADA, f"x\n\n{trailer}")).contributors) == people


@pytest.mark.parametrize(
    ("made", "mark", "state"),
    [
        pytest.param(commit(day(1), ADA), "grace@navy.mil", (False, False), id="never seen"),
        pytest.param(commit(day(200), ADA), "ada@acme.com", (True, False), id="long ago"),
        pytest.param(commit(day(10), ADA), "ada@acme.com", (True, True), id="author"),
        pytest.param(commit(day(10), ADA), "name:ada lovelace", (True, True), id="by name"),
        pytest.param(
            commit(day(10), BOT, "Merge pull request #1 from grace/x", parents=2),
            "@grace",
            (True, True),
            id="author of a merged branch",
        ),
        pytest.param(
            commit(day(10), ADA, "x\n\nReviewed-by: Grace Hopper <grace@navy.mil>"),
            "grace@navy.mil",
            (True, True),
            id="reviewer",
        ),
    ],
)
def test_activity_of_the_last_half_year(made: Commit, mark: str, state: tuple[bool, bool]) -> None:
    found = digest(made)

    assert (mark in found.people, found.people.get(mark) in found.active) == state


def test_synchronised_commits_are_counted() -> None:
    found = digest(
        commit(day(1), "Copybara-Service <x@x>", "Project import generated by Copybara."),
        commit(day(2), ADA, "b\n\nPiperOrigin-RevId: 1\nCOPYBARA_INTEGRATE_REVIEW=https://x"),
        commit(day(3), ADA, "Release 1.2.3"),
    )

    assert (found.synced, found.sync_outside, found.releases) == (2, 1, 1)


def several(number: int) -> history.History:
    return digest(*(commit(day(1), message=f"change {index}") for index in range(number)))


def test_too_few_commits_are_no_sample() -> None:
    with pytest.raises(Unobserved, match="only 19 human commits in the window; 20 are needed"):
        several(19).require_sample()


def test_twenty_commits_are_a_sample() -> None:
    several(20).require_sample()
