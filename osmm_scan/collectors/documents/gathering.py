"""Documents of a repository, and those that only together are one: a radar of a file per entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from osmm_scan.collectors.documents.radar import ENTRIES, file_name
from osmm_scan.collectors.documents.recognition import SUBSTANTIVE, Finding

_RADAR = "tech_radar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a file was found to be, and the text it was found in.

    `parts` are those that it was made of.
    """

    path: str
    text: str
    finding: Finding
    parts: tuple[Document, ...] = ()

    @property
    def line(self) -> int:
        """Return the line at which it begins to be what it is."""
        return self.finding.lines[0][0] if self.finding.lines else 1


def gathered(documents: Iterable[Document]) -> list[Document]:
    """Return the documents, with the single entries of a radar made into one."""
    read = list(documents)
    entries = [one for one in read if _is_entry(one)]
    # Editions lie side by side in folders named by their day: the last is what holds now.
    current = {file_name(one.path): one for one in sorted(entries, key=lambda one: one.path)}
    if len(current) < ENTRIES:
        return read
    newest = max(current.values(), key=lambda one: one.path)
    parts = {
        "entries": len(current),
        "hold_count": sum(int(one.finding.parts["hold_count"]) for one in current.values()),
    }
    radar = replace(newest.finding, quality=SUBSTANTIVE, why="", parts=parts)
    others = [one for one in read if not _is_entry(one)]
    return [*others, replace(newest, finding=radar, parts=tuple(current.values()))]


def _is_entry(document: Document) -> bool:
    finding = document.finding
    return finding.name == _RADAR and finding.quality == 1 and finding.parts.get("entries") == 1
