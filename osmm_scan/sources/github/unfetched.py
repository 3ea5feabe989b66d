"""A repository that was not fetched: who it is, and why nothing else is known of its content."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NoReturn

from osmm_scan.errors import Unobserved
from osmm_scan.model import Source
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


class UnfetchedRepository:
    """A `Repository` that answers every question for its content with one reason."""

    def __init__(self, remote: Remote, reason: Unobserved) -> None:
        self._remote = remote
        self._reason = reason

    @property
    def name(self) -> str:
        """Return `OWNER/NAME`."""
        return f"{self._remote.owner}/{self._remote.name}"

    @property
    def commit(self) -> str | None:
        """Raise the reason."""
        self._refuse()

    @property
    def branch(self) -> str | None:
        """Raise the reason."""
        self._refuse()

    @property
    def remote(self) -> Remote | None:
        """Return where the repository is."""
        return self._remote

    def entries(self) -> Mapping[str, Entry]:
        """Raise the reason."""
        self._refuse()

    def folder(self, path: str = "") -> Mapping[str, Entry]:
        """Raise the reason."""
        self._refuse()

    def expect(self, paths: Iterable[str]) -> None:
        """Raise the reason."""
        self._refuse()

    def read(self, path: str, *, limit: int = READ_LIMIT) -> bytes:
        """Raise the reason."""
        self._refuse()

    def text(self, path: str, *, limit: int = READ_LIMIT) -> str:
        """Raise the reason."""
        self._refuse()

    def commits(self) -> Iterator[Commit]:
        """Raise the reason."""
        self._refuse()

    def changes(self, paths: Collection[str], *, since: int) -> Iterator[Change]:
        """Raise the reason."""
        self._refuse()

    def earlier(self, moment: int) -> Files | None:
        """Raise the reason."""
        self._refuse()

    def tags(self) -> tuple[Tag, ...]:
        """Raise the reason."""
        self._refuse()

    def inherited(self) -> Repository | None:
        """Raise the reason."""
        self._refuse()

    def source(self, path: str | None = None, line: int | None = None) -> Source:
        """Return the page of the repository."""
        return Source(url=self._remote.url)

    def _refuse(self) -> NoReturn:
        raise self._reason
