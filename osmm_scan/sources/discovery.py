"""Find the clones of an estate in a folder, two levels deep."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

from osmm_scan.errors import SourceError, UsageError
from osmm_scan.sources.git_directory import is_clone

_LEVELS = 2
_log = logging.getLogger(__name__)


def find_checkouts(directory: Path) -> tuple[Path, ...]:
    """Return the clones in `DIRECTORY/*/` or `DIRECTORY/*/*/`, bare or not, sorted.

    Links are not followed, and clones not searched for further repositories inside.
    """
    if not directory.is_dir():
        raise UsageError(f"{directory}: no such folder; give a folder that holds clones")
    if is_clone(directory):
        raise UsageError(f"{directory}: itself a clone; give the folder that holds it")
    try:
        return tuple(sorted(_clones(directory, _LEVELS)))
    except OSError as error:
        raise SourceError(f"{directory}: cannot be read ({error.strerror})") from error


def _clones(folder: Path, levels: int) -> Iterator[Path]:
    with os.scandir(folder) as found:
        inner = [folder / item.name for item in found if item.is_dir(follow_symlinks=False)]
    for path in inner:
        yield from _clones_at(path, levels)


def _clones_at(path: Path, levels: int) -> Iterator[Path]:
    try:
        if is_clone(path):
            yield path
        elif levels > 1:
            yield from _clones(path, levels - 1)
    except PermissionError:
        _log.warning("%s: not readable by this user; nothing in it is scanned", path)
