"""Choose the project's own files by their paths, those nearest to the root first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.paths import is_own
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.repository import EntryKind

# Folders that serve the work on a project; what runs there is not what the project delivers.
_SIDE = frozenset(
    {
        *(".circleci", ".devcontainer", ".github", ".gitlab", ".gitpod", "bench", "benches"),
        *("benchmark", "benchmarks", "ci", "contrib", "doc", "docs", "experimental", "hack"),
        *("scripts", "site", "tool", "tooling", "tools", "website", "www"),
    }
)


# Folders of projects that are made to be copied, or to try a change on.
_COPIES = frozenset(
    {
        *("_template", "_templates", "boilerplate", "boilerplates", "playground", "playgrounds"),
        *("scaffold", "scaffolding", "scaffolds", "skeleton", "skeletons", "template"),
        "templates",
    }
)


# Modules and source sets that are tests by their names, such as `src/funTest` of Gradle.
_TESTS = re.compile(r"(?:^|/)(?:src/[a-z][A-Za-z]*Test(?:Fixtures)?|e2e[-_][^/]+|[^/]+[-_]e2e)/")


def is_product(path: str) -> bool:
    """Tell whether a file is the project's own and says something about itself.

    Manifests in a folder of templates, or below a name to be filled in, are those of other projects
    yet to be made.
    """
    folders = path.lower().split("/")[:-1]
    is_copied = "{{" in path or not _COPIES.isdisjoint(folders)
    return not is_copied and _TESTS.search(path) is None and is_own(path)


def depth(path: str) -> tuple[int, str]:
    """Return a sort key that puts files near the root first."""
    return path.count("/"), path


@dataclass(frozen=True, slots=True)
class Chosen:
    """Files that fit, nearest to the root first, and how many more there are."""

    paths: tuple[str, ...]
    beyond: int

    def require_all(self, what: str) -> None:
        """Raise `Unobserved` when there are more files than were chosen."""
        if self.beyond:
            why = f"{self.beyond} more {what} lie farther from the root and were not read"
            raise Unobserved(Missing.TRUNCATED, why)


def nearest(observer: Observer, pattern: re.Pattern[str], most: int) -> Chosen:
    """Return the own files whose whole path fits."""
    found = [
        path
        for path, entry in observer.repository.entries().items()
        if pattern.fullmatch(path) and entry.kind is not EntryKind.SUBMODULE and is_product(path)
    ]
    found.sort(key=depth)
    return Chosen(tuple(found[:most]), max(0, len(found) - most))


def first(observer: Observer, pattern: re.Pattern[str]) -> str | None:
    """Return the own file nearest to the root that fits and does not lie beside the product."""
    chosen = nearest(observer, pattern, len(observer.repository.entries()))
    return next((path for path in chosen.paths if not is_side(path)), None)


def is_side(path: str) -> bool:
    """Tell whether a file serves the work on the project rather than its product."""
    return not _SIDE.isdisjoint(path.lower().split("/")[:-1])
