"""Count the defaults that a `.github` repository sets for all repositories of its owner."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from osmm_scan.collectors.community_health import funding, templates
from osmm_scan.collectors.community_health.documents import Place, fact, in_repository
from osmm_scan.collectors.observation import Observer
from osmm_scan.model import Evidence
from osmm_scan.sources.repository import Repository

FACTS: Mapping[str, str] = {
    "defaults.count": (
        "kinds of default files, of eight, that the owner's .github repository provides filled in"
    ),
}


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield how many kinds of defaults there are, and each of them."""
    own = observer.repository
    is_default = own.name.rpartition("/")[2].lower() == ".github"
    home = own if is_default else own.inherited()
    places = [place for find in _KINDS if (place := find(home))] if home else []
    yield fact(observer, "defaults.count", len(places))
    for place in places if is_default else ():
        yield fact(observer, "health.element", "defaults.file", place)


def _document(*names: str) -> Callable[[Repository], Place | None]:
    def find(home: Repository) -> Place | None:
        document = in_repository(home, names)
        return document.at() if document and document.is_usable else None

    return find


_KINDS = (
    _document("CODE_OF_CONDUCT", "CODE-OF-CONDUCT"),
    _document("CONTRIBUTING"),
    _document("GOVERNANCE"),
    _document("SECURITY"),
    _document("SUPPORT"),
    funding.funding,
    templates.issue,
    templates.pull_request,
)
