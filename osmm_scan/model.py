"""The nouns of osmm-scan: evidence, intervals, signals, findings, verdicts and the assessment.

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

Value: TypeAlias = "bool | int | float | str | tuple[Value, ...] | Mapping[str, Value]"


class Missing(StrEnum):
    """Why a fact could not be observed. None of them means no."""

    NO_ACCESS = "no_access"
    NOT_COLLECTED = "not_collected"
    TRUNCATED = "truncated"
    FAULT = "fault"
    NOT_SUPPORTED = "not_supported"


class State(StrEnum):
    """What a grade rests on."""

    OBSERVED = "observed"
    ATTESTED = "attested"
    STALE = "stale"
    ABSENT = "absent"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Status(StrEnum):
    """How far a level is reached."""

    ATTAINED = "attained"
    PROVISIONAL = "provisional"
    IN_PROGRESS = "in_progress"
    INSUFFICIENT_EVIDENCE = "insufficient_evidence"
    NOT_STARTED = "not_started"
    NOT_ASSESSABLE = "not_assessable"


class Result(StrEnum):
    """The outcome of one readiness check."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


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

    def __post_init__(self) -> None:
        if (self.value is None) == (self.missing is None):
            raise ValueError(f"{self.key}: give either a value or what is missing")
        if self.missing is not None and not self.why:
            raise ValueError(f"{self.key}: say why it is missing")

    @property
    def id(self) -> str:
        """Return a short identity made of everything that was observed."""
        parts = [
            self.key,
            self.subject,
            plain(self.value),
            self.missing,
            self.why,
            [self.source.url, self.source.path, self.source.line, self.source.commit],
        ]
        text = json.dumps(parts, sort_keys=True, ensure_ascii=True)
        return "e" + hashlib.sha256(text.encode()).hexdigest()[:12]


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
class Grade:
    """One step of a criterion's ladder. `when` is None where only people can tell."""

    grade: int
    name: str
    basis: str
    when: str | None
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """What to do to improve, and how much work it is (S, M or L)."""

    action: str
    effort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One checklist item of the maturity model with its five rules, as `rules/` states it."""

    id: str
    level: int
    activity: str
    activity_title: str
    title: str
    criterion: str
    why: str
    finos_key: str
    observability: str
    facing: str
    max_observed_grade: int
    absent_on_public_scan: bool
    absent_on_full_scan: bool
    gate: bool
    not_applicable_to: tuple[str, ...]
    signals: tuple[str, ...]
    grading: tuple[Grade, ...]
    repository_scope: str
    repository_says: str
    remedy: Remedy
    references: Mapping[str, tuple[str, ...]]
    facet_of: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How one criterion was judged: `grade` is proved (None: unknown), `possible` the most that
    what is unknown still allows."""

    criterion: Criterion
    grade: int | None
    possible: int
    state: State
    because: str
    evidence: tuple[str, ...] = ()
    attestation: str | None = None
    confidence: float = 0.0

    def __post_init__(self) -> None:
        if self.grade is not None and self.grade > self.possible:
            raise ValueError(f"{self.criterion.id}: grade {self.grade} above {self.possible}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityVerdict:
    """The mean grade of an activity's known items, and the share of its items that are known."""

    id: str
    level: int
    title: str
    mean: float | None
    coverage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelVerdict:
    """One level by the formula of `rules/osmm/model.yaml`; shares are within 0 and 1."""

    level: int
    name: str
    status: Status
    progress: float
    ceiling: float
    upper: float
    coverage: float
    p2: float | None
    p3: float | None
    blockers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The headline. For an organisation `level` is its maturity, for a repository its readiness."""

    level: int | None
    name: str
    status: Status
    possible: int
    reach: int
    coverage: float
    confidence: float
    because: str
    stability: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One readiness check of `rules/osmm/repository.yaml`, bound to a boolean fact."""

    id: str
    level: int
    item: str
    title: str
    fact: str
    applies: tuple[str, ...]
    required: bool
    why: str
    remedy: Remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFinding:
    """The outcome of one check in one repository."""

    check: Check
    result: Result
    because: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Whether one repository does its part: `level` is proved, `possible` what unknowns allow."""

    repository: str
    level: int
    possible: int
    checks: tuple[CheckFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What was scanned and at which commit."""

    kind: TargetKind
    name: str
    source: str
    commit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryView:
    """One line of the inventory. None means unknown."""

    name: str
    visibility: str | None
    archived: bool | None
    fork: bool | None
    active: bool | None
    facts: Mapping[str, Value | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that could not be read or is damaged, and why."""

    subject: str
    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """What the scan could not see, what would show it, and the items that it hides."""

    what: str
    needs: str
    hides: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """With which right the scan looked, and what stayed hidden."""

    token: str
    could_not_see: tuple[Hidden, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """All that a report may show."""

    tool_version: str
    rules_sha256: str
    target: Target
    as_of: date
    window_days: int
    profile: str
    visibility: Visibility
    verdict: Verdict
    levels: tuple[LevelVerdict, ...]
    activities: tuple[ActivityVerdict, ...]
    items: tuple[Finding, ...]
    facets: tuple[Finding, ...]
    readiness: tuple[Readiness, ...]
    signals: tuple[Signal, ...]
    evidence: tuple[Evidence, ...]
    repositories: tuple[RepositoryView, ...]
    waivers: tuple[Mapping[str, Value], ...] = ()
    attestations: tuple[Mapping[str, Value], ...] = ()
    faults: tuple[Fault, ...] = ()
    access: Access = field(default_factory=lambda: Access(token="none"))  # noqa: S106 - no secret


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
