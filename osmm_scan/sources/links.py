"""Follow symbolic links inside a tree, as a file system would, but never out of it."""

from __future__ import annotations

from collections.abc import Callable

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.repository import Entry, EntryKind

_LINK_LIMIT = 40


def resolve(
    path: str, *, find: Callable[[str], Entry | None], target: Callable[[Entry], str]
) -> Entry:
    """Return the file that a path leads to; `find` knows the tree and `target` reads a link.

    Raises `KeyError` when there is nothing at the path itself.
    """
    entry = find(path)
    if entry is None:
        raise KeyError(path)
    if entry.kind is EntryKind.SYMLINK:
        entry = find(_destination(path, find=find, target=target))
    if entry is None or entry.kind is not EntryKind.FILE:
        raise Unobserved(Missing.NOT_SUPPORTED, f"{path} leads to no file of this repository")
    return entry


def _destination(
    path: str, *, find: Callable[[str], Entry | None], target: Callable[[Entry], str]
) -> str:
    pending = path.split("/")[::-1]
    done: list[str] = []
    links = 0
    while pending:
        part = pending.pop()
        if part == "..":
            if not done:
                raise Unobserved(Missing.NOT_SUPPORTED, f"{path} is a link out of the repository")
            done.pop()
        elif part not in {"", "."}:
            done.append(part)
            entry = find("/".join(done))
            if entry is not None and entry.kind is EntryKind.SYMLINK:
                links += 1
                pending += _steps(path, target(entry), links)
                done.pop()
    return "/".join(done)


def _steps(path: str, target: str, links: int) -> list[str]:
    if target.startswith("/"):
        raise Unobserved(Missing.NOT_SUPPORTED, f"{path} is a link out of the repository")
    if links > _LINK_LIMIT:
        raise Unobserved(Missing.NOT_SUPPORTED, f"{path} is a link in a circle")
    return target.split("/")[::-1]
