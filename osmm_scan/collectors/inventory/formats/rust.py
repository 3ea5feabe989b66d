"""Read Cargo.toml, workspaces included, and Cargo.lock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from osmm_scan.collectors.inventory.purls import named
from osmm_scan.collectors.inventory.statements import (
    File,
    Role,
    Scope,
    Statement,
    lockfile,
    manifest,
)
from osmm_scan.collectors.studies.structured import Lines, read_toml, table, tables, word

_SECTIONS = {
    "dependencies": Scope.RUNTIME,
    "dev-dependencies": Scope.DEVELOPMENT,
    "dev_dependencies": Scope.DEVELOPMENT,
    "build-dependencies": Scope.DEVELOPMENT,
    "build_dependencies": Scope.DEVELOPMENT,
}


def parse_cargo(file: File) -> Iterator[Statement]:
    """Yield what a Cargo.toml states for itself, per target, and for its workspace."""
    data = read_toml(file.text)
    lines = Lines(file.text)
    name = word(table(data, "package").get("name"))
    if name:
        yield file.package(named("cargo", name), _role(data), lines.of("name"))
    targets = table(data, "target")
    parts = [("", data), ("workspace.", table(data, "workspace"))]
    for prefix, part in (*parts, *(("", table(targets, key)) for key in targets)):
        for section, scope in _SECTIONS.items():
            start = lines.of(prefix + section)
            for crate, details in table(part, section).items():
                line = lines.of(crate, start)
                yield _dependency(file, crate, details, line=line, scope=scope)


def parse_lock(file: File) -> Iterator[Statement]:
    """Yield the packages of a Cargo.lock; those of the workspace have no source."""
    for package in tables(read_toml(file.text), "package"):
        yield file.locked(
            named("cargo", word(package.get("name"))),
            word(package.get("version")),
            is_local="source" not in package,
        )


def _dependency(
    file: File, crate: str, details: Any, *, line: int | None, scope: Scope
) -> Statement:
    known: Mapping[str, Any] = details if isinstance(details, dict) else {"version": details}
    requirement = word(known.get("version"))
    return file.direct(
        named("cargo", word(known.get("package")) or crate),
        requirement,
        line,
        scope=Scope.OPTIONAL if known.get("optional") is True else scope,
        is_exact=requirement.startswith("="),
        is_local="path" in known,
    )


def _role(data: Mapping[str, Any]) -> Role | None:
    if "lib" in data:
        return Role.LIBRARY
    return Role.APPLICATION if "bin" in data else None


FORMATS = (
    manifest("cargo", parse_cargo, "Cargo.toml"),
    lockfile("cargo", parse_lock, "Cargo.lock"),
)
