"""The API of a scan that must not use the network: every question stays unanswered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.github.api import Answer, Rights, Spent, Window
from osmm_scan.sources.github.hosts import Host
from osmm_scan.sources.github.tokens import Token


@dataclass(frozen=True, slots=True)
class Offline:
    """An `Api` that knows its server's address and nothing else."""

    host: Host

    @property
    def token(self) -> Token | None:
        """Return no token: nobody is asked."""
        return None

    @property
    def spent(self) -> Spent:
        """Return that nothing was spent."""
        return Spent()

    @property
    def windows(self) -> Mapping[str, Window]:
        """Return nothing: no server said anything."""
        return {}

    @property
    def skew(self) -> float:
        """Return no difference: no server's clock is known."""
        return 0.0

    def rights(self) -> Rights:
        """Raise `Unobserved`."""
        raise _unasked()

    def ask(self, operation: str, **variables: object) -> Answer:
        """Raise `Unobserved`."""
        raise _unasked()

    def pages(
        self, operation: str, connection: Sequence[str], **variables: object
    ) -> Iterator[Answer]:
        """Raise `Unobserved`."""
        raise _unasked()

    def nodes(
        self, operation: str, ids: Sequence[str], *, batch: int = 25, **variables: object
    ) -> Iterator[tuple[str, Answer | Unobserved]]:
        """Yield for every id that it was not asked for."""
        return ((one, _unasked()) for one in ids)

    def get(self, path: str, **parameters: str | int | bool) -> Any:
        """Raise `Unobserved`."""
        raise _unasked()


def _unasked() -> Unobserved:
    return Unobserved(Missing.NOT_COLLECTED, "offline: the network was not used (--offline)")
