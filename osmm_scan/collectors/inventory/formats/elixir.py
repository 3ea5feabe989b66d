"""Read literal dependencies of a mix.exs, and mix.lock."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osmm_scan.collectors.inventory.purls import named
from osmm_scan.collectors.inventory.statements import (
    File,
    Role,
    Scope,
    Statement,
    lockfile,
    manifest,
)
from osmm_scan.collectors.studies.structured import pieces

_FUNCTION = re.compile(r"(\s*)defp?\s+(\w*deps\w*)\b")
_TUPLE = re.compile(r"\{\s*:\w")
_NAMED = re.compile(r"\{\s*:(\w{1,100})\s*,\s*(?:\"([^\"]{0,100})\")?")
_LOCAL = re.compile(r"\b(?:path:|in_umbrella:\s*true)")
_DEVELOPMENT = re.compile(r"\bonly:\s*(?:\[\s*)?:(?:dev|test)\b")
_COMPUTED = re.compile(r"\+\+|\bEnum\.|\bif\b|\bcase\b")
_APP = re.compile(r"\s*app:\s*:(\w+)")
_HEX_PACKAGE = re.compile(r"\bpackage(?:\(\)|:)")
_LOCKED = re.compile(
    r'\s*"([\w.-]{1,100})":\s*\{:(hex|git|path),\s*(?::"?[\w.-]+"?|"[^"]{0,300}"),\s*"([^"]{0,100})"'
)


def parse_mix(file: File) -> Iterator[Statement]:
    """Yield the tuples in the `deps` functions of a mix.exs."""
    role = Role.LIBRARY if _HEX_PACKAGE.search(file.text) else None
    end: str | None = None
    for number, raw in enumerate(file.text.splitlines(), start=1):
        line = raw.partition("#")[0]
        if app := _APP.match(line):
            yield file.package(named("hex", app[1]), role, number)
        if end is None:
            opened = _FUNCTION.match(line)
            # A function in one line (`, do: [...]`) ends where it begins.
            if opened and not re.search(r",\s*do:", line):
                end = f"{opened[1]}end"
            if opened is None:
                continue
        elif raw.rstrip() == end:
            end = None
            continue
        yield from _dependencies(file, number, line)


def parse_lock(file: File) -> Iterator[Statement]:
    """Yield the packages of a mix.lock."""
    for number, line in enumerate(file.text.splitlines(), start=1):
        text = line.strip()
        if text in {"", "%{", "}", "%{}"}:
            continue
        found = _LOCKED.match(line)
        if found is None:
            yield file.gap("not an entry of mix.lock", number)
        else:
            is_local = found[2] == "path"
            yield file.locked(named("hex", found[1]), found[3], number, is_local=is_local)


def _dependencies(file: File, line: int, text: str) -> Iterator[Statement]:
    for _, piece in pieces(_TUPLE, text):
        found = _NAMED.match(piece)
        if found is None:
            continue
        requirement = found[2] or ""
        yield file.direct(
            named("hex", found[1]),
            requirement,
            line,
            scope=Scope.DEVELOPMENT if _DEVELOPMENT.search(piece) else Scope.RUNTIME,
            is_exact=requirement.startswith("=="),
            is_local=_LOCAL.search(piece) is not None,
        )
    if _COMPUTED.search(text):
        yield file.computed("dependencies that Elixir computes", line)


FORMATS = (
    manifest("hex", parse_mix, "mix.exs"),
    lockfile("hex", parse_lock, "mix.lock"),
)
