"""The host of a repository as collectors ask it, and evidence that cites its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing, Source, Value
from osmm_scan.sources.hosting import Hosting

Statements: TypeAlias = "Mapping[str, Value | Unobserved]"


def host(observer: Observer) -> Hosting:
    """Return the repository's host; `Unobserved` when only a clone is at hand."""
    if observer.hosting is None:
        why = "a clone does not show what its host knows"
        raise Unobserved(Missing.NOT_COLLECTED, why)
    return observer.hosting


def statements(
    observer: Observer,
    keys: Mapping[str, str],
    page: str,
    ask: Callable[[Hosting], Statements],
) -> Iterator[Evidence]:
    """Yield one fact for each key as `ask` answers, cited at a page of the repository.

    Where it cannot answer at all, every key says why.
    """
    try:
        said = ask(host(observer))
    except Unobserved as reason:
        said = dict.fromkeys(keys, reason)
    yield from (evidence(observer, key, said[key], page) for key in keys)


def evidence(observer: Observer, key: str, value: Value | Unobserved, page: str) -> Evidence:
    """Return a fact that the host told, or why it told none."""
    remote = observer.repository.remote
    source = Source(url=f"{remote.url}/{page}".rstrip("/")) if remote else Source()
    if isinstance(value, Unobserved):
        return observer.missing(key, value)
    return Evidence(
        key=key,
        subject=observer.repository.name,
        value=value,
        source=source,
        observed_at=observer.as_of,
    )
