"""What was seen of single repositories, kept so that a scan need not look twice.

A snapshot is found by everything that it depends on, so a stale one is never read. An interrupted
scan goes on where it stopped, and a repository that did not change costs its line in the inventory.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import tempfile
from pathlib import Path

from osmm_scan.errors import StoreError, UsageError
from osmm_scan.model import Bundle
from osmm_scan.store.bundle import pack, read_bundle

MOST_BYTES = 512 * 1024**2

_log = logging.getLogger(__name__)


class Snapshots:
    """A folder of snapshots; without a folder it knows and keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def find(self, parts: tuple[str, ...]) -> Bundle | None:
        """Return what was seen under these circumstances, None when that is not known."""
        if self._folder is None:
            return None
        try:
            return read_bundle(self._path(self._folder, parts))
        except StoreError as error:
            _log.debug("%s", error)
            return None

    def keep(self, parts: tuple[str, ...], bundle: Bundle) -> None:
        """Keep what was seen; a folder that cannot be written to is left with a warning."""
        if self._folder is None:
            return
        path = self._path(self._folder, parts)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(path, pack(bundle))
        except OSError as error:
            _log.warning("%s: no snapshots are kept: %s", self._folder, error.strerror)
            self._folder = None

    def prune(self, most: int = MOST_BYTES) -> None:
        """Remove the oldest snapshots until the others fit."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError):  # another scan prunes the same folder
            found = [(path.stat(), path) for path in self._folder.glob("*/*.jsonl.gz")]
            room = most
            for state, path in sorted(found, key=lambda one: -one[0].st_mtime):
                room -= state.st_size
                if room < 0:
                    path.unlink(missing_ok=True)

    @staticmethod
    def _path(folder: Path, parts: tuple[str, ...]) -> Path:
        digest = hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()
        return folder / digest[:2] / f"{digest[2:]}.jsonl.gz"


def open_snapshots(folder: Path | None, *, fresh: bool) -> Snapshots:
    """Return the snapshots of a folder, or those of this user; with `fresh` none at all."""
    if fresh:
        return Snapshots(None)
    if folder is not None:
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"--cache: {folder} is no folder")
        return Snapshots(folder)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("HOME", "")
    if not base.startswith("/"):
        return Snapshots(None)
    inner = "osmm-scan" if os.environ.get("XDG_CACHE_HOME") else ".cache/osmm-scan"
    return Snapshots(Path(base) / inner)


def _write(path: Path, content: bytes) -> None:
    """Put a whole file in place at once, readable by its owner only."""
    descriptor, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
