"""Study all CI of a repository once: what is there, what it does when, what could not be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from posixpath import normpath

from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.workflows import hooks, pipelines, systems
from osmm_scan.collectors.studies.workflows.acts import Unfolding
from osmm_scan.collectors.studies.workflows.github import read_workflow
from osmm_scan.collectors.studies.workflows.model import (
    Act,
    Occasion,
    Place,
    Truth,
    Unread,
    Workflow,
)
from osmm_scan.collectors.studies.workflows.occasions import Event, Surroundings, events, following
from osmm_scan.collectors.studies.workflows.recognisers import load_recognisers
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.strict_yaml import YamlFault

_EVERY_CHANGE = (Occasion.PROPOSAL, Occasion.PUSH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Automation:
    """All CI of one repository. `systems` names each system with its first file.

    `workflows` are those that GitHub reads, `damaged` says which of their files could not be read.
    """

    workflows: tuple[Workflow, ...]
    damaged: tuple[Unread, ...]
    acts: tuple[Act, ...]
    unread: tuple[Unread, ...]
    systems: tuple[tuple[str, str], ...]


def automation(observer: Observer) -> Automation:
    """Return all CI of the repository at HEAD."""
    return _Study(observer).whole()


class _Study:
    def __init__(self, observer: Observer) -> None:
        self._repository = observer.repository
        self._entries = observer.repository.entries()
        remote = observer.repository.remote
        self._host = remote.host if remote else None
        self._around = Surroundings(
            branch=observer.repository.branch,
            owner=remote.owner if remote else None,
            name=remote.name if remote else None,
            top=frozenset(path.partition("/")[0] for path in self._entries),
        )
        self._know = load_recognisers(observer.packs).know
        self._unread: list[Unread] = []
        self._systems: list[tuple[str, str]] = []

    def whole(self) -> Automation:
        workflows = tuple(self._workflows(systems.GITHUB))
        damaged = tuple(self._unread)
        alike = [flow for system in systems.GITHUB_LIKE for flow in self._workflows(system)]
        unfolding = Unfolding(
            self._repository,
            self._know,
            {flow.path: flow for flow in (*workflows, *alike)},
            self._unread,
        )
        acts = [
            *self._unfolded(workflows, systems.GITHUB, unfolding),
            *self._unfolded(alike, systems.GITHUB_LIKE[0], unfolding),
            *self._pipelines(unfolding),
            *self._hooks(unfolding),
        ]
        return Automation(
            workflows=workflows,
            damaged=damaged,
            acts=tuple(acts),
            unread=tuple(sorted(self._unread, key=lambda item: (item.place.path, item.place.line))),
            systems=tuple(self._systems),
        )

    def _workflows(self, system: systems.System) -> Iterator[Workflow]:
        for path in self._files(system):
            for text in self._text(path):
                try:
                    workflow = read_workflow(path, text)
                except YamlFault as fault:
                    self._blame(path, fault)
                    continue
                if workflow is not None:
                    yield workflow

    def _unfolded(
        self, workflows: Iterable[Workflow], system: systems.System, unfolding: Unfolding
    ) -> Iterator[Act]:
        is_run = system.is_run_by(self._host)
        started = {flow.path: events(flow, self._around) for flow in workflows}
        by_name: defaultdict[str, list[Event]] = defaultdict(list)
        for flow in workflows:
            by_name[flow.name].extend(started[flow.path])
        called = {normpath(job.uses or "") for flow in workflows for job in flow.jobs}
        for flow in workflows:
            ways = (*started[flow.path], *following(flow, by_name))
            if not ways and flow.path in called:
                continue  # its acts are those of its callers
            for act in unfolding.acts(flow, ways):
                yield act if is_run else _doubted(act)

    def _pipelines(self, unfolding: Unfolding) -> Iterator[Act]:
        for system in (systems.GITLAB, systems.JENKINS, *systems.OTHERS):
            is_run = system.is_run_by(self._host)
            often = Truth.ALWAYS if is_run else Truth.SETTING
            read = (
                pipelines.read_jenkinsfile if system is systems.JENKINS else pipelines.read_pipeline
            )
            for path in self._files(system):
                act = Act(place=Place(path, 1), job=path, when=dict.fromkeys(_EVERY_CHANGE, often))
                yield from self._read(path, act, read, unfolding)

    def _hooks(self, unfolding: Unfolding) -> Iterator[Act]:
        when = {Occasion.COMMIT: Truth.ALWAYS}
        for path in hooks.CONFIGURATIONS:
            act = Act(place=Place(path, 1), job=path, when=when)
            if path in self._entries:
                yield from self._read(path, act, hooks.read_hooks, unfolding)
        for path in hooks.SCRIPTS:
            act = Act(place=Place(path, 1), job=path, when=when)
            if path in self._entries:
                for text in self._text(path):
                    yield from unfolding.scripted(text, act)

    def _read(
        self,
        path: str,
        act: Act,
        read: Callable[[str, str, Act, Unfolding], Iterator[Act]],
        unfolding: Unfolding,
    ) -> Iterator[Act]:
        for text in self._text(path):
            try:
                yield from read(path, text, act, unfolding)
            except YamlFault as fault:
                self._blame(path, fault)

    def _files(self, system: systems.System) -> tuple[str, ...]:
        found = tuple(systems.files_of(system, self._entries))
        if found:
            self._systems.append((system.name, found[0]))
        return found

    def _text(self, path: str) -> Iterator[str]:
        try:
            yield self._repository.text(path)
        except Unobserved as reason:
            self._unread.append(Unread(Place(path, 1), reason))

    def _blame(self, path: str, fault: YamlFault) -> None:
        reason = Unobserved(Missing.FAULT, f"{path}:{fault.line}: {fault.problem}")
        self._unread.append(Unread(Place(path, fault.line), reason))


def _doubted(act: Act) -> Act:
    when = {occasion: min(often, Truth.SETTING) for occasion, often in act.when.items()}
    return replace(act, when=when)
