"""What manifests and lockfiles state, whatever the ecosystem: dependencies, packages, gaps.

A parser is a generator that turns one `File` into statements. It raises `Malformed` where nothing
more can be read; what it has yielded before then still counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from osmm_scan.model import Missing


class Scope(StrEnum):
    """What a dependency is needed for."""

    RUNTIME = "runtime"
    DEVELOPMENT = "development"
    OPTIONAL = "optional"


class Relation(StrEnum):
    """Whether a file asks for a package itself, or records what was resolved."""

    DIRECT = "direct"
    LOCKED = "locked"


class Role(StrEnum):
    """What a package is for: to be run as it is, or to be used by other packages."""

    APPLICATION = "application"
    LIBRARY = "library"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """One package that a file names.

    `purl` has no version; `requirement` is the stated version, range or tag, and `is_exact` tells
    whether it admits one version only. `is_local` marks what lives in the same repository.
    """

    purl: str
    requirement: str = ""
    relation: Relation
    scope: Scope = Scope.RUNTIME
    is_exact: bool = False
    is_local: bool = False
    path: str
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package that the repository itself defines."""

    purl: str | None
    role: Role | None
    path: str
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Include:
    """Another file of the repository that a manifest reads its dependencies from."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that could not be read; dependencies may hide in it. No path: many files."""

    path: str | None
    line: int | None = None
    why: str
    missing: Missing = Missing.FAULT


Statement: TypeAlias = Dependency | Package | Include | Gap


@dataclass(frozen=True, slots=True)
class File:
    """The text of one manifest or lockfile, and the words in which a parser speaks of it."""

    path: str
    text: str

    def direct(
        self,
        purl: str,
        requirement: str = "",
        line: int | None = None,
        *,
        scope: Scope = Scope.RUNTIME,
        is_exact: bool = False,
        is_local: bool = False,
    ) -> Dependency:
        """Return a package that this file asks for."""
        return Dependency(
            purl=purl,
            requirement=requirement,
            relation=Relation.DIRECT,
            scope=scope,
            is_exact=is_exact,
            is_local=is_local,
            path=self.path,
            line=line,
        )

    def locked(
        self,
        purl: str,
        version: str = "",
        line: int | None = None,
        *,
        scope: Scope = Scope.RUNTIME,
        is_local: bool = False,
    ) -> Dependency:
        """Return a package that this file records in one version."""
        return Dependency(
            purl=purl,
            requirement=version,
            relation=Relation.LOCKED,
            scope=scope,
            is_exact=True,
            is_local=is_local,
            path=self.path,
            line=line,
        )

    def package(
        self, purl: str | None, role: Role | None = None, line: int | None = None
    ) -> Package:
        """Return the package that this file defines."""
        return Package(purl=purl, role=role, path=self.path, line=line)

    def gap(self, why: str, line: int | None = None, missing: Missing = Missing.FAULT) -> Gap:
        """Return a place of this file that could not be read."""
        return Gap(path=self.path, line=line, why=why, missing=missing)

    def computed(self, why: str, line: int | None = None) -> Gap:
        """Return a place whose meaning only running the build could tell."""
        return self.gap(why, line, Missing.NOT_SUPPORTED)


Parser: TypeAlias = Callable[[File], Iterator[Statement]]


class Kind(StrEnum):
    """Whether people write a file or a tool records it."""

    MANIFEST = "manifest"
    LOCKFILE = "lockfile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One kind of file: the ecosystem by its purl type, and the names that such files have.

    `names` are globs for the last parts of a path; one that begins with `/` holds the whole path.
    """

    ecosystem: str
    kind: Kind
    names: tuple[str, ...]
    parse: Parser


def manifest(ecosystem: str, parse: Parser, *names: str) -> Format:
    """Return the format of files that people write."""
    return Format(ecosystem=ecosystem, kind=Kind.MANIFEST, names=names, parse=parse)


def lockfile(ecosystem: str, parse: Parser, *names: str) -> Format:
    """Return the format of files in which a tool records what it resolved."""
    return Format(ecosystem=ecosystem, kind=Kind.LOCKFILE, names=names, parse=parse)
