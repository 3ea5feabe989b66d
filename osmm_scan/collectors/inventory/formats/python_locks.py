"""Read the lockfiles of Python: uv.lock, poetry.lock, pdm.lock, pylock.toml and Pipfile.lock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from osmm_scan.collectors.inventory.purls import pypi
from osmm_scan.collectors.inventory.statements import File, Scope, Statement, lockfile
from osmm_scan.collectors.studies.structured import read_json, read_toml, table, tables, word

# How the lockfiles say that a package is part of the repository itself.
_LOCAL_SOURCES = frozenset({"directory", "editable", "file", "path", "virtual", "workspace"})


def parse_package_tables(file: File) -> Iterator[Statement]:
    """Yield the `[[package]]` tables that uv, Poetry, PDM and PEP 751 write."""
    data = read_toml(file.text)
    for package in (*tables(data, "package"), *tables(data, "packages")):
        yield file.locked(
            pypi(word(package.get("name"))),
            word(package.get("version")),
            scope=Scope.OPTIONAL if package.get("optional") is True else Scope.RUNTIME,
            is_local=_is_local(package),
        )


def parse_pipfile_lock(file: File) -> Iterator[Statement]:
    """Yield the packages of a Pipfile.lock."""
    data = read_json(file.text)
    for section, scope in (("default", Scope.RUNTIME), ("develop", Scope.DEVELOPMENT)):
        for name, details in table(data, section).items():
            known = details if isinstance(details, dict) else {}
            version = word(known.get("version")).lstrip("=")
            yield file.locked(pypi(name), version, scope=scope, is_local="path" in known)


def _is_local(package: dict[str, Any]) -> bool:
    source = package.get("source")
    if not isinstance(source, dict):
        return "path" in package or "directory" in package
    return bool(_LOCAL_SOURCES.intersection(source)) or source.get("type") in _LOCAL_SOURCES


FORMATS = (
    lockfile("pypi", parse_package_tables, "uv.lock"),
    lockfile("pypi", parse_package_tables, "poetry.lock"),
    lockfile("pypi", parse_package_tables, "pdm.lock"),
    lockfile("pypi", parse_package_tables, "pylock.toml", "pylock.*.toml"),
    lockfile("pypi", parse_pipfile_lock, "Pipfile.lock"),
)
