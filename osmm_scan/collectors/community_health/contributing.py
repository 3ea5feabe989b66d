"""Judge the contribution guide: is it filled in, and is it about this project?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from osmm_scan.collectors.community_health import links, specificity
from osmm_scan.collectors.community_health.documents import Document, detail, effective, fact
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.repository import program
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

FACTS: Mapping[str, str] = {
    "contributing.present": "there is a contribution guide, own or inherited, filled in",
    "contributing.inherited": "the contribution guide is the owner's default",
    "contributing.specific": "the contribution guide fits this project",
    "contributing.specificity": (
        "share of five tests that the guide passes: commands that exist here, what a change needs, "
        "terms, who reviews, links that lead somewhere; tests that do not apply are left out"
    ),
}

_SPECIFIC = 0.6
_POINTER_WORDS = 150
_GUIDES = re.compile(
    r"contribut|develop|hacking|guide|build|test|review|patch|pull.?request|\bdco\b|\bcla\b", re.I
)
# Lessons for newcomers to open source, and trackers, are no guides to this project.
_OTHER = re.compile(
    r"opensource\.guide|(?:docs|help)\.github\.com|makeapullrequest|firsttimersonly|egghead\.io"
    r"|conventionalcommits|github\.com/[\w.-]{1,99}/[\w.-]{1,99}/(?:issues|pulls?|compare|fork)\b",
    re.I,
)
_CONTRIBUTING = re.compile(r"contribut\w{0,8}[ _-](?:to|guid)|/contribut|develop\w* guide", re.I)
_TRACKER = re.compile(
    r"github\.com/([\w.-]{1,99})/([\w.-]{1,99})/(?:issues|pulls?|compare|fork)\b", re.I
)


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield whether there is a guide, and how well it fits."""
    document = observer.once(guide)
    if document is None:
        for key in ("contributing.present", "contributing.inherited", "contributing.specific"):
            yield fact(observer, key, False)
        yield fact(observer, "contributing.specificity", 0.0)
        return
    yield fact(observer, "contributing.present", document.is_usable, document)
    yield fact(observer, "contributing.inherited", document.is_inherited, document)
    results = specificity.results(
        observer.repository,
        observer.once(documents),
        has_code=observer.once(program) is not None,
    )
    passed = [element for element in results.values() if element]
    yield from _fit(observer, document, round(len(passed) / len(results), 2))
    for element in passed:
        yield detail(observer, element)


def guide(observer: Observer) -> Document | None:
    """Return the contribution guide that applies to the repository."""
    return effective(observer, ("CONTRIBUTING",))


def documents(observer: Observer) -> tuple[Document, ...]:
    """Return the guide and the documents of the same repository that it leads to."""
    document = observer.once(guide)
    return (document, *links.followed(document, _GUIDES)) if document else ()


def elsewhere(document: Document) -> Unobserved | None:
    """Return why a guide that leads out of the repository was not read."""
    if not document.is_usable:
        return None
    wanted = _GUIDES if is_pointer(document) else _CONTRIBUTING
    targets = (one for one in links.outward(document, wanted) if not _OTHER.search(one))
    target = next(targets, None)
    if target is None:
        return None
    return Unobserved(Missing.NOT_COLLECTED, f"the guide is at {target}, which was not read")


def is_pointer(document: Document) -> bool:
    """Tell whether a guide is so short that what matters may stand where it leads."""
    return document.prose.words <= _POINTER_WORDS


def _fit(observer: Observer, document: Document, value: float) -> Iterator[Evidence]:
    """A short guide that leads out of the repository may be as good as any: that is unknown."""
    is_specific = value >= _SPECIFIC and document.is_usable and not _is_foreign(document)
    away = None if is_specific else elsewhere(document)
    if away:
        limits = {"low": value, "high": 1.0}
        yield fact(observer, "contributing.specificity", limits, document)
        yield observer.missing("contributing.specific", away, document.path)
    else:
        yield fact(observer, "contributing.specificity", value, document)
        yield fact(observer, "contributing.specific", is_specific, document)


def _is_foreign(document: Document) -> bool:
    """Tell whether a guide sends its readers to another project of another owner."""
    remote = document.home.remote
    found = {
        (match[1].lower(), match[2].lower().removesuffix(".git"))
        for link in document.prose.links
        if (match := _TRACKER.search(link.target))
    }
    if remote is None or not found:
        return False
    return all(
        owner != remote.owner.lower() and name != remote.name.lower() for owner, name in found
    )
