"""The study that collectors share: every manifest and lockfile of a repository, read once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from osmm_scan.collectors.inventory.files import depth, is_product
from osmm_scan.collectors.inventory.formats.python_requirements import REQUIREMENTS
from osmm_scan.collectors.inventory.formats.table import format_of
from osmm_scan.collectors.inventory.ownership import Owner
from osmm_scan.collectors.inventory.statements import (
    Dependency,
    File,
    Format,
    Gap,
    Include,
    Kind,
    Package,
    Relation,
    Statement,
)
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.structured import Malformed
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.repository import READ_LIMIT, EntryKind, Files

# Limits of one repository; the largest public monorepos have some hundred manifests.
MOST_MANIFESTS = 1000
MOST_BYTES = 64 * 1024 * 1024
MOST_STATEMENTS = 200_000
LOCKFILE_LIMIT = 20 * 1024 * 1024

# What a project builds on without it being a package: the signals count packages only.
NOT_PACKAGES = frozenset({"docker", "githubactions"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One manifest or lockfile and what it states."""

    path: str
    ecosystem: str
    kind: Kind
    dependencies: tuple[Dependency, ...]
    packages: tuple[Package, ...]
    gaps: tuple[Gap, ...]

    @property
    def folder(self) -> str:
        """Return the folder that the file lies in, empty at the top."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True, kw_only=True)
class Inventory:
    """What a repository declares and locks. `beyond` counts manifests that were not looked at."""

    manifests: tuple[Manifest, ...]
    owner: Owner
    beyond: int = 0

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Return every place in which dependencies may hide unseen."""
        found = [gap for manifest in self.manifests for gap in manifest.gaps]
        if self.beyond:
            found.append(Gap(path=None, why=self.beyond_limits, missing=Missing.TRUNCATED))
        return tuple(found)

    @cached_property
    def declared(self) -> tuple[Dependency, ...]:
        """Return what others made and the project asks for: packages, images and actions."""
        return tuple(found for manifest in self.manifests for found in self.asked_for(manifest))

    @cached_property
    def direct(self) -> tuple[Dependency, ...]:
        """Return the packages that others made and the project asks for."""
        return tuple(
            found
            for manifest in self.manifests
            if is_of_packages(manifest)
            for found in self.asked_for(manifest)
        )

    @cached_property
    def locked(self) -> tuple[Dependency, ...]:
        """Return the packages that others made and lockfiles record."""
        return tuple(found for manifest in self.manifests for found in self.recorded(manifest))

    @property
    def ecosystems(self) -> tuple[str, ...]:
        """Return the ecosystems of packages in use, by purl type."""
        packages = (*self.direct, *self.locked)
        return tuple(sorted({found.purl[4:].partition("/")[0] for found in packages}))

    def asked_for(self, manifest: Manifest) -> Iterator[Dependency]:
        """Yield what others made and one file asks for."""
        return self._foreign(manifest, Relation.DIRECT)

    def recorded(self, manifest: Manifest) -> Iterator[Dependency]:
        """Yield what others made and one file records in a version."""
        return self._foreign(manifest, Relation.LOCKED)

    def consumes(self) -> bool:
        """Tell whether the repository uses packages of others; `Unobserved` where that is open."""
        if self.direct or self.locked:
            return True
        self.require_no_gap("no package is declared where manifests could be read", is_of_packages)
        return False

    def require_no_gap(self, seen: str, where: Callable[[Manifest], bool] = lambda _: True) -> None:
        """Raise `Unobserved` when something may hide in a manifest of that kind, or beyond all."""
        for manifest in filter(where, self.manifests):
            for gap in manifest.gaps:
                raise Unobserved(gap.missing, f"{seen}, but {gap.path}: {gap.why}")
        if self.beyond:
            raise Unobserved(Missing.TRUNCATED, f"{seen}, but {self.beyond_limits}")

    def require_readable(self, seen: str, where: Callable[[Manifest], bool]) -> None:
        """Raise `Unobserved` when a manifest of that kind is damaged, too large or out of reach.

        What a build computes is no reason: the rest of such a manifest was read.
        """
        for manifest in filter(where, self.manifests):
            for gap in manifest.gaps:
                if gap.missing is not Missing.NOT_SUPPORTED:
                    raise Unobserved(gap.missing, f"{seen}, but {gap.path}: {gap.why}")

    @property
    def beyond_limits(self) -> str:
        """Return in words that some manifests were not looked at."""
        return f"{self.beyond} of the manifests farthest from the root were not read"

    def _foreign(self, manifest: Manifest, relation: Relation) -> Iterator[Dependency]:
        for found in manifest.dependencies:
            if found.relation is relation and not found.is_local and not self.owner.owns(found):
                yield found


