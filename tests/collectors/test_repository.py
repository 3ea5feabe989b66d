"""What a repository is as a whole."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import repository
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing
from osmm_scan.sources.repository import Commit
from tests.fakes import FakeRepository, commit, observe, tag

SHALLOW = Unobserved(Missing.NOT_COLLECTED, "the clone is shallow")
BOT = "dependabot[bot] <support@github.com>"


def collected(fake: FakeRepository) -> dict[str, Evidence]:
    found: dict[str, Evidence] = {}
    try:
        for item in repository.collect(observe(fake)):
            assert item.key not in found
            found[item.key] = item
    except Unobserved:
        return found
    return found


def test_a_clone_does_not_show_what_only_its_host_knows() -> None:
    found = collected(FakeRepository({"a.py": ""}, commits=[commit("2026-06-01")]))

    assert set(found) == set(repository.FACTS)
    assert [key for key, item in found.items() if item.missing] == [
        "repository.archived",
        "repository.fork",
    ]


@pytest.mark.parametrize(
    ("path", "has_code"),
    [
        pytest.param("README.md", False, id="prose"),
        pytest.param("data.json", False, id="data"),
        pytest.param("vendor/a/b.go", False, id="somebody else's"),
        pytest.param("tests/test_a.py", False, id="tests of nothing"),
        pytest.param("Makefile", False, id="build of a document"),
        pytest.param("docs/conf.py", False, id="configuration of documents"),
        pytest.param(".github/scripts/label.js", False, id="automation"),
        pytest.param("src/a.py", True, id="source"),
        pytest.param("deploy.sh", True, id="script"),
    ],
)
def test_code_is_what_the_project_wrote_to_be_run(path: str, has_code: bool) -> None:
    item = collected(FakeRepository({path: "x"}))["repository.code"]

    assert (item.value, item.source.path) == (has_code, path if has_code else None)


def test_languages_are_a_sorted_set() -> None:
    found = collected(FakeRepository(dict.fromkeys(["b.py", "a.py", "c.go", "x/d.js"], "")))

    assert found["repository.languages"].value == ("Go", "JavaScript", "Python")


@pytest.mark.parametrize(
    ("commits", "active"),
    [
        pytest.param([], False, id="no commits"),
        pytest.param([commit("2025-06-01")], False, id="before the window"),
        pytest.param([commit("2026-06-01", BOT)], False, id="bots only"),
        pytest.param([commit("2026-09-01")], False, id="dated in the future"),
        pytest.param([commit("2025-08-01")], True, id="a person"),
        pytest.param([commit("2026-06-01", parents=2)], True, id="a person who merged"),
    ],
)
def test_people_keep_a_repository_alive(commits: list[Commit], active: bool) -> None:
    assert collected(FakeRepository({}, commits=commits))["repository.active"].value is active


def test_a_release_keeps_a_repository_alive() -> None:
    fake = FakeRepository({}, commits=[commit("2025-01-01")], tags=[tag("v1.0.0", "2026-01-01")])

    assert collected(fake)["repository.active"].value is True


def test_without_history_activity_is_unknown() -> None:
    found = collected(FakeRepository({"a.py": ""}, commits=SHALLOW))

    assert found["repository.active"].missing is Missing.NOT_COLLECTED
    assert "repository.human_commits" not in found


def test_a_recent_release_is_activity_even_without_history() -> None:
    fake = FakeRepository({}, commits=SHALLOW, tags=[tag("v1.0.0", "2026-01-01")])

    assert collected(fake)["repository.active"].value is True


def test_commits_that_do_not_count_are_told() -> None:
    made = [commit("2026-06-01"), commit("2026-06-01", BOT), commit("2026-09-01", message="later")]

    found = collected(FakeRepository({}, commits=made))

    assert [key for key in found if key.startswith("history.")] == [
        "history.bot_commits",
        "history.future_commits",
    ]


def test_days_count_from_the_last_person() -> None:
    fake = FakeRepository({}, commits=[commit("2026-06-29", BOT), commit("2026-06-20")])

    assert collected(fake)["repository.last_change_days"].value == 10


@pytest.mark.parametrize(
    ("files", "is_empty"),
    [pytest.param({}, True, id="no files"), pytest.param({"README": ""}, False, id="a file")],
)
def test_empty_repositories(files: dict[str, str], is_empty: bool) -> None:
    assert collected(FakeRepository(files))["repository.empty"].value is is_empty
