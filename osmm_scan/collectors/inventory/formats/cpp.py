"""Read what C and C++ projects ask of Conan and vcpkg."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from osmm_scan.collectors.inventory.formats.python_code import Literal, Source
from osmm_scan.collectors.inventory.formats.python_tokens import Token, TokenKind
from osmm_scan.collectors.inventory.purls import named
from osmm_scan.collectors.inventory.statements import (
    File,
    Role,
    Scope,
    Statement,
    lockfile,
    manifest,
)
from osmm_scan.collectors.studies.structured import Lines, items, read_json, table, word

_REFERENCE = re.compile(
    r"([a-z0-9_][\w.+-]{0,100})/(\[[^\]]{1,100}\]|[^@#%\s]{1,100})(?:[@#%].*)?", re.IGNORECASE
)
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
    source = Source(file.text)
    for place, (before, token, sign) in enumerate(_triples(source.tokens)):
        scope = _SECTIONS.get(token.text)
        if scope is None or sign.text not in {"=", "("} or before.text == "def":
            continue
        # A value may be a tuple without brackets; of the arguments of a call the first one counts.
        found = source.literals(place + 2) if place + 2 < len(source.tokens) else None
        for literal in (found or [])[: 1 if sign.text == "(" else None]:
            yield _reference(file, literal, scope)
        if not found:
            yield file.computed("requirements that Python computes", token.line)


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
    name = word(data.get("name"))
    role = Role.LIBRARY if "version" in data else None
    yield file.package(named("vcpkg", name) if name else None, role, lines.of("name"))
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


def _triples(tokens: list[Token]) -> Iterator[tuple[Token, Token, Token]]:
    """Yield each token between its neighbours; before the first one stands an empty sign."""
    first = Token(TokenKind.SIGN, "", 1)
    return zip([first, *tokens], tokens, tokens[1:], strict=False)


FORMATS = (
    manifest("conan", parse_conanfile_txt, "conanfile.txt"),
    manifest("conan", parse_conanfile_py, "conanfile.py"),
    lockfile("conan", parse_conan_lock, "conan.lock"),
    manifest("vcpkg", parse_vcpkg, "vcpkg.json"),
)
