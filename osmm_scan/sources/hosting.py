"""What only the host of a repository knows, and the values that it answers with.

As with `Repository`, what cannot be seen is raised as `Unobserved`, never answered as empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Nature:
    """What a repository is to its host."""

    visibility: str
    archived: bool
    fork: bool
    mirror: bool
    description: str
    has_issues: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """What the host asks before the default branch takes a change.

    `by_organisation` tells that a rule of the organisation asks it.
    """

    pull_requests: bool
    reviews: int
    checks: bool
    by_organisation: bool


@dataclass(frozen=True, slots=True)
class Account:
    """Who did something. Robots are known by their kind of account only; names may tell, too."""

    login: str
    is_robot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """A review or comment: by whom, when, and whether of somebody who belongs to the project."""

    by: Account | None
    at: int
    is_insider: bool
    is_review: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An issue or a pull request. Times are seconds since 1970.

    `author` is None for a deleted account. `has_more` tells that not all reactions are here; those
    that are came first.
    """

    number: int
    author: Account | None
    is_outside: bool
    opened: int
    closed: int | None = None
    merged: int | None = None
    merged_by: Account | None = None
    reactions: tuple[Reaction, ...] = ()
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class Requests:
    """The newest issues or pull requests, newest first, and whether there are older ones."""

    newest: tuple[Request, ...]
    has_older: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A published release: its tag, when it came out, and the names of its files."""

    tag: str
    published: int
    files: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Advisory:
    """A published security advisory; `fixed` tells that it names a version with the fix."""

    id: str
    published: int
    fixed: bool


class Hosting(Protocol):
    """What collectors may ask of a repository's host. Every method may raise `Unobserved`."""

    def nature(self) -> Nature:
        """Return what the repository is to its host."""

    def protection(self) -> Protection:
        """Return what the default branch asks of changes."""

    def topics(self) -> tuple[str, ...]:
        """Return the topics of the repository, sorted."""

    def changes(self) -> Requests:
        """Return the newest pull requests."""

    def issues(self) -> Requests:
        """Return the newest issues."""

    def releases(self) -> tuple[Release, ...]:
        """Return the newest published releases, newest first."""

    def private_reporting(self) -> bool:
        """Tell whether vulnerabilities can be reported to the maintainers in private."""

    def advisories(self) -> tuple[Advisory, ...]:
        """Return the published security advisories, newest first."""

    def runs(self) -> tuple[str, ...]:
        """Return the pages of the workflows that ran on the newest commit, sorted.

        A setting of the host may run one, and then no file of the repository tells of it.
        """

    def alerts(self) -> bool:
        """Tell whether the host warns of known vulnerabilities in dependencies."""
