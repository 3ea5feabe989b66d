"""Read the REUSE declarations of a repository: which license covers which path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from osmm_scan.collectors.licensing import expressions
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.structured import Malformed, read_toml, tables
from osmm_scan.collectors.studies.workflows.globs import matches
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing

DEP5 = ".reuse/dep5"
_MANIFEST = "REUSE.toml"
_MOST_PATTERNS = 1_000
_LICENSE_KEY = "SPDX-License-Identifier"
_FIELD = re.compile(
    r"^(Files|License):[ \t]*([^\n]*(?:\n[ \t]+[^\n]+)*)", re.MULTILINE | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Paths below a folder that have a license, and the file that says so."""

    source: str
    folder: str
    glob: str

    def covers(self, path: str) -> bool:
        """Tell whether it gives a path its license."""
        if not path.startswith(self.folder):
            return False
        # In dep5 a star crosses folders, in REUSE.toml two of them do.
        separator = "" if self.source == DEP5 else "/"
        return matches(self.glob, path.removeprefix(self.folder), separator=separator)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which paths have a license, and which declarations could not be read."""

    patterns: tuple[Pattern, ...] = ()
    faults: tuple[Unobserved, ...] = ()

    def source(self, path: str) -> str | None:
        """Return the file that gives a path its license."""
        return next((known.source for known in self.patterns if known.covers(path)), None)


def coverage(observer: Observer) -> Coverage:
    """Return what REUSE.toml files or, where there is none, dep5 cover."""
    entries = observer.repository.entries()
    manifests = [path for path in entries if path.rpartition("/")[2] == _MANIFEST]
    patterns: list[Pattern] = []
    faults: list[Unobserved] = []
    for path in manifests or [path for path in (DEP5,) if path in entries]:
        try:
            patterns.extend(_patterns(path, observer.repository.text(path)))
        except Unobserved as fault:
            faults.append(fault)
        except Malformed as reason:
            faults.append(Unobserved(Missing.FAULT, f"{path}: {reason.why}"))
    return Coverage(tuple(patterns[:_MOST_PATTERNS]), tuple(faults))


def _patterns(path: str, text: str) -> Iterator[Pattern]:
    if path == DEP5:
        yield from (Pattern(path, "", glob) for glob in _dep5(text))
    else:
        folder = path.removesuffix(_MANIFEST)
        yield from (Pattern(path, folder, glob) for glob in _manifest(text))


def _manifest(text: str) -> Iterator[str]:
    for annotation in tables(read_toml(text), "annotations"):
        if _is_license(annotation.get(_LICENSE_KEY)):
            paths = annotation.get("path")
            listed = paths if isinstance(paths, list) else [paths]
            yield from (path for path in listed if isinstance(path, str))


def _dep5(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n[ \t]*\n", text):
        fields = {name.lower(): value for name, value in _FIELD.findall(paragraph)}
        if _is_license(fields.get("license", "").split("\n", 1)[0]):
            yield from fields.get("files", "").split()


def _is_license(value: Any) -> bool:
    listed = value if isinstance(value, list) else [value]
    return any(isinstance(said, str) and expressions.normalize(said) for said in listed)
