"""Find under which terms a project says that it accepts contributions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from osmm_scan.collectors.community_health.agreements import terms
from osmm_scan.collectors.community_health.contributing import (
    documents,
    elsewhere,
    guide,
    is_pointer,
)
from osmm_scan.collectors.community_health.documents import (
    LIMIT,
    Document,
    Element,
    detail,
    fact,
)
from osmm_scan.collectors.community_health.readme import readme
from osmm_scan.collectors.community_health.templates import offered, pull_request
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.prose import read
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence

FACTS: Mapping[str, str] = {
    "terms.declared": "guide, README or pull request template state the terms of contributions",
    "terms.kind": "the kinds of terms that are stated: cla, dco, inbound_outbound",
}


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield which terms the guide, the README and the pull request template state."""
    found = observer.once(stated)
    first = next(iter(found.values()), None)
    yield fact(observer, "terms.declared", bool(found), first)
    yield fact(observer, "terms.kind", tuple(sorted(found)), first)
    for element in found.values():
        yield detail(observer, element)


def stated(observer: Observer) -> Mapping[str, Element]:
    """Return where each kind of terms is stated; `Unobserved` if only an unread text may tell."""
    found: dict[str, Element] = {}
    hidden: Unobserved | None = None
    for find in (documents, _readme, _request_template):
        try:
            said = observer.once(find)
        except Unobserved as reason:
            hidden = reason
            continue
        for document in said:
            for kind, line in terms(document.prose):
                found.setdefault(kind, Element(f"terms.{kind}", document.at(line)))
    hidden = hidden or _guide_elsewhere(observer)
    if hidden and not found:
        raise hidden
    return found


def _readme(observer: Observer) -> tuple[Document, ...]:
    document = observer.once(readme)
    return (document,) if document else ()


def _request_template(observer: Observer) -> tuple[Document, ...]:
    place = offered(observer, pull_request)
    if place is None:
        return ()
    prose = read(place.home.text(place.path, limit=LIMIT))
    return (Document(place.home, place.path, prose),)


def _guide_elsewhere(observer: Observer) -> Unobserved | None:
    document = observer.once(guide)
    return elsewhere(document) if document and is_pointer(document) else None
