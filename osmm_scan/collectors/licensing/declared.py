"""Read which license a package manifest declares, as its ecosystem spells it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from configparser import Error as IniError
from configparser import RawConfigParser
from dataclasses import dataclass
from typing import Any

from osmm_scan.collectors.licensing import expressions, mentions
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.structured import (
    Lines,
    Malformed,
    read_json,
    read_toml,
    read_xml,
    table,
)
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.repository import EntryKind

_CLASSIFIER = "License :: "
_GEM_LICENSE = re.compile(
    r"^[ \t]*\w{1,40}\.licenses?[ \t]*=[ \t]*(\[[^\]\n]{0,300}\]|['\"][^'\"\n]{0,200}['\"])",
    re.MULTILINE,
)
_QUOTED = re.compile(r"['\"]([^'\"\n]{1,200})['\"]")
_CLOSED = frozenset({"unlicensed", "proprietary", "all rights reserved", "none"})
_SLASHES = re.compile(r"\s*/\s*")


@dataclass(frozen=True, slots=True)
class Declared:
    """The license that a manifest declares: as written, and as an expression if it is one."""

    path: str
    line: int | None = None
    written: str = ""
    expression: str | None = None
    fault: Unobserved | None = None

    @property
    def is_closed(self) -> bool:
        """Tell whether it says that nobody may use the package."""
        return self.written.lower() in _CLOSED

    @property
    def is_silent(self) -> bool:
        """Tell whether the manifest could declare a license and does not."""
        return self.fault is None and not self.written


@dataclass(frozen=True, slots=True)
class _Found:
    """License names and whether any one of them may be chosen."""

    names: tuple[str, ...] = ()
    choice: bool = False
    fallback: tuple[str, ...] = ()


def declared(observer: Observer) -> tuple[Declared, ...]:
    """Return what the manifests at the root declare, in order of their paths."""
    return tuple(
        _read(observer, path, read)
        for path, entry in observer.repository.folder().items()
        if entry.kind is not EntryKind.SUBMODULE and (read := _reader(path)) is not None
    )


def understand(name: str) -> str | None:
    """Return the expression that a license field holds, spelled as SPDX or as people do."""
    written = name.strip()
    return (
        expressions.normalize(written)
        or expressions.normalize(_SLASHES.sub(" OR ", written))
        or mentions.named(written)
    )


def _read(observer: Observer, path: str, read: Callable[[str], _Found]) -> Declared:
    try:
        text = observer.repository.text(path)
        found = read(text)
    except Unobserved as fault:
        return Declared(path, fault=fault)
    except Malformed as reason:
        return Declared(path, reason.line, fault=Unobserved(Missing.FAULT, f"{path}: {reason.why}"))
    names = found.names or found.fallback
    if not names:
        return Declared(path)
    line = next(filter(None, map(Lines(text).of, ("license", "licenses", *names))), None)
    understood = [understand(name) for name in names]
    known = [expression for expression in understood if expression is not None]
    whole = len(known) == len(understood)
    return Declared(
        path,
        line,
        ", ".join(names),
        expressions.combine(known, choice=found.choice) if whole else None,
    )


def _reader(path: str) -> Callable[[str], _Found] | None:
    return _READERS.get(path) or (_gemspec if path.endswith(".gemspec") else None)


def _package_json(text: str) -> _Found:
    data = read_json(text)
    license_field = data.get("license", data.get("licence"))
    if isinstance(license_field, str):
        return _Found(_stated([license_field]))
    if isinstance(license_field, dict):
        return _Found(_stated([license_field.get("type")]))
    several = data.get("licenses", license_field)
    if not isinstance(several, list):
        return _Found()
    types = [entry.get("type") if isinstance(entry, dict) else entry for entry in several]
    return _Found(_stated(types), choice=True)


def _composer_json(text: str) -> _Found:
    field = read_json(text).get("license")
    return _Found(_stated(field if isinstance(field, list) else [field]), choice=True)


def _pyproject(text: str) -> _Found:
    data = read_toml(text)
    project = table(data, "project")
    field = project.get("license")
    spelled = field.get("text") if isinstance(field, dict) else field
    names = _stated([spelled, table(data, "tool", "poetry").get("license")])[:1]
    classifiers = project.get("classifiers")
    return _Found(names, fallback=_classified(classifiers if isinstance(classifiers, list) else ()))


def _setup_cfg(text: str) -> _Found:
    parser = RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except IniError as error:
        raise Malformed("not an INI file", getattr(error, "lineno", None)) from error
    metadata = dict(parser.items("metadata")) if parser.has_section("metadata") else {}
    classifiers = (metadata.get("classifiers") or metadata.get("classifier") or "").splitlines()
    return _Found(_stated([metadata.get("license")]), fallback=_classified(classifiers))


def _cargo(text: str) -> _Found:
    data = read_toml(text)
    package, workspace = table(data, "package"), table(data, "workspace", "package")
    own = package.get("license")
    return _Found(_stated([own if isinstance(own, str) else workspace.get("license")]))


def _pom(text: str) -> _Found:
    names = [found.text for found in read_xml(text).all("licenses", "license", "name")]
    return _Found(_stated(names), choice=True)


def _gemspec(text: str) -> _Found:
    # A gemspec is a program: only a license that is written out is read.
    found = _GEM_LICENSE.search(text)
    return _Found(tuple(_QUOTED.findall(found[1])) if found else (), choice=True)


def _stated(values: Iterable[Any]) -> tuple[str, ...]:
    """Return the names among the values; a pointer to a file names no license."""
    return tuple(
        value.strip()
        for value in values
        if isinstance(value, str)
        and value.strip()
        and len(value) < 500
        and not value.lower().startswith(("see ", "file:"))
    )


def _classified(classifiers: Iterable[Any]) -> tuple[str, ...]:
    """Return the licenses named by trove classifiers, by their last and most precise part."""
    return tuple(_classes(str(line).strip() for line in classifiers))


def _classes(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line.startswith(_CLASSIFIER):
            name = line.rpartition(" :: ")[2]
            if name != "OSI Approved":
                yield _TROVE.get(name, name)


# Where a classifier's name is no name of a license.
_TROVE = {
    "GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU General Public License v3 (GPLv3)": "GPL-3.0-only",
    "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
    "GNU Affero General Public License v3": "AGPL-3.0-only",
    "GNU Affero General Public License v3 or later (AGPLv3+)": "AGPL-3.0-or-later",
    "GNU Lesser General Public License v2 (LGPLv2)": "LGPL-2.0-only",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "zlib/libpng License": "Zlib",
}

_READERS: Mapping[str, Callable[[str], _Found]] = {
    "Cargo.toml": _cargo,
    "composer.json": _composer_json,
    "package.json": _package_json,
    "pom.xml": _pom,
    "pyproject.toml": _pyproject,
    "setup.cfg": _setup_cfg,
}
