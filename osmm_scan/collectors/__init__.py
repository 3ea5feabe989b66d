"""Turn one repository into evidence. Every module here that has FACTS and `collect` is a collector.

`FACTS` maps each key to its meaning; a collector yields every one of them exactly once. `DETAILS`
maps the keys that it may yield any number of times, such as one per licence file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """One collector: its name, the facts it must yield, the details it may yield."""

    name: str
    facts: Mapping[str, str]
    details: Mapping[str, str]
    collect: Callable[[Observer], Iterator[Evidence]]


@cache
def collectors() -> tuple[Collector, ...]:
    """Return every collector, sorted by name."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return tuple(
        Collector(
            name=module.__name__.rpartition(".")[2],
            facts=module.FACTS,
            details=getattr(module, "DETAILS", {}),
            collect=module.collect,
        )
        for module in modules
        if hasattr(module, "FACTS")
    )


def collect(observer: Observer) -> tuple[Evidence, ...]:
    """Return all evidence of one repository, sorted; what was not seen says why."""
    evidence = [item for found in collectors() for item in observer.once(_study(found.name))]
    return tuple(sorted(evidence, key=_order))


def ask(observer: Observer, key: str) -> Evidence | None:
    """Return a fact of another collector, None when none yields it; each runs at most once."""
    for found in collectors():
        if key in found.facts:
            evidence = observer.once(_study(found.name))
            return next((item for item in evidence if item.key == key), None)
    return None


@cache
def _study(name: str) -> Callable[[Observer], tuple[Evidence, ...]]:
    collector = next(found for found in collectors() if found.name == name)
    return lambda observer: tuple(_run(collector, observer))


def _run(collector: Collector, observer: Observer) -> Iterable[Evidence]:
    found: list[Evidence] = []
    reason = Unobserved(Missing.NOT_COLLECTED, "the collector did not look at it")
    try:
        for item in collector.collect(observer):  # keeps what came before a fault
            found.append(item)
    except Unobserved as fault:
        reason = fault
    seen = {item.key for item in found}
    found.extend(observer.missing(key, reason) for key in collector.facts if key not in seen)
    return found


def _order(item: Evidence) -> tuple[str, str, int, str]:
    return item.key, item.source.path or "", item.source.line or 0, item.id
