"""Find what asks for a name among many: plain names are looked up, those with `*` are tried."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import Generic, TypeVar

from osmm_scan.collectors.studies.workflows.globs import matches

T = TypeVar("T")


class Choices(Generic[T]):
    """Things by the names that they ask for, each of which may hold `*`."""

    def __init__(self, asking: Iterable[tuple[T, Iterable[str]]]) -> None:
        self._plain: dict[str, dict[int, T]] = {}
        self._patterns: list[tuple[int, T, str]] = []
        for place, (by, names) in enumerate(asking):
            for name in names:
                if "*" in name:
                    self._patterns.append((place, by, name))
                else:
                    self._plain.setdefault(name, {})[place] = by

    def fitting(self, name: str) -> tuple[T, ...]:
        """Return those that ask for a name, in their order."""
        found = dict(self._plain.get(name, {}))
        found |= {place: by for place, by, want in self._patterns if matches(want, name)}
        return tuple(by for _, by in sorted(found.items(), key=itemgetter(0)))
