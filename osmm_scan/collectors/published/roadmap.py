"""Find whether a project says what it plans."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from osmm_scan.collectors.community_health.documents import LIMIT
from osmm_scan.collectors.community_health.readme import readme
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.paths import TEXT_ENDINGS, is_own
from osmm_scan.collectors.studies.placeholders import placeholders
from osmm_scan.collectors.studies.prose import is_hollow, read
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence

FACTS: Mapping[str, str] = {
    "roadmap.stated": "a ROADMAP document, or the README, says what is planned or links to it",
}

_NAME = re.compile(r"(?:.{0,60}[-_ ])?road-?map(?:[-_ ].{0,60})?", re.I)
_SECTION = re.compile(
    r"\broad ?map\b|^\W*(?:planned features|what'?s next|future (?:plans|work))\W*$", re.I
)
_PLAN = re.compile(
    r"\broad-?map\b|/milestones?(?:/|$)"
    r"|github\.com/(?:orgs/)?[\w.-]{1,99}/(?:[\w.-]{1,99}/)?projects/\d",
    re.I,
)


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield whether a plan is stated, and where."""
    place = _in_readme(observer) or _document(observer)
    yield observer.fact("roadmap.stated", place is not None, *(place or (None, None)))


def _in_readme(observer: Observer) -> tuple[str, int] | None:
    document = observer.once(readme)
    if document is None:
        return None
    section = next((block.line for block in document.prose.under(_SECTION)), None)
    links = (one.line for one in document.prose.links if _PLAN.search(f"{one.text} {one.target}"))
    line = section or next(links, None)
    return (document.path, line) if line else None


def _document(observer: Observer) -> tuple[str, None] | None:
    """Return a document named after its plan, at the top or among the documentation."""
    hidden: Unobserved | None = None
    for path in observer.repository.entries():
        stem, ending = posixpath.splitext(posixpath.basename(path))
        is_near = "/" not in path or path.lower().startswith(("docs/", "doc/", ".github/"))
        if is_near and is_own(path) and ending.lower() in TEXT_ENDINGS and _NAME.fullmatch(stem):
            try:
                prose = read(observer.repository.text(path, limit=LIMIT))
            except Unobserved as reason:
                hidden = reason
                continue
            if not is_hollow(prose) and next(placeholders(prose), None) is None:
                return path, None
    if hidden:
        raise hidden
    return None
