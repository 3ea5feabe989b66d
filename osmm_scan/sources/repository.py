"""What collectors may ask of a repository, however it was obtained, and the values they get.

A fact that cannot be seen is raised as `Unobserved`; nothing here ever answers with an empty value
in its place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from osmm_scan.model import Source

READ_LIMIT = 2 * 1024 * 1024


class EntryKind(StrEnum):
    """What a path in a tree is."""

    FILE = "file"
    SYMLINK = "symlink"
    SUBMODULE = "submodule"


@dataclass(frozen=True, slots=True)
class Entry:
    """One path of the tree at HEAD; a name that is not UTF-8 has escapes such as `\\xff` in it.

    `size` is in bytes, None for a submodule and for a file that a partial clone lacks.
    """

    path: str
    kind: EntryKind
    oid: str
    size: int | None


class Person(NamedTuple):
    """A name and address as a commit or tag states them."""

    name: str
    email: str


class Commit(NamedTuple):
    """One commit. Times are seconds since 1970 in UTC, None when the recorded one is no date."""

    oid: str
    author: Person
    committer: Person
    authored: int | None
    committed: int | None
    parents: int
    signed: bool
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One tag that leads to a commit. `created` as in `Commit`, of the tag or else the commit."""

    name: str
    commit: str
    created: int | None
    annotated: bool
    signed: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One commit's change of one file: when it was made, and how many lines it added and took away.

    `lines` is None where lines do not say it: in binary files, and in very large ones.
    """

    path: str
    committed: int
    lines: int | None


@dataclass(frozen=True, slots=True)
class Remote:
    """Where a clone came from: `https://HOST/OWNER/NAME`, without credentials."""

    host: str
    owner: str
    name: str

    @property
    def url(self) -> str:
        """Return the address for a browser."""
        return f"https://{self.host}/{self.owner}/{self.name}"


class Files(Protocol):
    """The files of one commit. Every method may raise `Unobserved`."""

    def entries(self) -> Mapping[str, Entry]:
        """Return every path of the tree at the commit, sorted; empty when there is no commit."""

    def folder(self, path: str = "") -> Mapping[str, Entry]:
        """Return the paths directly in one folder (`""` is the top), sorted; empty if none.

        Works for trees that `entries` finds too long or damaged elsewhere.
        """

    def expect(self, paths: Iterable[str]) -> None:
        """Announce files that are about to be read, so that they can be fetched together.

        What is read later, and what it raises, is the same without.
        """

    def read(self, path: str, *, limit: int = READ_LIMIT) -> bytes:
        """Return a file's content at the commit; links inside the tree are followed.

        Raises `Unobserved`: `truncated` when larger than `limit`, `fault` when damaged or absent
        from a partial clone, `not_supported` for LFS pointers, submodules and links that leave the
        repository. Raises `KeyError` when there is no such path.
        """

    def text(self, path: str, *, limit: int = READ_LIMIT) -> str:
        """Return a text file's content with `\\n` line ends.

        Raises `Unobserved` as `read` does, and `not_supported` when the file is binary.
        """


class Repository(Files, Protocol):
    """A repository at one commit, HEAD. Every method may raise `Unobserved`."""

    @property
    def name(self) -> str:
        """Return `OWNER/NAME` where the remote tells it, else the folder's name."""

    @property
    def commit(self) -> str | None:
        """Return the commit id at HEAD, None when there is no commit yet."""

    @property
    def branch(self) -> str | None:
        """Return the branch that HEAD is on, None when detached."""

    @property
    def remote(self) -> Remote | None:
        """Return where the clone came from, None when it says nothing usable."""

    def commits(self) -> Iterator[Commit]:
        """Yield every commit that HEAD reaches, newest first; `Unobserved` on a shallow clone."""

    def changes(self, paths: Collection[str], *, since: int) -> Iterator[Change]:
        """Yield what commits from `since` on did to these files, newest first, without merges.

        A file that came by its present name only lately has no earlier changes. `Unobserved` on a
        shallow clone.
        """

    def earlier(self, moment: int) -> Files | None:
        """Return the files that the main line of HEAD had at that time, None before its first.

        `Unobserved` on a shallow clone.
        """

    def tags(self) -> tuple[Tag, ...]:
        """Return the tags that lead to commits, sorted by name."""

    def inherited(self) -> Repository | None:
        """Return the owner's `.github` repository, whose files GitHub applies as defaults.

        None when there is none. `Unobserved` (`not_collected`) when it was not looked at.
        """

    def source(self, path: str | None = None, line: int | None = None) -> Source:
        """Return where a fact of this repository stands, with a permalink when there is one."""
