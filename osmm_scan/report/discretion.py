"""Withhold from plans and explanations what reports withhold of private repositories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from osmm_scan.engine.explain_nouns import Explanation, Line, Section
from osmm_scan.engine.plan_nouns import Action, LevelPlan, Option, Plan, RepositoryPlan, Want
from osmm_scan.model import Evidence, Target, TargetKind
from osmm_scan.report.aliases import Aliases
from osmm_scan.report.privacy import WITHHELD, mute, private_names
from osmm_scan.report.values import json_value, text
from osmm_scan.verdicts import RepositoryView

NOBODY = Aliases({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What is shown of a piece of evidence: its value as JSON, or why there is none."""

    id: str
    key: str
    subject: str
    value: Any
    why: str
    url: str | None
    path: str | None
    line: int | None


def withheld_names(target: Target, repositories: Iterable[RepositoryView]) -> Aliases:
    """Return a number for each repository whose name is not to be told."""
    # Whoever audits one repository knows its name.
    if target.kind is TargetKind.REPOSITORY:
        return NOBODY
    return private_names(target.source, ((one.name, one.visibility) for one in repositories))


def cite(item: Evidence, names: Aliases) -> Citation:
    """Return what may be shown of a piece of evidence."""
    whole = Citation(
        id=item.id,
        key=item.key,
        subject=text(item.subject),
        value=json_value(item.value),
        why=text(item.why),
        url=item.source.url,
        path=item.source.path,
        line=item.source.line,
    )
    alias = names.get(item.subject)
    url = item.source.url or ""
    if alias is not None or names.put_into(url) != url:
        whole = replace(whole, url=None, path=None, line=None)
    if alias is not None:
        why = WITHHELD if item.why else ""
        return replace(whole, subject=alias, value=mute(whole.value), why=why)
    return replace(
        whole,
        subject=names.put_into(whole.subject),
        value=_renamed(whole.value, names),
        why=names.put_into(whole.why),
    )


def discreet_explanation(explanation: Explanation, names: Aliases) -> Explanation:
    """Return an explanation whose texts name no private repository; evidence is left to `cite`."""
    if not names:
        return explanation
    return replace(
        explanation,
        sections=tuple(
            Section(part.heading, _lines(part.lines, names)) for part in explanation.sections
        ),
    )


def discreet_plan(plan: Plan, names: Aliases) -> Plan:
    """Return a plan that names no private repository."""
    if not names:
        return plan
    return replace(
        plan,
        levels=tuple(_level(level, names) for level in plan.levels),
        repositories=_repositories(plan.repositories, names),
    )


def _lines(lines: Iterable[Line], names: Aliases) -> tuple[Line, ...]:
    told = [_line(line, names) for line in lines]
    # Sorted anew, for a place between two names would tell what a number hides.
    about = sorted((line for line in told if line.subject), key=lambda line: line.text)
    return (*about, *(line for line in told if not line.subject))


def _line(line: Line, names: Aliases) -> Line:
    if line.subject in names and line.evidence is None:
        return replace(line, text=f"{names[line.subject]}: {WITHHELD}", below=())
    below = tuple(names.put_into(one) for one in line.below)
    return replace(line, text=names.put_into(line.text), below=below)


def _level(level: LevelPlan, names: Aliases) -> LevelPlan:
    return replace(level, actions=tuple(_action(action, names) for action in level.actions))


def _action(action: Action, names: Aliases) -> Action:
    others = action.alternative
    return replace(
        action,
        option=_option(action.option, names),
        alternative=None if others is None else tuple(_option(one, names) for one in others),
    )


def _option(option: Option, names: Aliases) -> Option:
    return replace(option, wants=tuple(_want(want, names) for want in option.wants))


def _want(want: Want, names: Aliases) -> Want:
    return replace(
        want,
        told=names.put_into(want.told),
        repositories=_numbered(want.repositories, names),
    )


def _repositories(own: RepositoryPlan, names: Aliases) -> RepositoryPlan:
    return replace(
        own,
        actions=tuple(
            replace(
                one,
                do_in=_numbered(one.do_in, names),
                look_in=_numbered(one.look_in, names),
            )
            for one in own.actions
        ),
        ready=_numbered(own.ready, names),
        out_of_reach=_numbered(own.out_of_reach, names),
        left_out=_numbered(own.left_out, names),
    )


def _numbered(repositories: Iterable[str], names: Aliases) -> tuple[str, ...]:
    return tuple(sorted(names.get(name, name) for name in repositories))


def _renamed(value: Any, names: Aliases) -> Any:
    if isinstance(value, str):
        return names.put_into(value)
    if isinstance(value, list):
        return [_renamed(part, names) for part in value]
    if isinstance(value, dict):
        return {names.put_into(key): _renamed(part, names) for key, part in value.items()}
    return value
