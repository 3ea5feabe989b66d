"""The desk that collectors work at."""

import pytest

from osmm_scan.collectors import ask
from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from tests.fakes import FakeRepository, observe


def test_a_study_is_made_once_however_many_ask() -> None:
    asked: list[str] = []

    def study(observer: Observer) -> str:
        asked.append(observer.repository.name)
        return "answer"

    observer = observe(FakeRepository())

    assert [observer.once(study), observer.once(study)] == ["answer", "answer"]
    assert asked == ["acme/widgets"]


def test_a_study_that_cannot_be_made_says_so_to_everyone() -> None:
    def study(observer: Observer) -> str:
        raise Unobserved(Missing.FAULT, "damaged")

    observer = observe(FakeRepository())

    for _ in range(2):
        with pytest.raises(Unobserved, match="damaged"):
            observer.once(study)


def test_the_window_ends_with_the_reference_day() -> None:
    observer = observe(FakeRepository())

    assert observer.until - observer.since == 365 * 86_400


def test_a_collector_can_ask_for_the_fact_of_another() -> None:
    observer = observe(FakeRepository({"README.md": "# Widgets\n"}))

    found = ask(observer, "repository.empty")

    assert found is not None
    assert found.value is False
    assert ask(observer, "no.such_fact") is None
