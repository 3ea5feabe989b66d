from __future__ import annotations

import pytest

from osmm_scan.collectors.studies.changes import OLDEST_DAYS, ages, newest
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing, Value
from osmm_scan.sources.repository import Change
from tests.fakes import FakeRepository, change, observe

PATH = "docs/policy.md"
OLD: Value = {"low": OLDEST_DAYS}


@pytest.mark.parametrize(
    ("changes", "age"),
    [
        pytest.param([], OLD, id="none for years"),
        pytest.param([change("README.md", "2026-06-29")], OLD, id="of another file"),
        pytest.param([change(PATH, "2022-06-29")], OLD, id="too long ago to matter"),
        pytest.param([change(PATH, "2026-07-01")], OLD, id="later than the reference date"),
        pytest.param([change(PATH, "2026-06-29", 2)], OLD, id="one line corrected"),
        pytest.param([change(PATH, "2026-06-30")], 0, id="on the reference date"),
        pytest.param([change(PATH, "2026-06-20")], 10, id="a change"),
        pytest.param([change(PATH, "2026-06-20", None)], 10, id="lines that are not known"),
        pytest.param(
            [change(PATH, "2026-06-20"), change(PATH, "2026-06-10")], 10, id="the newest counts"
        ),
        pytest.param(
            [change(PATH, "2026-06-29", 2), change(PATH, "2026-06-20", 3)], 10, id="the last large"
        ),
    ],
)
def test_a_file_is_as_old_as_its_last_substantive_change(changes: list[Change], age: Value) -> None:
    assert ages(observe(FakeRepository(changes=changes)), [PATH]) == {PATH: age}


def test_each_file_has_its_own_age() -> None:
    repository = FakeRepository(changes=[change("a", "2026-06-20"), change("b", "2026-06-10")])

    assert ages(observe(repository), ["b", "a", "c"]) == {"a": 10, "b": 20, "c": OLD}


def test_ages_without_history_are_unknown() -> None:
    cut = FakeRepository(changes=Unobserved(Missing.TRUNCATED, "a shallow clone"))

    with pytest.raises(Unobserved, match="shallow"):
        ages(observe(cut), [PATH])


@pytest.mark.parametrize(
    ("paths", "age"),
    [
        pytest.param(["c"], OLD, id="none changed"),
        pytest.param(["b", "c"], 20, id="one changed"),
        pytest.param(["a", "b", "c"], 10, id="the newest of two"),
    ],
)
def test_files_together_are_as_old_as_the_newest(paths: list[str], age: Value) -> None:
    repository = FakeRepository(changes=[change("a", "2026-06-20"), change("b", "2026-06-10")])

    assert newest(observe(repository), paths) == age


def test_where_every_line_counts_one_is_enough() -> None:
    repository = FakeRepository(changes=[change(PATH, "2026-06-20", 1)])

    assert newest(observe(repository), [PATH], lines=1) == 10
