"""Read what Python projects declare: pyproject.toml in all its dialects, Pipfile and setup.cfg."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from configparser import Error as ConfigError
from configparser import RawConfigParser
from dataclasses import replace
from posixpath import dirname, join, normpath
from typing import Any

from osmm_scan.collectors.inventory.formats.python_requirements import read_requirement
from osmm_scan.collectors.inventory.purls import pypi
from osmm_scan.collectors.inventory.statements import (
    Dependency,
    File,
    Include,
    Role,
    Scope,
    Statement,
    manifest,
)
from osmm_scan.collectors.studies.structured import Lines, Malformed, items, read_toml, table, word


def parse_pyproject(file: File) -> Iterator[Statement]:
    """Yield what a pyproject.toml states, whichever tool it is written for."""
    data = read_toml(file.text)
    lines = Lines(file.text)
    yield from _package(file, data, lines)
    local = _local_sources(data)
    for text, scope in (*_standard(data), *_of_tools(data)):
        statement = read_requirement(file, text, lines.of(text), scope)
        yield _as_local(statement, local)
    yield from _poetry(file, table(data, "tool", "poetry"), lines)
    yield from _dynamic(file, data, lines)


def parse_pipfile(file: File) -> Iterator[Statement]:
    """Yield the packages of a Pipfile."""
    data = read_toml(file.text)
    lines = Lines(file.text)
    for section, scope in (("packages", Scope.RUNTIME), ("dev-packages", Scope.DEVELOPMENT)):
        start = lines.of(section)
        for name, details in table(data, section).items():
            yield from _by_name(file, name, details, line=lines.of(name, start), scope=scope)
    yield file.package(None, Role.APPLICATION)


def parse_setup_cfg(file: File) -> Iterator[Statement]:
    """Yield what the declarative part of setuptools states."""
    parser = RawConfigParser(strict=False)
    try:
        parser.read_string(file.text)
    except ConfigError as error:
        raise Malformed("not an INI file", _line_of(error)) from error
    lines = _ini_lines(file.text)
    name = parser.get("metadata", "name", fallback="")
    if name:
        yield file.package(pypi(name), Role.LIBRARY, lines.get(name))
    required = parser.get("options", "install_requires", fallback="")
    yield from _ini_list(file, required, lines, Scope.RUNTIME)
    if parser.has_section("options.extras_require"):
        for _, value in parser.items("options.extras_require"):
            yield from _ini_list(file, value, lines, Scope.OPTIONAL)


def _package(file: File, data: Mapping[str, Any], lines: Lines) -> Iterator[Statement]:
    poetry, uv = table(data, "tool", "poetry"), table(data, "tool", "uv")
    name = word(table(data, "project").get("name")) or word(poetry.get("name"))
    if not name:
        return
    is_never_built = uv.get("package") is False or poetry.get("package-mode") is False
    built = Role.LIBRARY if "build-system" in data or poetry else None
    role = Role.APPLICATION if is_never_built else built
    yield file.package(pypi(name), role, lines.of("name"))


def _standard(data: Mapping[str, Any]) -> Iterator[tuple[str, Scope]]:
    project = table(data, "project")
    yield from _texts(items(project, "dependencies"), Scope.RUNTIME)
    for extra in table(project, "optional-dependencies"):
        optional = table(project, "optional-dependencies")
        yield from _texts(items(optional, extra), Scope.OPTIONAL)
    groups = table(data, "dependency-groups")
    for group in groups:
        yield from _texts(items(groups, group), Scope.DEVELOPMENT)


def _of_tools(data: Mapping[str, Any]) -> Iterator[tuple[str, Scope]]:
    groups = table(data, "tool", "pdm", "dev-dependencies")
    for group in groups:
        texts = items(groups, group)
        # PDM marks editable packages, which are local ones, as pip does.
        listed = [text for text in texts if not word(text).startswith("-e")]
        yield from _texts(listed, Scope.DEVELOPMENT)
    yield from _texts(items(table(data, "tool", "uv"), "dev-dependencies"), Scope.DEVELOPMENT)


def _texts(values: Iterable[Any], scope: Scope) -> Iterator[tuple[str, Scope]]:
    # A dependency group may hold tables that include another group.
    return ((value, scope) for value in values if isinstance(value, str))


def _local_sources(data: Mapping[str, Any]) -> frozenset[str]:
    sources = table(data, "tool", "uv", "sources")
    return frozenset(
        pypi(name)
        for name, source in sources.items()
        if isinstance(source, dict) and ("workspace" in source or "path" in source)
    )


def _as_local(statement: Statement, local: frozenset[str]) -> Statement:
    if isinstance(statement, Dependency) and statement.purl in local:
        return replace(statement, is_local=True)
    return statement


def _poetry(file: File, poetry: Mapping[str, Any], lines: Lines) -> Iterator[Statement]:
    groups = [("group", group, "dependencies") for group in table(poetry, "group")]
    for keys in (("dependencies",), ("dev-dependencies",), *groups):
        scope = Scope.RUNTIME if keys == ("dependencies",) else Scope.DEVELOPMENT
        start = lines.of(".".join(("tool", "poetry", *keys)))
        for name, details in table(poetry, *keys).items():
            yield from _by_name(file, name, details, line=lines.of(name, start), scope=scope)


def _by_name(
    file: File, name: str, value: Any, *, line: int | None, scope: Scope
) -> Iterator[Statement]:
    if name.lower() == "python":  # the interpreter, not a package
        return
    # Poetry lists alternatives for different platforms.
    source = value[0] if isinstance(value, list) and value else value
    details = source if isinstance(source, dict) else {}
    requirement = word(details.get("version")) or word(source)
    yield file.direct(
        pypi(name),
        requirement,
        line,
        scope=Scope.OPTIONAL if details.get("optional") is True else scope,
        is_exact=requirement.startswith("==") and "*" not in requirement,
        is_local="path" in details,
    )


def _dynamic(file: File, data: Mapping[str, Any], lines: Lines) -> Iterator[Statement]:
    if "dependencies" not in items(table(data, "project"), "dynamic"):
        return
    setuptools = table(data, "tool", "setuptools", "dynamic")
    source = setuptools.get("dependencies")
    listed = source.get("file") if isinstance(source, dict) else None
    paths = listed if isinstance(listed, list) else [listed]
    for path in paths:
        if isinstance(path, str):
            yield Include(path=normpath(join(dirname(file.path), path)))
    if listed is None:
        yield file.computed("the dependencies are computed by the build", lines.of("dynamic"))


def _ini_list(
    file: File, value: str, lines: Mapping[str, int], scope: Scope
) -> Iterator[Statement]:
    if value.startswith("file:"):
        for path in value.removeprefix("file:").split(","):
            yield Include(path=normpath(join(dirname(file.path), path.strip())))
        return
    for line in value.splitlines():
        text = line.strip()
        bare = text.partition(" #")[0].strip()
        if bare and not bare.startswith("#"):
            yield read_requirement(file, bare, lines.get(text), scope)


def _line_of(error: ConfigError) -> int | None:
    several = getattr(error, "errors", None)
    line: int | None = several[0][0] if several else getattr(error, "lineno", None)
    return line


def _ini_lines(text: str) -> Mapping[str, int]:
    """Return the line of each value, whether it has a line for itself or follows its key."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        found.setdefault(line.strip(), number)
        found.setdefault(line.partition("=")[2].strip(), number)
    return found


FORMATS = (
    manifest("pypi", parse_pyproject, "pyproject.toml"),
    manifest("pypi", parse_pipfile, "Pipfile"),
    manifest("pypi", parse_setup_cfg, "setup.cfg"),
)
