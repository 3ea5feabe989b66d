"""Read small files of a folder that somebody else supplied: no link is followed, nothing blocks.

What is refused is raised as `OSError`, and a file that is not there as `FileNotFoundError`.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# A FIFO or a terminal would block open() itself without O_NONBLOCK.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def read_beneath(root: Path, name: str, limit: int) -> bytes:
    """Return the content of the regular file `name` below `root`, at most `limit` bytes of it."""
    *folders, last = _parts(name)
    with _folder(root, folders) as descriptor:
        return _read(os.open(last, _FILE, dir_fd=descriptor), limit)


def files_beneath(root: Path, name: str) -> Iterator[str]:
    """Yield the paths of all regular files below the folder `name` of `root`, relative to `root`.

    Links are not listed, and folders behind them not entered.
    """
    pending = [name]
    while pending:
        current = pending.pop()
        with _folder(root, _parts(current)) as descriptor, os.scandir(descriptor) as found:
            for item in found:
                path = f"{current}/{item.name}"
                if item.is_dir(follow_symlinks=False):
                    pending.append(path)
                elif item.is_file(follow_symlinks=False):
                    yield path


def kind(path: Path) -> int | None:
    """Return the file type bits of a path itself (`stat.S_IFDIR`, ...), None if it is not there."""
    try:
        return stat.S_IFMT(os.lstat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _parts(name: str) -> list[str]:
    parts = name.split("/")
    if any(part in {"", ".", ".."} or "\0" in part for part in parts):
        raise OSError(errno.EINVAL, "not a plain path", name)
    return parts


@contextmanager
def _folder(root: Path, parts: list[str]) -> Iterator[int]:
    descriptor = os.open(root, _FOLDER)
    try:
        for part in parts:
            inner = os.open(part, _FOLDER, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)


def _read(descriptor: int, limit: int) -> bytes:
    with open(descriptor, "rb", buffering=0) as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        content = (
            b"".join(iter(lambda: file.read(1 << 20), b"")) if status.st_size <= limit else b""
        )
        if max(status.st_size, len(content)) > limit:
            raise OSError(errno.EFBIG, f"larger than {limit} bytes")
        return content
