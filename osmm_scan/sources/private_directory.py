"""A git directory of our own that borrows nothing but the objects of a clone.

Configuration, hooks, attributes, grafts, replacements and remotes of the clone stay behind, so
nothing in them can make git run a command or read another file.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from osmm_scan.errors import SourceError

_CONFIG = """\
[core]
\trepositoryFormatVersion = {version}
\tbare = true
\tcommitGraph = false
\tmultiPackIndex = false
\tuseReplaceRefs = false
\tfsmonitor = false
\thooksPath = /dev/null
\tpackedGitWindowSize = 32m
\tpackedGitLimit = 1g
[gc]
\tauto = 0
[protocol]
\tallow = never
"""
_SHA256 = "[extensions]\n\tobjectFormat = sha256\n"
_ESCAPES = {ord('"'): b'\\"', ord("\\"): b"\\\\", ord("\n"): b"\\n"}


def create(store: Path, *, sha256: bool, shallow: bytes) -> Path:
    """Return a new private git directory over an object store; the caller removes it."""
    try:
        return _create(store, sha256=sha256, shallow=shallow)
    except OSError as error:
        reason = f"no temporary folder can be made ({error.strerror})"
        raise SourceError(f"{reason}; set TMPDIR to a folder with room for it") from error


def remove(directory: Path) -> None:
    """Delete a private git directory."""
    shutil.rmtree(directory, ignore_errors=True)


def _create(store: Path, *, sha256: bool, shallow: bytes) -> Path:
    directory = Path(tempfile.mkdtemp(prefix="osmm-scan-"))
    try:
        _fill(directory, store, sha256=sha256, shallow=shallow)
    except BaseException:
        remove(directory)
        raise
    return directory


def _fill(directory: Path, store: Path, *, sha256: bool, shallow: bytes) -> None:
    for name in ("refs", "objects/info", "objects/pack"):
        (directory / name).mkdir(parents=True)
    config = _CONFIG.format(version=int(sha256)) + (_SHA256 if sha256 else "")
    (directory / "config").write_text(config, encoding="ascii")
    (directory / "HEAD").write_text("ref: refs/heads/none\n", encoding="ascii")
    (directory / "objects" / "info" / "alternates").write_bytes(_quoted(os.fsencode(store)))
    if shallow:
        (directory / "shallow").write_bytes(shallow)


def _quoted(path: bytes) -> bytes:
    """Return a path as git quotes it in C style; a bare one would end at its first line break."""
    return b'"' + b"".join(_ESCAPES.get(byte, bytes([byte])) for byte in path) + b'"\n'
