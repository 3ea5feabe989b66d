"""Count the findings that a repository lets pass, and how many of them say why and until when."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from osmm_scan.collectors.ci_automation.exceptions.formats import reader_of
from osmm_scan.collectors.ci_automation.exceptions.waivers import Waiver
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.paths import is_own
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

FILE_LIMIT = 100

_COUNTS = ("exceptions.total", "exceptions.reasoned", "exceptions.expired")


def exceptions(observer: Observer) -> Iterator[Evidence]:
    """Yield the register of exceptions: whether there is one, its counts, its files."""
    managed: str | None = None
    faults: list[Unobserved] = []
    counts = [0, 0, 0]
    for path in _files(observer):
        try:
            found = tuple(_read(observer, path))
        except Unobserved as reason:
            faults.append(reason)
            yield observer.missing("exceptions.file", reason, path)
            continue
        here = _counts(observer, found)
        counts = [before + more for before, more in zip(counts, here, strict=True)]
        yield observer.fact("exceptions.file", here[0], path)
        if managed is None and any(waiver.is_managed for waiver in found):
            managed = path
    if managed is not None:
        yield observer.fact("exceptions.register", True, managed)
    elif faults:
        yield observer.missing("exceptions.register", faults[0])
    else:
        yield observer.fact("exceptions.register", False)
    for key, count in zip(_COUNTS, counts, strict=True):
        yield observer.missing(key, faults[0]) if faults else observer.fact(key, count)


def _files(observer: Observer) -> Iterator[str]:
    entries = observer.repository.entries()
    return islice((path for path in entries if reader_of(path) and is_own(path)), FILE_LIMIT)


def _read(observer: Observer, path: str) -> Iterator[Waiver]:
    reader = reader_of(path)
    if reader is None:
        return
    try:
        yield from reader(observer.repository.text(path))
    except ValueError as error:
        raise Unobserved(Missing.FAULT, f"{path}: {error}") from error


def _counts(observer: Observer, found: tuple[Waiver, ...]) -> tuple[int, int, int]:
    expired = (waiver.expires is not None and waiver.expires < observer.as_of for waiver in found)
    return len(found), sum(waiver.is_reasoned for waiver in found), sum(expired)
