"""What becomes of facts from one scan to the next."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from osmm_scan.engine.facts import Fate, changed_facts
from osmm_scan.model import Evidence, Missing, Source
from tests.fakes import AS_OF


def fact(value: Any = True, key: str = "license.recognized", **source: Any) -> Evidence:
    missing = None if value is not None else Missing.FAULT
    return Evidence(
        key=key,
        subject="acme/widgets",
        value=value,
        missing=missing,
        why="" if missing is None else "damaged",
        source=Source(**source),
        observed_at=AS_OF,
    )


DOCUMENT = {"quality": 2, "age_days": 10}


@pytest.mark.parametrize(
    ("before", "after", "fates"),
    [
        pytest.param([], [], [], id="nothing at all"),
        pytest.param([fact()], [fact()], [], id="the same"),
        pytest.param([fact(commit="c0")], [fact(commit="c1")], [], id="another commit"),
        pytest.param([fact(path="A", line=1)], [fact(path="A", line=9)], [], id="on another line"),
        pytest.param([fact(path="A")], [fact(path="B")], [], id="the same said elsewhere"),
        pytest.param([fact(None)], [fact(None)], [], id="unknown as before"),
        pytest.param([], [fact()], [Fate.APPEARED], id="new"),
        pytest.param([fact()], [], [Fate.VANISHED], id="gone"),
        pytest.param([fact()], [fact(False)], [Fate.CHANGED], id="another value"),
        pytest.param([fact()], [fact(None)], [Fate.HIDDEN], id="no longer to be seen"),
        pytest.param([fact(None)], [fact()], [Fate.SEEN], id="to be seen at last"),
        pytest.param(
            [fact(3, "repository.last_change_days")],
            [fact(33, "repository.last_change_days")],
            [Fate.AGED],
            id="older",
        ),
        pytest.param(
            [fact(33, "repository.last_change_days")],
            [fact(3, "repository.last_change_days")],
            [Fate.CHANGED],
            id="younger is news",
        ),
        pytest.param(
            [fact(DOCUMENT, path="A")],
            [fact({"quality": 2, "age_days": 40}, path="A")],
            [Fate.AGED],
            id="an older document",
        ),
        pytest.param(
            [fact(DOCUMENT, path="A")],
            [fact({"quality": 1, "age_days": 40}, path="A")],
            [Fate.CHANGED],
            id="an older and worse document",
        ),
        pytest.param(
            [fact(DOCUMENT, path="A")],
            [fact(DOCUMENT, path="B")],
            [Fate.VANISHED, Fate.APPEARED],
            id="another document",
        ),
        pytest.param(
            [fact(), fact(False)], [fact(), fact(False)], [], id="several of one key, all the same"
        ),
        pytest.param(
            [fact()], [fact(), fact(False)], [Fate.APPEARED], id="one more of the same key"
        ),
    ],
)
def test_fates(before: list[Evidence], after: list[Evidence], fates: list[Fate]) -> None:
    assert [change.fate for change in changed_facts(before, after)] == fates


def test_facts_of_different_repositories_are_different() -> None:
    other = replace(fact(), subject="acme/gears")

    changes = changed_facts([fact()], [other])

    assert [(one.fact.subject, one.fate) for one in changes] == [
        ("acme/gears", Fate.APPEARED),
        ("acme/widgets", Fate.VANISHED),
    ]
