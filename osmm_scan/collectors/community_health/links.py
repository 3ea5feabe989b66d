"""Follow the links of a document as far as its own repository goes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from osmm_scan.collectors.community_health.documents import LIMIT, Document
from osmm_scan.collectors.studies.paths import TEXT_ENDINGS
from osmm_scan.collectors.studies.prose import Link, read
from osmm_scan.errors import Unobserved
from osmm_scan.sources.repository import Repository

_FOLLOWED = 8
# A document with more links is a list of them.
_CHECKED = 200
_SHOWN = 200
# What documentation tools leave out of an address.
_ENDINGS = ("", ".md", ".rst", ".mdx", ".adoc", ".markdown")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,20}:|//|#|[^/]{0,200}[{<$]", re.I)


def followed(document: Document, wanted: re.Pattern[str]) -> Iterator[Document]:
    """Yield the documents of the same repository that matching links lead to, near ones first."""
    seen = {document.path}
    waiting = [document]
    while waiting:
        for path in _targets(waiting.pop(0), wanted):
            if path in seen or len(seen) > _FOLLOWED:
                continue
            seen.add(path)
            try:
                prose = read(document.home.text(path, limit=LIMIT))
            except Unobserved:
                continue
            found = Document(document.home, path, prose, document.is_inherited)
            waiting.append(found)
            yield found


def _targets(document: Document, wanted: re.Pattern[str]) -> Iterator[str]:
    for link in document.prose.links[:_CHECKED]:
        path = resolve(document, link) if wanted.search(f"{link.text} {link.target}") else None
        if path and posixpath.splitext(path)[1].lower() in TEXT_ENDINGS:
            yield path


def check(document: Document) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """Return the links into the repository that lead to something, and those that do not."""
    led = [(link, resolve(document, link)) for link in document.prose.links[:_CHECKED]]
    return (
        tuple(link for link, path in led if path),
        tuple(link for link, path in led if path == ""),
    )


def outward(document: Document, wanted: re.Pattern[str]) -> Iterator[str]:
    """Yield the targets of matching links that lead out of the repository."""
    for link in document.prose.links[:_CHECKED]:
        if wanted.search(f"{link.text} {link.target}") and resolve(document, link) is None:
            yield link.target[:_SHOWN]


def resolve(document: Document, link: Link) -> str | None:
    """Return the path that a link leads to in the repository, "" when there is no such file.

    None for links to other places: the web, the page itself, and pages that only the host has.
    """
    target = unquote(re.split(r"[?#]", _within(document.home, link.target))[0])
    if not target or _SCHEME.match(target):
        return None
    folder = "" if target.startswith("/") else posixpath.dirname(document.path)
    path = posixpath.normpath(posixpath.join(folder, target.lstrip("/")))
    if path.startswith("..") or path == ".":
        return None
    return _existing(document.home, path)


def _within(home: Repository, target: str) -> str:
    """Return a link to the repository's own page on its host as a link from its root."""
    if home.remote is None:
        return target
    base = f"{home.remote.url}/"
    if not target.lower().startswith(base.lower()):
        return target
    kind, _, rest = target[len(base) :].partition("/")
    return "/" + rest.partition("/")[2] if kind in {"blob", "tree"} else target


def _existing(home: Repository, path: str) -> str:
    entries = home.entries()
    found = next((path + ending for ending in _ENDINGS if path + ending in entries), None)
    if found:
        return found
    inside = next((entry for entry in entries if entry.startswith(f"{path}/")), None)
    if inside is None:
        return ""
    start = (f"{path}/{name}{ending}" for name in ("README", "index") for ending in TEXT_ENDINGS)
    return next((entry for entry in start if entry in entries), inside)
