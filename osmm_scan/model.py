"""What was observed: evidence, intervals, signals, targets and the bundle of a scan.

All values are frozen. Nothing here reads a file, a clock or the environment.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import inf
from typing import Any, TypeAlias

_encode = json.JSONEncoder(sort_keys=True).encode
Value: TypeAlias = "bool | int | float | str | tuple[Value, ...] | Mapping[str, Value]"


class Missing(StrEnum):
    """Why a fact could not be observed. None of them means no."""

    NO_ACCESS = "no_access"
    NOT_COLLECTED = "not_collected"
    TRUNCATED = "truncated"
    FAULT = "fault"
    NOT_SUPPORTED = "not_supported"


class TargetKind(StrEnum):
    """What was scanned."""

    REPOSITORY = "repository"
    ORGANISATION = "organisation"


class Visibility(StrEnum):
    """How much of an organisation the scan could see."""

    PUBLIC = "public"
    FULL = "full"
    CHECKOUT = "checkout"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact was seen: a permalink, a path and line at a commit, or an API address."""

    url: str | None = None
    path: str | None = None
    line: int | None = None
    commit: str | None = None

    def __post_init__(self) -> None:
        if self.line is not None and self.path is None:
            raise ValueError("a line needs the path that it is in")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One observed fact (`value`), or why it could not be observed (`missing` and `why`)."""

    key: str
    subject: str
    value: Value | None = None
    missing: Missing | None = None
    why: str = ""
    source: Source = field(default_factory=Source)
    observed_at: date
    _id: str = field(default="", init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        if (self.value is None) == (self.missing is None):
            raise ValueError(f"{self.key}: give either a value or what is missing")
        if self.missing is not None and not self.why:
            raise ValueError(f"{self.key}: say why it is missing")

    @property
    def id(self) -> str:
        """Return a short identity made of everything that was observed."""
        if not self._id:
            object.__setattr__(self, "_id", self._identity())
        return self._id

    def _identity(self) -> str:
        parts = [
            self.key,
            self.subject,
            plain(self.value),
            self.missing,
            self.why,
            [self.source.url, self.source.path, self.source.line, self.source.commit],
        ]
        return "e" + hashlib.sha256(_encode(parts).encode()).hexdigest()[:12]


def plain(value: Value | None) -> Any:
    """Return a value as JSON types: tuples as lists, mappings as dictionaries."""
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    return value


@dataclass(frozen=True, slots=True)
class Interval:
    """Every value that a measure may have, given what is unknown; `low == high` when known."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"not an interval: {self.low} to {self.high}")

    @classmethod
    def exactly(cls, value: float) -> Interval:
        """Return the interval that holds one value."""
        return cls(float(value), float(value))

    @property
    def is_exact(self) -> bool:
        """Tell whether the value is known."""
        return self.low == self.high

    @property
    def is_bounded(self) -> bool:
        """Tell whether both ends are finite."""
        return -inf < self.low and self.high < inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A measure of `rules/signals/`: fields as intervals, and what they rest on.

    A boolean field is an interval within 0 and 1. A field is None when it has no value, as the age
    of a document that does not exist; rules treat that as unknown.
    `n` counts the units examined, `unknown` those of them that could not be read.
    """

    id: str
    fields: Mapping[str, Interval | None]
    n: int = 0
    unknown: int = 0
    evidence: tuple[str, ...] = ()
    missing: Missing | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What was scanned and at which commit."""

    kind: TargetKind
    name: str
    source: str
    commit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that could not be read or is damaged, and why."""

    subject: str
    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """All that a scan observed: what `--save` writes and what every assessment starts from.

    `unseen` is how many more repositories the organisation may have that nobody looked at.
    """

    tool_version: str
    target: Target
    as_of: date
    window_days: int
    visibility: Visibility
    repositories: tuple[str, ...]
    unseen: int
    evidence: tuple[Evidence, ...]
    faults: tuple[Fault, ...] = ()
    token: str = "none"  # noqa: S105 - the kind of token, never the token
