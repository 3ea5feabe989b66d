"""Tags as they lead to commits, from loose and packed references."""

from __future__ import annotations

from pathlib import Path

import pytest

from osmm_scan.errors import Unobserved
from osmm_scan.sources import references
from osmm_scan.sources.checkout import open_checkout
from osmm_scan.sources.objects import TOGETHER
from osmm_scan.sources.repository import Tag
from tests.sources.clones import Clone, Make

_TAGGED = 1_650_000_000
_COMMITTED = 1_700_000_100
_SIGNATURE = "-----BEGIN {} SIGNATURE-----\nx\n-----END {} SIGNATURE-----\n"


@pytest.fixture
def clone(make: Make) -> Clone:
    """Return a repository with one commit."""
    return make(files={"a": "a"})


def _tags(clone: Clone) -> tuple[Tag, ...]:
    with open_checkout(clone.path) as checkout:
        return checkout.tags()


def _tag_object(
    clone: Clone,
    message: str = "One\n",
    *,
    target: str = "HEAD",
    kind: str = "commit",
    tagger: str | None = f"Ada <ada@example.org> {_TAGGED} +0000",
) -> None:
    """Make the tag v1 from an object with this content."""
    line = "" if tagger is None else f"tagger {tagger}\n"
    oid = clone.git("rev-parse", target)
    content = f"object {oid}\ntype {kind}\ntag v1\n{line}\n{message}"
    clone.git("update-ref", "refs/tags/v1", clone.store("tag", content.encode()))


def test_a_repository_without_tags_has_none(clone: Clone) -> None:
    assert _tags(clone) == ()


def test_a_light_tag_has_the_date_of_its_commit(clone: Clone) -> None:
    clone.git("tag", "v1")

    assert _tags(clone) == (
        Tag(
            name="v1",
            commit=clone.git("rev-parse", "HEAD"),
            created=_COMMITTED,
            annotated=False,
            signed=False,
        ),
    )


@pytest.mark.parametrize(
    ("message", "signed"),
    [
        pytest.param("One\n", False, id="plain"),
        pytest.param("Quotes -----BEGIN PGP SIGNATURE-----\n", False, id="not at a line's start"),
        pytest.param("One\n" + _SIGNATURE.format("PGP", "PGP"), True, id="OpenPGP"),
        pytest.param("One\n" + _SIGNATURE.format("SSH", "SSH"), True, id="SSH"),
        pytest.param("One\n-----BEGIN SIGNED MESSAGE-----\nx\n", True, id="X.509"),
    ],
)
def test_an_annotated_tag_has_its_own_date_and_signature(
    clone: Clone, message: str, signed: bool
) -> None:
    _tag_object(clone, message)

    (tag,) = _tags(clone)

    assert (tag.created, tag.annotated, tag.signed) == (_TAGGED, True, signed)
    assert tag.commit == clone.git("rev-parse", "HEAD")


@pytest.mark.parametrize(
    "tagger",
    [
        pytest.param(None, id="none, as in tags of old"),
        pytest.param("Ada <ada@example.org> -5 +0000", id="no date"),
    ],
)
def test_a_tag_without_a_date_has_that_of_its_commit(clone: Clone, tagger: str | None) -> None:
    _tag_object(clone, tagger=tagger)

    assert _tags(clone)[0].created == _COMMITTED


def test_a_line_of_the_message_is_no_header(clone: Clone) -> None:
    _tag_object(clone, "One\n\ntagger Eve <e@e> 5 +0000\nobject 1\n", tagger=None)

    assert _tags(clone)[0].created == _COMMITTED


def test_a_tag_of_a_tag_leads_to_the_commit_and_keeps_the_outer_date(clone: Clone) -> None:
    clone.git("tag", "-a", "-m", "inner", "inner", GIT_COMMITTER_DATE="1600000000 +0000")
    _tag_object(clone, target="inner", kind="tag")

    outer = _tags(clone)[1]

    assert (outer.commit, outer.created) == (clone.git("rev-parse", "HEAD"), _TAGGED)


@pytest.mark.parametrize("target", ["HEAD:a", "HEAD^{tree}"])
def test_tags_of_files_and_folders_are_left_out(clone: Clone, target: str) -> None:
    clone.git("tag", "light", target)
    clone.git("tag", "-a", "-m", "x", "annotated", target)

    assert _tags(clone) == ()


