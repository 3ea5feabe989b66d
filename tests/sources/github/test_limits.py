"""The client waits as GitHub asks, backs off where it does not say, and keeps to the budget."""

from __future__ import annotations

from typing import Any

import pytest
import responses
from hypothesis import given
from hypothesis import strategies as st

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.github.limits import Budget, Limited, Limits
from tests.sources.github.network import GRAPHQL, NOW, REST, FakeClock, answer, client, date, viewer

SECONDARY = {"message": "You have exceeded a secondary rate limit. Please wait."}
ABUSE = {"message": "You have triggered an abuse detection mechanism."}
HEADERS = (
    "date",
    "retry-after",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "x-ratelimit-resource",
)
PRIMARY = {"message": "API rate limit exceeded for user ID 1."}


def _window(left: object, resets: object, ahead: float = 0) -> dict[str, str]:
    return {
        "date": date(ahead),
        "x-ratelimit-limit": "5000",
        "x-ratelimit-remaining": str(left),
        "x-ratelimit-reset": str(resets),
        "x-ratelimit-resource": "core",
    }


@pytest.mark.parametrize(
    ("first", "waits"),
    [
        pytest.param({"json": {"login": "me"}}, [], id="nothing to wait for"),
        pytest.param(
            {"status": 429, "json": SECONDARY, "headers": {"retry-after": "8"}},
            [8],
            id="seconds",
        ),
        pytest.param(
            {
                "status": 403,
                "json": SECONDARY,
                "headers": {"retry-after": date(45), "date": date()},
            },
            [45],
            id="a date",
        ),
        pytest.param({"status": 403, "json": ABUSE}, [60], id="an old wording without a time"),
        pytest.param({"status": 429, "json": {}}, [60], id="no time and no words"),
        pytest.param(
            {"status": 429, "json": SECONDARY, "headers": {"retry-after": "soon"}},
            [60],
            id="nonsense",
        ),
        pytest.param(
            {"status": 429, "json": SECONDARY, "headers": {"retry-after": "-1"}},
            [60],
            id="a negative time",
        ),
        pytest.param(
            {"status": 403, "json": PRIMARY, "headers": _window(0, int(NOW) + 90)},
            [91],
            id="the hour's limit",
        ),
        pytest.param(
            {"status": 403, "json": PRIMARY, "headers": _window(0, int(NOW) + 990, ahead=900)},
            [91],
            id="the server's clock is a quarter ahead",
        ),
        pytest.param(
            {"status": 403, "json": PRIMARY, "headers": _window(0, int(NOW) - 86_000, -86_400)},
            [401],
            id="the server's clock is a day behind",
        ),
        pytest.param(
            {"status": 403, "json": PRIMARY, "headers": _window(0, int(NOW) - 50)},
            [1],
            id="a reset in the past",
        ),
        pytest.param(
            {"status": 403, "json": PRIMARY, "headers": _window(0, "later")},
            [60],
            id="a reset that is no number",
        ),
        pytest.param(
            {"status": 403, "json": PRIMARY, "headers": _window(0, 99_999_999_999)},
            [3700],
            id="a reset in the year 5138",
        ),
        pytest.param(
            {
                "status": 403,
                "json": {"message": "Must have admin rights"},
                "headers": _window(0, int(NOW) + 90),
            },
            [91],
            id="a limit that looks like a refusal",
        ),
        pytest.param(
            {"json": {"login": "me"}, "headers": _window(0, int(NOW) + 30)},
            [],
            id="the last point was spent on the answer",
        ),
    ],
)
@responses.activate
def test_rest_waits_as_asked(first: dict[str, Any], waits: list[int]) -> None:
    responses.get(f"{REST}/user", **first)
    responses.get(f"{REST}/user", json={"login": "me"}, headers={"date": date()})
    clock = FakeClock()

    assert client(clock).get("/user") == {"login": "me"}
    assert clock.waits == pytest.approx(waits, rel=0.1)


@responses.activate
def test_a_limit_that_is_known_to_be_spent_is_not_tried() -> None:
    responses.get(f"{REST}/user", json={}, headers=_window(0, int(NOW) + 30))
    clock = FakeClock()
    api = client(clock)

    api.get("/user")
    api.get("/user")

    assert clock.waits == [31]
    assert len(responses.calls) == 2


@pytest.mark.parametrize(
    "limited",
    [
        pytest.param(
            {"json": {"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded"}]}},
            id="an error in a good answer",
        ),
        pytest.param({"status": 403, "json": SECONDARY}, id="a status"),
        pytest.param({"json": {"errors": [SECONDARY]}}, id="words in a good answer"),
        pytest.param({"json": SECONDARY}, id="words in place of an answer"),
    ],
)
@responses.activate
def test_graphql_waits_and_asks_again(limited: dict[str, Any]) -> None:
    responses.post(GRAPHQL, **limited, headers={"retry-after": "20", "date": date()})
    responses.post(GRAPHQL, **viewer())
    clock = FakeClock()

    assert client(clock).rights().login == "me"
    assert clock.waits == [20]


@responses.activate
def test_waits_grow_while_the_server_keeps_refusing() -> None:
    responses.get(f"{REST}/user", status=403, json=SECONDARY)
    clock = FakeClock()

    with pytest.raises(Unobserved, match="does not end") as reason:
        client(clock).get("/user")

    assert reason.value.missing is Missing.NOT_COLLECTED
    assert clock.waits == pytest.approx([60, 120, 240, 480, 960], rel=0.1)


@responses.activate
def test_a_wait_beyond_what_is_allowed_is_not_begun() -> None:
    responses.get(f"{REST}/user", status=403, json=PRIMARY, headers=_window(0, int(NOW) + 3000))
    clock = FakeClock()
    api = client(clock, budget=Budget(max_wait=60))

    for _ in range(2):
        with pytest.raises(Unobserved, match="3001 seconds, 60 are left \\(--max-wait\\)"):
            api.get("/user")

    assert clock.waits == []
    assert len(responses.calls) == 1


@responses.activate
def test_a_spent_budget_ends_the_questions() -> None:
    responses.post(GRAPHQL, **answer({"rateLimit": {"cost": 3}, "viewer": {"login": "me"}}))
    responses.get(f"{REST}/user", json={}, headers={"date": date()})
    api = client(budget=Budget(points=4))

    api.ask("Viewer")
    api.get("/user")
    with pytest.raises(Unobserved, match="budget of 4 points is spent") as reason:
        api.get("/user")

    assert reason.value.missing is Missing.NOT_COLLECTED
    assert (api.spent.requests, api.spent.points) == (2, 4)


@responses.activate
def test_a_secondary_limit_slows_down_what_follows() -> None:
    responses.get(f"{REST}/user", json={})
    responses.get(f"{REST}/user", status=403, json=SECONDARY, headers={"retry-after": "9"})
    responses.get(f"{REST}/user", json={})
    clock = FakeClock()
    api = client(clock)

    for _ in range(3):
        api.get("/user")
    pauses = [nap for nap in clock.naps if nap < 1]

    assert pauses[0] < pauses[-1]


@given(
    headers=st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            HEADERS, st.text(max_size=20) | st.integers().map(str) | st.just(date(10**8))
        ),
    ),
    secondary=st.booleans(),
)
def test_no_header_makes_a_wait_endless(headers: dict[str, str], secondary: bool) -> None:
    clock = FakeClock()
    limits = Limits(Budget(max_wait=10**6), clock)

    limits.record(headers, 1)
    limits.wait_out(Limited(secondary, headers), 0)
    limits.admit("core")

    assert 1 <= clock.now - NOW <= 2 * 3700 + 1
