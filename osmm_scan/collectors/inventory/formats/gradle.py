"""Read Gradle: literal coordinates in build files, version catalogs and gradle.lockfile.

A build file is a program; what it computes stays unknown, what it spells out is read by lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from osmm_scan.collectors.inventory.purls import maven
from osmm_scan.collectors.inventory.statements import (
    File,
    Role,
    Scope,
    Statement,
    lockfile,
    manifest,
)
from osmm_scan.collectors.studies.structured import Lines, read_toml, table, word

_QUOTED = r"""["']([^"':\s]{1,200}):([^"':\s]{1,200})(?::([^"'\s]{0,200}))?["']"""
# `implementation("group:name:1.0")`, `testImplementation platform('group:name')` and their kin.
_COORDINATES = re.compile(
    r"\s*(?:dependencies\s*\{\s*)?(\w{1,80})[\s(]+"
    r"(?:(?:platform|enforcedPlatform|testFixtures)\s*\(\s*)?" + _QUOTED
)
# The next lines of `implementation 'group:name:1.0',`.
_MORE = re.compile(r"\s*()" + _QUOTED)
# `implementation group: 'group', name: 'name', version: '1.0'`
_NAMED_PARTS = re.compile(
    r"""
    \s*(\w{1,80})[\s(]+group\s*[:=]\s*["']([^"']{1,200})["']\s*,
    \s*name\s*[:=]\s*["']([^"']{1,200})["'](?:\s*,\s*version\s*[:=]\s*["']([^"']{0,200})["'])?
    """,
    re.VERBOSE,
)
_REFERENCE = re.compile(r"\s*(\w{1,80})[\s(]+([A-Za-z_]\w{0,80})")
_CONFIGURATION = re.compile(
    r"""
    \w*(?:[iI]mplementation|[aA]pi|[cC]ompileOnly|[rR]untimeOnly|[aA]nnotationProcessor
         |[cC]ompile|[rR]untime|[pP]rovided|[kK]apt|[kK]sp)
    | coreLibraryDesugaring | developmentOnly | (?:kapt|ksp)[A-Z]\w* | shadow
    """,
    re.VERBOSE,
)
# What a configuration may refer to without naming a package: parts of the build, other files of
# the repository, and catalogs, which are read for themselves.
_NOT_COMPUTED = frozenset(
    [
        *("enforcedPlatform", "fileTree", "files", "gradleApi", "gradleTestKit", "kotlin"),
        *("libs", "localGroovy", "npm", "platform", "project", "projects", "sourceSets"),
        "testFixtures",
    ]
)
_PLUGIN = re.compile(
    r"""
    \s*(?:plugins\s*\{\s*)?
    (?: (?:id|apply)[\s(]*(?:plugin\s*[:=]\s*)?["']([\w.-]{1,100})["']
      | alias\(\s*libs\.plugins\.([\w.]{1,100})\)
      | `([\w-]{1,100})`
      | (application|war)\s*\}?\s*$ )
    """,
    re.VERBOSE,
)
_ROLES = {
    "android.application": Role.APPLICATION,
    "android.library": Role.LIBRARY,
    "application": Role.APPLICATION,
    "com.android.application": Role.APPLICATION,
    "com.android.library": Role.LIBRARY,
    "com.google.cloud.tools.jib": Role.APPLICATION,
    "io.quarkus": Role.APPLICATION,
    "java-gradle-plugin": Role.LIBRARY,
    "java-library": Role.LIBRARY,
    "maven-publish": Role.LIBRARY,
    "org.springframework.boot": Role.APPLICATION,
    "war": Role.APPLICATION,
}
_LOCKED = re.compile(r"([^:=\s]+):([^:=\s]+):([^:=\s]+)=")


def parse_build(file: File) -> Iterator[Statement]:
    """Yield the literal coordinates of a build.gradle or build.gradle.kts."""
    role: Role | None = None
    configuration = ""
    for number, line in enumerate(_without_comments(file.text), start=1):
        role = role or _role(line)
        found = (
            (_MORE.match(line) if configuration else None)
            or _COORDINATES.match(line)
            or _NAMED_PARTS.match(line)
        )
        word_before = (found[1] or configuration) if found else ""
        if found and _CONFIGURATION.fullmatch(word_before):
            yield _stated(file, number, word_before, found.groups(default="")[1:])
            configuration = word_before if line.rstrip().endswith(",") else ""
        else:
            configuration = ""
            yield from _computed(file, number, line)
    yield file.package(None, role)


def parse_catalog(file: File) -> Iterator[Statement]:
    """Yield the libraries of a version catalog; its plugins are tools of the build."""
    data = read_toml(file.text)
    lines = Lines(file.text)
    start = lines.of("libraries")
    versions = table(data, "versions")
    for alias, entry in table(data, "libraries").items():
        group, name, version = _library(entry, versions)
        yield file.direct(
            maven(group, name), version, lines.of(alias, start), is_exact=_is_exact(version)
        )


def parse_lockfile(file: File) -> Iterator[Statement]:
    """Yield the packages of a gradle.lockfile."""
    for number, line in enumerate(file.text.splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith(("#", "empty=")):
            continue
        found = _LOCKED.match(text)
        if found is None:
            yield file.gap("not an entry of gradle.lockfile", number)
        else:
            yield file.locked(maven(found[1], found[2]), found[3], number)


def _stated(file: File, line: int, configuration: str, parts: tuple[str, ...]) -> Statement:
    group, name, version = parts
    if "$" in group + name:
        return file.computed("coordinates that the build computes", line)
    return file.direct(
        maven(group, name),
        version,
        line,
        scope=Scope.DEVELOPMENT if "test" in configuration.lower() else Scope.RUNTIME,
        is_exact=_is_exact(version),
    )


def _computed(file: File, line: int, text: str) -> Iterator[Statement]:
    found = _REFERENCE.match(text)
    if found and _CONFIGURATION.fullmatch(found[1]) and found[2] not in _NOT_COMPUTED:
        yield file.computed("a dependency that the build computes", line)


def _library(entry: Any, versions: dict[str, Any]) -> tuple[str, str, str]:
    if isinstance(entry, str):
        group, _, rest = entry.partition(":")
        name, _, version = rest.partition(":")
        return group, name, version
    known = entry if isinstance(entry, dict) else {}
    group, _, name = word(known.get("module")).partition(":")
    stated = known.get("version")
    reference = stated.get("ref") if isinstance(stated, dict) else None
    if isinstance(reference, str):
        stated = versions.get(reference)
    return group or word(known.get("group")), name or word(known.get("name")), word(stated)


def _is_exact(version: str) -> bool:
    is_range = any(sign in version for sign in "$+[](),")
    return bool(version) and not is_range and not version.startswith("latest.")


def _role(line: str) -> Role | None:
    found = _PLUGIN.match(line)
    if found is None or "apply false" in line:
        return None
    return _ROLES.get(next(filter(None, found.groups()), ""))


def _without_comments(text: str) -> Iterator[str]:
    """Yield the lines, those empty that are nothing but a comment."""
    inside = False
    for line in text.splitlines():
        bare = line.strip()
        inside = inside or bare.startswith("/*")
        yield "" if inside or bare.startswith("//") else line
        inside = inside and "*/" not in bare


FORMATS = (
    manifest("maven", parse_build, "build.gradle", "build.gradle.kts"),
    manifest("maven", parse_catalog, "*.versions.toml"),
    lockfile("maven", parse_lockfile, "gradle.lockfile", "buildscript-gradle.lockfile"),
)
