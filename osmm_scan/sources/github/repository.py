"""A repository on GitHub as a `Repository`: a clone that fetches the past only when it is asked."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator, Mapping

from osmm_scan.errors import Unobserved
from osmm_scan.model import Source
from osmm_scan.sources.changes import commit_at
from osmm_scan.sources.checkout import Checkout, open_checkout
from osmm_scan.sources.github.clone import Fetch, fetched
from osmm_scan.sources.github.origins import Origin
from osmm_scan.sources.repository import (
    READ_LIMIT,
    Change,
    Commit,
    Entry,
    Files,
    Remote,
    Repository,
    Tag,
)


@contextlib.contextmanager
def open_remote(
    source: Origin, token: str | None, *, inherited: Repository | Unobserved | None
) -> Iterator[RemoteRepository]:
    """Yield a repository of a server; `Unobserved` when it cannot be fetched.

    `inherited` is the owner's `.github` repository.
    """
    with (
        fetched(source, token) as fetch,
        open_checkout(fetch.path, inherited=inherited, hosts=(source.remote.host,)) as checkout,
    ):
        yield RemoteRepository(checkout, fetch)


class RemoteRepository:
    """A clone without files of the past, and the way to them."""

    def __init__(self, checkout: Checkout, fetch: Fetch) -> None:
        self._checkout = checkout
        self._fetch = fetch

    @property
    def name(self) -> str:
        """Return `OWNER/NAME`."""
        return self._checkout.name

    @property
    def commit(self) -> str | None:
        """Return the commit id at HEAD, None when there is no commit yet."""
        return self._checkout.commit

    @property
    def branch(self) -> str | None:
        """Return the default branch."""
        return self._checkout.branch

    @property
    def remote(self) -> Remote | None:
        """Return where the repository is."""
        return self._checkout.remote

    def entries(self) -> Mapping[str, Entry]:
        """Return every path of the tree at HEAD, sorted; empty when there is no commit."""
        return self._checkout.entries()

    def folder(self, path: str = "") -> Mapping[str, Entry]:
        """Return the paths directly in one folder."""
        return self._checkout.folder(path)

    def expect(self, paths: Iterable[str]) -> None:
        """Read small files that are about to be asked for together."""
        self._checkout.expect(paths)

    def read(self, path: str, *, limit: int = READ_LIMIT) -> bytes:
        """Return a file's content at HEAD; links inside the tree are followed."""
        return self._checkout.read(path, limit=limit)

    def text(self, path: str, *, limit: int = READ_LIMIT) -> str:
        """Return a text file's content with `\\n` line ends."""
        return self._checkout.text(path, limit=limit)

    def commits(self) -> Iterator[Commit]:
        """Yield every commit that HEAD reaches, newest first."""
        return self._checkout.commits()

    def changes(self, paths: Collection[str], *, since: int) -> Iterator[Change]:
        """Yield what commits from `since` on did to these files, newest first, without merges."""
        if self.commit is not None:
            self._fetch.versions(self.commit, paths, since)
        return self._checkout.changes(paths, since=since)

    def earlier(self, moment: int) -> Files | None:
        """Return the files that the main line of HEAD had at that time."""
        if self.commit is not None:
            then = commit_at(self._fetch.git, self.commit, moment)
            if then is not None:
                self._fetch.files(then)
        return self._checkout.earlier(moment)

    def tags(self) -> tuple[Tag, ...]:
        """Return the tags that lead to commits, sorted by name."""
        return self._checkout.tags()

    def inherited(self) -> Repository | None:
        """Return the owner's `.github` repository, whose files GitHub applies as defaults."""
        return self._checkout.inherited()

    def source(self, path: str | None = None, line: int | None = None) -> Source:
        """Return where a fact of this repository stands, with a permalink."""
        return self._checkout.source(path, line)
