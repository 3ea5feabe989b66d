"""Find the commands in the files of CI systems other than GitHub Actions, without their finesse.

Their formats differ, but nearly all keep commands as texts or lists of texts under a few names.
What a job's own words say of when it runs and whether it may fail is taken into account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from osmm_scan.collectors.studies.workflows.acts import Unfolding
from osmm_scan.collectors.studies.workflows.model import Act, Occasion, Place, Truth
from osmm_scan.strict_yaml import Document, Path, load_several

_SCRIPT = re.compile(
    r"(?:\w{1,40}_)?(?:script|scripts)|commands?|run|bash|sh|powershell|pwsh|cmds?|inlineScript"
)
_FORGIVING = (
    ("allow_failure", True),
    ("continueOnError", True),
    ("failure", "ignore"),
    ("ignore_failure", True),
    ("soft_fail", True),
)
_OFF = (("condition", False), ("enabled", False), ("when", "never"))
_MERGE = re.compile(r"(?m)^([ ]*(?:- +)*)<<([ ]*:)")
_JENKINS_STEP = re.compile(
    r"""
      \b(?:sh|bat|powershell|pwsh)\b[ \t]{0,20}\(?[ \t]{0,20}
      (?:script[ \t]{0,20}:[ \t]{0,20})?(\'\'\'|\"\"\"|'|")
    """,
    re.VERBOSE,
)
# What a shared library adds is kept elsewhere; `buildPlugin` is that of all Jenkins plugins.
_JENKINS_LIBRARY = re.compile(
    r"""
      @Library\([ \t]{0,20}\[?[ \t]{0,20}['"]([\w.@/-]{1,80})
    | ^[ \t]{0,20}(buildPlugin\w{0,40})[ \t]{0,20}\(
    """,
    re.VERBOSE | re.MULTILINE,
)
_JENKINS_COMMENT = re.compile(r"(?m)^[ \t]*(?://|\*).*$")


def read_jenkinsfile(path: str, text: str, act: Act, unfolding: Unfolding) -> Iterator[Act]:
    """Yield the commands of `sh` and similar steps, and the first shared library."""
    text = _JENKINS_COMMENT.sub("", text)
    if library := _JENKINS_LIBRARY.search(text):
        place = Place(path, text.count("\n", 0, library.start()) + 1)
        yield replace(act, place=place, uses=f"library:{library[1] or library[2]}")
    end, line = 0, 1
    while step := _JENKINS_STEP.search(text, end):
        line += text.count("\n", end, step.end())
        end = text.find(step[1], step.end())
        if end < 0:
            return
        script = text[step.end() : end]
        yield from unfolding.scripted(script, replace(act, place=Place(path, line)))
        line += script.count("\n")
        end += len(step[1])


def read_pipeline(path: str, text: str, act: Act, unfolding: Unfolding) -> Iterator[Act]:
    """Yield the acts of a file; `act` says when they happen. Raises `YamlFault`."""
    # Unlike GitHub, these systems know merge keys; quoted, they stay plain keys for `load`.
    quoted = _MERGE.sub(r'\1"<<"\2', text)
    lines = text.splitlines()
    for document in load_several(quoted, aliases=True, tags=True):
        walk = _Walk(path, document, lines, unfolding)
        if path.startswith(".gitlab-ci."):
            yield from walk.gitlab(act)
        else:
            yield from walk.mapping((), document.data, act)


@dataclass(slots=True)
class _Walk:
    """Walks through one document and collects what its jobs run."""

    path: str
    document: Document
    lines: list[str]
    unfolding: Unfolding

    def gitlab(self, act: Act) -> Iterator[Act]:
        data = self.document.data if isinstance(self.document.data, dict) else {}
        for name in _templates(data.get("include")):
            place = Place(self.path, self.document.at_key(("include",))[0])
            yield replace(act, place=place, uses=name)
        for name, job in data.items():
            if not isinstance(job, dict) or str(name).startswith("."):
                continue
            inner = replace(act, job=f"{self.path}#{name}", when=_gitlab_when(job, act.when))
            for parent in _parents(job, data):
                hidden = data[parent]
                changed = {key: hidden[key] for key in hidden if key not in job}
                yield from self.mapping((parent,), changed, inner)
            yield from self.mapping((name,), job, inner)

    def mapping(self, place: Path, data: Any, act: Act) -> Iterator[Act]:
        """Yield the acts of everything inside a value."""
        if isinstance(data, list):
            for index, part in enumerate(data):
                yield from self.mapping((*place, index), part, act)
        if not isinstance(data, dict):
            return
        act = _judged(data, act)
        if isinstance(task := data.get("task"), str):
            here = Place(self.path, self.document.at((*place, "task"))[0])
            yield replace(act, place=here, uses=f"task:{task}", inputs=_inputs(data))
        for key, value in data.items():
            yield from self._entry((*place, key), str(key), value, act)

    def _entry(self, place: Path, key: str, value: Any, act: Act) -> Iterator[Act]:
        if key == "<<":
            yield from self.mapping(place, value, act)
        elif key == "orbs" and isinstance(value, dict):
            for name, orb in value.items():
                here = Place(self.path, self.document.at((*place, name))[0])
                yield replace(act, place=here, uses=f"orb:{orb}")
        elif _SCRIPT.fullmatch(key) and isinstance(value, str):
            yield from self._script(place, value, act)
        elif _SCRIPT.fullmatch(key) and isinstance(value, list):
            for index, part in enumerate(value):
                inside = (*place, index)
                if isinstance(part, str):
                    yield from self._script(inside, part, act)
                else:
                    yield from self.mapping(inside, part, act)
        else:
            yield from self.mapping(place, value, act)

    def _script(self, place: Path, script: str, act: Act) -> Iterator[Act]:
        line, column = self.document.at(place)
        is_block = self.lines[line - 1][column - 1 : column] in ("|", ">")
        here = replace(act, place=Place(self.path, line + is_block))
        yield from self.unfolding.scripted(script, here)


def _judged(data: Mapping[Any, Any], act: Act) -> Act:
    if any(data.get(name) == value for name, value in _OFF):
        act = replace(act, when={})
    if data.get("when") == "manual":
        act = replace(act, when={Occasion.OTHER: Truth.ALWAYS})
    if any(data.get(name) == value for name, value in _FORGIVING):
        act = replace(act, fails=False)
    return act


def _gitlab_when(
    job: Mapping[Any, Any], usual: Mapping[Occasion, Truth]
) -> Mapping[Occasion, Truth]:
    only = job.get("only")
    references = only.get("refs") if isinstance(only, dict) else only
    if isinstance(references, str):
        references = [references]
    if isinstance(references, list) and references:
        return _moved([str(part) for part in references], usual, ("tags", "schedules"))
    rules = job.get("rules")
    if isinstance(rules, list) and rules:
        stated = [rule for rule in rules if isinstance(rule, dict)]
        runs = [rule for rule in stated if rule.get("when") != "never"]
        if stated and not runs:
            return {}
        if runs and all(rule.get("when") == "manual" for rule in runs):
            return {Occasion.OTHER: Truth.ALWAYS}
        conditions = [str(rule.get("if", "")) for rule in runs]
        return _moved(conditions, usual, ("CI_COMMIT_TAG", '"schedule"'))
    return usual


def _moved(
    stated: list[str], usual: Mapping[Occasion, Truth], words: tuple[str, str]
) -> Mapping[Occasion, Truth]:
    for word, occasion in zip(words, (Occasion.RELEASE, Occasion.SCHEDULE), strict=True):
        if stated and all(word in part for part in stated):
            return {occasion: max(usual.values(), default=Truth.NEVER)}
    return usual


def _templates(include: Any) -> Iterator[str]:
    for part in include if isinstance(include, list) else [include]:
        if isinstance(part, dict):
            for kind in ("component", "project", "remote", "template"):
                if isinstance(part.get(kind), str):
                    yield f"{kind}:{part[kind]}"


def _parents(job: Mapping[Any, Any], data: Mapping[Any, Any]) -> Iterator[str]:
    waiting, seen = [job.get("extends")], set[str]()
    while waiting:
        extends = waiting.pop()
        for name in extends if isinstance(extends, list) else [extends]:
            if isinstance(name, str) and name not in seen and isinstance(data.get(name), dict):
                seen.add(name)
                waiting.append(data[name].get("extends"))
                yield name


def _inputs(data: Mapping[Any, Any]) -> Mapping[str, str]:
    inputs = data.get("inputs")
    if not isinstance(inputs, dict):
        return {}
    return {str(name): str(value) for name, value in inputs.items()}
