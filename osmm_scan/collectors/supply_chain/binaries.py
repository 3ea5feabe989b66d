"""Find executables and compiled files that are committed, which nobody can review."""

from __future__ import annotations

from collections.abc import Iterator

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.paths import is_test, is_vendored
from osmm_scan.model import Evidence
from osmm_scan.sources.repository import Entry, EntryKind

_COMPILED = (
    ".a",
    ".class",
    ".dll",
    ".dylib",
    ".ear",
    ".elf",
    ".exe",
    ".jar",
    ".ko",
    ".lib",
    ".msi",
    ".o",
    ".obj",
    ".pyc",
    ".pyd",
    ".so",
    ".war",
)
# The starters of build tools, committed as their makers advise.
_STARTERS = ("gradle/wrapper/gradle-wrapper.jar", ".mvn/wrapper/maven-wrapper.jar")


def binaries(observer: Observer) -> Iterator[Evidence]:
    """Yield whether the tree is free of compiled files of the project's own."""
    found = next((path for path, entry in _files(observer) if entry.size), None)
    yield observer.fact("tree.no_binaries", found is None, found)


def _files(observer: Observer) -> Iterator[tuple[str, Entry]]:
    for path, entry in observer.repository.entries().items():
        is_compiled = path.lower().endswith(_COMPILED) and entry.kind is EntryKind.FILE
        if is_compiled and not (path.endswith(_STARTERS) or is_test(path) or is_vendored(path)):
            yield path, entry
