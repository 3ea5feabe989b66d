"""Whether a later scan proves less than an earlier one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from osmm_scan.engine.standing import Standing, decline, incomparable

BEFORE = Standing(
    kind="organisation",
    target="acme",
    rules_sha256="a" * 64,
    profile="company",
    visibility="checkout",
    window_days=365,
    as_of=date(2026, 5, 31),
    level=2,
    possible=3,
    items={"l1.using.use": (3, 4), "l2.policy.external": (None, 5)},
    checks={"license": "met", "readme": "unmet", "releases": "unknown"},
)


def now(**changes: Any) -> Standing:
    return replace(BEFORE, as_of=date(2026, 6, 30), **changes)


@pytest.mark.parametrize(
    ("later", "worse", "unsure"),
    [
        pytest.param(now(), (), (), id="nothing changed"),
        pytest.param(now(level=3, possible=5), (), (), id="better"),
        pytest.param(now(possible=2), (), (), id="what was only possible cannot be lost"),
        pytest.param(now(items={}), (), (), id="an item that no longer applies"),
        pytest.param(
            now(items={"l1.using.use": (3, 3), "l2.policy.external": (0, 0)}),
            (),
            (),
            id="an item that was not known before",
        ),
        pytest.param(
            now(checks={"license": "not_applicable", "readme": "unknown", "releases": "unmet"}),
            (),
            (),
            id="checks that were not met before",
        ),
        pytest.param(
            now(level=1, possible=1), ("level was 2, now at most 1",), (), id="surely lower"
        ),
        pytest.param(
            now(level=None, possible=3),
            (),
            ("level was 2, now 0 proved and 3 possible",),
            id="no longer known",
        ),
        pytest.param(
            now(level=1, possible=2),
            (),
            ("level was 2, now 1 proved and 2 possible",),
            id="as much is still possible",
        ),
        pytest.param(
            now(items={"l1.using.use": (1, 2)}),
            ("l1.using.use was 3, now at most 2",),
            (),
            id="an item is surely lower",
        ),
        pytest.param(
            now(items={"l1.using.use": (None, 5)}),
            (),
            ("l1.using.use was 3, now not known and 5 possible",),
            id="an item is no longer known",
        ),
        pytest.param(
            now(checks={"license": "unmet"}),
            ("license was met, now it is not",),
            (),
            id="a check is no longer met",
        ),
        pytest.param(
            now(checks={"license": "unknown"}),
            (),
            ("license was met, now it is not known",),
            id="a check is no longer known",
        ),
    ],
)
def test_what_was_proved_may_be_lost(
    later: Standing, worse: tuple[str, ...], unsure: tuple[str, ...]
) -> None:
    lost = decline(BEFORE, later)

    assert (lost.worse, lost.unsure) == (worse, unsure)


@pytest.mark.parametrize(
    ("later", "reason"),
    [
        pytest.param(now(), "", id="only the day differs"),
        pytest.param(now(target="other"), "another target: acme, not other", id="target"),
        pytest.param(now(profile="community"), "another profile", id="profile"),
        pytest.param(now(visibility="full"), "another visibility", id="other eyes"),
        pytest.param(now(window_days=30), "another window days: 365, not 30", id="window"),
        pytest.param(now(rules_sha256="b" * 64), "other rules", id="rules"),
    ],
)
def test_only_the_same_is_compared(later: Standing, reason: str) -> None:
    found = incomparable(BEFORE, later)

    assert reason in found
    assert bool(found) is bool(reason)
