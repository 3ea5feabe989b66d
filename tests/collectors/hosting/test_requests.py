"""People and robots, outsiders and insiders, and what can be told of a sample."""

from __future__ import annotations

import pytest

from osmm_scan.collectors.hosting import requests as subject
from osmm_scan.model import Missing, Value
from osmm_scan.sources.hosting import Requests
from tests.collectors.hosting.hosts import FakeHost, at, nature, reply, request, requests, review
from tests.fakes import FakeRepository, facts

NOBODY = requests()


def _values(changes: Requests = NOBODY, issues: Requests = NOBODY) -> dict[str, Value | None]:
    host = FakeHost(nature=nature(), changes=changes, issues=issues)
    found = facts(subject, FakeRepository(), host)  # type: ignore[arg-type]  # a part of a collector
    return {key: item.value for key, item in found.items()}


MERGED = {"merged": "2026-05-03", "merged_by": "ada"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param([], (0, 0, 0), id="no change"),
        pytest.param([request(author="renovate[bot]", **MERGED)], (0, 0, 0), id="of a robot"),
        pytest.param(
            [request(merged="2026-05-03", merged_by="olga")], (0, 0, 0), id="nobody else there"
        ),
        pytest.param(
            [request("2024-05-01", merged="2024-05-02", merged_by="ada")], (0, 0, 0), id="long ago"
        ),
        pytest.param(
            [request("2026-06-30", merged="2026-07-02", merged_by="ada")], (0, 0, 0), id="later"
        ),
        pytest.param([request()], (0, 0, 0), id="not merged"),
        pytest.param([request(**MERGED)], (1, 0, 0), id="merged by another without a review"),
        pytest.param(
            [request("2026-05-01", "olga", reply("2026-05-02"), **MERGED)],
            (1, 0, 0),
            id="a comment is no review",
        ),
        pytest.param(
            [request("2026-05-01", "olga", review("2026-05-02"), **MERGED)],
            (1, 1, 0),
            id="reviewed",
        ),
        pytest.param(
            [request("2026-05-01", "olga", review("2026-05-04"), **MERGED)],
            (1, 0, 0),
            id="reviewed after the merge",
        ),
        pytest.param(
            [request("2026-05-01", "olga", review("2026-05-01T00:00:30"), **MERGED)],
            (1, 0, 0),
            id="reviewed at a glance",
        ),
        pytest.param(
            [
                request(
                    "2026-05-01", "olga", review("2026-05-02", "coderabbitai", robot=True), **MERGED
                )
            ],
            (1, 0, 0),
            id="reviewed by a robot",
        ),
        pytest.param(
            [request("2026-05-01", "olga", review("2026-05-02", "olga"), **MERGED)],
            (1, 0, 0),
            id="reviewed by its author",
        ),
        pytest.param(
            [
                request("2026-05-01", "ada", merged="2026-05-03", merged_by="ada"),
                request("2026-05-01", "olga", review("2026-05-02"), **MERGED),
            ],
            (2, 1, 1),
            id="merged by its author",
        ),
        pytest.param(
            [
                request(**MERGED, has_more=True),
                request("2026-05-01", "olga", review("2026-05-02"), **MERGED, has_more=True),
            ],
            (1, 1, 0),
            id="a review may be among those not seen",
        ),
    ],
)
def test_merged_changes_of_people_are_reviewed_or_not(
    changes: list, expected: tuple[int, int, int]
) -> None:
    found = _values(changes=requests(*changes))

    assert (
        found["reviews.merged"],
        found["reviews.reviewed"],
        found["reviews.self_merged"],
    ) == expected


@pytest.mark.parametrize(
    ("issue", "expected"),
    [
        pytest.param(request(is_outside=False), (0, (), 0), id="of an insider"),
        pytest.param(request("2024-01-01"), (0, (), 0), id="long ago"),
        pytest.param(request("2026-07-01"), (0, (), 0), id="later"),
        pytest.param(request(author="acme-bot"), (0, (), 0), id="of a robot"),
        pytest.param(request("2026-06-25"), (0, (), 0), id="an answer may still come in time"),
        pytest.param(request(has_more=True), (0, (), 0), id="an answer may not have been seen"),
        pytest.param(request(), (1, (), 0), id="never answered"),
        pytest.param(
            request("2026-05-01", "olga", reply("2026-05-01", "stale[bot]")),
            (1, (), 0),
            id="answered by a robot",
        ),
        pytest.param(
            request("2026-05-01", "olga", reply("2026-05-02", "olga")),
            (1, (), 0),
            id="answered by oneself",
        ),
        pytest.param(
            request("2026-05-01", "olga", reply("2026-05-02"), reply("2026-05-09")),
            (1, (1.0,), 1),
            id="the first answer counts",
        ),
        pytest.param(
            request("2026-05-01", "olga", reply("2026-05-21")), (1, (20.0,), 0), id="answered late"
        ),
        pytest.param(
            request("2026-05-01", "olga", reply("2026-07-21")),
            (1, (), 0),
            id="answered after the day of the scan",
        ),
        pytest.param(
            request(merged="2026-05-03", merged_by="ada"), (1, (2.0,), 1), id="a merge answers"
        ),
        pytest.param(
            request(merged="2026-05-03", merged_by="olga"), (1, (), 0), id="but not one's own"
        ),
        pytest.param(
            request("2026-05-01", None, reply("2026-05-02")), (1, (1.0,), 1), id="account gone"
        ),
    ],
)
def test_outsiders_are_answered_or_not(issue: object, expected: tuple[object, ...]) -> None:
    found = _values(issues=requests(issue))  # type: ignore[arg-type]  # a request

    assert (
        found["responses.asked"],
        found["responses.days"],
        found["responses.answered_soon"],
    ) == expected


