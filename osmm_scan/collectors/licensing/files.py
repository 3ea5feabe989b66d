"""Find the license files of a repository and recognize what each of them says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from osmm_scan.collectors.licensing.recognition import Kind, Recognition, recognize
from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.repository import Entry, EntryKind

_ENDINGS = r"(?:\.(?:md|markdown|mdown|txt|html?|rst|adoc|asciidoc|org|textile|rdoc))?"
# The names that GitHub and licensee look for, at the root only.
_AT_ROOT = re.compile(
    rf"(?:[a-z0-9.]+[-_])?(?:un)?licen[cs]es?{_ENDINGS}"
    rf"|licen[cs]es?[-_.][a-z0-9.+_-]+"
    rf"|copying(?:[-_.][a-z0-9.+_-]+)?"
    rf"|copyright{_ENDINGS}"
    rf"|ofl{_ENDINGS}",
    re.IGNORECASE,
)
# LICENSE.py is code, LICENSE.header a template, LICENSE.pdf nothing that can be read as text.
_NOT_PROSE = re.compile(
    r".*\.(?:c|cc|cpp|cs|css|docx?|enc|gif|go|gz|h|header|ico|java|jpe?g|js|json|jsx|kt|license|lock"
    r"|lua|mjs|odt|pdf|php|pl|png|ps1|py|rb|rs|rtf|scss|sh|spdx|svg|swift|template|tmpl|tpl|ts"
    r"|tsx|ttf|vue|xml|ya?ml|zip)",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r".*(?:third|3rd)[-_. ]?part(?:y|ies)|.*(?:dependenc|vendor|bundled)", re.IGNORECASE
)
_IN_REUSE_FOLDER = re.compile(r"LICENSES/(?P<id>[A-Za-z0-9.+-]+?)(?:\.(?:txt|md|html|rst))?")
_NOTICES = re.compile(
    r"notices?(?:[-_.][a-z0-9._-]+)?|(?:third|3rd)[-_ ]?party[a-z0-9._ -]*"
    r"|[a-z0-9._-]*(?:third|3rd)[-_]?party[-_.]?(?:notices?|licen[cs]es?)[a-z0-9._-]*"
    r"|licen[cs]es?[-_.](?:third|3rd)[-_]?party[a-z0-9._-]*|attributions?(?:\.[a-z]+)?",
    re.IGNORECASE,
)
_MOST = 100


@dataclass(frozen=True, slots=True)
class LicenseFile:
    """A file that should hold a license: what it says, or why it could not be read."""

    path: str
    recognition: Recognition | None = None
    fault: Unobserved | None = None

    @property
    def has_text(self) -> bool:
        """Tell whether it holds the text of a license rather than a word about one."""
        kinds = (Kind.TEXT, Kind.MODIFIED, Kind.RESTRICTED)
        return self.recognition is not None and self.recognition.kind in kinds


def license_files(observer: Observer) -> tuple[LicenseFile, ...]:
    """Return the license files at the root and in the LICENSES folder, in order of their paths."""
    # Folder by folder, so that a tree too large to be listed whole still shows its license.
    entries = {**observer.repository.folder(), **observer.repository.folder("LICENSES")}
    candidates = [entry for path, entry in sorted(entries.items()) if is_candidate(path)]
    return tuple(
        file
        for entry in candidates[:_MOST]
        if entry.kind is not EntryKind.SUBMODULE and (file := _read(observer, entry)) is not None
    )


def notice_files(observer: Observer) -> tuple[str, ...]:
    """Return the files at the root that name what others contributed, unless empty."""
    return tuple(
        path
        for path, entry in observer.repository.folder().items()
        if _NOTICES.fullmatch(path) and entry.size != 0
    )


def is_candidate(path: str) -> bool:
    """Tell whether a path is where a project states its own license."""
    if "/" in path:
        return _IN_REUSE_FOLDER.fullmatch(path) is not None
    is_own = _OF_OTHERS.match(path) is None and _NOT_PROSE.fullmatch(path) is None
    return is_own and _AT_ROOT.fullmatch(path) is not None


def claimed(path: str) -> str | None:
    """Return the license that the name of a file in the LICENSES folder claims."""
    named = _IN_REUSE_FOLDER.fullmatch(path)
    return named["id"] if named else None


def _read(observer: Observer, entry: Entry) -> LicenseFile | None:
    try:
        text = observer.repository.text(entry.path)
    except Unobserved as fault:
        # A link out of the repository is no license of it, whatever it leads to.
        leaves = entry.kind is EntryKind.SYMLINK and fault.missing is Missing.NOT_SUPPORTED
        return None if leaves else LicenseFile(entry.path, fault=fault)
    return LicenseFile(entry.path, recognize(text))


def recognitions(files: tuple[LicenseFile, ...]) -> Iterator[tuple[str, Recognition]]:
    """Yield the path and content of every file that could be read."""
    for file in files:
        if file.recognition is not None:
            yield file.path, file.recognition
