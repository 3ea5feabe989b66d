"""Reading clones of every kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from osmm_scan.errors import Unobserved, UsageError
from osmm_scan.sources.checkout import open_checkout
from tests.sources.clones import Make


@pytest.mark.parametrize(
    "prepare",
    [
        pytest.param(lambda path: None, id="missing"),
        pytest.param(lambda path: path.write_text("x"), id="a file"),
        pytest.param(lambda path: path.mkdir(), id="a folder that is no repository"),
    ],
)
def test_what_is_no_clone_is_a_usage_error(tmp_path: Path, prepare) -> None:
    path = tmp_path / "place"
    prepare(path)

    with pytest.raises(UsageError, match="place"):
        open_checkout(path)


def test_files_come_from_the_commit_and_not_from_the_work_tree(make: Make) -> None:
    clone = make(files={"README.md": "committed", "docs/a.md": "a"})
    clone.write({"README.md": "edited", "LICENSE": "untracked"})

    with open_checkout(clone.path) as checkout:
        assert list(checkout.entries()) == ["README.md", "docs/a.md"]
        assert checkout.text("README.md") == "committed"


def test_an_empty_repository_has_no_commit_and_no_files(make: Make) -> None:
    with open_checkout(make().path) as checkout:
        assert checkout.commit is None
        assert checkout.branch == "main"
        assert dict(checkout.entries()) == {}
        assert list(checkout.commits()) == []


def test_a_shallow_clone_has_files_but_no_history(make: Make, tmp_path: Path) -> None:
    clone = make(files={"a": "1"})
    clone.commit({"a": "2"})
    clone.git("clone", "--quiet", "--depth=1", clone.path.as_uri(), tmp_path / "shallow")

    with open_checkout(tmp_path / "shallow") as checkout:
        assert checkout.text("a") == "2"
        with pytest.raises(Unobserved, match="shallow"):
            checkout.commits()
