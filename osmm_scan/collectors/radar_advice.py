"""Tell which technologies an organisation's radar advises and which it says to avoid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from osmm_scan.collectors import ask
from osmm_scan.collectors.documents import read_library
from osmm_scan.collectors.documents.gathering import Document
from osmm_scan.collectors.documents.radar import Entry, entries
from osmm_scan.collectors.documents.reading import Reading
from osmm_scan.collectors.documents.recognition import SUBSTANTIVE
from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

FACTS: Mapping[str, str] = {
    "radar.advised": "what the entries of the radar outside the ring to avoid are called",
    "radar.avoided": "what the entries of the ring to avoid are called",
}

_RADAR = "tech_radar"
_AVOID = "hold"


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield the names of the entries, with the packages that they state, in lower case."""
    fact = ask(observer, f"document.{_RADAR}")
    if fact is not None and fact.missing is not None:
        reason = Unobserved(fact.missing, fact.why)
        yield from (observer.missing(key, reason) for key in FACTS)
        return
    library = observer.once(read_library)
    radar = library.best(_RADAR)
    if radar is not None and radar.parts and library.is_cut:
        reason = Unobserved(Missing.TRUNCATED, "the radar may have more entries than were read")
        yield from (observer.missing(key, reason, radar.path) for key in FACTS)
        return
    is_one = radar is not None and radar.finding.quality >= SUBSTANTIVE
    found = tuple(_entries(radar)) if radar is not None and is_one else ()
    path = radar.path if found and radar is not None else None
    for key, is_avoided in zip(FACTS, (False, True), strict=True):
        yield observer.fact(key, _names(found, is_avoided=is_avoided), path)


def _entries(radar: Document) -> Iterator[Entry]:
    for part in radar.parts or (radar,):
        yield from entries(Reading(part.path, part.text))


def _names(found: tuple[Entry, ...], *, is_avoided: bool) -> tuple[str, ...]:
    kept = (one for one in found if (one.ring == _AVOID) is is_avoided)
    return tuple(sorted({name.strip().lower() for one in kept for name in one.names}))