@pytest.mark.parametrize(
    ("issues", "expected"),
    [
        pytest.param(requests(), False, id="no issue at all"),
        pytest.param(requests(request()), False, id="no reply"),
        pytest.param(
            requests(request("2025-08-01", "olga", reply("2025-08-02"))), False, id="long ago"
        ),
        pytest.param(
            requests(request("2026-05-01", "olga", reply("2026-05-02", inside=False))),
            False,
            id="reply of an outsider",
        ),
        pytest.param(
            requests(request("2026-05-01", "olga", reply("2026-05-02", "olga"))),
            False,
            id="reply to oneself",
        ),
        pytest.param(requests(request(), has_older=True), Missing.TRUNCATED, id="older issues"),
        pytest.param(requests(request(has_more=True)), Missing.TRUNCATED, id="further comments"),
        pytest.param(
            requests(request("2026-05-01", "olga", reply("2026-05-02"))), True, id="answered"
        ),
    ],
)
def test_a_channel_is_open_when_the_project_answers(issues: Requests, expected: object) -> None:
    host = FakeHost(nature=nature(), changes=NOBODY, issues=issues)

    found = facts(subject, FakeRepository(), host)["engagement.answered"]  # type: ignore[arg-type]

    assert (found.value if found.missing is None else found.missing) == expected


def test_closed_issues_are_no_channel() -> None:
    host = FakeHost(nature=nature(has_issues=False), changes=NOBODY)

    found = facts(subject, FakeRepository(), host)  # type: ignore[arg-type]  # as above

    assert found["engagement.answered"].value is False


def test_updates_of_bots_are_merged_or_stale() -> None:
    found = _values(
        changes=requests(
            request("2026-06-01", "dependabot", merged="2026-06-03", merged_by="ada"),
            request("2026-06-01", "renovate", closed=None),
            request("2026-01-01", "renovate", closed=None),
            request("2026-01-01", "olga", closed=None),
        )
    )

    assert found["updates.requested"] == 3
    assert found["updates.merge_days"] == (2.0,)
    assert found["updates.stale"] == 1


def test_a_clone_does_not_show_it() -> None:
    found = facts(subject, FakeRepository())  # type: ignore[arg-type]  # as above

    assert {item.missing for item in found.values()} == {Missing.NOT_COLLECTED}


def test_what_the_host_hides_is_unknown() -> None:
    found = facts(subject, FakeRepository(), FakeHost(nature=nature()))  # type: ignore[arg-type]

    assert {item.missing for item in found.values()} == {Missing.NO_ACCESS}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(NOBODY, (0, 0), id="no change"),
        pytest.param(requests(request(author="renovate[bot]")), (0, 0), id="of a robot"),
        pytest.param(requests(request("2026-06-20")), (0, 0), id="too young to tell"),
        pytest.param(requests(request("2026-06-20", **MERGED)), (0, 0), id="merged when young"),
        pytest.param(requests(request("2024-05-01")), (0, 0), id="of an earlier year"),
        pytest.param(requests(request()), (1, 0), id="left open"),
        pytest.param(requests(request(), request(**MERGED)), (2, 1), id="one of two merged"),
        pytest.param(requests(request(closed=at("2026-06-01"))), (1, 1), id="turned down"),
        pytest.param(requests(request(closed=at("2026-07-01"))), (1, 0), id="closed after the day"),
        pytest.param(
            requests(request("2026-06-20"), has_older=True), (None, None), id="all that we saw"
        ),
        pytest.param(
            requests(request(author="renovate[bot]"), has_older=True), (None, None), id="robots"
        ),
        pytest.param(
            requests(request("2024-05-01"), has_older=True), (0, 0), id="older ones do not count"
        ),
        pytest.param(
            requests(request("2026-06-20"), request(), has_older=True), (1, 0), id="a sample"
        ),
    ],
)
def test_closed_changes_are_counted_among_those_that_had_time(
    changes: Requests, expected: tuple[int | None, int | None]
) -> None:
    found = _values(changes)

    assert (found["changes.opened"], found["changes.closed"]) == expected
