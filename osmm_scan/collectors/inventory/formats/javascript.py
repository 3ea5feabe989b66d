"""Read package.json and the lockfiles of npm, Yarn, pnpm and Bun."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from osmm_scan.collectors.inventory.purls import npm
from osmm_scan.collectors.inventory.statements import (
    File,
    Role,
    Scope,
    Statement,
    lockfile,
    manifest,
)
from osmm_scan.collectors.studies.structured import (
    Lines,
    read_json,
    read_json_with_trailing_commas,
    table,
    word,
)

_SECTIONS = {
    "dependencies": Scope.RUNTIME,
    "devDependencies": Scope.DEVELOPMENT,
    "peerDependencies": Scope.RUNTIME,
    "optionalDependencies": Scope.OPTIONAL,
}
_LOCAL = ("file:", "link:", "portal:", "workspace:", "./", "../", "/", "~/")
_EXACT = re.compile(r"=?v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?")
_ALIAS = re.compile(r"npm:(@?[^@]+)(?:@(.*))?")
# What a package offers to those that import it.
_ENTRY_POINTS = frozenset({"exports", "main", "module", "types", "typings"})
_YARN_KEY = re.compile(r'"?(@?[^@"\s]+)@[^"]*"?(?:, |:)')
_YARN_ALIAS = re.compile(r"@npm:(@?[a-zA-Z][\w./-]*)@")
_YARN_FIELD = re.compile(r'  "?(version|resolution)"?:? "?([^"\n]*)"?')
_PNPM_KEY = re.compile(
    r"""  ['"]?/?(@[^@'"/\s()]+/[^@'"/\s()]+|[^@'"/\s()]+)[@/](\d[^'"()\s:]*|[a-z+]+:[^'"\s]*)"""
)
# Packages by address, which older versions list without a name.
_PNPM_ADDRESS = re.compile(r"  ['\"]?@?(?:file:|(?:codeload\.)?[a-z]+\.(?:com|org)/)")
_BUN_ID = re.compile(r"(@?[^@]+)@(.*)", re.DOTALL)


def parse_package_json(file: File) -> Iterator[Statement]:
    """Yield what a package.json states."""
    data = read_json(file.text)
    lines = Lines(file.text)
    name = word(data.get("name"))
    yield file.package(npm(name) if name else None, _role(data), lines.of("name"))
    for section, scope in _SECTIONS.items():
        start = lines.of(section)
        for asked, requirement in table(data, section).items():
            target, version = _resolve(asked, word(requirement))
            yield file.direct(
                npm(target),
                version,
                lines.of(asked, start),
                scope=scope,
                is_exact=_EXACT.fullmatch(version) is not None,
                is_local=version.startswith(_LOCAL),
            )


def parse_package_lock(file: File) -> Iterator[Statement]:
    """Yield the packages of a package-lock.json or npm-shrinkwrap.json of any version."""
    data = read_json(file.text)
    if "packages" in data:
        return _installed(file, table(data, "packages"))
    return _nested(file, table(data, "dependencies"))


def parse_yarn_lock(file: File) -> Iterator[Statement]:
    """Yield the packages of a yarn.lock of Yarn 1 or later."""
    name, start, version, is_local = "", 0, "", False
    for number, line in enumerate(file.text.splitlines(), start=1):
        if field := _YARN_FIELD.match(line):
            version = field[2] if field[1] == "version" else version
            is_local = is_local or "@workspace:" in field[2]
            continue
        if line[:1] in {"", " ", "#"} or line == "__metadata:":
            continue
        if name:
            yield file.locked(npm(name), version, start, is_local=is_local)
        if "@workspace:" in line:  # a part of the project, which may have any name
            name = ""
            continue
        key = _YARN_ALIAS.search(line) or _YARN_KEY.match(line)
        if key is None:
            yield file.gap("not an entry of yarn.lock", number)
        name, start = (key[1] if key else ""), number
        version, is_local = "", "@file:" in line or "@link:" in line
    if name:
        yield file.locked(npm(name), version, start, is_local=is_local)


def parse_pnpm_lock(file: File) -> Iterator[Statement]:
    """Yield the packages of a pnpm-lock.yaml; it is read by lines because it may be very long."""
    section = ""
    for number, line in enumerate(file.text.splitlines(), start=1):
        if line[:1] not in {"", " ", "#"}:
            section = line.partition(":")[0]
            if ":" not in line and line != "---":
                yield file.gap("not a section of pnpm-lock.yaml", number)
        elif section == "packages" and line.startswith("  ") and line[2:3] not in {"", " ", "#"}:
            key = None if _PNPM_ADDRESS.match(line) else _PNPM_KEY.match(line)
            if key is not None:
                is_local = key[2].startswith(_LOCAL)
                yield file.locked(npm(key[1]), key[2], number, is_local=is_local)
            elif not _PNPM_ADDRESS.match(line):
                yield file.gap("not an entry of pnpm-lock.yaml", number)


def parse_bun_lock(file: File) -> Iterator[Statement]:
    """Yield the packages of a bun.lock."""
    data = read_json_with_trailing_commas(file.text)
    for entry in table(data, "packages").values():
        resolved = _BUN_ID.fullmatch(word(entry[0])) if isinstance(entry, list) and entry else None
        if resolved is None:
            yield file.gap("not an entry of bun.lock")
        else:
            is_local = resolved[2].startswith(("workspace:", *_LOCAL))
            yield file.locked(npm(resolved[1]), resolved[2], is_local=is_local)


def _role(data: Mapping[str, Any]) -> Role | None:
    if "vscode" in _keys(data, "engines"):  # an extension of an editor brings all that it needs
        return Role.APPLICATION
    if data.get("private") is not True:
        return Role.LIBRARY if data.get("name") and data.get("version") else None
    if _ENTRY_POINTS.intersection(data) or "workspaces" in data:
        return None
    return Role.APPLICATION if "start" in _keys(data, "scripts") else None


def _keys(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return the keys of a table that says nothing of dependencies, whatever old forms it has."""
    value = data.get(name)
    return tuple(value) if isinstance(value, dict) else ()


