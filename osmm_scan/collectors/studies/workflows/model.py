"""The nouns of continuous integration: workflows as written, and the acts they come down to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from osmm_scan.errors import Unobserved


class Truth(IntEnum):
    """How often a condition holds, in the order in which it proves more.

    `SETTING` is one answer that we cannot see, such as a variable kept at the host. `SOMETIMES`
    holds in some runs and not in others.
    """

    NEVER = 0
    SETTING = 1
    SOMETIMES = 2
    ALWAYS = 3

    @property
    def is_proved(self) -> bool:
        """Tell whether it surely holds in some run."""
        return self >= Truth.SOMETIMES

    def inverse(self) -> Truth:
        """Return how often the opposite holds."""
        if self in (Truth.NEVER, Truth.ALWAYS):
            return Truth.ALWAYS if self is Truth.NEVER else Truth.NEVER
        return self


class Occasion(StrEnum):
    """What makes CI run."""

    PROPOSAL = "proposal"
    PUSH = "push"
    SCHEDULE = "schedule"
    RELEASE = "release"
    COMMIT = "commit"
    OTHER = "other"


ON_CHANGE = (Occasion.PROPOSAL, Occasion.PUSH)
ON_SCHEDULE = (Occasion.SCHEDULE,)
ON_RELEASE = (Occasion.RELEASE, Occasion.PUSH, Occasion.SCHEDULE, Occasion.OTHER)
REGULARLY = (*ON_CHANGE, *ON_SCHEDULE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One event of a workflow. A filter that is not written is None."""

    event: str
    branches: tuple[str, ...] | None = None
    branches_ignore: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    tags_ignore: tuple[str, ...] | None = None
    paths: tuple[str, ...] | None = None
    types: tuple[str, ...] | None = None
    workflows: tuple[str, ...] = ()
    crons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Permissions:
    """The rights of the token: `scopes` by name, `*` for all of them; empty for none at all."""

    line: int
    scopes: Mapping[str, str]

    @property
    def may_write(self) -> bool:
        """Tell whether any right goes beyond reading."""
        return "write" in self.scopes.values()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step. Conditions are kept as written; `run_line` is where the script begins."""

    line: int
    id: str = ""
    name: str = ""
    uses: str | None = None
    run: str | None = None
    run_line: int = 0
    shell: str | None = None
    folder: str = ""
    with_: Mapping[str, str] = field(default_factory=dict)
    with_lines: Mapping[str, int] = field(default_factory=dict)
    env: Mapping[str, str] = field(default_factory=dict)
    condition: str | None = None
    continue_on_error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One job: steps, or a reusable workflow that it `uses`."""

    id: str
    line: int
    runs_on: str = ""
    needs: tuple[str, ...] = ()
    condition: str | None = None
    continue_on_error: str | None = None
    permissions: Permissions | None = None
    uses: str | None = None
    with_: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """One file of `.github/workflows/`."""

    path: str
    name: str
    triggers: tuple[Trigger, ...]
    permissions: Permissions | None
    jobs: tuple[Job, ...]

    def trigger(self, event: str) -> Trigger | None:
        """Return the trigger of this event, None when the workflow does not listen to it."""
        return next((trigger for trigger in self.triggers if trigger.event == event), None)


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that CI does: it uses an action (`uses`) or runs a command (`readings`).

    `inputs` are those of the action. `when` says how often it happens on which occasion. `fails`
    tells whether its failure fails the job. Acts of one job share `job`.
    """

    place: Place
    job: str
    uses: str = ""
    readings: tuple[tuple[str, ...], ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    when: Mapping[Occasion, Truth]
    fails: bool = True

    @property
    def workflow(self) -> str:
        """Return the file that started it, through however many calls."""
        return self.job.partition("#")[0]

    def happens(self, occasions: tuple[Occasion, ...]) -> Truth:
        """Return how often this happens on any of these occasions."""
        return max((self.when.get(name, Truth.NEVER) for name in occasions), default=Truth.NEVER)


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of CI that could not be read, and why."""

    place: Place
    reason: Unobserved
