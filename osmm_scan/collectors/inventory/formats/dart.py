"""Read pubspec.yaml and pubspec.lock."""

from __future__ import annotations

import re
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
from osmm_scan.collectors.studies.structured import read_yaml, table, word

_SECTIONS = {"dependencies": Scope.RUNTIME, "dev_dependencies": Scope.DEVELOPMENT}
_EXACT = re.compile(r"\d+\.\d+\.\d+(?:[-+][\w.+-]+)?")


def parse_pubspec(file: File) -> Iterator[Statement]:
    """Yield what a pubspec.yaml states; packages of the SDK itself are left out."""
    document = read_yaml(file.text)
    name = word(document.data.get("name"))
    role = Role.LIBRARY if "version" in document.data else None
    if document.data.get("publish_to") == "none":
        role = Role.APPLICATION if "flutter" in table(document.data, "dependencies") else None
    yield file.package(named("pub", name) if name else None, role, document.at_key(("name",))[0])
    for section, scope in _SECTIONS.items():
        for package, details in table(document.data, section).items():
            known: Mapping[str, Any] = details if isinstance(details, dict) else {}
            if "sdk" in known:
                continue
            requirement = word(known.get("version")) or word(details)
            yield file.direct(
                named("pub", str(package)),
                requirement,
                document.at_key((section, package))[0],
                scope=scope,
                is_exact=_EXACT.fullmatch(requirement) is not None,
                is_local="path" in known,
            )


def parse_lock(file: File) -> Iterator[Statement]:
    """Yield the packages of a pubspec.lock."""
    document = read_yaml(file.text)
    packages = table(document.data, "packages")
    for package in packages:
        details = table(packages, package)
        source = details.get("source")
        if source == "sdk":
            continue
        is_development = details.get("dependency") == "direct dev"
        yield file.locked(
            named("pub", str(package)),
            word(details.get("version")),
            document.at_key(("packages", package))[0],
            scope=Scope.DEVELOPMENT if is_development else Scope.RUNTIME,
            is_local=source == "path",
        )


FORMATS = (
    manifest("pub", parse_pubspec, "pubspec.yaml"),
    lockfile("pub", parse_lock, "pubspec.lock"),
)
