"""Find the git directory of a clone and refuse one that reaches outside of itself.

A parent folder is never searched: what is not a repository does not become one by where it lies.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from osmm_scan.errors import SourceError, UsageError
from osmm_scan.sources.untrusted_files import kind, read_beneath

_LINE_LIMIT = 16 * 1024
_CLONE = "clone the repository anew with `git clone` and scan that"


@dataclass(frozen=True, slots=True, kw_only=True)
class GitDirectory:
    """A clone on disk: `head` holds its HEAD; `common` its objects and references."""

    name: str
    head: Path
    common: Path


def locate(path: Path) -> GitDirectory:
    """Return the git directory of the clone at `path`, a work tree or a bare repository."""
    try:
        root = path.resolve()
        found = _locate(path, root)
        _refuse_what_leaves(path, found.common)
    except PermissionError as error:
        raise SourceError(f"{path}: not readable by this user ({error.filename})") from error
    except (OSError, ValueError, RuntimeError) as error:
        raise SourceError(f"{path}: cannot be read ({_reason(error)}); {_CLONE}") from error
    return found


def is_clone(path: Path) -> bool:
    """Tell whether a folder is a work tree or a bare repository by its looks."""
    return kind(path / ".git") in {stat.S_IFDIR, stat.S_IFREG} or _is_git_directory(path)


def _locate(path: Path, root: Path) -> GitDirectory:
    if kind(root) is None:
        raise UsageError(f"{path}: no such folder; give the path of a clone")
    if kind(root) != stat.S_IFDIR:
        raise UsageError(f"{path}: a file where a folder is expected; give the path of a clone")
    dot_git = root / ".git"
    match kind(dot_git):
        case stat.S_IFDIR:
            return _git_directory(path, dot_git, root.name)
        case stat.S_IFREG:
            return _linked_work_tree(path, root)
        case None:
            return _bare(path, root)
    raise SourceError(f"{path}: .git is neither a folder nor a file; {_CLONE}")


def _bare(path: Path, root: Path) -> GitDirectory:
    if not _is_git_directory(root):
        raise UsageError(
            f"{path}: not a git repository, and parents are not searched; give the path of a clone"
        )
    name = root.parent.name if root.name == ".git" else root.name
    return _git_directory(path, root, name)


def _git_directory(path: Path, directory: Path, name: str) -> GitDirectory:
    if kind(directory / "commondir") is not None:
        raise SourceError(f"{path}: its git directory borrows another one (commondir); {_CLONE}")
    return GitDirectory(name=name, head=directory, common=directory)


def _linked_work_tree(path: Path, root: Path) -> GitDirectory:
    """Follow a .git file, but only to a repository that names this work tree as its own.

    Otherwise a supplied folder could have any other repository of this machine read and reported.
    """
    own = Path(os.path.normpath(root / _pointer(root, ".git", "gitdir: ")))
    common = own.parent.parent
    if own.parent.name != "worktrees":
        raise SourceError(f"{path}: .git leads to another folder; scan that repository itself")
    if os.path.normpath(own / _pointer(own, "gitdir")) != str(root / ".git"):
        raise SourceError(
            f"{path}: .git leads to a repository that does not know this work tree;"
            " run `git worktree repair` in that repository"
        )
    if os.path.normpath(own / _pointer(own, "commondir")) != str(common):
        raise SourceError(f"{path}: its git directory borrows another one (commondir); {_CLONE}")
    return GitDirectory(name=root.name, head=own, common=_git_directory(path, common, "").common)


def _pointer(folder: Path, name: str, prefix: str = "") -> str:
    line = os.fsdecode(read_beneath(folder, name, _LINE_LIMIT)).rstrip("\r\n")
    if not line.startswith(prefix):
        raise ValueError(f"{name} is malformed")
    return line.removeprefix(prefix)


def _is_git_directory(directory: Path) -> bool:
    return kind(directory / "HEAD") is not None and all(
        kind(directory / name) == stat.S_IFDIR for name in ("objects", "refs")
    )


def _refuse_what_leaves(path: Path, common: Path) -> None:
    if kind(common / "reftable") is not None:
        raise SourceError(
            f"{path}: unsupported repository format (reftable);"
            " convert it with `git refs migrate --ref-format=files`"
        )
    store = common / "objects"
    for folder in (store, store / "pack", store / "info"):
        if kind(folder) not in {stat.S_IFDIR, None}:
            raise SourceError(f"{path}: {folder.name} in its git directory is no folder; {_CLONE}")
    if kind(store) is None:
        raise SourceError(f"{path}: its git directory has no objects; {_CLONE}")
    if kind(store / "info" / "alternates") is not None:
        raise SourceError(
            f"{path}: it borrows objects of another repository (alternates);"
            " run `git repack -a -d` in it and remove objects/info/alternates"
        )
    _refuse_links(path, store)


def _refuse_links(path: Path, store: Path) -> None:
    """Refuse what git would follow out of the store, or wait for: links, FIFOs and devices."""
    pending = [store]
    while pending:
        with os.scandir(pending.pop()) as found:
            for item in found:
                if item.is_dir(follow_symlinks=False):
                    pending.append(Path(item.path))
                elif not item.is_file(follow_symlinks=False):
                    raise SourceError(
                        f"{path}: {item.name!a} among its objects is a link; {_CLONE}"
                    )


def _reason(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)
