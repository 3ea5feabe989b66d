"""Read the workflows and composite actions of GitHub as they are written; nothing is judged here.

A file that is no workflow raises `YamlFault` with the line that GitHub would complain about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from osmm_scan.collectors.studies.workflows.model import Job, Permissions, Step, Trigger, Workflow
from osmm_scan.strict_yaml import Document, Path, YamlFault, load


def read_workflow(path: str, text: str) -> Workflow | None:
    """Return the workflow of a file, None when the file holds nothing but comments."""
    document = load(text, aliases=True)
    if document.data is None:
        return None
    reader = _Reader(document, text.splitlines())
    data = reader.mapping((), document.data, "a workflow")
    defaults = _Defaults().under(data)
    return Workflow(
        path=path,
        name=_text(data.get("name")) or path,
        triggers=tuple(reader.triggers(data)),
        permissions=reader.permissions((), data),
        jobs=tuple(reader.jobs(data, defaults)),
    )


def read_action(text: str) -> tuple[Step, ...] | None:
    """Return the steps of a composite action, None when the action is of another kind."""
    document = load(text, aliases=True)
    reader = _Reader(document, text.splitlines())
    runs = reader.mapping((), document.data, "an action").get("runs")
    if not isinstance(runs, dict) or runs.get("using") != "composite":
        return None
    return tuple(reader.steps(("runs",), runs, _Defaults()))


@dataclass(frozen=True, slots=True)
class _Defaults:
    """The shell and folder of steps that name none."""

    shell: str | None = None
    folder: str = ""

    def under(self, data: Mapping[str, Any]) -> _Defaults:
        defaults = data.get("defaults")
        run = defaults.get("run") if isinstance(defaults, dict) else None
        if not isinstance(run, dict):
            return self
        return _Defaults(
            shell=_text(run.get("shell")) or self.shell,
            folder=_text(run.get("working-directory")) or self.folder,
        )


class _Reader:
    """Turns the plain data of one file into our types and knows where everything stands."""

    def __init__(self, document: Document, lines: list[str]) -> None:
        self._document = document
        self._lines = lines

    def mapping(self, place: Path, value: Any, what: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise YamlFault(*self._document.at(place), f"{what} must be a mapping")
        return value

    def triggers(self, data: Mapping[str, Any]) -> Iterator[Trigger]:
        events = data.get("on")
        if isinstance(events, str):
            events = [events]
        if isinstance(events, list) and events:
            events = {_text(event): None for event in events}
        if not isinstance(events, dict) or not events:
            raise YamlFault(*self._document.at_key(("on",)), "the workflow names no event in 'on'")
        for event, filters in sorted(events.items(), key=lambda item: str(item[0])):
            yield _trigger(_text(event), filters)

    def jobs(self, data: Mapping[str, Any], defaults: _Defaults) -> Iterator[Job]:
        jobs = self.mapping(("jobs",), data.get("jobs"), "'jobs'")
        for id_, job in jobs.items():
            place: Path = ("jobs", id_)
            yield self._job(place, self.mapping(place, job, f"the job {id_!r}"), defaults)

    def _job(self, place: Path, job: Mapping[str, Any], defaults: _Defaults) -> Job:
        return Job(
            id=str(place[-1]),
            line=self._document.at_key(place)[0],
            runs_on=_text(job.get("runs-on")),
            needs=_names(job.get("needs")) or (),
            condition=_optional(job.get("if")),
            continue_on_error=_optional(job.get("continue-on-error")),
            permissions=self.permissions(place, job),
            uses=_optional(job.get("uses")),
            with_=_texts(job.get("with")),
            steps=tuple(self.steps(place, job, defaults.under(job))),
        )

    def permissions(self, place: Path, data: Mapping[str, Any]) -> Permissions | None:
        if "permissions" not in data:
            return None
        stated = data["permissions"]
        line = self._document.at_key((*place, "permissions"))[0]
        if isinstance(stated, str):
            return Permissions(line=line, scopes={"*": stated.removesuffix("-all")})
        return Permissions(line=line, scopes=_texts(stated))

    def steps(self, place: Path, data: Mapping[str, Any], defaults: _Defaults) -> Iterator[Step]:
        steps = data.get("steps")
        if steps is None:
            return
        if not isinstance(steps, list):
            raise YamlFault(*self._document.at((*place, "steps")), "'steps' must be a list")
        for index, step in enumerate(steps):
            where = (*place, "steps", index)
            yield self._step(where, self.mapping(where, step, "a step"), defaults)

    def _step(self, place: Path, step: Mapping[str, Any], defaults: _Defaults) -> Step:
        inputs = _texts(step.get("with"))
        return Step(
            line=self._document.at(place)[0],
            id=_text(step.get("id")),
            name=_text(step.get("name")),
            uses=_optional(step.get("uses")),
            run=_optional(step.get("run")),
            run_line=self._content_line((*place, "run")),
            shell=_text(step.get("shell")) or defaults.shell,
            folder=_text(step.get("working-directory")) or defaults.folder,
            with_=inputs,
            with_lines={name: self._content_line((*place, "with", name)) for name in inputs},
            env=_texts(step.get("env")),
            condition=_optional(step.get("if")),
            continue_on_error=_optional(step.get("continue-on-error")),
        )

    def _content_line(self, place: Path) -> int:
        """Return the line of a text, which a block scalar begins below its sign."""
        line, column = self._document.at(place)
        is_known = 0 < line <= len(self._lines)
        sign = self._lines[line - 1][column - 1 : column] if is_known else ""
        return line + (sign in ("|", ">") and sign != "")


def _trigger(event: str, filters: Any) -> Trigger:
    if event == "schedule":
        entries = filters if isinstance(filters, list) else []
        crons = [_text(entry.get("cron")) for entry in entries if isinstance(entry, dict)]
        return Trigger(event=event, crons=tuple(filter(None, crons)))
    stated = filters if isinstance(filters, dict) else {}
    return Trigger(
        event=event,
        branches=_names(stated.get("branches")),
        branches_ignore=_names(stated.get("branches-ignore")),
        tags=_names(stated.get("tags")),
        tags_ignore=_names(stated.get("tags-ignore")),
        paths=_names(stated.get("paths")),
        types=_names(stated.get("types")),
        workflows=_names(stated.get("workflows")) or (),
    )


def _names(value: Any) -> tuple[str, ...] | None:
    if value is None:
        return None
    if isinstance(value, list):
        return tuple(_text(part) for part in value)
    return (_text(value),)


def _texts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    return {str(name): _text(part) for name, part in value.items()}


def _optional(value: Any) -> str | None:
    return None if value is None else _text(value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""
