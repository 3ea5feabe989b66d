"""Count the project's own source files that say under which license they are."""

from __future__ import annotations

from dataclasses import dataclass

from osmm_scan.collectors.licensing import mentions
from osmm_scan.collectors.licensing.reuse import Coverage, coverage
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies import paths
from osmm_scan.errors import Unobserved
from osmm_scan.sources.repository import Entry, EntryKind

SAMPLE = 400
_HEAD = 4_096
# Larger source files are data or made by programs, and cost more than they tell.
_LARGEST = 512 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Headers:
    """How many own source files there are, were looked at, have a license, could not be read."""

    files: int
    examined: int
    licensed: int
    unread: int
    first: tuple[str, int | None] | None = None

    @property
    def low(self) -> float:
        """Return the share that surely has a license."""
        return self.licensed / self.examined

    @property
    def high(self) -> float:
        """Return the share that may have one."""
        return (self.licensed + self.unread) / self.examined


def headers(observer: Observer) -> Headers:
    """Return how many of the project's own source files have a license header or REUSE entry."""
    entries = observer.repository.entries()
    own = [entry for entry in entries.values() if _is_source(entry)]
    # Object ids are as good as random, and the same in every scan.
    sample = sorted(own, key=lambda entry: (entry.oid, entry.path))[:SAMPLE]
    covered = coverage(observer)
    licensed = unread = 0
    first: tuple[str, int | None] | None = None
    examined = sorted(sample, key=lambda entry: entry.path)
    observer.repository.expect(entry.path for entry in examined)
    for entry in examined:
        try:
            found = _license_of(observer, entry, covered)
        except Unobserved:
            unread += 1
            continue
        if found is not None:
            licensed += 1
            first = first or found
        elif covered.faults:
            unread += 1
    return Headers(
        files=len(own), examined=len(sample), licensed=licensed, unread=unread, first=first
    )


def _is_source(entry: Entry) -> bool:
    return (
        entry.kind is EntryKind.FILE
        # A file that a partial clone lacks has no size and counts as unread.
        and entry.size != 0
        and (entry.size or 0) <= _LARGEST
        and paths.language(entry.path) is not None
        and paths.is_own(entry.path)
    )


def _license_of(
    observer: Observer, entry: Entry, covered: Coverage
) -> tuple[str, int | None] | None:
    """Return the file and line that say under which license a file is."""
    beside = f"{entry.path}.license"
    source = covered.source(entry.path)
    if source is not None:
        return source, None
    if beside in observer.repository.entries():
        return beside, None
    head = observer.repository.read(entry.path)[:_HEAD].decode("utf-8", "replace")
    line = next((line for line, _ in mentions.identifiers(head)), None)
    return None if line is None else (entry.path, line)
