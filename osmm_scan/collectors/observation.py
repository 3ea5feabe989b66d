"""The desk a collector works at: one repository, one reference date, and evidence made from it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, TypeVar

from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing, Source, Value
from osmm_scan.settings import Estate
from osmm_scan.sources.hosting import Hosting
from osmm_scan.sources.repository import Repository

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observer:
    """One repository as seen on `as_of`; activity is what happened in the last `window_days`.

    `packs` are rule packs whose recognisers are added to the shipped ones. `hosting` is what the
    repository's host knows, None when only a clone is at hand. `estate` is what the organisation
    says belongs to it.
    """

    repository: Repository
    as_of: date
    window_days: int = 365
    packs: tuple[Path, ...] = ()
    hosting: Hosting | None = None
    estate: Estate = field(default_factory=Estate)
    _known: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False)

    def fact(
        self, key: str, value: Value, path: str | None = None, line: int | None = None
    ) -> Evidence:
        """Return an observed fact, cited at a path and line of HEAD, or at HEAD as a whole."""
        return self._evidence(key, self.repository.source(path, line), value=value)

    def missing(
        self, key: str, reason: Unobserved, path: str | None = None, line: int | None = None
    ) -> Evidence:
        """Return a fact that could not be observed, at the place that is to blame for it."""
        source = self.repository.source(path, line)
        return self._evidence(key, source, missing=reason.missing, why=reason.why)

    def once(self, study: Callable[[Observer], T]) -> T:
        """Return `study(self)`, computed at most once per repository however many ask for it."""
        if study not in self._known:
            try:
                self._known[study] = study(self)
            except Unobserved as reason:
                self._known[study] = reason
        known: T = self._known[study]
        if isinstance(known, Unobserved):
            raise known
        return known

    @property
    def until(self) -> int:
        """Return the last second of `as_of`; what is dated later is no activity."""
        return int(datetime.combine(self.as_of, time.max, UTC).timestamp())

    @property
    def since(self) -> int:
        """Return the second at which the activity window begins."""
        return self.until - self.window_days * 86_400

    def _evidence(
        self,
        key: str,
        source: Source,
        *,
        value: Value | None = None,
        missing: Missing | None = None,
        why: str = "",
    ) -> Evidence:
        return Evidence(
            key=key,
            subject=self.repository.name,
            value=value,
            missing=missing,
            why=why,
            source=source,
            observed_at=self.as_of,
        )


Part = Callable[[Observer], Iterable[Evidence]]


def collect_parts(
    observer: Observer, parts: Iterable[tuple[Part, Collection[str]]]
) -> Iterator[Evidence]:
    """Yield the facts of every part; one that cannot be seen hides no other.

    A part comes with the keys of its facts: those that it did not reach are missing.
    """
    for collect, keys in parts:
        missing = set(keys)
        try:
            for item in collect(observer):
                missing.discard(item.key)
                yield item
        except Unobserved as reason:
            for key in sorted(missing):
                yield observer.missing(key, reason)
