"""One digest for all files that a verdict depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

_FOLDERS = ("documents", "licenses", "osmm", "recognisers", "signals")
_SUFFIXES = frozenset({".yaml", ".json", ".gz"})


def fingerprint(directories: Iterable[Path]) -> str:
    """Return a digest over the name and content of every file of some packs that has effect."""
    digest = hashlib.sha256()
    for directory in directories:
        digest.update(b"pack\0")
        for name, path in sorted(_files(directory)):
            content = path.read_bytes()
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _files(directory: Path) -> Iterator[tuple[str, Path]]:
    for place in (directory, *(directory / folder for folder in _FOLDERS)):
        found = place.glob("*") if place == directory else place.rglob("*")
        for path in found:
            if path.suffix in _SUFFIXES and path.is_file():
                yield path.relative_to(directory).as_posix(), path
