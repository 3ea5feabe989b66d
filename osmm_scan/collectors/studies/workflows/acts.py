"""Come down from workflows to acts: each action used and each command run, with when it happens.

Local reusable workflows, local composite actions and named scripts are followed inside the
repository, to a limited depth and number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter
from posixpath import normpath

from osmm_scan.collectors.studies.workflows.expressions import Context, Value, filled, truth
from osmm_scan.collectors.studies.workflows.github import read_action
from osmm_scan.collectors.studies.workflows.invocations import Words
from osmm_scan.collectors.studies.workflows.model import (
    Act,
    Job,
    Occasion,
    Place,
    Step,
    Truth,
    Unread,
    Workflow,
)
from osmm_scan.collectors.studies.workflows.occasions import Event
from osmm_scan.collectors.studies.workflows.scripts import Invocation, Scripts, joined
from osmm_scan.collectors.studies.workflows.shell import commands
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.repository import Repository
from osmm_scan.strict_yaml import YamlFault

ACT_LIMIT = 50_000
CALL_LIMIT = 5

# Inputs by which actions take a script, such as those that retry or emulate.
_SCRIPT_INPUTS = frozenset({"cmd", "command", "commands", "run", "runcmd", "script"})
_OUTCOME = re.compile(r"\bsteps\.([\w-]+)\.outcome\b")
_NO_SHELL = ("node", "perl", "python")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where we are: the file, the chain of jobs, and whether a failure would be noticed."""

    path: str
    job: str
    fails: bool = True
    depth: int = 0


@dataclass(slots=True)
class Unfolding:
    """Unfolds the workflows of one repository and remembers what could not be followed.

    `know` tells which commands are worth keeping when they stand inside scripts.
    """

    repository: Repository
    know: Callable[[tuple[Words, ...]], bool]
    workflows: Mapping[str, Workflow] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    _actions: dict[str, tuple[str, tuple[Step, ...]]] = field(default_factory=dict)
    _scripted: dict[tuple[str, str, bool], tuple[tuple[int, Invocation], ...]] = field(
        default_factory=dict
    )
    _left: int = ACT_LIMIT
    _scripts: Scripts = field(init=False)

    def __post_init__(self) -> None:
        self._scripts = Scripts(self.repository, self.know)

    def acts(self, workflow: Workflow, events: tuple[Event, ...]) -> Iterator[Act]:
        """Yield the acts of a workflow that starts in these ways."""
        yield from self._workflow(workflow, events, _Frame(path=workflow.path, job=workflow.path))

    def scripted(
        self, script: str, act: Act, folder: str = "", *, pipefail: bool = False
    ) -> Iterator[Act]:
        """Yield one act for each command of a script; `act` says where and when it runs."""
        key = (script, folder, pipefail)
        if key not in self._scripted:
            self._scripted[key] = tuple(self._commands(script, folder, pipefail=pipefail))
        for line, one in self._scripted[key]:
            place = Place(act.place.path, act.place.line + line)
            fails = act.fails and one.fails
            yield from self._count(replace(act, place=place, readings=one.readings, fails=fails))

    def _commands(
        self, script: str, folder: str, *, pipefail: bool
    ) -> Iterator[tuple[int, Invocation]]:
        for command in commands(script, pipefail=pipefail):
            if command.words[0] == "cd" and len(command.words) > 1:
                folder = joined(folder, command.words[1])
            for one in self._scripts.follow(command.words, folder):
                yield command.line, replace(one, fails=one.fails and command.fails)

    def _workflow(
        self, workflow: Workflow, events: tuple[Event, ...], frame: _Frame
    ) -> Iterator[Act]:
        reached = _reached(workflow, events)
        for job in workflow.jobs:
            inner = replace(
                frame,
                path=workflow.path,
                job=f"{frame.job}#{job.id}",
                fails=frame.fails and _may_fail(job.continue_on_error),
            )
            if job.uses is not None:
                yield from self._called(job.uses, job, reached[job.id], inner)
            asked = _asked_outcomes(job)
            for step in job.steps:
                noticed = inner.fails and (step.id in asked or _may_fail(step.continue_on_error))
                yield from self._step(step, reached[job.id], replace(inner, fails=noticed))

    def _called(
        self, uses: str, job: Job, events: tuple[Event, ...], frame: _Frame
    ) -> Iterator[Act]:
        if not uses.startswith("./"):
            yield from self._count(_act(frame, job.line, events, uses=uses, inputs=job.with_))
            return
        called = self.workflows.get(normpath(uses))
        if called is None:
            why = f"{frame.path}:{job.line}: {uses} is not among the workflows that can be read"
            self._note(Place(frame.path, job.line), Unobserved(Missing.FAULT, why))
        elif frame.depth < CALL_LIMIT:
            passed = tuple(_with_inputs(event, job.with_) for event in events)
            yield from self._workflow(called, passed, replace(frame, depth=frame.depth + 1))

    def _step(self, step: Step, events: tuple[Event, ...], frame: _Frame) -> Iterator[Act]:
        events = tuple(_limited(event, truth(step.condition, event.context)) for event in events)
        folder = "" if "${{" in step.folder else step.folder
        if step.uses is not None:
            yield from self._used(step.uses, step, events, frame)
        elif step.run is not None and not (step.shell or "").startswith(_NO_SHELL):
            act = _act(frame, step.run_line, events)
            pipefail = (step.shell or "").startswith("bash")
            script = filled(step.run, _inputs(events))
            yield from self.scripted(script, act, folder, pipefail=pipefail)

    def _used(
        self, uses: str, step: Step, events: tuple[Event, ...], frame: _Frame
    ) -> Iterator[Act]:
        yield from self._count(_act(frame, step.line, events, uses=uses, inputs=step.with_))
        for name, script in step.with_.items():
            if name.lower() in _SCRIPT_INPUTS and not uses.startswith("actions/github-script"):
                yield from self.scripted(script, _act(frame, step.with_lines[name], events))
        if uses.startswith("./") and frame.depth < CALL_LIMIT:
            path, steps = self._local_action(uses)
            passed = tuple(_with_inputs(event, step.with_) for event in events)
            for inner in steps:
                fails = frame.fails and _may_fail(inner.continue_on_error)
                deeper = replace(frame, path=path, fails=fails, depth=frame.depth + 1)
                yield from self._step(inner, passed, deeper)

    def _local_action(self, uses: str) -> tuple[str, tuple[Step, ...]]:
        if uses not in self._actions:
            names = (joined(uses, "action.yml"), joined(uses, "action.yaml"))
            path = next((path for path in names if path in self.repository.entries()), "")
            self._actions[uses] = path, self._composite(path) if path else ()
        return self._actions[uses]

    def _composite(self, path: str) -> tuple[Step, ...]:
        try:
            return read_action(self.repository.text(path)) or ()
        except YamlFault as fault:
            why = f"{path}:{fault.line}: {fault.problem}"
            self._note(Place(path, fault.line), Unobserved(Missing.FAULT, why))
        except Unobserved as reason:
            self._note(Place(path, 1), reason)
        return ()

    def _count(self, act: Act) -> Iterator[Act]:
        self._left -= 1
        if self._left >= 0:
            yield act
        elif self._left == -1:
            why = f"more than {ACT_LIMIT} steps and commands in CI; the others were not looked at"
            self._note(act.place, Unobserved(Missing.TRUNCATED, why))

    def _note(self, place: Place, reason: Unobserved) -> None:
        self.unread.append(Unread(place, reason))


