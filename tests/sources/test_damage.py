"""What is damaged or missing is unknown with a reason; everything else is still read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from osmm_scan.errors import SourceError, Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.checkout import open_checkout
from tests.sources.clones import Clone, Make, seconds


@pytest.fixture
def clone(make: Make) -> Clone:
    """Return a repository whose objects are all loose."""
    clone = make(files={"LICENSE": "license", "README.md": "readme", "docs/a.md": "a"})
    clone.commit({"README.md": "readme two"})
    return clone


def _damage(place: Path, content: Callable[[bytes], bytes]) -> None:
    before = place.read_bytes()
    place.chmod(0o600)
    place.write_bytes(content(before))


_DAMAGES = [
    pytest.param(lambda content: b"", id="empty"),
    pytest.param(lambda content: content[:5], id="truncated"),
    pytest.param(lambda content: b"garbage", id="garbage"),
    pytest.param(lambda content: content[:-4] + b"\0\0\0\0", id="damaged checksum"),
]


@pytest.mark.parametrize("content", _DAMAGES)
def test_a_damaged_file_is_never_empty(clone: Clone, content: Callable[[bytes], bytes]) -> None:
    _damage(clone.loose(clone.git("rev-parse", "HEAD:README.md")), content)

    with open_checkout(clone.path) as checkout:
        with pytest.raises(Unobserved, match=r"README\.md") as reason:
            checkout.read("README.md")
        assert reason.value.missing is Missing.FAULT
        assert checkout.text("LICENSE") == "license"
        assert "docs/a.md" in checkout.folder("docs")
        assert len(list(checkout.commits())) == 2


@pytest.mark.parametrize("content", _DAMAGES)
def test_a_damaged_folder_leaves_the_others_readable(
    clone: Clone, content: Callable[[bytes], bytes]
) -> None:
    _damage(clone.loose(clone.git("rev-parse", "HEAD:docs")), content)

    with open_checkout(clone.path) as checkout:
        for question in (checkout.entries, lambda: checkout.folder("docs")):
            with pytest.raises(Unobserved):
                question()
        assert list(checkout.folder()) == ["LICENSE", "README.md"]
        assert checkout.text("LICENSE") == "license"


@pytest.mark.parametrize("content", _DAMAGES)
def test_a_damaged_commit_makes_history_unknown_but_not_the_files(
    clone: Clone, content: Callable[[bytes], bytes]
) -> None:
    _damage(clone.loose(clone.git("rev-parse", "HEAD~1")), content)

    with open_checkout(clone.path) as checkout:
        with pytest.raises(Unobserved) as reason:
            list(checkout.commits())
        assert reason.value.missing is Missing.FAULT
        assert checkout.text("LICENSE") == "license"


def test_a_missing_commit_at_head_leaves_nothing_but_says_so(clone: Clone) -> None:
    head = clone.git("rev-parse", "HEAD")
    clone.loose(head).unlink()

    with open_checkout(clone.path) as checkout:
        assert checkout.commit == head
        for question in (checkout.entries, checkout.folder, lambda: list(checkout.commits())):
            with pytest.raises(Unobserved):
                question()


def test_a_head_that_is_no_commit_leaves_nothing_but_says_so(clone: Clone) -> None:
    blob = clone.git("rev-parse", "HEAD:README.md")
    (clone.directory / "HEAD").write_text(f"{blob}\n")

    with open_checkout(clone.path) as checkout:
        for question in (checkout.entries, checkout.folder, lambda: list(checkout.commits())):
            with pytest.raises(Unobserved):
                question()


def test_a_truncated_pack_is_unknown(clone: Clone) -> None:
    clone.git("repack", "-a", "-d", "-q")
    (pack,) = (clone.directory / "objects" / "pack").glob("*.pack")
    _damage(pack, lambda content: content[: len(content) // 3])

    with seconds(20), open_checkout(clone.path) as checkout:
        with pytest.raises(Unobserved):
            list(checkout.commits())
        with pytest.raises(Unobserved):
            checkout.read("README.md")


def test_a_damaged_multi_pack_index_does_not_matter(clone: Clone) -> None:
    clone.git("repack", "-a", "-d", "-q")
    clone.git("multi-pack-index", "write")
    _damage(clone.directory / "objects" / "pack" / "multi-pack-index", lambda _: b"MIDX garbage")

    with open_checkout(clone.path) as checkout:
        assert checkout.text("README.md") == "readme two"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="empty"),
        pytest.param("garbage\n", id="garbage"),
        pytest.param("ref: ../../outside\n", id="reference out of refs"),
        pytest.param("ref: refs/heads/a\nref: refs/heads/b\n", id="two lines"),
        pytest.param("x" * 100_000, id="too long"),
    ],
)
def test_a_damaged_head_cannot_be_scanned(clone: Clone, content: str) -> None:
    (clone.directory / "HEAD").write_text(content)

    with pytest.raises(SourceError, match=r"HEAD: .*clone the repository anew"):
        open_checkout(clone.path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("HEAD", "ref: refs/heads/gone\n", id="HEAD names a missing branch"),
        pytest.param("HEAD", "ref: refs/heads/../../x\n", id="HEAD leaves refs"),
        pytest.param("HEAD", "ref: refs/heads/a//b\n", id="HEAD names no plain path"),
        pytest.param("refs/heads/main", "garbage\n", id="damaged branch"),
        pytest.param("refs/heads/main", "", id="empty branch"),
        pytest.param("refs/heads/main", "ref: refs/heads/main\n", id="branch in a circle"),
    ],
)
def test_a_head_that_leads_nowhere_is_unknown_and_not_empty(
    clone: Clone, name: str, content: str
) -> None:
    (clone.directory / name).write_text(content)

    with open_checkout(clone.path) as checkout:
        for question in (lambda: checkout.commit, checkout.entries, checkout.commits):
            with pytest.raises(Unobserved):
                question()
        assert checkout.source("README.md").commit is None


def test_references_lost_from_a_clone_are_unknown_and_not_empty(clone: Clone) -> None:
    clone.git("repack", "-a", "-d", "-q")
    (clone.directory / "refs" / "heads" / "main").unlink()

    with open_checkout(clone.path) as checkout, pytest.raises(Unobserved, match="refs/heads/main"):
        checkout.entries()


def test_a_reference_behind_a_link_is_not_opened(clone: Clone, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "main").write_text(clone.git("rev-parse", "HEAD"))
    heads = clone.directory / "refs" / "heads"
    (heads / "main").unlink()
    heads.rmdir()
    heads.symlink_to(tmp_path / "outside")

    with open_checkout(clone.path) as checkout, pytest.raises(Unobserved, match="refs/heads/main"):
        checkout.entries()
