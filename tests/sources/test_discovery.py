"""Which folders of an estate are clones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from osmm_scan.errors import UsageError
from osmm_scan.sources.discovery import find_checkouts
from tests.sources.clones import Clone, Make


def _found(directory: Path) -> list[str]:
    return [str(path.relative_to(directory)) for path in find_checkouts(directory)]


def test_a_folder_without_clones_has_none(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "looks" / "objects").mkdir(parents=True)

    assert _found(tmp_path) == []


def test_clones_of_every_kind_are_found_two_levels_deep(make: Make, tmp_path: Path) -> None:
    make("widgets", {"a": "a"}).clone(tmp_path / "acme" / "bare.git", "--bare")
    make(".github")
    make("acme/gadgets")
    make("too/deep/nested")
    Clone(tmp_path / "widgets").git("worktree", "add", "--quiet", tmp_path / "linked")

    assert _found(tmp_path) == [
        ".github",
        "acme/bare.git",
        "acme/gadgets",
        "linked",
        "widgets",
    ]


def test_repositories_inside_of_clones_are_no_projects(make: Make, tmp_path: Path) -> None:
    clone = make("widgets", {"a": "a"})
    clone.clone(clone.path / "embedded", "--bare")
    clone.clone(clone.path / "vendor")

    assert _found(tmp_path) == ["widgets"]


def test_links_are_not_followed(make: Make, tmp_path: Path) -> None:
    clone = make("outside/widgets")
    (tmp_path / "estate" / "acme").mkdir(parents=True)
    (tmp_path / "estate" / "link").symlink_to(clone.path)
    (tmp_path / "estate" / "links").symlink_to(clone.path.parent)
    (tmp_path / "estate" / "acme" / "link").symlink_to(clone.path)
    (tmp_path / "estate" / "acme" / ".git").symlink_to(clone.directory)

    assert _found(tmp_path / "estate") == []


@pytest.mark.parametrize(
    ("name", "says"),
    [
        pytest.param("missing", "no such folder", id="missing"),
        pytest.param("file", "no such folder", id="a file"),
        pytest.param("widgets", "itself a clone", id="a clone"),
    ],
)
def test_what_holds_no_clones_says_so(make: Make, tmp_path: Path, name: str, says: str) -> None:
    make("widgets")
    (tmp_path / "file").touch()

    with pytest.raises(UsageError, match=f"{name}: {says}"):
        find_checkouts(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_folders_that_may_not_be_read_are_passed_over(
    make: Make, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make("widgets")
    (tmp_path / "closed").mkdir(mode=0)

    assert _found(tmp_path) == ["widgets"]
    assert "closed" in caplog.text