def is_of_packages(manifest: Manifest) -> bool:
    """Tell whether a manifest or lockfile is one of packages, not of images or actions."""
    return manifest.ecosystem not in NOT_PACKAGES


def is_lockfile(manifest: Manifest) -> bool:
    """Tell whether a tool wrote the file."""
    return manifest.kind is Kind.LOCKFILE


def study(observer: Observer) -> Inventory:
    """Return the inventory of a repository; `Unobserved` when its files cannot be listed."""
    return _inventory(observer, observer.repository)


def earlier(observer: Observer) -> Inventory | None:
    """Return the inventory as it was when the window began; None when there was no file yet."""
    files = observer.repository.earlier(observer.since)
    return None if files is None else _inventory(observer, files)


def _inventory(observer: Observer, files: Files) -> Inventory:
    read, beyond = _read_all(files, _manifests(files))
    packages = (package for manifest in read for package in manifest.packages)
    return Inventory(
        manifests=tuple(sorted(read, key=lambda manifest: manifest.path)),
        owner=Owner.of(observer.repository.remote, packages),
        beyond=beyond,
    )


def _manifests(files: Files) -> list[tuple[str, Format]]:
    """Return the project's own manifests, those nearest to the root first."""
    found = (
        (path, format_)
        for path, entry in files.entries().items()
        if (format_ := format_of(path)) is not None
        and entry.kind is not EntryKind.SUBMODULE
        and is_product(path)
    )
    return sorted(found, key=lambda pair: depth(pair[0]))


def _read_all(files: Files, chosen: list[tuple[str, Format]]) -> tuple[list[Manifest], int]:
    """Return what was read within the limits, and how many manifests were not."""
    entries = files.entries()
    pending = deque(chosen)
    seen = {path for path, _ in chosen}
    read: list[Manifest] = []
    size = statements = 0
    while pending and len(read) < MOST_MANIFESTS and size < MOST_BYTES:
        path, format_ = pending.popleft()
        found = [*islice(_statements(files, path, format_), MOST_STATEMENTS - statements)]
        size += entries[path].size or 0
        statements += len(found)
        read.append(_manifest(path, format_, found))
        for part in found:
            if isinstance(part, Include) and part.path in entries and part.path not in seen:
                seen.add(part.path)
                pending.append((part.path, REQUIREMENTS))
        if statements >= MOST_STATEMENTS:
            return read, len(pending) + 1  # the last one was not read to its end
    return read, len(pending)


def _manifest(path: str, format_: Format, statements: list[Statement]) -> Manifest:
    return Manifest(
        path=path,
        ecosystem=format_.ecosystem,
        kind=format_.kind,
        dependencies=tuple(part for part in statements if isinstance(part, Dependency)),
        packages=tuple(part for part in statements if isinstance(part, Package)),
        gaps=tuple(part for part in statements if isinstance(part, Gap)),
    )


def _statements(files: Files, path: str, format_: Format) -> Iterator[Statement]:
    limit = LOCKFILE_LIMIT if format_.kind is Kind.LOCKFILE else READ_LIMIT
    try:
        text = files.text(path, limit=limit)
    except Unobserved as reason:
        yield Gap(path=path, why=reason.why, missing=reason.missing)
        return
    try:
        yield from format_.parse(File(path, text))
    except Malformed as fault:
        yield Gap(path=path, line=fault.line, why=fault.why)
