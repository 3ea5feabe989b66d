"""Without the network every question stays unanswered, and says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.github.api import Api, Spent
from osmm_scan.sources.github.hosts import GITHUB
from osmm_scan.sources.github.offline import Offline


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda api: api.rights(), id="who"),
        pytest.param(lambda api: api.ask("Viewer"), id="an operation"),
        pytest.param(lambda api: list(api.pages("Viewer", ["x"])), id="a list"),
        pytest.param(lambda api: api.get("/user"), id="an address"),
    ],
)
def test_a_question_is_not_put(ask: Callable[[Api], Any]) -> None:
    with pytest.raises(Unobserved, match="--offline") as reason:
        ask(Offline(GITHUB))

    assert reason.value.missing is Missing.NOT_COLLECTED


def test_every_node_says_that_it_was_not_asked_for() -> None:
    seen = dict(Offline(GITHUB).nodes("Each", ["a", "b"]))

    assert list(seen) == ["a", "b"]
    assert all(isinstance(answer, Unobserved) for answer in seen.values())


def test_nothing_is_known_and_nothing_spent() -> None:
    api = Offline(GITHUB)

    assert (api.token, api.spent, api.windows, api.skew) == (None, Spent(), {}, 0.0)
