"""Load a rule pack from a directory, or say everything that is wrong with it.

A pack holds `osmm/model.yaml`, `osmm/level-*/*.yaml`, `osmm/repository.yaml` and `signals/*.yaml`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from osmm_scan.engine.expressions import parse
from osmm_scan.engine.pack_faults import pack_faults
from osmm_scan.engine.rule_files import RuleFile, read_file
from osmm_scan.engine.schemas import Absence, Activity, CheckEntry, Checks, Item, Model
from osmm_scan.engine.tree import Expression
from osmm_scan.errors import RuleError
from osmm_scan.signals.declarations import SignalDeclaration, load_declarations
from osmm_scan.verdicts import Check, Criterion, Grade, Remedy

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePack:
    """Everything that rules say; `ladders` holds each item's parsed rules up to its last one."""

    model: Model
    criteria: tuple[Criterion, ...]
    facets: tuple[Criterion, ...]
    checks: tuple[Check, ...]
    signals: Mapping[str, SignalDeclaration]
    ladders: Mapping[str, tuple[Expression, ...]]
    sha256: str


def load_rules(directory: Path) -> RulePack:
    """Return the rule pack of a directory; `RuleError` lists all faults of all files."""
    faults: list[str] = []
    model = _read(directory / "osmm" / "model.yaml", Model, faults)
    checks = _read(directory / "osmm" / "repository.yaml", Checks, faults)
    paths = sorted((directory / "osmm").glob("level-*/**/*.yaml"))
    activities = [_read(path, Activity, faults) for path in paths]
    signals = _signals(directory / "signals", faults)
    if not paths:
        faults.append(f"{directory / 'osmm'}: there are no items in level-*/*.yaml")
    whole = [activity for activity in activities if activity is not None]
    if model is None or checks is None or len(whole) < len(activities) or not signals:
        raise RuleError(faults)
    faults.extend(pack_faults(model, whole, checks, signals))
    if faults:
        raise RuleError(faults)
    contents = [file.content for file in whole]
    return _pack(model.content, contents, checks.content, signals, sha256=_fingerprint(directory))


def _read(path: Path, schema: type[T], faults: list[str]) -> RuleFile[T] | None:
    try:
        return read_file(path, schema)
    except RuleError as error:
        faults.extend(error.faults)
        return None


def _signals(directory: Path, faults: list[str]) -> Mapping[str, SignalDeclaration]:
    try:
        return load_declarations(directory)
    except RuleError as error:
        faults.extend(error.faults)
        return {}


def _pack(
    model: Model,
    activities: Sequence[Activity],
    checks: Checks,
    signals: Mapping[str, SignalDeclaration],
    *,
    sha256: str,
) -> RulePack:
    items = [(item, activity) for activity in activities for item in activity.items]
    facets = [(item, activity) for activity in activities for item in activity.facets]
    return RulePack(
        model=model,
        criteria=tuple(_sorted(_criterion(*item, model) for item in items)),
        facets=tuple(_sorted(_criterion(*item, model) for item in facets)),
        checks=tuple(sorted(map(_check, checks.checks), key=lambda check: (check.level, check.id))),
        signals=signals,
        ladders={item.id: _ladder(item) for item, _ in items + facets},
        sha256=sha256,
    )


def _sorted(criteria: Iterable[Criterion]) -> Iterator[Criterion]:
    yield from sorted(criteria, key=lambda criterion: (criterion.level, criterion.id))


def _ladder(item: Item) -> tuple[Expression, ...]:
    return tuple(parse(step.when) for step in item.grading.values() if step.when is not None)


def _criterion(item: Item, activity: Activity, model: Model) -> Criterion:
    return Criterion(
        id=item.id,
        level=activity.level,
        activity=activity.activity,
        activity_title=activity.title,
        title=item.title,
        criterion=item.criterion,
        why=item.why,
        finos_key=item.finos_key or "",
        observability=item.observability,
        facing=item.facing,
        max_observed_grade=item.max_observed_grade,
        absent_on_public_scan=item.absence.public_scan is Absence.ABSENT,
        absent_on_full_scan=item.absence.full_scan is Absence.ABSENT,
        gate=item.gate,
        not_applicable_to=tuple(
            name for name, profile in model.profiles.items() if item.id in profile.not_applicable
        ),
        signals=tuple(use.id for use in item.signals),
        grading=tuple(_grade(number, item, model) for number in item.grading),
        repository_scope=item.repo_scope.verdict,
        repository_says=item.repo_scope.says,
        remedy=Remedy(action=item.remediation.action, effort=item.remediation.effort),
        references=item.refs,
        facet_of=item.facet_of,
        note=item.note or "",
    )


def _grade(number: int, item: Item, model: Model) -> Grade:
    step = item.grading[number]
    return Grade(
        grade=number,
        name=model.grade_name(number),
        basis="observed" if step.when else "attested",
        when=step.when,
        meaning=step.meaning,
    )


def _check(entry: CheckEntry) -> Check:
    return Check(
        id=entry.id,
        level=entry.level,
        item=entry.item,
        title=entry.title,
        fact=entry.fact,
        applies=entry.applies,
        required=entry.required,
        why=entry.why,
        remedy=Remedy(action=entry.remediation.action, effort=entry.remediation.effort),
    )


def _fingerprint(directory: Path) -> str:
    """Return a digest over the name and content of every file that the verdict depends on."""
    digest = hashlib.sha256()
    paths = [path for part in ("osmm", "signals") for path in (directory / part).rglob("*.yaml")]
    for path in sorted(paths, key=lambda path: path.relative_to(directory).as_posix()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(directory).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
