"""New packages are compared with the radar: same names count, and what may be meant stays open."""

from __future__ import annotations

from math import inf

import pytest

from osmm_scan.model import Interval, Value
from tests.signals.test_unions import measured

Sets = tuple[tuple[Value, ...] | None, ...]
NONE: Sets = ((), (), ())


def sets(*members: str) -> Sets:
    return (members, (), ())


@pytest.mark.parametrize(
    ("advised", "avoided", "added", "share", "defying"),
    [
        pytest.param(NONE, NONE, sets("pkg:pypi/httpx"), None, None, id="no radar"),
        pytest.param(sets("httpx"), NONE, NONE, None, None, id="nothing new"),
        pytest.param(
            sets("react"),
            NONE,
            sets("pkg:npm/%40types/react", "pkg:npm/preact"),
            Interval(0, 1),
            Interval(0, 0),
            id="other packages of like names",
        ),
        pytest.param(
            sets("HTTPX", "Spring Boot", "@angular/core", "cobra"),
            NONE,
            sets(
                "pkg:pypi/httpx",
                "pkg:maven/org.springframework.boot/spring-boot",
                "pkg:npm/%40angular/core",
                "pkg:golang/github.com/spf13/cobra",
            ),
            Interval(1, 1),
            Interval(0, 0),
            id="the same names",
        ),
        pytest.param(
            sets("pkg:npm/core"),
            NONE,
            sets("pkg:npm/core", "pkg:pypi/core"),
            Interval(0.5, 1),
            Interval(0, 0),
            id="a stated package",
        ),
        pytest.param(
            sets("httpx"),
            sets("jquery"),
            sets("pkg:npm/jquery", "pkg:npm/jquery-ui", "pkg:pypi/httpx", "pkg:pypi/lxml"),
            Interval(0.25, 0.75),
            Interval(1, 2),
            id="one to avoid, and one that may be meant",
        ),
        pytest.param(
            sets("six"),
            sets("six"),
            sets("pkg:pypi/six"),
            Interval(0, 1),
            Interval(0, 1),
            id="two radars contradict each other",
        ),
        pytest.param(
            (("httpx",), (), ()),
            NONE,
            (("pkg:pypi/httpx",), None, ()),
            Interval(0, 1),
            Interval(0, inf),
            id="what is new is unknown",
        ),
        pytest.param(
            (("httpx",), None, ()),
            ((), None, ()),
            sets("pkg:pypi/httpx", "pkg:pypi/lxml"),
            Interval(0.5, 1),
            Interval(0, 1),
            id="a radar is unknown",
        ),
    ],
)
def test_advice_is_compared_with_what_is_new(
    advised: Sets, avoided: Sets, added: Sets, share: Interval | None, defying: Interval | None
) -> None:
    assert measured("heeded", advised, avoided, added) == share
    assert measured("defied", advised, avoided, added) == defying


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        pytest.param(NONE, Interval(0, 0), id="none"),
        pytest.param((("a",), ("a", "b"), ()), Interval(3, 3), id="each repository for itself"),
        pytest.param((("a",), None, ()), Interval(1, inf), id="one is unknown"),
    ],
)
def test_members_are_counted(added: Sets, expected: Interval) -> None:
    assert measured("members", added) == expected
