"""Tell on which occasions a workflow runs, and what its conditions can know then.

A filter that cannot let a change of the default branch through means that the workflow does not
run on change, however many triggers it states.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from osmm_scan.collectors.studies.workflows.expressions import Context, Value
from osmm_scan.collectors.studies.workflows.globs import matches
from osmm_scan.collectors.studies.workflows.model import Occasion, Trigger, Truth, Workflow

# Branches that changes go through whatever the default branch is called.
_INTEGRATION = ("develop", "development", "dev")
_USUAL = ("main", "master", "trunk", "default", *_INTEGRATION)
_PROPOSALS = frozenset({"pull_request", "pull_request_target", "merge_group"})
_REACTS_TO_CHANGE = frozenset(
    {"opened", "synchronize", "reopened", "ready_for_review", "checks_requested"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The repository around the workflows; what is not known is None."""

    branch: str | None
    owner: str | None
    name: str | None
    top: frozenset[str]

    @property
    def targets(self) -> tuple[str, ...]:
        """Return the branches whose change is a change of the project."""
        if self.branch is None:
            return _USUAL
        if self.branch not in _USUAL:
            # HEAD may be on a topic branch, so its name says little about the default branch.
            return (self.branch, *_USUAL)
        return (self.branch, *_INTEGRATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One way in which a workflow starts. `truth` tells how often it does."""

    occasion: Occasion
    context: Context
    truth: Truth = Truth.ALWAYS


def events(workflow: Workflow, around: Surroundings) -> tuple[Event, ...]:
    """Return the ways in which a workflow starts by itself."""
    return tuple(event for trigger in workflow.triggers for event in _of_trigger(trigger, around))


def following(workflow: Workflow, started: Mapping[str, Iterable[Event]]) -> tuple[Event, ...]:
    """Return the ways in which a workflow starts behind others, given theirs by name."""
    trigger = workflow.trigger("workflow_run")
    if trigger is None:
        return ()
    context = Context(names=_names("workflow_run", {}))
    return tuple(
        Event(occasion=event.occasion, context=context, truth=event.truth)
        for name in trigger.workflows
        for event in started.get(name, ())
    )


def _of_trigger(trigger: Trigger, around: Surroundings) -> Iterator[Event]:
    match trigger.event:
        case "push":
            yield from _pushes(trigger, around)
        case "schedule" if trigger.crons:
            branch = around.branch or Truth.SOMETIMES
            yield _event(Occasion.SCHEDULE, "schedule", around, {"github.ref_name": branch})
        case "release" | "create":
            yield _event(Occasion.RELEASE, trigger.event, around, _TAG)
        case name if name in _PROPOSALS:
            if _sees_change(trigger, around):
                yield _event(Occasion.PROPOSAL, name, around, _PROPOSED)
        case "workflow_call" | "workflow_run" | "schedule":
            return
        case name:
            yield _event(Occasion.OTHER, name, around, _DISPATCHED)


def _pushes(trigger: Trigger, around: Surroundings) -> Iterator[Event]:
    only_tags = trigger.branches is None and trigger.branches_ignore is None
    only_tags &= trigger.tags is not None or trigger.tags_ignore is not None
    if not only_tags and _may_touch(trigger.paths, around):
        for branch in _passed(trigger, around):
            names: dict[str, Value] = {
                "github.ref": f"refs/heads/{branch}" if around.branch else Truth.SOMETIMES,
                "github.ref_name": branch if around.branch else Truth.SOMETIMES,
                "github.ref_type": "branch",
            }
            yield _event(Occasion.PUSH, "push", around, names)
    if only_tags or trigger.tags or (trigger.branches is None and trigger.branches_ignore is None):
        yield _event(Occasion.RELEASE, "push", around, _TAG)


def _sees_change(trigger: Trigger, around: Surroundings) -> bool:
    reacts = trigger.types is None or _REACTS_TO_CHANGE.intersection(trigger.types)
    return bool(reacts and _passed(trigger, around)) and _may_touch(trigger.paths, around)


def _passed(trigger: Trigger, around: Surroundings) -> tuple[str, ...]:
    return tuple(branch for branch in around.targets if _passes(trigger, branch))


def _passes(trigger: Trigger, branch: str) -> bool:
    if trigger.branches is not None:
        passes = False
        for pattern in trigger.branches:
            if matches(pattern.removeprefix("!"), branch, separator="/"):
                passes = not pattern.startswith("!")
        return passes
    ignored = trigger.branches_ignore or ()
    return not any(matches(pattern, branch, separator="/") for pattern in ignored)


def _may_touch(paths: tuple[str, ...] | None, around: Surroundings) -> bool:
    """Tell whether a path filter names anything that the repository has, besides its own CI."""
    if paths is None:
        return True
    wanted = [pattern.partition("/")[0] for pattern in paths if not pattern.startswith("!")]
    return any(
        "*" in top or "?" in top or (top in around.top and top != ".github") for top in wanted
    )


# What a condition sees when a tag is pushed or a release published.
_TAG: Mapping[str, Value] = {
    "github.ref": "refs/tags/v1.0.0",
    "github.ref_name": Truth.SOMETIMES,
    "github.ref_type": "tag",
}
_PROPOSED: Mapping[str, Value] = {
    "github.ref": "refs/pull/1/merge",
    "github.ref_name": "1/merge",
    "github.ref_type": "branch",
    "github.base_ref": Truth.SOMETIMES,
    "github.head_ref": Truth.SOMETIMES,
    "github.event.pull_request.*": Truth.SOMETIMES,
    "github.event.pull_request": True,
}
_DISPATCHED: Mapping[str, Value] = {
    "inputs.*": Truth.SOMETIMES,
    "github.event.inputs.*": Truth.SOMETIMES,
    "github.event.issue.*": Truth.SOMETIMES,
    "github.event.pull_request.*": Truth.SOMETIMES,
}


def _event(
    occasion: Occasion, name: str, around: Surroundings, names: Mapping[str, Value]
) -> Event:
    whole = f"{around.owner}/{around.name}" if around.owner else Truth.SOMETIMES
    repository: dict[str, Value] = {
        "github.repository": whole,
        "github.repository_owner": around.owner or Truth.SOMETIMES,
        "github.event.repository.full_name": whole,
        "github.event.repository.fork": False,
        "github.event.repository.default_branch": around.branch or Truth.SOMETIMES,
    }
    return Event(occasion=occasion, context=Context(names=_names(name, repository | {**names})))


def _names(event: str, names: Mapping[str, Value]) -> Mapping[str, Value]:
    absent: dict[str, Value] = {
        "inputs.*": None,
        "github.base_ref": None,
        "github.head_ref": None,
        "github.event.inputs.*": None,
        "github.event.issue.*": None,
        "github.event.pull_request": None,
        "github.event.pull_request.*": None,
    }
    if event != "release":
        absent["github.event.release.*"] = None
    return {**absent, "github.event_name": event, **names}
