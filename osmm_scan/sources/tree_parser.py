"""Turn what git says about trees into entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.repository import Entry, EntryKind
from osmm_scan.sources.texts import decode_path

_FOLDER = b"40000"
_KINDS = {b"120000": EntryKind.SYMLINK, b"160000": EntryKind.SUBMODULE}


@dataclass(frozen=True, slots=True)
class TreeItem:
    """One item of a tree object; `kind` is None for a folder."""

    kind: EntryKind | None
    oid: str


def listed(record: bytes) -> Entry:
    """Return the entry in a record of `git ls-tree -r -l -z`."""
    fields, _, path = record.partition(b"\t")
    mode, _, oid, size = fields.split()
    kind = _KINDS.get(mode, EntryKind.FILE)
    # git says BAD where an object is not in a partial clone, and - for a submodule.
    return Entry(decode_path(path), kind, oid.decode(), int(size) if size.isdigit() else None)


def tree_items(content: bytes, id_length: int) -> Mapping[str, TreeItem]:
    """Return the items of a tree object by name: mode, space, name, NUL and a binary id each."""
    items: dict[str, TreeItem] = {}
    start = 0
    while start < len(content):
        end = content.find(b"\0", start)
        mode, separator, name = content[start:end].partition(b" ")
        start = end + 1 + id_length
        if end < 0 or not separator or start > len(content):
            raise Unobserved(Missing.FAULT, "a tree object is malformed")
        kind = None if mode.lstrip(b"0") == _FOLDER else _KINDS.get(mode, EntryKind.FILE)
        items.setdefault(decode_path(name), TreeItem(kind, content[end + 1 : start].hex()))
    return items
