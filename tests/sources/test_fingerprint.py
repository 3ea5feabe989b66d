"""Whether a clone is still what it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from osmm_scan.sources.fingerprint import fingerprint
from tests.sources.clones import Clone


def _nothing(clone: Clone) -> None:
    pass


def _touch(clone: Clone) -> None:
    (clone.path / "untracked").write_text("new\n")


def _pack(clone: Clone) -> None:
    clone.git("pack-refs", "--all")


def _commit(clone: Clone) -> None:
    clone.git("commit", "-q", "--allow-empty", "-m", "More")


def _tag(clone: Clone) -> None:
    clone.git("tag", "v2")


def _remote(clone: Clone) -> None:
    clone.git("config", "remote.origin.url", "https://github.com/acme/other")


def _branch(clone: Clone) -> None:
    clone.git("checkout", "-q", "-b", "other")


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """Return a clone with a commit and a tag."""
    made = Clone(tmp_path / "widgets")
    made.path.mkdir()
    made.git("init", "-q", "-b", "main")
    made.git("commit", "-q", "--allow-empty", "-m", "First")
    made.git("tag", "v1")
    return made


@pytest.mark.parametrize(
    ("change", "same"),
    [
        pytest.param(_nothing, True, id="nothing happened"),
        pytest.param(_touch, True, id="what was not committed is not looked at"),
        pytest.param(_pack, True, id="the same references in another file"),
        pytest.param(_commit, False, id="another commit"),
        pytest.param(_tag, False, id="another tag"),
        pytest.param(_remote, False, id="another remote, so another name"),
        pytest.param(_branch, False, id="another branch"),
    ],
)
def test_what_a_scan_depends_on_changes_the_fingerprint(
    clone: Clone, change: Callable[[Clone], None], same: bool
) -> None:
    before = fingerprint(clone.path)

    change(clone)

    assert before is not None
    assert (fingerprint(clone.path) == before) is same


def test_a_damaged_clone_has_none(clone: Clone) -> None:
    (clone.directory / "HEAD").write_text("ref: refs/heads/gone\n")

    assert fingerprint(clone.path) is None


def test_a_folder_without_a_clone_has_none(tmp_path: Path) -> None:
    assert fingerprint(tmp_path) is None
