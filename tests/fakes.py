"""A repository in memory that speaks the protocol collectors use."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from types import ModuleType

from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing, Source
from osmm_scan.sources.hosting import Hosting
from osmm_scan.sources.repository import Change, Commit, Entry, EntryKind, Person, Remote, Tag

AS_OF = date(2026, 6, 30)
COMMIT = "c" * 40


class FakeRepository:
    """Files as bytes, text or the `Unobserved` that reading them raises."""

    def __init__(
        self,
        files: Mapping[str, bytes | str | Unobserved] | None = None,
        *,
        name: str = "acme/widgets",
        commits: Iterable[Commit] | Unobserved = (),
        tags: Iterable[Tag] = (),
        inherited: FakeRepository | Unobserved | None = None,
        remote: Remote | None = None,
        changes: Iterable[Change] | Unobserved = (),
        earlier: FakeRepository | Unobserved | None = None,
    ) -> None:
        self.name = name
        self.commit = COMMIT
        self.branch = "main"
        self.remote = remote
        self._files = dict(files or {})
        self._commits = commits if isinstance(commits, Unobserved) else tuple(commits)
        self._tags = tuple(tags)
        self._inherited = inherited
        self._changes = changes if isinstance(changes, Unobserved) else tuple(changes)
        self._earlier = earlier

    def entries(self) -> Mapping[str, Entry]:
        return {
            path: Entry(
                path,
                EntryKind.FILE,
                hashlib.sha256(path.encode()).hexdigest()[:40],
                100 if isinstance(content, Unobserved) else len(_bytes(content)),
            )
            for path, content in sorted(self._files.items())
        }

    def folder(self, path: str = "") -> Mapping[str, Entry]:
        prefix = path and f"{path}/"
        return {
            name: entry
            for name, entry in self.entries().items()
            if name.startswith(prefix) and "/" not in name[len(prefix) :]
        }

    def expect(self, paths: Iterable[str]) -> None:
        assert not isinstance(paths, str)

    def read(self, path: str, *, limit: int = 2 * 1024 * 1024) -> bytes:
        content = self._files[path]
        if isinstance(content, Unobserved):
            raise content
        data = _bytes(content)
        if len(data) > limit:
            raise Unobserved(Missing.TRUNCATED, f"{path} is larger than {limit} bytes")
        return data

    def text(self, path: str, *, limit: int = 2 * 1024 * 1024) -> str:
        data = self.read(path, limit=limit)
        if b"\0" in data:
            raise Unobserved(Missing.NOT_SUPPORTED, f"{path} is binary")
        return data.decode("utf-8", "replace")

    def commits(self) -> Iterator[Commit]:
        if isinstance(self._commits, Unobserved):
            raise self._commits
        return iter(self._commits)

    def changes(self, paths: Collection[str], *, since: int) -> Iterator[Change]:
        if isinstance(self._changes, Unobserved):
            raise self._changes
        return (one for one in self._changes if one.path in paths and one.committed >= since)

    def earlier(self, moment: int) -> FakeRepository | None:
        if isinstance(self._earlier, Unobserved):
            raise self._earlier
        return self._earlier

    def tags(self) -> tuple[Tag, ...]:
        return self._tags

    def inherited(self) -> FakeRepository | None:
        if isinstance(self._inherited, Unobserved):
            raise self._inherited
        return self._inherited

    def source(self, path: str | None = None, line: int | None = None) -> Source:
        return Source(path=path, line=line, commit=self.commit)


def observe(
    repository: FakeRepository, as_of: date = AS_OF, hosting: Hosting | None = None
) -> Observer:
    """Return the desk at which a collector sees this repository."""
    return Observer(repository=repository, as_of=as_of, hosting=hosting)


def commit(
    day: str,
    author: str = "Ada Lovelace <ada@example.org>",
    message: str = "Change something",
    *,
    parents: int = 1,
    signed: bool = False,
) -> Commit:
    """Return a commit of that day (`2026-05-01`) whose committer is its author."""
    name, _, email = author.rstrip(">").partition(" <")
    seconds = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
    person = Person(name, email)
    return Commit(
        oid=hashlib.sha256(f"{day}{author}{message}".encode()).hexdigest()[:40],
        author=person,
        committer=person,
        authored=seconds,
        committed=seconds,
        parents=parents,
        signed=signed,
        message=message,
    )


def change(path: str, day: str, lines: int | None = 40) -> Change:
    """Return a change of a file on that day (`2026-05-01`)."""
    return Change(path, int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()), lines)


def tag(
    name: str, day: str | None = "2026-05-01", *, annotated: bool = False, signed: bool = False
) -> Tag:
    """Return a tag of that day; None stands for a recorded time that is no date."""
    seconds = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) if day else None
    return Tag(name=name, commit=COMMIT, created=seconds, annotated=annotated, signed=signed)


def facts(
    collector: ModuleType, repository: FakeRepository, hosting: Hosting | None = None
) -> dict[str, Evidence]:
    """Return what a collector says of a repository, its details left out, each fact once."""
    observer = observe(repository, hosting=hosting)
    found: dict[str, Evidence] = {}
    reason = Unobserved(Missing.NOT_COLLECTED, "the collector did not look at it")
    try:
        for item in collector.collect(observer):
            assert item.key in collector.FACTS or item.key in collector.DETAILS
            assert item.key not in found, f"{item.key} was said twice"
            if item.key in collector.FACTS:
                found[item.key] = item
    except Unobserved as fault:
        reason = fault
    return {key: found.get(key) or observer.missing(key, reason) for key in collector.FACTS}


def _bytes(content: bytes | str) -> bytes:
    return content.encode() if isinstance(content, str) else content