def _resolve(name: str, requirement: str) -> tuple[str, str]:
    alias = _ALIAS.fullmatch(requirement)
    return (alias[1], alias[2] or "") if alias else (name, requirement)


def _installed(file: File, packages: Mapping[str, Any]) -> Iterator[Statement]:
    for place, details in packages.items():
        _, marker, name = place.rpartition("node_modules/")
        known = details if isinstance(details, dict) else {}
        if marker:  # the others are the project itself and its workspaces
            yield file.locked(
                npm(word(known.get("name")) or name),
                word(known.get("version")),
                scope=_installed_scope(known),
                is_local=known.get("link") is True,
            )


def _nested(file: File, dependencies: Mapping[str, Any]) -> Iterator[Statement]:
    pending = [dependencies]
    while pending:
        for name, details in pending.pop().items():
            known = details if isinstance(details, dict) else {}
            _, version = _resolve(name, word(known.get("version")))
            yield file.locked(
                npm(name),
                version,
                scope=_installed_scope(known),
                is_local=version.startswith(_LOCAL),
            )
            pending.append(table(known, "dependencies"))


def _installed_scope(details: Mapping[str, Any]) -> Scope:
    if details.get("dev") is True:
        return Scope.DEVELOPMENT
    return Scope.OPTIONAL if details.get("optional") is True else Scope.RUNTIME


FORMATS = (
    manifest("npm", parse_package_json, "package.json"),
    lockfile("npm", parse_package_lock, "package-lock.json", "npm-shrinkwrap.json"),
    lockfile("npm", parse_yarn_lock, "yarn.lock"),
    lockfile("npm", parse_pnpm_lock, "pnpm-lock.yaml"),
    lockfile("npm", parse_bun_lock, "bun.lock"),
)