def _act(
    frame: _Frame,
    line: int,
    events: tuple[Event, ...],
    *,
    uses: str = "",
    inputs: Mapping[str, str] | None = None,
) -> Act:
    when: dict[Occasion, Truth] = {}
    for event in events:
        when[event.occasion] = max(when.get(event.occasion, Truth.NEVER), event.truth)
    return Act(
        place=Place(frame.path, line),
        job=frame.job,
        uses=uses,
        inputs=inputs or {},
        when=when,
        fails=frame.fails,
    )


def _may_fail(continue_on_error: str | None) -> bool:
    return continue_on_error is None or truth(continue_on_error, Context()) is not Truth.ALWAYS


def _asked_outcomes(job: Job) -> frozenset[str]:
    """Return the steps that may fail because others of the job ask for their outcome."""
    texts = "\n".join(
        f"{step.condition or ''}\n{step.run or ''}\n{' '.join(step.env.values())}"
        for step in job.steps
    )
    return frozenset(_OUTCOME.findall(texts))


def _limited(event: Event, limit: Truth) -> Event:
    return event if limit >= event.truth else replace(event, truth=limit)


def _with_inputs(event: Event, inputs: Mapping[str, str]) -> Event:
    """Return the event as what was called with these inputs sees it."""
    names: dict[str, Value] = {**event.context.names, "inputs.*": Truth.SOMETIMES}
    for name, value in inputs.items():
        names[f"inputs.{name.lower()}"] = Truth.SOMETIMES if "${{" in value else _typed(value)
    return replace(event, context=Context(names=names))


def _inputs(events: tuple[Event, ...]) -> Context:
    """Return what is known whatever the event: the inputs that the caller gave."""
    names = events[0].context.names if events else {}
    return Context(names={name: names[name] for name in names if name.startswith("inputs.")})


def _typed(value: str) -> Value:
    return value == "true" if value in ("true", "false") else value


def _reached(workflow: Workflow, events: tuple[Event, ...]) -> dict[str, tuple[Event, ...]]:
    """Return for each job how its workflow's events reach it through conditions and needs."""
    jobs = {job.id: job for job in workflow.jobs}
    reached: dict[str, tuple[Event, ...]] = {}
    for job in _in_order(jobs):
        found = events
        for need in job.needs if not _ignores_needs(job.condition) else ():
            if need in reached:
                pairs = zip(found, reached[need], strict=True)
                found = tuple(_limited(event, before.truth) for event, before in pairs)
        reached[job.id] = tuple(
            _limited(event, truth(job.condition, event.context)) for event in found
        )
    return reached


def _ignores_needs(condition: str | None) -> bool:
    stated = (condition or "").lower().replace(" ", "")
    return any(name in stated for name in ("always()", "cancelled()", "failure()"))


def _in_order(jobs: Mapping[str, Job]) -> list[Job]:
    """Return jobs behind those that they need; jobs that need each other keep their order."""
    needs = {job.id: [need for need in job.needs if need in jobs] for job in jobs.values()}
    try:
        return [jobs[id_] for id_ in TopologicalSorter(needs).static_order()]
    except CycleError:
        return list(jobs.values())
