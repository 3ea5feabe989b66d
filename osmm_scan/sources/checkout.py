"""A local clone as a `Repository`: what was committed, read without trusting the clone's git files.

File facts come from the commit at HEAD, never from the work tree.
"""

from __future__ import annotations

import os
import re
import weakref
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from osmm_scan.errors import SourceError, Unobserved
from osmm_scan.model import Missing, Source
from osmm_scan.sources import changes, history, private_directory
from osmm_scan.sources.files import CommittedFiles
from osmm_scan.sources.git_config import CONFIG_LIMIT, first_value
from osmm_scan.sources.git_directory import GitDirectory, locate
from osmm_scan.sources.git_process import Git, executable
from osmm_scan.sources.objects import ObjectReader
from osmm_scan.sources.permalinks import permalink
from osmm_scan.sources.references import References, read_head
from osmm_scan.sources.remotes import parse_remote
from osmm_scan.sources.repository import READ_LIMIT, Change, Commit, Entry, Remote, Repository, Tag
from osmm_scan.sources.tags import read_tags
from osmm_scan.sources.texts import decode_path
from osmm_scan.sources.untrusted_files import read_beneath

_SHALLOW_LIMIT = 64 * 1024 * 1024
_SHALLOW_LINE = re.compile(rb"(?m)^[0-9a-f]{40}(?:[0-9a-f]{24})?$")
_NOT_LOOKED_AT = Unobserved(
    Missing.NOT_COLLECTED, "the owner's .github repository was not looked at"
)


def open_checkout(
    path: Path,
    *,
    inherited: Repository | Unobserved | None = _NOT_LOOKED_AT,
    hosts: Collection[str] = (),
) -> Checkout:
    """Return the clone at `path`, to be closed after use; `hosts` are further GitHub servers.

    Raises `UsageError` when there is no clone and `SourceError` when it must not be read.
    """
    executable()
    return Checkout(locate(path), inherited=inherited, hosts=hosts)


class Checkout:
    """A clone on disk. A context manager; for one thread at a time."""

    def __init__(
        self,
        directory: GitDirectory,
        *,
        inherited: Repository | Unobserved | None,
        hosts: Collection[str],
    ) -> None:
        self._directory = directory
        self._inherited = inherited
        self._hosts = hosts
        self._head = read_head(directory)
        self._remote = _remote(directory)
        self._shallow = _shallow(directory)
        private = private_directory.create(
            directory.common / "objects",
            sha256=isinstance(self._head.oid, str) and len(self._head.oid) == 64,
            shallow=self._shallow or b"",
        )
        self._remove = weakref.finalize(self, private_directory.remove, private)
        self._git = Git(private)
        self._objects = ObjectReader(self._git)
        self._at_head: CommittedFiles | None = None

    def __enter__(self) -> Checkout:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all processes and remove the private directory."""
        self._git.close()
        self._remove()

    @property
    def name(self) -> str:
        """Return `OWNER/NAME` where the remote tells it, else the folder's name."""
        if self._remote is not None:
            return f"{self._remote.owner}/{self._remote.name}"
        folder = decode_path(os.fsencode(self._directory.name)).removesuffix(".git")
        return re.sub(r"[^A-Za-z0-9_.-]+", "-", folder) or "repository"

    @property
    def commit(self) -> str | None:
        """Return the commit id at HEAD, None when there is no commit yet.

        `Unobserved` when HEAD names a branch that is missing from a repository with others.
        """
        if isinstance(self._head.oid, Unobserved):
            raise self._head.oid
        return self._head.oid

    @property
    def branch(self) -> str | None:
        """Return the branch that HEAD is on, None when detached."""
        return self._head.branch

    @property
    def remote(self) -> Remote | None:
        """Return where the clone came from, None when it says nothing usable."""
        return self._remote

    def entries(self) -> Mapping[str, Entry]:
        """Return every path of the tree at HEAD, sorted; empty when there is no commit.

        Names that are not UTF-8 show their bytes as escapes such as `\\xff`.
        """
        return self._files().entries()

    def folder(self, path: str = "") -> Mapping[str, Entry]:
        """Return the paths directly in one folder, even where `entries` is too long to list."""
        return self._files().folder(path)

    def expect(self, paths: Iterable[str]) -> None:
        """Read small files that are about to be asked for together."""
        self._files().expect(paths)

    def read(self, path: str, *, limit: int = READ_LIMIT) -> bytes:
        """Return a file's content at HEAD; links inside the tree are followed."""
        return self._files().read(path, limit=limit)

    def text(self, path: str, *, limit: int = READ_LIMIT) -> str:
        """Return a text file's content with `\\n` line ends; `Unobserved` when it is binary."""
        return self._files().text(path, limit=limit)

    def commits(self) -> Iterator[Commit]:
        """Yield every commit that HEAD reaches, newest first; `Unobserved` on a shallow clone."""
        oid = self._whole_history()
        return iter(()) if oid is None else history.commits(self._git, oid)

    def changes(self, paths: Collection[str], *, since: int) -> Iterator[Change]:
        """Yield what commits from `since` on did to these files, newest first, without merges."""
        oid = self._whole_history()
        return iter(()) if oid is None else changes.changes(self._git, oid, paths, since)

    def earlier(self, moment: int) -> CommittedFiles | None:
        """Return the files that the main line of HEAD had at that time, None before its first."""
        oid = self._whole_history()
        then = None if oid is None else changes.commit_at(self._git, oid, moment)
        return None if then is None else CommittedFiles(self._git, self._objects, then)

    def tags(self) -> tuple[Tag, ...]:
        """Return the tags that lead to commits, sorted by name."""
        return tuple(read_tags(References(self._directory.common).tags(), self._objects))

    def inherited(self) -> Repository | None:
        """Return the owner's `.github` repository, whose files GitHub applies as defaults."""
        if isinstance(self._inherited, Unobserved):
            raise self._inherited
        return self._inherited

    def source(self, path: str | None = None, line: int | None = None) -> Source:
        """Return where a fact of this repository stands, with a permalink when there is one."""
        oid = self._head.oid
        commit = oid if isinstance(oid, str) else None
        url = None
        if commit is not None and self._remote is not None:
            url = permalink(self._remote, commit, path, line, hosts=self._hosts)
        return Source(url=url, path=path, line=line, commit=commit)

    def _files(self) -> CommittedFiles:
        if self._at_head is None:
            self._at_head = CommittedFiles(self._git, self._objects, self.commit)
        return self._at_head

    def _whole_history(self) -> str | None:
        """Return the commit at HEAD, whose history is not cut; None when there is no commit."""
        if self._shallow is not None:
            raise Unobserved(
                Missing.TRUNCATED, "a shallow clone; complete it with `git fetch --unshallow`"
            )
        return self.commit


def _remote(directory: GitDirectory) -> Remote | None:
    try:
        config = read_beneath(directory.common, "config", CONFIG_LIMIT)
    except OSError:  # a clone without a readable configuration is still a clone
        return None
    address = first_value(config.decode("utf-8", "replace"), "remote", "origin", "url")
    return parse_remote(address) if address else None


def _shallow(directory: GitDirectory) -> bytes | None:
    """Return the commits at which history was cut, one per line; None where it was not."""
    try:
        content = read_beneath(directory.common, "shallow", _SHALLOW_LIMIT)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SourceError(f"{directory.common / 'shallow'}: {error.strerror}") from error
    lines = (line + b"\n" for line in _SHALLOW_LINE.findall(content))
    return b"".join(lines) if content.strip() else None
