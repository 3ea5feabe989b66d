"""Which folders are clones, and which structures are refused because they reach outside."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from osmm_scan.errors import SourceError, UsageError
from osmm_scan.sources.git_directory import locate
from tests.sources.clones import Clone, Make, everything

TOKEN = "outside-token-c0ffee"


@pytest.fixture
def outside(make: Make) -> Clone:
    """Return a repository of somebody else on the same machine, with a work tree linked to it."""
    clone = make("outside", {"secret.txt": TOKEN})
    clone.git("tag", TOKEN)
    clone.git("worktree", "add", "--quiet", "--detach", clone.path.parent / "their-work-tree")
    return clone


def _git_file(clone: Clone, target: Path) -> None:
    shutil.rmtree(clone.path / ".git")
    (clone.path / ".git").write_text(f"gitdir: {target}\n")


def _linked_git(clone: Clone, outside: Clone) -> None:
    shutil.rmtree(clone.path / ".git")
    (clone.path / ".git").symlink_to(outside.directory)


def _linked_objects(clone: Clone, outside: Clone) -> None:
    shutil.rmtree(clone.directory / "objects")
    (clone.directory / "objects").symlink_to(outside.directory / "objects")
    _their_head(clone, outside)


def _linked_packs(clone: Clone, outside: Clone) -> None:
    outside.git("repack", "-a", "-d", "-q")
    (clone.directory / "objects" / "pack").rmdir()
    (clone.directory / "objects" / "pack").symlink_to(outside.directory / "objects" / "pack")
    _their_head(clone, outside)


def _linked_pack_files(clone: Clone, outside: Clone) -> None:
    outside.git("repack", "-a", "-d", "-q")
    for file in (outside.directory / "objects" / "pack").iterdir():
        (clone.directory / "objects" / "pack" / file.name).symlink_to(file)
    _their_head(clone, outside)


def _alternates(clone: Clone, outside: Clone) -> None:
    info = clone.directory / "objects" / "info"
    info.mkdir(exist_ok=True)
    (info / "alternates").write_text(f"{outside.directory / 'objects'}\n")
    _their_head(clone, outside)


def _their_head(clone: Clone, outside: Clone) -> None:
    head = outside.git("rev-parse", "HEAD")
    (clone.directory / "refs" / "heads" / "main").write_text(f"{head}\n")


_LEAVES = [
    pytest.param(_linked_git, "neither a folder nor a file", id="symbolic link instead of .git"),
    pytest.param(
        lambda clone, outside: _git_file(clone, outside.directory),
        "leads to another folder",
        id=".git file",
    ),
    pytest.param(
        lambda clone, outside: _git_file(clone, outside.directory / "worktrees/their-work-tree"),
        "does not know this work tree",
        id=".git file without a matching back-pointer",
    ),
    pytest.param(
        lambda clone, outside: (clone.directory / "commondir").write_text(str(outside.directory)),
        "commondir",
        id="commondir",
    ),
    pytest.param(_alternates, "alternates", id="alternates"),
    pytest.param(_linked_objects, "objects .* is no folder", id="symbolic link for objects"),
    pytest.param(_linked_packs, "pack .* is no folder", id="symbolic link for objects/pack"),
    pytest.param(_linked_pack_files, "pack-.* is a link", id="symbolic links among the packs"),
]


@pytest.mark.parametrize(("prepare", "says"), _LEAVES)
def test_what_reaches_outside_is_refused(
    make: Make, outside: Clone, prepare: Callable[[Clone, Clone], object], says: str
) -> None:
    clone = make(files={"README.md": "ours"})
    prepare(clone, outside)

    with pytest.raises(SourceError, match=f"widgets: .*{says}") as refused:
        everything(clone.path)

    assert TOKEN not in str(refused.value)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("HEAD", id="HEAD"),
        pytest.param("shallow", id="shallow"),
        pytest.param("objects/info/fifo", id="objects"),
    ],
)
def test_a_fifo_is_refused_and_not_waited_for(make: Make, name: str) -> None:
    clone = make(files={"README.md": "ours"})
    place = clone.directory / name
    place.parent.mkdir(exist_ok=True)
    place.unlink(missing_ok=True)
    os.mkfifo(place)

    with pytest.raises(SourceError, match="widgets"):
        everything(clone.path)


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        pytest.param(lambda path: None, "no such folder", id="missing"),
        pytest.param(lambda path: path.write_text(""), "a file where a folder", id="a file"),
        pytest.param(lambda path: path.mkdir(), "not a git repository", id="an empty folder"),
        pytest.param(os.mkfifo, "a file where a folder", id="a FIFO"),
        pytest.param(lambda path: path.symlink_to(path), "no such|cannot", id="a link to itself"),
    ],
)
def test_what_is_no_repository_says_so(
    tmp_path: Path, prepare: Callable[[Path], object], says: str
) -> None:
    path = tmp_path / "place"
    prepare(path)

    with pytest.raises((UsageError, SourceError), match=says):
        locate(path)


def test_the_repository_around_a_folder_is_not_taken(make: Make) -> None:
    clone = make(files={"docs/README.md": "inside"})

    with pytest.raises(UsageError, match="parents are not searched"):
        locate(clone.path / "docs")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        pytest.param("reftable", "reftable", id="reftable"),
        pytest.param("objects", "no objects", id="without objects"),
    ],
)
def test_an_unusable_git_directory_says_why(make: Make, name: str, says: str) -> None:
    clone = make(files={"README.md": "ours"})
    shutil.rmtree(clone.directory / "objects")
    (clone.directory / name).mkdir()
    shutil.rmtree(clone.directory / "objects", ignore_errors=True)

    with pytest.raises(SourceError, match=says):
        locate(clone.path)


def test_work_trees_linked_by_their_repository_are_read(make: Make, tmp_path: Path) -> None:
    clone = make(files={"README.md": "ours"})
    clone.git("worktree", "add", "--quiet", "-b", "topic", tmp_path / "linked")

    found = everything(tmp_path / "linked")

    assert "'linked', 'topic'" in found
    assert "b'ours'" in found


def test_work_trees_linked_by_relative_paths_are_read(make: Make, tmp_path: Path) -> None:
    clone = make(files={"README.md": "ours"})
    clone.git("worktree", "add", "--quiet", "-b", "topic", tmp_path / "linked")
    own = clone.directory / "worktrees" / "linked"
    (tmp_path / "linked" / ".git").write_text("gitdir: ../widgets/.git/worktrees/linked\n")
    (own / "gitdir").write_text("../../../../linked/.git\n")

    assert "b'ours'" in everything(tmp_path / "linked")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param('quote"d', id="quote"),
        pytest.param("new\nline", id="line break"),
        pytest.param("carriage\rreturn", id="carriage return"),
        pytest.param("co:lon", id="colon, which separates alternates elsewhere"),
        pytest.param("back\\slash", id="backslash"),
        pytest.param("#comment", id="comment sign"),
        pytest.param("tab\tblank ", id="blanks"),
        pytest.param(os.fsdecode(b"latin-\xe9"), id="not UTF-8"),
    ],
)
def test_folders_of_any_name_are_read(make: Make, name: str) -> None:
    clone = make(name, {"README.md": "ours"})

    assert "b'ours'" in everything(clone.path)


def test_the_git_directory_itself_can_be_given(make: Make) -> None:
    clone = make(files={"README.md": "ours"})

    assert "'widgets'" in everything(clone.path / ".git")


def test_a_link_to_a_clone_can_be_given(make: Make, tmp_path: Path) -> None:
    clone = make(files={"README.md": "ours"})
    (tmp_path / "link").symlink_to(clone.path)

    assert "b'ours'" in everything(tmp_path / "link")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_clone_that_may_not_be_read_says_so(make: Make) -> None:
    clone = make(files={"README.md": "ours"})
    (clone.directory / "objects").chmod(0)

    with pytest.raises(SourceError, match="not readable"):
        locate(clone.path)

    (clone.directory / "objects").chmod(stat.S_IRWXU)
