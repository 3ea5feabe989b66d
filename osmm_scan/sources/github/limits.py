"""Stay within GitHub's limits and our own: pace, wait for resets, back off, keep to a budget.

Waits are reckoned from the server's own clock (`Date`), because ours may be wrong.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from email.utils import parsedate_to_datetime
from random import Random

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.github.api import Spent, Window
from osmm_scan.sources.github.clock import Clock

# GitHub allows 900 points a minute to REST and 2,000 to GraphQL; a question costs at least one.
_PACE: Mapping[str, float] = {"graphql": 0.03, "core": 0.067, "search": 2.0}
_SECONDARY_SECONDS = 60.0
# Windows last an hour; a reset further off is nonsense.
_LONGEST_WINDOW = 3700.0
_LONGEST_BACKOFF = 60.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What a scan may cost: points of GitHub's limits (None: no bound), and seconds of waiting."""

    points: int | None = None
    max_wait: float = 7200.0


@dataclass(frozen=True, slots=True)
class Limited:
    """The server asks to wait. A secondary limit is about speed, the primary about an hour."""

    is_secondary: bool
    headers: Mapping[str, str]


class Limits:
    """The account of a scan, and when it may ask again."""

    def __init__(self, budget: Budget, clock: Clock) -> None:
        self.spent = Spent()
        self.windows: dict[str, Window] = {}
        self.skew = 0.0
        self._budget = budget
        self._clock = clock
        # The same spread in every run; it only has to differ from one retry to the next.
        self._random = Random(4)  # noqa: S311 - no secret depends on it
        self._closed: tuple[float, str] | None = None
        self._last = float("-inf")
        self._slowdown = 1.0

    def admit(self, resource: str) -> None:
        """Return when a question may be asked; raises `Unobserved` when it may not be."""
        if self._closed is not None and self._clock.monotonic() < self._closed[0]:
            raise Unobserved(Missing.NOT_COLLECTED, self._closed[1])
        if self._budget.points is not None and self.spent.points >= self._budget.points:
            why = f"the budget of {self._budget.points} points is spent (--budget)"
            raise Unobserved(Missing.NOT_COLLECTED, why)
        window = self.windows.get(resource)
        if window is not None and window.left <= 0:
            self._wait(self._until(window.resets), "GitHub's rate limit")
            del self.windows[resource]
        pause = self._last + _PACE.get(resource, 0.067) * self._slowdown - self._clock.monotonic()
        if pause > 0:
            self._clock.sleep(pause)

    def record(self, headers: Mapping[str, str], points: int) -> None:
        """Count a request, and remember what the server said of its limits."""
        self._last = self._clock.monotonic()
        self.spent = replace(
            self.spent, requests=self.spent.requests + 1, points=self.spent.points + points
        )
        date = _seconds_of(headers.get("date", ""))
        if date is not None:
            self.skew = date - self._clock.wall()
        window = _window(headers)
        if window is not None:
            self.windows[headers.get("x-ratelimit-resource", "core")] = window

    def wait_out(self, limited: Limited, attempt: int) -> None:
        """Wait as the server asks, longer with every attempt; `Unobserved` when it is too long."""
        if limited.is_secondary:
            self._slowdown = min(self._slowdown * 2, 64.0)
        asked = _retry_after(limited.headers, self._server_time())
        if asked is None and not limited.is_secondary:
            window = _window(limited.headers)
            asked = self._until(window.resets) if window else None
        if asked is None:
            asked = self._spread(_SECONDARY_SECONDS * 2**attempt)
        name = "secondary rate limit" if limited.is_secondary else "rate limit"
        self._wait(max(asked, float(2**attempt)), f"GitHub's {name}")
        # What was waited for need not be waited for once more before the next question.
        self.windows = {one: window for one, window in self.windows.items() if window.left > 0}

    def back_off(self, attempt: int, why: str) -> None:
        """Wait a little before trying the same again."""
        self.spent = replace(self.spent, retries=self.spent.retries + 1)
        self._wait(self._spread(min(2.0**attempt, _LONGEST_BACKOFF)), why)

    def _until(self, resets: float) -> float:
        # One second more, because the server counts in whole ones.
        return max(resets - self._server_time(), 0.0) + 1.0

    def _server_time(self) -> float:
        return self._clock.wall() + self.skew

    def _spread(self, seconds: float) -> float:
        return seconds * (1 + 0.1 * self._random.random())

    def _wait(self, seconds: float, why: str) -> None:
        seconds = min(seconds, _LONGEST_WINDOW)
        left = self._budget.max_wait - self.spent.waited
        if seconds > left:
            reason = (
                f"budget of waiting: {why} asks for {seconds:.0f} seconds, "
                f"{max(left, 0):.0f} are left (--max-wait)"
            )
            self._closed = (self._clock.monotonic() + seconds, reason)
            raise Unobserved(Missing.NOT_COLLECTED, reason)
        level = logging.WARNING if seconds >= 10 else logging.INFO
        _log.log(level, "waiting %.0f seconds: %s", seconds, why)
        self._clock.sleep(seconds)
        self.spent = replace(self.spent, waited=self.spent.waited + seconds)


def _window(headers: Mapping[str, str]) -> Window | None:
    names = ("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset")
    numbers = [_number(headers.get(name, "")) for name in names]
    limit, left, resets = numbers
    if limit is None or left is None or resets is None:
        return None
    return Window(int(limit), int(left), resets)


def _retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return the seconds that `Retry-After` asks for: a number or a date, None for nonsense."""
    text = headers.get("retry-after", "")
    seconds = _number(text)
    if seconds is None:
        until = _seconds_of(text)
        seconds = None if until is None else max(until - now, 0.0)
    return seconds


def _number(text: str) -> float | None:
    """Return a count as a header writes it; some proxies write it with a fraction."""
    text = text.strip().partition(".")[0]
    return float(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _seconds_of(date: str) -> float | None:
    try:
        moment = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
