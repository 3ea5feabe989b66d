"""A second, independent reader sees the same in a repository that can be trusted."""

from __future__ import annotations

from collections.abc import Iterator

import git
import pytest

from osmm_scan.sources.checkout import Checkout, open_checkout
from tests.sources.clones import Clone, Make


@pytest.fixture
def clone(make: Make) -> Clone:
    """Return a repository with merges, tags, folders, a link and odd names."""
    clone = make(files={"README.md": "one\r\n", "docs/é.md": "é", "bin/run": b"\0\1", "empty": ""})
    (clone.path / "link").symlink_to("docs/é.md")
    clone.commit({"deep/er/still/file": "x" * 100_000}, "Add more\n\nSigned-off-by: A <a@b>\n")
    clone.git("tag", "light")
    clone.git("checkout", "--quiet", "-b", "topic", "HEAD~1")
    clone.commit({"README.md": "two"}, "Ändere etwas")
    clone.git("checkout", "--quiet", "main")
    clone.git("merge", "--quiet", "--no-ff", "--message", "Merge", "topic")
    clone.git("tag", "-a", "-m", "One", "v1")
    clone.git("repack", "-q", "-d")
    return clone


@pytest.fixture
def ours(clone: Clone) -> Iterator[Checkout]:
    """Return the repository as this package reads it."""
    with open_checkout(clone.path) as checkout:
        yield checkout


@pytest.fixture
def theirs(clone: Clone) -> Iterator[git.Repo]:
    """Return the repository as GitPython reads it."""
    with git.Repo(clone.path) as repo:
        yield repo


def test_both_see_the_same_files(ours: Checkout, theirs: git.Repo) -> None:
    blobs = [item for item in theirs.head.commit.tree.traverse() if item.type == "blob"]

    assert {entry.path: (entry.oid, entry.size) for entry in ours.entries().values()} == {
        blob.path: (blob.hexsha, blob.size) for blob in blobs
    }
    assert {path: ours.read(path) for path in ours.entries() if path != "link"} == {
        blob.path: blob.data_stream.read() for blob in blobs if blob.path != "link"
    }


def test_both_see_the_same_commits(ours: Checkout, theirs: git.Repo) -> None:
    assert [
        (
            commit.oid,
            (commit.author.name, commit.author.email, commit.authored),
            (commit.committer.name, commit.committer.email, commit.committed),
            commit.parents,
            commit.message,
        )
        for commit in ours.commits()
    ] == [
        (
            commit.hexsha,
            (commit.author.name, commit.author.email, commit.authored_date),
            (commit.committer.name, commit.committer.email, commit.committed_date),
            len(commit.parents),
            commit.message.strip(),
        )
        for commit in theirs.iter_commits()
    ]


def test_both_see_the_same_tags(ours: Checkout, theirs: git.Repo) -> None:
    assert [(tag.name, tag.commit, tag.annotated) for tag in ours.tags()] == [
        (tag.name, tag.commit.hexsha, tag.tag is not None) for tag in theirs.tags
    ]
