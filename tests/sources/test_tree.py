"""Trees too large to list, and links inside of trees."""

from __future__ import annotations

import pytest

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources import tree
from osmm_scan.sources.checkout import open_checkout
from osmm_scan.sources.repository import EntryKind
from tests.sources.clones import Clone, Make, seconds, tree_item

_LINKS = {
    "same": b"LICENSE",
    "docs/up": b"../LICENSE",
    "docs/dots": b"./.././LICENSE",
    "twice": b"docs/up",
    "folder": b"docs",
    "through": b"folder/guide.md",
    "docs/back": b"../folder/up",
    "absolute": b"/etc/passwd",
    "outside": b"../../etc/passwd",
    "sideways": b"docs/../../widgets/LICENSE",
    "circle": b"circle",
    "ping": b"pong",
    "pong": b"ping",
    "nothing": b"nowhere",
    "empty": b"",
    "long": b"x/" * 3000,
    "process": b"/proc/self/environ",
}


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """Return a repository with links of all kinds, which no test changes."""
    clone = Clone(tmp_path_factory.mktemp("linked"))
    clone.git("init", "--quiet")
    clone.commit({"LICENSE": "license", "docs/guide.md": "guide"})
    for name, target in _LINKS.items():
        blob = clone.store("blob", target)
        clone.git("update-index", "--add", "--cacheinfo", f"120000,{blob},{name}")
    clone.git("commit", "--quiet", "--message", "Add links")
    return clone


@pytest.mark.parametrize(
    ("path", "content"),
    [
        pytest.param("same", "license", id="beside"),
        pytest.param("docs/up", "license", id="above"),
        pytest.param("docs/dots", "license", id="with dots"),
        pytest.param("twice", "license", id="to a link"),
        pytest.param("through", "guide", id="through a link to a folder"),
        pytest.param("docs/back", "license", id="up from where a linked folder really is"),
    ],
)
def test_links_inside_the_tree_are_followed(linked: Clone, path: str, content: str) -> None:
    with open_checkout(linked.path) as checkout:
        assert checkout.entries()[path].kind is EntryKind.SYMLINK
        assert checkout.text(path) == content


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        pytest.param("absolute", "out of the repository", id="absolute"),
        pytest.param("process", "out of the repository", id="to a process"),
        pytest.param("outside", "out of the repository", id="above the top"),
        pytest.param("sideways", "out of the repository", id="above the top and back"),
        pytest.param("circle", "in a circle", id="to itself"),
        pytest.param("ping", "in a circle", id="to each other"),
        pytest.param("nothing", "no file", id="to nothing"),
        pytest.param("empty", "no file", id="empty"),
        pytest.param("folder", "no file", id="to a folder"),
        pytest.param("long", "damaged link", id="longer than a path can be"),
    ],
)
def test_links_that_lead_to_no_file_inside_say_so(linked: Clone, path: str, reason: str) -> None:
    with open_checkout(linked.path) as checkout, pytest.raises(Unobserved, match=reason):
        checkout.read(path)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("folder/guide.md", id="behind a link to a folder"),
        pytest.param("docs", id="a folder"),
        pytest.param("", id="the top"),
        pytest.param("docs/", id="trailing slash"),
        pytest.param("./LICENSE", id="leading dot"),
        pytest.param("LICENSE/x", id="below a file"),
    ],
)
def test_only_paths_of_the_tree_are_known(linked: Clone, path: str) -> None:
    with open_checkout(linked.path) as checkout, pytest.raises(KeyError):
        checkout.read(path)


def test_a_folder_lists_what_is_directly_in_it(linked: Clone) -> None:
    with open_checkout(linked.path) as checkout:
        assert list(checkout.folder("docs")) == [
            "docs/back",
            "docs/dots",
            "docs/guide.md",
            "docs/up",
        ]
        assert "docs/guide.md" not in checkout.folder()
        assert dict(checkout.folder("nowhere")) == {}
        assert dict(checkout.folder("LICENSE")) == {}


def test_folders_are_the_same_when_looked_up_one_by_one(
    linked: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_checkout(linked.path) as checkout:
        expected = [checkout.folder(), checkout.folder("docs"), checkout.folder("nowhere")]
    monkeypatch.setattr(tree, "ENTRY_LIMIT", 3)

    with open_checkout(linked.path) as checkout:
        with pytest.raises(Unobserved, match="more than 3 files") as reason:
            checkout.entries()
        found = [checkout.folder(), checkout.folder("docs"), checkout.folder("nowhere")]
        through = checkout.text("through")
        with pytest.raises(KeyError):
            checkout.read("docs")

    assert reason.value.missing is Missing.TRUNCATED
    assert found == expected
    assert through == "guide"


@pytest.mark.parametrize(
    "limit",
    [
        pytest.param(1000, id="small limit"),
        pytest.param(tree.ENTRY_LIMIT, id="real limit", marks=pytest.mark.slow),
    ],
)
def test_a_tree_of_endless_folders_is_given_up_but_its_license_is_read(
    make: Make, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr(tree, "ENTRY_LIMIT", limit)
    clone = make(files={"LICENSE": "license"})
    blob = clone.git("rev-parse", "HEAD:LICENSE")
    items = b"".join(tree_item("100644", b"%d" % number, blob) for number in range(10))
    for _ in range(10):
        inner = clone.store("tree", items)
        items = b"".join(tree_item("40000", b"%d" % number, inner) for number in range(10))
    clone.commit_tree(tree_item("100644", b"LICENSE", blob) + tree_item("40000", b"bomb", inner))

    with seconds(30), open_checkout(clone.path) as checkout:
        assert checkout.text("LICENSE") == "license"
        assert list(checkout.folder()) == ["LICENSE"]
        with pytest.raises(Unobserved, match=f"more than {limit} files"):
            checkout.entries()


def test_a_folder_with_too_many_files_is_given_up(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = make(files={f"many/{number}": "" for number in range(5)})
    monkeypatch.setattr(tree, "ENTRY_LIMIT", 3)
    monkeypatch.setattr(tree, "_FOLDER_LIMIT", 4)

    with open_checkout(clone.path) as checkout:
        assert checkout.text("many/0") == ""
        with pytest.raises(Unobserved, match="in one folder"):
            checkout.folder("many")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"garbage", id="no item"),
        pytest.param(b"100644 a\0short", id="cut in an id"),
        pytest.param(b"100644\0" + b"x" * 20, id="without a name"),
    ],
)
def test_a_malformed_tree_is_unknown(make: Make, content: bytes) -> None:
    clone = make(files={"a": "a"})
    clone.commit_tree(content)

    with open_checkout(clone.path) as checkout:
        for question in (checkout.entries, checkout.folder):
            with pytest.raises(Unobserved) as reason:
                question()
            assert reason.value.missing is Missing.FAULT
