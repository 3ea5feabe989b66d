"""Tell which repositories of the inside are open to everybody there, as InnerSource wants them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from osmm_scan.collectors import ask
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.host import evidence, host
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

FACTS: Mapping[str, str] = {
    "innersource.inside": "people of the organisation may read it, the public may not",
    "innersource.ready": (
        "whoever is inside can find it, what it is for, and how this project takes contributions"
    ),
}

_TOPICS = frozenset({"inner-source", "innersource"})
# What portals list; its presence is a wish to be found.
_PORTAL = "innersource.json"
# Facts of others: what the project is for, and that its guide is about this project.
_WELCOME = ("readme.explains", "contributing.specific")


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield whether the repository is inside, and ready there."""
    try:
        visibility = host(observer).nature().visibility
    except Unobserved as reason:
        yield from (observer.missing(key, reason) for key in FACTS)
        return
    yield evidence(observer, "innersource.inside", visibility != "public", "")
    if visibility == "public":
        why = "it is open to everybody, not to the inside alone"
        yield observer.missing("innersource.ready", Unobserved(Missing.NOT_SUPPORTED, why))
        return
    try:
        is_ready = _welcomes(observer) and _is_found(observer, visibility)
    except Unobserved as reason:
        yield observer.missing("innersource.ready", reason)
    else:
        yield observer.fact("innersource.ready", is_ready)


def _welcomes(observer: Observer) -> bool:
    """Tell whether documents explain the project and how to contribute to it."""
    found = [one for key in _WELCOME if (one := ask(observer, key))]
    if any(one.value is False for one in found):
        return False
    for one in found:
        if one.missing:
            raise Unobserved(one.missing, one.why)
    return True


def _is_found(observer: Observer, visibility: str) -> bool:
    """Tell whether everybody inside may read it, or it asks to be found."""
    if visibility == "internal" or _PORTAL in observer.repository.entries():
        return True
    return not _TOPICS.isdisjoint(host(observer).topics())
