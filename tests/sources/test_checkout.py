"""Clones of every kind as collectors see them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing, Source
from osmm_scan.sources import tree
from osmm_scan.sources.checkout import open_checkout
from osmm_scan.sources.repository import EntryKind, Remote
from tests.fakes import FakeRepository
from tests.sources.clones import Clone, Make, everything, tree_item

OID = "1" * 40


@pytest.fixture
def clone(make: Make) -> Clone:
    """Return a repository of two commits and an annotated tag."""
    clone = make(files={"README.md": "one", "docs/a.md": "a"})
    clone.commit({"README.md": "two"})
    clone.git("tag", "-a", "v1", "-m", "One")
    return clone


def test_files_come_from_the_commit_and_not_from_the_work_tree(clone: Clone) -> None:
    clone.write({"README.md": "edited", "LICENSE": "untracked"})
    clone.git("add", "LICENSE")
    (clone.path / "docs" / "a.md").unlink()

    with open_checkout(clone.path) as checkout:
        assert list(checkout.entries()) == ["README.md", "docs/a.md"]
        assert checkout.text("README.md") == "two"
        assert checkout.text("docs/a.md") == "a"


@pytest.mark.parametrize(
    "options",
    [
        pytest.param([], id="with a work tree"),
        pytest.param(["--bare"], id="bare"),
        pytest.param(["--mirror"], id="mirror"),
        pytest.param(["--no-checkout"], id="without checkout"),
        pytest.param(["--sparse"], id="sparse"),
        pytest.param(["--single-branch"], id="single branch"),
    ],
)
def test_clones_of_every_kind_say_the_same(
    clone: Clone, tmp_path: Path, options: list[str]
) -> None:
    copy = clone.clone(tmp_path / "copies" / "widgets", *options)

    assert everything(copy.path) == everything(clone.path)


def test_packed_objects_and_references_say_the_same(clone: Clone) -> None:
    expected = everything(clone.path)
    clone.git("gc", "--quiet")
    clone.git("multi-pack-index", "write")
    (clone.directory / "refs" / "tags").rmdir()

    assert everything(clone.path) == expected


def test_stale_locks_and_a_damaged_index_do_not_matter(clone: Clone) -> None:
    expected = everything(clone.path)
    for name in ("index.lock", "HEAD.lock", "packed-refs.lock", "refs/heads/main.lock"):
        (clone.directory / name).touch()
    (clone.directory / "index").write_bytes(b"garbage")

    assert everything(clone.path) == expected
    assert (clone.directory / "HEAD.lock").exists()


def test_reading_changes_nothing_in_the_clone(clone: Clone) -> None:
    before = _state(clone.path)

    everything(clone.path)

    assert _state(clone.path) == before


def test_a_detached_head_has_no_branch(clone: Clone) -> None:
    clone.git("checkout", "--quiet", "--detach", "HEAD~1")

    with open_checkout(clone.path) as checkout:
        assert checkout.branch is None
        assert checkout.text("README.md") == "one"
        assert len(list(checkout.commits())) == 1


def test_an_empty_repository_has_no_commit_and_no_files(make: Make) -> None:
    with open_checkout(make().path) as checkout:
        assert checkout.commit is None
        assert checkout.branch == "main"
        assert dict(checkout.entries()) == {}
        assert dict(checkout.folder()) == {}
        assert list(checkout.commits()) == []
        assert checkout.tags() == ()
        assert checkout.source() == Source()
        with pytest.raises(KeyError):
            checkout.read("README.md")


def test_an_empty_commit_has_no_files(make: Make) -> None:
    clone = make(files={})

    with open_checkout(clone.path) as checkout:
        assert dict(checkout.entries()) == {}
        assert len(list(checkout.commits())) == 1


def test_a_shallow_clone_has_files_and_tags_but_no_history(clone: Clone, tmp_path: Path) -> None:
    copy = clone.clone(tmp_path / "shallow", "--depth=1")

    with open_checkout(copy.path) as checkout:
        assert checkout.text("README.md") == "two"
        assert [tag.name for tag in checkout.tags()] == ["v1"]
        with pytest.raises(Unobserved, match="unshallow") as reason:
            checkout.commits()
        assert reason.value.missing is Missing.TRUNCATED


def test_a_malformed_shallow_file_still_means_cut_history(clone: Clone) -> None:
    (clone.directory / "shallow").write_text("not an id\n")

    with open_checkout(clone.path) as checkout:
        assert checkout.text("README.md") == "two"
        with pytest.raises(Unobserved, match="shallow"):
            checkout.commits()


def test_a_partial_clone_has_history_and_misses_only_contents(clone: Clone, tmp_path: Path) -> None:
    clone.git("config", "uploadpack.allowFilter", "true")
    copy = clone.clone(tmp_path / "partial", "--filter=blob:none", "--no-checkout")

    with open_checkout(copy.path) as checkout:
        assert checkout.entries()["README.md"].size is None
        assert len(list(checkout.commits())) == 2
        with pytest.raises(Unobserved, match=r"README\.md.*not in this clone") as reason:
            checkout.read("README.md")
        assert reason.value.missing is Missing.FAULT


def test_a_clone_without_trees_keeps_its_history(clone: Clone, tmp_path: Path) -> None:
    clone.git("config", "uploadpack.allowFilter", "true")
    copy = clone.clone(tmp_path / "partial", "--filter=tree:0", "--no-checkout")

    with open_checkout(copy.path) as checkout:
        assert len(list(checkout.commits())) == 2
        for question in (checkout.entries, checkout.folder):
            with pytest.raises(Unobserved):
                question()


def test_a_sha256_repository_is_read(make: Make) -> None:
    clone = make("widgets", {"README.md": "one"}, "--object-format=sha256")
    commit = clone.commit({"docs/a.md": "a"})
    clone.git("tag", "v1")

    with open_checkout(clone.path) as checkout:
        assert checkout.commit == commit
        assert len(commit) == 64
        assert checkout.text("docs/a.md") == "a"
        assert next(checkout.commits()).oid == commit
        assert [tag.commit for tag in checkout.tags()] == [commit]


@pytest.mark.parametrize(
    ("config", "name"),
    [
        pytest.param("", "widgets", id="no remote"),
        pytest.param("url = /srv/git/acme/gadgets", "widgets", id="a path is no address"),
        pytest.param("url = https://github.com/acme/gadgets.git", "acme/gadgets", id="GitHub"),
    ],
)
def test_the_name_comes_from_the_remote_or_else_the_folder(
    clone: Clone, config: str, name: str
) -> None:
    with (clone.directory / "config").open("a") as file:
        file.write(f'[remote "origin"]\n\t{config}\n')

    with open_checkout(clone.path) as checkout:
        assert checkout.name == name


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        pytest.param("widgets.git", "widgets", id="bare suffix"),
        pytest.param(".github", ".github", id="leading dot"),
        pytest.param("my widgets\n<b>", "my-widgets-b-", id="blanks and markup"),
        pytest.param(os.fsdecode(b"caf\xe9"), "caf-xe9", id="not UTF-8"),
    ],
)
def test_a_folder_name_is_made_harmless(make: Make, folder: str, name: str) -> None:
    with open_checkout(make(folder).path) as checkout:
        assert checkout.name == name


def test_a_remote_makes_permalinks_without_its_credentials(clone: Clone) -> None:
    clone.git("remote", "add", "origin", "https://me:ghp_secret@github.com/acme/gadgets.git")

    with open_checkout(clone.path) as checkout:
        assert checkout.remote == Remote("github.com", "acme", "gadgets")
        url = f"https://github.com/acme/gadgets/blob/{checkout.commit}/README.md#L3"
        assert checkout.source("README.md", 3) == Source(
            url=url, path="README.md", line=3, commit=checkout.commit
        )


def test_without_a_remote_a_source_has_path_line_and_commit(clone: Clone) -> None:
    with open_checkout(clone.path) as checkout:
        assert checkout.source("a", 1) == Source(path="a", line=1, commit=checkout.commit)


def test_inherited_files_are_what_the_caller_says(clone: Clone) -> None:
    defaults = FakeRepository(name="acme/.github")

    with open_checkout(clone.path, inherited=defaults) as checkout:
        assert checkout.inherited() is defaults
    with open_checkout(clone.path, inherited=None) as checkout:
        assert checkout.inherited() is None
    with open_checkout(clone.path) as checkout, pytest.raises(Unobserved, match="not looked at"):
        checkout.inherited()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(
            f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 5\n",
            "Git LFS",
            id="pointer of Git LFS",
        ),
        pytest.param(b"\x7fELF\0\0", "binary", id="binary"),
        pytest.param(b"x" * 101, "larger than 100 bytes", id="too large"),
    ],
)
def test_a_file_that_cannot_be_told_says_why(make: Make, content: bytes, reason: str) -> None:
    clone = make(files={"file": content})

    limit = 100 if reason.startswith("larger") else 1000
    with open_checkout(clone.path) as checkout, pytest.raises(Unobserved, match=f"file .*{reason}"):
        checkout.text("file", limit=limit)


def test_reading_many_files_in_a_row_gives_each_its_own_content(make: Make) -> None:
    files = {f"{number:03}": f"content {number}\n" * number for number in range(100)}
    clone = make(files=files)

    with open_checkout(clone.path) as checkout:
        assert {path: checkout.text(path) for path in checkout.entries()} == files


def test_names_of_any_kind_are_listed_and_read(make: Make) -> None:
    clone = make(files={"a": "a"})
    blob = clone.store("blob", b"content")
    names = [b"--output=x", b":(glob)**", b"@{-1}", b"HEAD", b"\xff", b"\xc3\xa9", b"e\xcc\x81"]
    names += [b"a\nb", b"a\tb", b"\x1b]8;;x\x07", b'q"', b"b\\", b"-rf", b"\xed\xa0\x80", b" "]
    items = sorted(tree_item("100644", name, blob) for name in names)
    clone.commit_tree(b"".join(items))

    with open_checkout(clone.path) as checkout:
        entries = checkout.entries()
        assert len(entries) == len(names)
        assert "\\xff" in entries
        assert {checkout.text(path) for path in entries} == {"content"}
        assert json.dumps(list(entries), ensure_ascii=False).encode()


def test_tree_entries_that_would_leave_a_work_tree_are_only_names(make: Make) -> None:
    clone = make(files={"a": "a"})
    blob = clone.store("blob", b"content")
    names = [b"..", b"../x", b"/abs", b".git", b"x"]
    clone.commit_tree(b"".join(tree_item("100644", name, blob) for name in names))

    with open_checkout(clone.path) as checkout:
        assert list(checkout.entries()) == ["..", "../x", ".git", "/abs", "x"]
        assert checkout.text("../x") == "content"
        assert not (clone.path.parent / "x").exists()


def test_of_two_entries_with_one_name_the_first_counts(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = make(files={"a": "a"})
    blobs = [clone.store("blob", content) for content in (b"first", b"second")]
    clone.commit_tree(b"".join(tree_item("100644", b"x", blob) for blob in blobs))

    with open_checkout(clone.path) as checkout:
        assert checkout.text("x") == "first"
    monkeypatch.setattr(tree, "ENTRY_LIMIT", 1)
    with open_checkout(clone.path) as checkout:
        assert checkout.text("x") == "first"


def test_a_long_file_that_begins_like_a_pointer_is_a_file(make: Make) -> None:
    content = "version https://git-lfs.github.com/spec/v1\n" + "# Pointers\n" * 100

    with open_checkout(make(files={"file": content}).path) as checkout:
        assert checkout.text("file") == content


def test_submodules_are_entries_without_content(make: Make) -> None:
    clone = make(files={"a": "a"})
    clone.commit_tree(tree_item("160000", b"inner", OID))

    with open_checkout(clone.path) as checkout:
        entry = checkout.entries()["inner"]
        assert (entry.kind, entry.oid, entry.size) == (EntryKind.SUBMODULE, OID, None)
        with pytest.raises(Unobserved, match="inner leads to no file"):
            checkout.read("inner")


def _state(path: Path) -> dict[str, tuple[int, int]]:
    found = sorted(path.rglob("*"))
    return {str(item): (item.lstat().st_size, item.lstat().st_mtime_ns) for item in found}
