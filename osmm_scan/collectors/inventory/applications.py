"""Tell applications, which are run as they are, from libraries, which others build on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osmm_scan.collectors.inventory.answers import Answer
from osmm_scan.collectors.inventory.contents import study
from osmm_scan.collectors.inventory.files import depth, first, is_side
from osmm_scan.collectors.inventory.statements import Package, Role
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.paths import is_own, language
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing

# What makes a repository a program even if it is a library, too: where compiled programs begin,
# and what hosts of services ask for.
_PROGRAM = re.compile(
    r"""
      (?:cmd/[^/]+/)?main\.go | src/main\.rs | src/bin/[^/]+\.rs
    | Procfile | fly\.toml | railway\.json | render\.yaml | serverless\.ya?ml
    """,
    re.VERBOSE,
)
_LIBRARY = re.compile(r"(?:.*/)?src/lib\.rs")
# What libraries have, too, to show what they do.
_MAYBE_PROGRAM = re.compile(
    r"""
      (?:.*/)?(?:artisan|config\.ru|main\.go|manage\.py|src/main\.rs)
    | app\.ya?ml | wrangler\.(?:toml|jsonc?)
    """,
    re.VERBOSE,
)


def application(observer: Observer) -> Answer:
    """Answer whether the repository holds an application, which should lock what it is run with."""
    for role, place in _signs(observer):
        if place is not None and role is Role.APPLICATION:
            return Answer(True, place.path, place.line)
        if place is not None:
            _require_readable(observer)
            return Answer(False, place.path, place.line)
    own = (path for path in observer.repository.entries() if language(path) and is_own(path))
    if next(own, None) is None:
        return Answer(False)
    raise Unobserved(Missing.NOT_SUPPORTED, "nothing tells an application from a library here")


def _require_readable(observer: Observer) -> None:
    observer.once(study).require_readable(
        "only libraries were seen", lambda manifest: not is_side(manifest.path)
    )


def _signs(observer: Observer) -> Iterator[tuple[Role, Package | None]]:
    """Yield what each kind of sign says, the most telling one first."""
    manifests = sorted(observer.once(study).manifests, key=lambda found: depth(found.path))
    packages = [
        (manifest.ecosystem, package)
        for manifest in manifests
        if not is_side(manifest.path)
        for package in manifest.packages
    ]
    programs = [pair for pair in packages if pair[1].role is Role.APPLICATION]
    libraries = [package for _, package in packages if package.role is Role.LIBRARY]
    at_top = (package for _, package in programs if "/" not in package.path)
    images = (package for ecosystem, package in programs if ecosystem == "docker")
    yield Role.APPLICATION, next(at_top, None)
    yield Role.APPLICATION, _file(observer, _PROGRAM)
    yield Role.APPLICATION, next(images, None)
    yield Role.LIBRARY, next(iter(libraries), None)
    yield Role.LIBRARY, _file(observer, _LIBRARY)
    yield Role.APPLICATION, next((package for _, package in programs), None)
    yield Role.APPLICATION, _file(observer, _MAYBE_PROGRAM)


def _file(observer: Observer, pattern: re.Pattern[str]) -> Package | None:
    path = first(observer, pattern)
    return None if path is None else Package(purl=None, role=None, path=path)
