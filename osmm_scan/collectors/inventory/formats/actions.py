"""Read which actions and images the workflows and actions of GitHub use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from osmm_scan import strict_yaml
from osmm_scan.collectors.inventory.formats.docker import split_image
from osmm_scan.collectors.inventory.purls import docker, github_action
from osmm_scan.collectors.inventory.statements import File, Role, Scope, Statement, manifest
from osmm_scan.collectors.studies.structured import read_yaml

_REMOTE = re.compile(r"([\w.-]+/[\w.-]+)(?:/[^@\s]*)?@(\S+)")
_COMMIT = re.compile(r"[0-9a-f]{40}")


def parse_workflow(file: File) -> Iterator[Statement]:
    """Yield what the jobs and steps of a workflow use, or the steps of an action."""
    document = read_yaml(file.text)
    runs = _mapping(document.data.get("runs"))
    if str(runs.get("using", "")).startswith(("docker", "node")):
        yield file.package(None, Role.APPLICATION, document.at_key(("runs",))[0])
    for place, uses in _uses(document.data):
        yield from _statement(file, uses, document, place)


def _uses(data: Any) -> Iterator[tuple[strict_yaml.Path, str]]:
    jobs = _mapping(data.get("jobs"))
    for name, job in jobs.items():
        yield from _used_by(job, ("jobs", name))
        yield from _steps(job, ("jobs", name))
    yield from _steps(data.get("runs"), ("runs",))


def _steps(data: Any, place: strict_yaml.Path) -> Iterator[tuple[strict_yaml.Path, str]]:
    steps = _mapping(data).get("steps")
    for index, step in enumerate(steps if isinstance(steps, list) else []):
        yield from _used_by(step, (*place, "steps", index))


def _used_by(data: Any, place: strict_yaml.Path) -> Iterator[tuple[strict_yaml.Path, str]]:
    uses = _mapping(data).get("uses")
    if isinstance(uses, str):
        yield (*place, "uses"), uses.strip()


def _statement(
    file: File, uses: str, document: strict_yaml.Document, place: strict_yaml.Path
) -> Iterator[Statement]:
    line = document.at(place)[0]
    if uses.startswith("docker://"):
        name, tag, digest = split_image(uses.removeprefix("docker://"))
        yield file.direct(docker(name), digest or tag, line, scope=Scope.DEVELOPMENT)
    elif not uses.startswith(("./", "$/")):  # both are folders of the repository itself
        found = _REMOTE.fullmatch(uses)
        if found is None:
            yield file.gap("not an action", line)
        else:
            yield file.direct(
                github_action(found[1]),
                found[2],
                line,
                scope=Scope.DEVELOPMENT,
                is_exact=_COMMIT.fullmatch(found[2]) is not None,
            )


def _mapping(data: Any) -> Mapping[Any, Any]:
    return data if isinstance(data, dict) else {}


FORMATS = (
    manifest(
        "githubactions",
        parse_workflow,
        "/.github/workflows/*.yml",
        "/.github/workflows/*.yaml",
        "action.yml",
        "action.yaml",
    ),
)
