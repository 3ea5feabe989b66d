"""What GitHub says of one repository, kept as values that can be handed to another process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.hosting import (
    Advisory,
    Nature,
    Protection,
    Release,
    Requests,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """A value, or why there is none; an exception would not survive the way to another process."""

    value: T | None = None
    missing: Missing | None = None
    why: str = ""

    @classmethod
    def lost(cls, reason: Unobserved) -> Kept[T]:
        """Return what is kept of a refusal."""
        return cls(missing=reason.missing, why=reason.why)

    def take(self) -> T:
        """Return the value; raises `Unobserved` where there is none."""
        if self.value is None:
            raise Unobserved(self.missing or Missing.NOT_COLLECTED, self.why or "not asked for")
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosted:
    """The `Hosting` of a repository on GitHub.

    `is_settled` tells that asking again would bring nothing else.
    """

    known_nature: Nature
    is_settled: bool = True
    known_protection: Kept[Protection] = Kept()
    known_topics: Kept[tuple[str, ...]] = Kept()
    known_changes: Kept[Requests] = Kept()
    known_issues: Kept[Requests] = Kept()
    known_releases: Kept[tuple[Release, ...]] = Kept()
    known_private_reporting: Kept[bool] = Kept()
    known_advisories: Kept[tuple[Advisory, ...]] = Kept()
    known_runs: Kept[tuple[str, ...]] = Kept()
    known_alerts: Kept[bool] = Kept()

    def nature(self) -> Nature:
        """Return what the repository is to GitHub."""
        return self.known_nature

    def protection(self) -> Protection:
        """Return what the default branch asks of changes."""
        return self.known_protection.take()

    def topics(self) -> tuple[str, ...]:
        """Return the topics of the repository, sorted."""
        return self.known_topics.take()

    def changes(self) -> Requests:
        """Return the newest pull requests."""
        return self.known_changes.take()

    def issues(self) -> Requests:
        """Return the newest issues."""
        return self.known_issues.take()

    def releases(self) -> tuple[Release, ...]:
        """Return the newest published releases, newest first."""
        return self.known_releases.take()

    def private_reporting(self) -> bool:
        """Tell whether vulnerabilities can be reported to the maintainers in private."""
        return self.known_private_reporting.take()

    def advisories(self) -> tuple[Advisory, ...]:
        """Return the published security advisories, newest first."""
        return self.known_advisories.take()

    def runs(self) -> tuple[str, ...]:
        """Return the pages of the workflows that ran on the newest commit, sorted."""
        return self.known_runs.take()

    def alerts(self) -> bool:
        """Tell whether GitHub warns of known vulnerabilities in dependencies."""
        return self.known_alerts.take()
