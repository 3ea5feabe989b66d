"""The passing of time as the client needs it: to measure, to compare with a server, to wait."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """A clock and a bed. Tests bring one that does not sleep."""

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""

    def wall(self) -> float:
        """Return seconds since 1970 as this machine believes."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The clock of this machine."""

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""
        return time.monotonic()

    def wall(self) -> float:
        """Return seconds since 1970 as this machine believes."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)