@pytest.mark.parametrize(
    "oid",
    [
        pytest.param("1" * 40, id="missing object"),
        pytest.param("garbage", id="damaged reference"),
        pytest.param("ref: refs/tags/gone", id="reference to nothing"),
    ],
)
def test_tags_with_a_damaged_one_among_them_are_unknown(clone: Clone, oid: str) -> None:
    clone.git("tag", "good")
    (clone.directory / "refs" / "tags" / "bad").write_text(f"{oid}\n")

    with pytest.raises(Unobserved):
        _tags(clone)


def test_tags_in_a_circle_are_unknown(clone: Clone) -> None:
    (clone.directory / "refs" / "tags" / "a").write_text("ref: refs/tags/b\n")
    (clone.directory / "refs" / "tags" / "b").write_text("ref: refs/tags/a\n")

    with pytest.raises(Unobserved, match="too many references"):
        _tags(clone)


def test_too_deep_tags_are_unknown(clone: Clone) -> None:
    _tag_object(clone)
    for _ in range(6):
        _tag_object(clone, target="v1", kind="tag")

    with pytest.raises(Unobserved, match="too many tags in a row"):
        _tags(clone)


def test_too_many_tags_are_unknown(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(references, "TAG_LIMIT", 2)
    for name in "abc":
        clone.git("tag", name)

    with pytest.raises(Unobserved, match="more than 2 tags"):
        _tags(clone)
    clone.git("pack-refs", "--all")
    with pytest.raises(Unobserved, match="more than 2 tags"):
        _tags(clone)


def test_a_loose_tag_overrides_a_packed_one(clone: Clone) -> None:
    clone.git("tag", "v1")
    clone.git("pack-refs", "--all")
    moved = clone.commit({"a": "b"})
    clone.git("tag", "--force", "v1")

    assert [tag.commit for tag in _tags(clone)] == [moved]


@pytest.mark.parametrize("pack", [False, True])
def test_names_of_any_kind_are_sorted_and_harmless(clone: Clone, pack: bool) -> None:
    names = ["--output=x", "<script>", "$(id)", "a/b/c", "HEAD", "v1.0", "v1.10", "é"]
    for name in names:
        clone.git("update-ref", f"refs/tags/{name}", "HEAD")
    clone.git("update-ref", b"refs/tags/\xff".decode("utf-8", "surrogateescape"), "HEAD")
    if pack:
        clone.git("pack-refs", "--all")

    assert [tag.name for tag in _tags(clone)] == sorted([*names, "\\xff"])


def test_tags_behind_a_link_are_not_read(clone: Clone, tmp_path: Path) -> None:
    clone.git("tag", "v1")
    tags = clone.directory / "refs" / "tags"
    tags.rename(tmp_path / "outside")
    tags.symlink_to(tmp_path / "outside")

    with pytest.raises(Unobserved, match="refs/tags cannot be read"):
        _tags(clone)


def test_locks_left_behind_are_no_tags(clone: Clone) -> None:
    clone.git("tag", "v1")
    (clone.directory / "refs" / "tags" / "v2.lock").touch()

    assert [tag.name for tag in _tags(clone)] == ["v1"]


def test_more_tags_than_are_read_together_are_all_there(clone: Clone) -> None:
    head = clone.git("rev-parse", "HEAD")
    lines = [f"create refs/tags/v{number:04} {head}\n" for number in range(TOGETHER + 3)]
    clone.git("update-ref", "--stdin", stdin="".join(lines).encode())

    assert [tag.name for tag in _tags(clone)] == [f"v{n:04}" for n in range(TOGETHER + 3)]


def test_a_long_annotation_is_read_by_itself(clone: Clone) -> None:
    _tag_object(clone, "long\n" * 20_000 + _SIGNATURE.format("PGP", "PGP"))

    assert [(tag.annotated, tag.signed) for tag in _tags(clone)] == [(True, True)]


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("", id="none"),
        pytest.param("1" * 39, id="too short"),
        pytest.param("é" * 20, id="no id"),
        pytest.param("HEAD", id="a name"),
    ],
)
def test_a_tag_that_points_at_no_object_is_unknown(clone: Clone, target: str) -> None:
    content = f"object {target}\ntype commit\ntag v1\n\nOne\n"
    oid = clone.store("tag", content.encode())
    (clone.directory / "refs" / "tags" / "v1").write_text(f"{oid}\n")

    with pytest.raises(Unobserved, match="v1"):
        _tags(clone)
