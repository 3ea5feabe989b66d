"""Choose which files of a repository may be documents that speak for its owner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from posixpath import basename, splitext

from osmm_scan.collectors.documents.rubrics import Rubrics
from osmm_scan.collectors.studies.paths import TEXT_ENDINGS, is_own, language
from osmm_scan.sources.repository import Entry, EntryKind

LIMIT = 400
SIZE_LIMIT = 200_000

_PAGES = frozenset({*TEXT_ENDINGS, ".mdx", ".html", ".htm"}) - {""}
_DATA = frozenset({".json", ".csv", ".tsv"})
_LISTS = frozenset({"owners", "maintainers", "codeowners", "security", "governance"})
_WORD = re.compile(r"[^\W_]+")
# Files that every repository has, and that say little of its owner.
_USUAL = re.compile(
    r"(?:changelog|changes|history|news|license|licence|copying|notice|ofl)\b", re.I
)
# The texts of licenses, where tools look for them.
_LICENSE_TEXTS = re.compile(r"(?:^|/)LICENSES/[^/]+\.txt$")
_TRANSLATIONS = re.compile(r"(?:^|/)(?:i18n|locales?|translations?)/", re.I)
_SPEAKS_FOR_ALL = frozenset(
    {
        "bylaws",
        "community",
        "foundation",
        "foss",
        "github",
        "governance",
        "guidance",
        "guidelines",
        "handbook",
        "opensource",
        "oss",
        "ospo",
        "playbook",
        "policies",
        "policy",
        "radar",
        "standards",
        "steering",
        "tac",
        "techradar",
        "toc",
        "tsc",
        "way",
    }
)


def candidates(
    entries: Mapping[str, Entry], rubrics: Rubrics, repository: str = ""
) -> tuple[list[str], bool]:
    """Return the paths worth reading, the likeliest first, and whether some were left out.

    In a repository that is named as a radar, data may be one wherever it lies.
    """
    words = frozenset(word for rubric in rubrics.classes.values() for word in rubric.paths)
    ranked = sorted(
        (-_likelihood(path, words), path.count("/"), path)
        for path, entry in entries.items()
        if entry.kind is not EntryKind.SUBMODULE and _is_document(path, repository)
    )
    likely = [path for rank, _, path in ranked if rank < 0]
    return [path for _, _, path in ranked[:LIMIT]], len(likely) > LIMIT


def is_named(path: str, words: Iterable[str]) -> bool:
    """Tell whether a path has one of these words."""
    return not _words(path).isdisjoint(words)


def is_general(name: str, entries: Mapping[str, Entry]) -> bool:
    """Tell whether a repository speaks for its owner: by its name, or because it is no product."""
    own = name.rpartition("/")[2].lower()
    words = set(_WORD.findall(own))
    if words & _SPEAKS_FOR_ALL or {"open", "source"} <= words:
        return True
    return not any(is_own(path) and language(path) for path in entries)


def _is_document(path: str, repository: str) -> bool:
    if not is_own(path) or _USUAL.match(basename(path)):
        return False
    if _TRANSLATIONS.search(path) or _LICENSE_TEXTS.search(path):
        return False
    stem, ending = splitext(basename(path.lower().removesuffix(".erb")))
    if ending in _DATA:
        return "radar" in f"{repository}/{path}".lower()
    return ending in _PAGES or (not ending and stem in _LISTS)


def _likelihood(path: str, words: frozenset[str]) -> int:
    return len(_words(path) & words)


def _words(path: str) -> set[str]:
    return set(_WORD.findall(path.lower()))
