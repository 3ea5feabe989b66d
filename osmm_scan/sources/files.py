"""The files of one commit of a clone: listed, and read out of the object store."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.git_process import Git
from osmm_scan.sources.links import resolve
from osmm_scan.sources.objects import ObjectReader
from osmm_scan.sources.repository import READ_LIMIT, Entry, EntryKind
from osmm_scan.sources.texts import decode_file, decode_path
from osmm_scan.sources.tree import Tree

_TARGET_LIMIT = 4096
_POINTER = re.compile(rb"version https://git-lfs\.github\.com/spec/[^\n]{1,100}\n")
_POINTER_LIMIT = 1024
# Larger files are read by themselves; together they take no more memory than this.
_AHEAD_EACH = 128 * 1024
_AHEAD_TOTAL = 16 * 1024 * 1024


class CommittedFiles:
    """The files at one commit of a clone, which has none where there is no commit yet."""

    def __init__(self, git: Git, objects: ObjectReader, commit: str | None) -> None:
        self._objects = objects
        self._tree = None if commit is None else Tree(git, objects, commit)

    def entries(self) -> Mapping[str, Entry]:
        """Return every path of the tree, sorted.

        Names that are not UTF-8 show their bytes as escapes such as `\\xff`.
        """
        return MappingProxyType({}) if self._tree is None else self._tree.entries()

    def folder(self, path: str = "") -> Mapping[str, Entry]:
        """Return the paths directly in one folder, even where `entries` is too long to list."""
        return MappingProxyType({}) if self._tree is None else self._tree.folder(path)

    def expect(self, paths: Iterable[str]) -> None:
        """Read small files that are about to be asked for together; it drops those before."""
        entries = self.entries()
        oids: list[str] = []
        left = _AHEAD_TOTAL
        for path in paths:
            entry = entries.get(path)
            if entry is not None and entry.kind is EntryKind.FILE and entry.size is not None:
                left -= entry.size if entry.size <= _AHEAD_EACH else 0
                if left < 0:
                    break
                oids.append(entry.oid)
        self._objects.forget()
        self._objects.read_ahead(oids, limit=_AHEAD_EACH)

    def read(self, path: str, *, limit: int = READ_LIMIT) -> bytes:
        """Return a file's content; links inside the tree are followed."""
        if self._tree is None:
            raise KeyError(path)
        entry = resolve(path, find=self._tree.find, target=self._target)
        if entry.size is None:
            raise Unobserved(Missing.FAULT, f"{path} is damaged or not in this clone")
        if entry.size > limit:
            raise Unobserved(Missing.TRUNCATED, f"{path} is larger than {limit} bytes")
        content = self._content(entry)
        if len(content) <= _POINTER_LIMIT and _POINTER.match(content):
            raise Unobserved(Missing.NOT_SUPPORTED, f"{path} is kept in Git LFS, not in the clone")
        return content

    def text(self, path: str, *, limit: int = READ_LIMIT) -> str:
        """Return a text file's content with `\\n` line ends; `Unobserved` when it is binary."""
        return decode_file(self.read(path, limit=limit), path)

    def _target(self, link: Entry) -> str:
        if link.size is None or link.size > _TARGET_LIMIT:
            raise Unobserved(Missing.FAULT, f"{link.path} is a damaged link")
        return decode_path(self._content(link))

    def _content(self, entry: Entry) -> bytes:
        try:
            return self._objects.content(entry.oid, entry.size or 0)
        except Unobserved as reason:
            raise Unobserved(reason.missing, f"{entry.path}: {reason.why}") from reason
