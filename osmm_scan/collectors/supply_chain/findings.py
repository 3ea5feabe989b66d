"""Find what is known to be bad in GitHub workflows: each finding with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.workflows.expressions import Context, carried, embedded, truth
from osmm_scan.collectors.studies.workflows.model import Job, Place, Step, Truth, Workflow
from osmm_scan.collectors.studies.workflows.study import automation

# They run with the rights and secrets of the repository on behalf of outsiders.
_PRIVILEGED = ("pull_request_target", "workflow_run")
_PROPOSED = re.compile(
    r"github\.event\.pull_request\.head|github\.head_ref|refs/pull/|pull_request\.merge_commit_sha"
    r"|github\.event\.workflow_run\.(?:head_|pull_requests)"
)
_FETCHES = re.compile(r"\bgh pr checkout\b|\bgit fetch\b[^\n]{0,200}\bpull/")
_OUTSIDERS = re.compile(
    r"github\.head_ref"
    r"|github\.event\.(?:issue|pull_request|discussion)\.(?:title|body)"
    r"|github\.event\.(?:comment|review|review_comment)\.body"
    r"|github\.event\.pull_request\.head\.(?:ref|label|repo\.default_branch)"
    r"|github\.event\.pages\.\*\.page_name"
    r"|github\.event\.(?:head_commit|commits\.\*)\.(?:message|(?:author|committer)\.(?:email|name))"
    r"|github\.event\.workflow_run\.(?:head_branch|display_title"
    r"|head_commit\.(?:message|(?:author|committer)\.(?:email|name))"
    r"|pull_requests\.\*\.head\.ref)"
)
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_HOSTED_BY_GITHUB = ("actions", "github")


class Kind(StrEnum):
    """What is wrong."""

    INJECTION = "text of outsiders in a script"
    UNTRUSTED_CODE = "privileged run checks out what outsiders propose"
    UNPINNED = "action of others that is not pinned to a commit"
    UNSAFE_COMMANDS = "insecure workflow commands are allowed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One known-bad part of a workflow."""

    kind: Kind
    place: Place
    what: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What is bad, and how many of the actions of others are pinned."""

    bad: tuple[Finding, ...]
    foreign: int
    pinned: int


def findings(observer: Observer) -> Findings:
    """Return the findings in the workflows that GitHub reads, and the actions they use."""
    remote = observer.repository.remote
    own = (*_HOSTED_BY_GITHUB, remote.owner.lower()) if remote else _HOSTED_BY_GITHUB
    bad: list[Finding] = []
    foreign = pinned = 0
    for workflow in observer.once(automation).workflows:
        bad.extend(_in_workflow(workflow))
        for place, uses in _uses(workflow):
            if not _is_foreign(uses, own):
                continue
            foreign += 1
            if _is_pinned(uses):
                pinned += 1
            else:
                bad.append(Finding(Kind.UNPINNED, place, uses))
    ordered = sorted(bad, key=lambda one: (one.place.path, one.place.line, one.kind, one.what))
    return Findings(tuple(ordered), foreign, pinned)


def _in_workflow(workflow: Workflow) -> Iterator[Finding]:
    privileged = [event for event in _PRIVILEGED if workflow.trigger(event)]
    for job in _living(workflow):
        contexts = [Context(names={"github.event_name": event}) for event in privileged]
        is_privileged = any(truth(job.condition, one) is not Truth.NEVER for one in contexts)
        for step in job.steps:
            yield from _in_step(workflow.path, step)
            if is_privileged and _takes_proposal(step):
                what = step.uses or "a fetch of the proposal"
                yield Finding(Kind.UNTRUSTED_CODE, Place(workflow.path, step.line), what)


def _in_step(path: str, step: Step) -> Iterator[Finding]:
    if step.env.get("ACTIONS_ALLOW_UNSECURE_COMMANDS", "").lower() == "true":
        what = "ACTIONS_ALLOW_UNSECURE_COMMANDS"
        yield Finding(Kind.UNSAFE_COMMANDS, Place(path, step.line), what)
    scripts = [(step.run or "", step.run_line)]
    if (step.uses or "").startswith("actions/github-script@"):
        scripts.append((step.with_.get("script", ""), step.with_lines.get("script", step.line)))
    for script, line in scripts:
        behind, at = 0, line
        for start, expression in embedded(script):
            at += script.count("\n", behind, start)
            behind = start
            for name in carried(expression):
                if _OUTSIDERS.fullmatch(name):
                    yield Finding(Kind.INJECTION, Place(path, at), name)


def _takes_proposal(step: Step) -> bool:
    if (step.uses or "").startswith("actions/checkout@"):
        stated = f"{step.with_.get('ref', '')} {step.with_.get('repository', '')}"
        return _PROPOSED.search(stated) is not None
    return _FETCHES.search(step.run or "") is not None


def _uses(workflow: Workflow) -> Iterator[tuple[Place, str]]:
    for job in _living(workflow):
        if job.uses is not None:
            yield Place(workflow.path, job.line), job.uses
        for step in job.steps:
            if step.uses is not None:
                yield Place(workflow.path, step.line), step.uses


def _living(workflow: Workflow) -> Iterator[Job]:
    for job in workflow.jobs:
        if truth(job.condition, Context()) is not Truth.NEVER:
            yield job


def _is_foreign(uses: str, own: tuple[str, ...]) -> bool:
    return not uses.startswith(("./", "../")) and uses.lower().partition("/")[0] not in own


def _is_pinned(uses: str) -> bool:
    if uses.startswith("docker://"):
        return "@sha256:" in uses
    return _COMMIT.fullmatch(uses.rpartition("@")[2]) is not None
