"""The files at one commit: listed whole where that is affordable, else looked up one by one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.git_process import Git
from osmm_scan.sources.objects import ObjectReader
from osmm_scan.sources.records import records
from osmm_scan.sources.repository import Entry
from osmm_scan.sources.tree_parser import TreeItem, listed, tree_items

ENTRY_LIMIT = 300_000
_FOLDER_LIMIT = 20_000
_PATH_LIMIT = 64 * 1024
_COMMIT_LIMIT = 16 * 1024 * 1024
_TREE_LIMIT = 16 * 1024 * 1024


class Tree:
    """Answers for the paths at one commit. What was looked at once is kept."""

    def __init__(self, git: Git, objects: ObjectReader, commit: str) -> None:
        self._git = git
        self._objects = objects
        self._commit = commit
        self._folders: dict[str, Mapping[str, TreeItem]] = {}

    def entries(self) -> Mapping[str, Entry]:
        """Return every path, sorted; `Unobserved` when there are too many or one is damaged."""
        if isinstance(self._listing, Unobserved):
            raise self._listing
        return self._listing

    def folder(self, path: str) -> Mapping[str, Entry]:
        """Return the paths directly in a folder, sorted; empty where there is no such folder."""
        if isinstance(self._listing, Unobserved):
            found = self._looked_up(path)
        else:
            prefix = path and f"{path}/"
            found = {
                name: entry
                for name, entry in self._listing.items()
                if name.startswith(prefix) and "/" not in name[len(prefix) :]
            }
        return MappingProxyType(dict(sorted(found.items())))

    def find(self, path: str) -> Entry | None:
        """Return the entry at a path, None where there is none or a folder."""
        if not isinstance(self._listing, Unobserved):
            return self._listing.get(path)
        folder, _, name = path.rpartition("/")
        item = self._items(folder).get(name)
        return self._entry(path, item) if item else None

    @cached_property
    def _listing(self) -> Mapping[str, Entry] | Unobserved:
        try:
            return MappingProxyType(dict(sorted(self._list().items())))
        except Unobserved as reason:
            return reason

    def _list(self) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        arguments = ("ls-tree", "-r", "-l", "-z", "--full-tree", self._commit)
        with self._git.start(*arguments, task="list the files") as process:
            for count, record in enumerate(records(process.output, limit=_PATH_LIMIT)):
                if count == ENTRY_LIMIT:
                    raise Unobserved(Missing.TRUNCATED, f"more than {ENTRY_LIMIT} files")
                entry = listed(record)
                found.setdefault(entry.path, entry)
            process.finish()
        return found

    def _looked_up(self, folder: str) -> dict[str, Entry]:
        prefix = folder and f"{folder}/"
        items = self._items(folder)
        if len(items) > _FOLDER_LIMIT:
            reason = f"more than {_FOLDER_LIMIT} files in one folder"
            raise Unobserved(Missing.TRUNCATED, reason)
        found = (self._entry(prefix + name, item) for name, item in items.items())
        return {entry.path: entry for entry in found if entry is not None}

    def _entry(self, path: str, item: TreeItem) -> Entry | None:
        if item.kind is None:
            return None
        return Entry(path, item.kind, item.oid, self._size(item))

    def _size(self, item: TreeItem) -> int | None:
        try:
            kind, size = self._objects.info(item.oid)
        except Unobserved:  # a submodule, or not in a partial clone
            return None
        return size if kind == "blob" else None

    def _items(self, folder: str) -> Mapping[str, TreeItem]:
        oid = self._root
        for name in folder.split("/") if folder else ():
            item = self._tree(oid).get(name)
            if item is None or item.kind is not None:
                return {}
            oid = item.oid
        return self._tree(oid)

    def _tree(self, oid: str) -> Mapping[str, TreeItem]:
        if oid not in self._folders:
            content = self._objects.read(oid, limit=_TREE_LIMIT)
            self._folders[oid] = tree_items(content, len(oid) // 2)
        return self._folders[oid]

    @cached_property
    def _root(self) -> str:
        header, _, _ = self._objects.read(self._commit, limit=_COMMIT_LIMIT).partition(b"\n")
        kind, _, oid = header.partition(b" ")
        if kind != b"tree":
            raise Unobserved(Missing.FAULT, f"object {self._commit} is no commit")
        return oid.decode("ascii", "replace")
