"""Read composer.json and composer.lock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from osmm_scan.collectors.inventory.purls import composer
from osmm_scan.collectors.inventory.statements import (
    File,
    Role,
    Scope,
    Statement,
    lockfile,
    manifest,
)
from osmm_scan.collectors.studies.structured import Lines, read_json, table, tables, word

_SECTIONS = {"require": Scope.RUNTIME, "require-dev": Scope.DEVELOPMENT}
_LOCK_SECTIONS = {"packages": Scope.RUNTIME, "packages-dev": Scope.DEVELOPMENT}
_EXACT = re.compile(r"=?v?\d+(?:\.\d+){1,3}(?:-[\w.]+)?")


def parse_composer(file: File) -> Iterator[Statement]:
    """Yield what a composer.json states; PHP itself and its extensions are no packages."""
    data = read_json(file.text)
    lines = Lines(file.text)
    name = word(data.get("name"))
    yield file.package(composer(name) if "/" in name else None, _role(data), lines.of("name"))
    for section, scope in _SECTIONS.items():
        start = lines.of(section)
        for asked, version in table(data, section).items():
            if "/" in asked:  # the others are the platform: php, ext-json, composer-plugin-api
                requirement = word(version)
                yield file.direct(
                    composer(asked.lower()),
                    requirement,
                    lines.of(asked, start) or lines.of(asked.replace("/", "\\/"), start),
                    scope=scope,
                    is_exact=_EXACT.fullmatch(requirement) is not None,
                )


def parse_lock(file: File) -> Iterator[Statement]:
    """Yield the packages of a composer.lock."""
    data = read_json(file.text)
    for section, scope in _LOCK_SECTIONS.items():
        for package in tables(data, section):
            yield file.locked(
                composer(word(package.get("name")).lower()),
                word(package.get("version")),
                scope=scope,
                is_local=word(table(package, "dist").get("type")) == "path",
            )


def _role(data: Mapping[str, Any]) -> Role | None:
    kind = word(data.get("type"))
    if kind == "project":
        return Role.APPLICATION
    return Role.LIBRARY if kind or word(data.get("name")) else None


FORMATS = (
    manifest("composer", parse_composer, "composer.json"),
    lockfile("composer", parse_lock, "composer.lock"),
)
