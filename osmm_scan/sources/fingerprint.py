"""Tell whether a clone still is what it was: by its HEAD, tags and remote, without git."""

from __future__ import annotations

import hashlib
from pathlib import Path

from osmm_scan.errors import ScanError, Unobserved
from osmm_scan.sources.git_config import CONFIG_LIMIT
from osmm_scan.sources.git_directory import GitDirectory, locate
from osmm_scan.sources.references import References, read_head
from osmm_scan.sources.untrusted_files import read_beneath

_SHALLOW_LIMIT = 64 * 1024 * 1024


def fingerprint(path: Path) -> str | None:
    """Return a hash of all that a scan of the clone depends on, None where that cannot be told.

    Objects are named by their content, so the ids that lead to them stand for everything behind.
    """
    try:
        directory = locate(path)
        head = read_head(directory)
        if isinstance(head.oid, Unobserved):
            return None
        parts = [repr((directory.name, head.branch, head.oid)).encode()]
        parts += [f"{name} {oid}".encode() for name, oid in _tags(directory).items()]
        parts += [_content(directory, "config", CONFIG_LIMIT)]
        parts += [_content(directory, "shallow", _SHALLOW_LIMIT)]
    except (ScanError, Unobserved, OSError):
        return None
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _tags(directory: GitDirectory) -> dict[str, str]:
    return References(directory.common).tags()


def _content(directory: GitDirectory, name: str, limit: int) -> bytes:
    try:
        return read_beneath(directory.common, name, limit)
    except FileNotFoundError:
        return b""
