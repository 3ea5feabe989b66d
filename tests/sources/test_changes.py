"""When files changed, and what they were at some time."""

from __future__ import annotations

from pathlib import Path

import pytest

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.changes import PATHS
from osmm_scan.sources.checkout import open_checkout
from tests.sources.clones import Clone, Make

FIRST = 1_700_000_100
DAY = 86_400


def _commit(clone: Clone, day: int, files: dict[str, bytes | str]) -> None:
    """Commit files so many days after the first commit."""
    clone.write(files)
    clone.git("add", "--all")
    when = f"{FIRST + day * DAY} +0000"
    clone.git("commit", "-q", "-m", "Change", GIT_COMMITTER_DATE=when)


@pytest.fixture
def clone(make: Make) -> Clone:
    """Return a repository in which two files change on days 1 and 2, and another on day 3."""
    clone = make(files={"POLICY.md": "one\ntwo\n", "docs/a.md": "a\n", "src/a.c": "a\n"})
    _commit(clone, 1, {"POLICY.md": "one\n2\n", "docs/a.md": "b\n"})
    _commit(clone, 2, {"POLICY.md": "one\n2\nthree\n"})
    _commit(clone, 3, {"src/a.c": "b\n"})
    return clone


def _changes(clone: Clone, *paths: str, since: int = 0) -> list[tuple[str, int, int | None]]:
    with open_checkout(clone.path) as checkout:
        found = checkout.changes(paths, since=since)
        return [(one.path, (one.committed - FIRST) // DAY, one.lines) for one in found]


def test_no_paths_have_no_changes(clone: Clone) -> None:
    assert _changes(clone) == []


def test_a_file_that_does_not_exist_has_no_changes(clone: Clone) -> None:
    assert _changes(clone, "LICENSE") == []


def test_changes_are_newest_first_with_the_lines_that_they_touched(clone: Clone) -> None:
    assert _changes(clone, "POLICY.md", "docs/a.md") == [
        ("POLICY.md", 2, 1),
        ("POLICY.md", 1, 2),
        ("docs/a.md", 1, 2),
        ("POLICY.md", 0, 2),
        ("docs/a.md", 0, 1),
    ]


def test_older_changes_are_left_out(clone: Clone) -> None:
    assert _changes(clone, "POLICY.md", since=FIRST + 2 * DAY) == [("POLICY.md", 2, 1)]


def test_a_time_before_1970_leaves_nothing_out(clone: Clone) -> None:
    assert len(_changes(clone, "docs/a.md", since=-DAY)) == 2


def test_a_merge_is_no_change_of_what_it_brings(clone: Clone) -> None:
    clone.git("checkout", "-q", "-b", "topic")
    _commit(clone, 4, {"docs/a.md": "c\n"})
    clone.git("checkout", "-q", "main")
    _commit(clone, 5, {"src/a.c": "c\n"})
    when = f"{FIRST + 6 * DAY} +0000"
    clone.git("merge", "-q", "-m", "Merge", "topic", GIT_COMMITTER_DATE=when)

    assert _changes(clone, "docs/a.md")[0] == ("docs/a.md", 4, 2)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("a*.md", id="like a pattern"),
        pytest.param(":(top)a.md", id="like magic"),
        pytest.param("--all", id="like an option"),
        pytest.param("tab\tand\nline.md", id="with a tab and a line end"),
        pytest.param("é.md", id="not ASCII"),
    ],
)
def test_names_are_only_names(clone: Clone, name: str) -> None:
    _commit(clone, 4, {name: "x\n", "abc.md": "x\n"})

    assert _changes(clone, name) == [(name, 4, 1)]


@pytest.mark.parametrize(
    "content",
    [pytest.param(b"\0\1\n" * 9, id="binary"), pytest.param(b"a\n" * 1_100_000, id="very large")],
)
def test_lines_of_files_that_are_not_compared_are_unknown(clone: Clone, content: bytes) -> None:
    _commit(clone, 4, {"docs/b": content})

    assert _changes(clone, "docs/b") == [("docs/b", 4, None)]


def test_attributes_of_the_repository_start_no_program(clone: Clone, tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    clone.git("config", "diff.evil.textconv", f"touch {proof};:")
    clone.git("config", "diff.evil.command", f"touch {proof};:")
    _commit(clone, 4, {".gitattributes": "* diff=evil\n", "docs/a.md": "c\n"})

    assert _changes(clone, "docs/a.md")[0] == ("docs/a.md", 4, 2)
    assert not proof.exists()


def test_too_many_files_at_once_are_refused(clone: Clone) -> None:
    with pytest.raises(Unobserved) as reason:
        _changes(clone, *map(str, range(PATHS + 1)))

    assert reason.value.missing is Missing.TRUNCATED


def test_a_name_that_cannot_be_asked_for_is_unknown(clone: Clone) -> None:
    with pytest.raises(Unobserved, match="not UTF-8"):
        _changes(clone, "docs/\\xff.md")


def test_earlier_files_are_those_of_that_time(clone: Clone) -> None:
    with open_checkout(clone.path) as checkout:
        then = checkout.earlier(FIRST + 2 * DAY - 1)

        assert then is not None
        assert then.text("POLICY.md") == "one\n2\n"
        assert checkout.text("POLICY.md") == "one\n2\nthree\n"


@pytest.mark.parametrize(
    "moment", [pytest.param(FIRST - 1, id="before all"), pytest.param(-1, id="before 1970")]
)
def test_before_the_first_commit_there_are_no_files(clone: Clone, moment: int) -> None:
    with open_checkout(clone.path) as checkout:
        assert checkout.earlier(moment) is None


def test_what_was_not_merged_then_was_not_there(clone: Clone) -> None:
    clone.git("checkout", "-q", "-b", "topic")
    _commit(clone, 4, {"docs/b.md": "b\n"})
    clone.git("checkout", "-q", "main")
    when = f"{FIRST + 9 * DAY} +0000"
    clone.git("merge", "-q", "--no-ff", "-m", "Merge", "topic", GIT_COMMITTER_DATE=when)

    with open_checkout(clone.path) as checkout:
        then = checkout.earlier(FIRST + 5 * DAY)

        assert then is not None
        assert "docs/b.md" not in then.entries()


def test_an_empty_repository_has_neither(make: Make) -> None:
    with open_checkout(make().path) as checkout:
        assert list(checkout.changes(["a"], since=0)) == []
        assert checkout.earlier(FIRST) is None


def test_a_shallow_clone_tells_neither(clone: Clone, tmp_path: Path) -> None:
    shallow = clone.clone(tmp_path / "shallow", "--depth=1")

    with open_checkout(shallow.path) as checkout:
        with pytest.raises(Unobserved, match="shallow"):
            checkout.changes(["POLICY.md"], since=0)
        with pytest.raises(Unobserved, match="shallow"):
            checkout.earlier(FIRST)


def test_a_damaged_history_is_unknown(clone: Clone) -> None:
    clone.loose(clone.git("rev-parse", "HEAD~2")).unlink()

    with open_checkout(clone.path) as checkout:
        with pytest.raises(Unobserved):
            list(checkout.changes(["POLICY.md"], since=0))
        with pytest.raises(Unobserved):
            checkout.earlier(FIRST)
