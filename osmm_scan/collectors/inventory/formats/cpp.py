"""Read what C and C++ projects ask of Conan and vcpkg."""

from __future__ import annotations

import re
import tokenize
from collections.abc import Iterator
from tokenize import TokenInfo
from typing import Any

from osmm_scan.collectors.inventory.formats.python_code import Literal, literals, read_tokens
from osmm_scan.collectors.inventory.purls import named
from osmm_scan.collectors.inventory.statements import (
    File,
    Role,
    Scope,
    Statement,
    lockfile,
    manifest,
)
from osmm_scan.collectors.inventory.structured import Lines, items, read_json, table, word

_REFERENCE = re.compile(r"([a-z0-9_][\w.+-]{0,100})/([^@#%\s]{1,100})(?:[@#%].*)?", re.IGNORECASE)
_SECTIONS = {
    "requires": Scope.RUNTIME,
    "build_requires": Scope.DEVELOPMENT,
    "tool_requires": Scope.DEVELOPMENT,
    "test_requires": Scope.DEVELOPMENT,
}
_LOCK_SECTIONS = {"requires": Scope.RUNTIME, "build_requires": Scope.DEVELOPMENT}


def parse_conanfile_txt(file: File) -> Iterator[Statement]:
    """Yield the references of a conanfile.txt."""
    section = ""
    for number, raw in enumerate(file.text.splitlines(), start=1):
        line = raw.partition(" #")[0].strip()
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#") and section in _SECTIONS:
            yield _reference(file, Literal(line, number), _SECTIONS[section])


def parse_conanfile_py(file: File) -> Iterator[Statement]:
    """Yield the literal references of a conanfile.py, which is not run."""
    tokens = read_tokens(file.text)
    for place in range(len(tokens) - 2):
        scope = _SECTIONS.get(tokens[place].string)
        sign = tokens[place + 1].string
        if scope is None or sign not in {"=", "("} or _is_definition(tokens, place):
            continue
        found = literals(tokens, place + (2 if sign == "=" else 1))
        if found is None:
            found = _first_argument(tokens, place + 2)
        for literal in found:
            yield _reference(file, literal, scope)
        if not found:
            yield file.computed("requirements that Python computes", tokens[place].start[0])


def parse_conan_lock(file: File) -> Iterator[Statement]:
    """Yield the references of a conan.lock."""
    data = read_json(file.text)
    for section, scope in _LOCK_SECTIONS.items():
        for entry in items(data, section):
            found = _REFERENCE.fullmatch(word(entry))
            if found:
                yield file.locked(named("conan", found[1]), found[2], scope=scope)
    for node in table(data, "graph_lock", "nodes").values():
        found = _REFERENCE.fullmatch(word(node.get("ref")) if isinstance(node, dict) else "")
        if found:
            yield file.locked(named("conan", found[1]), found[2])


def parse_vcpkg(file: File) -> Iterator[Statement]:
    """Yield the ports that a vcpkg.json depends on, features included."""
    data = read_json(file.text)
    lines = Lines(file.text)
    role = Role.LIBRARY if "version" in data else None
    yield file.package(None, role, lines.of("name"))
    for entry in items(data, "dependencies"):
        yield _port(file, entry, lines, Scope.RUNTIME)
    features = table(data, "features")
    for feature in features:
        for entry in items(table(features, feature), "dependencies"):
            yield _port(file, entry, lines, Scope.OPTIONAL)


def _reference(file: File, literal: Literal, scope: Scope) -> Statement:
    found = _REFERENCE.fullmatch(literal.text.strip())
    if found is None:
        return file.gap("not a reference of Conan", literal.line)
    is_exact = found[2][:1].isdigit()
    return file.direct(
        named("conan", found[1]), found[2], literal.line, scope=scope, is_exact=is_exact
    )


def _port(file: File, entry: Any, lines: Lines, scope: Scope) -> Statement:
    known = entry if isinstance(entry, dict) else {"name": entry}
    name = word(known.get("name"))
    version = word(known.get("version>="))
    return file.direct(named("vcpkg", name), version, lines.of(name), scope=scope)


def _first_argument(tokens: list[TokenInfo], place: int) -> list[Literal]:
    token = tokens[place]
    found = literals(tokens, place) if token.type == tokenize.STRING else None
    return found or []


def _is_definition(tokens: list[TokenInfo], place: int) -> bool:
    return place > 0 and tokens[place - 1].string == "def"


FORMATS = (
    manifest("conan", parse_conanfile_txt, "conanfile.txt"),
    manifest("conan", parse_conanfile_py, "conanfile.py"),
    lockfile("conan", parse_conan_lock, "conan.lock"),
    manifest("vcpkg", parse_vcpkg, "vcpkg.json"),
)
