"""What was judged: criteria, findings, verdicts, readiness and the assessment.

All values are frozen. Nothing here reads a file, a clock or the environment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from osmm_scan.model import Evidence, Fault, Signal, Target, Value, Visibility


class State(StrEnum):
    """What a grade rests on."""

    OBSERVED = "observed"
    ATTESTED = "attested"
    STALE = "stale"
    ABSENT = "absent"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"


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
    WAIVED = "waived"


class Effect(StrEnum):
    """What an attestation or a waiver did to the verdict."""

    COUNTED = "counted"
    STALE = "stale"
    NOT_NEEDED = "not_needed"
    CONTRADICTED = "contradicted"
    EXPIRED = "expired"
    UNOWNED = "unowned"
    INCOMPLETE = "incomplete"
    FUTURE = "future"
    SUPERSEDED = "superseded"
    NOT_APPLICABLE = "not_applicable"


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
    what is unknown still allows. Where `attestation` names the statement that `grade` rests on,
    `observed` is the grade that observation alone proves."""

    criterion: Criterion
    grade: int | None
    possible: int
    state: State
    because: str
    evidence: tuple[str, ...] = ()
    attestation: str | None = None
    observed: int | None = None
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
class RepositoryView:
    """One line of the inventory. None means unknown."""

    name: str
    visibility: str | None
    archived: bool | None
    fork: bool | None
    active: bool | None
    facts: Mapping[str, Value | None]


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
class RuleChange:
    """What an organisation's own rules add (`adds`) or replace (`overrides`), and why.

    `kind` is item, facet, check, signal, model, recogniser or document; `place` the file in the
    pack.
    """

    kind: str
    id: str
    how: str
    reason: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """Which rules judged: the shipped ones (no name), or those of a pack and what it changed."""

    name: str = ""
    version: str = ""
    extends: str = ""
    changes: tuple[RuleChange, ...] = ()


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
    rules: RuleSet = field(default_factory=RuleSet)
