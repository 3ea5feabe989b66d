"""Render a plan for programs: a row for every action as CSV, and all of it as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from osmm_scan.engine.plan_nouns import Action, CheckAction, Kind, LevelPlan, Option, Plan
from osmm_scan.report.json_text import indented
from osmm_scan.report.spreadsheet import cell, sheet
from osmm_scan.report.values import text


def as_csv(plan: Plan) -> str:
    """Return a row for every action."""
    rows = [_item_row(level, action) for level in plan.levels for action in level.actions]
    rows += [_check_row(action) for action in plan.repositories.actions]
    names = (
        *("level", "id", "title", "kind", "from", "from_state", "to"),
        *("effort", "action", "repositories"),
    )
    return sheet({name: [cell(row[name]) for row in rows] for name in names})


def _item_row(level: LevelPlan, action: Action) -> Mapping[str, Any]:
    option = action.option
    is_work = option.kind is Kind.DO
    meaning = option.criterion.grading[option.grade - 1].meaning
    return {
        "level": level.level,
        "id": option.criterion.id,
        "title": option.criterion.title,
        "kind": str(option.kind),
        "from": option.before,
        "from_state": _state(option),
        "to": option.grade,
        "effort": option.cost / 2,
        "action": option.criterion.remedy.action if is_work else meaning,
        "repositories": _all_named(one for want in option.wants for one in want.repositories),
    }


def _check_row(action: CheckAction) -> Mapping[str, Any]:
    return {
        "level": action.check.level,
        "id": action.check.id,
        "title": action.check.title,
        "kind": str(Kind.DO if action.do_in else Kind.LOOK),
        "from": None,
        "from_state": None,
        "to": None,
        "effort": action.cost / 2,
        "action": action.check.remedy.action,
        "repositories": _all_named((*action.do_in, *action.look_in)),
    }


def _all_named(names: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(names))


def _state(option: Option) -> str:
    known = "attested" if option.is_attested else "observed"
    return "unknown" if option.before is None else known


def as_json(plan: Plan) -> str:
    """Return all of a plan, as `plan.schema.json` describes it."""
    return indented(
        {
            "schema_version": 1,
            "target": plan.target,
            "name": text(plan.name),
            "proved": plan.proved,
            "effort": plan.cost / 2,
            "possible": plan.is_possible,
            "exact": plan.is_exact,
            "attested": plan.attested,
            "waived": plan.waived,
            "levels": [_level_entry(level) for level in plan.levels],
            "repositories": {
                "level": plan.repositories.level,
                "ready": list(map(text, plan.repositories.ready)),
                "out_of_reach": list(map(text, plan.repositories.out_of_reach)),
                "archived": list(map(text, plan.repositories.left_out)),
                "actions": [
                    {
                        "check": one.check.id,
                        "level": one.check.level,
                        "required": one.check.required,
                        "action": one.check.remedy.action,
                        "effort": one.check.remedy.effort,
                        "do_in": list(map(text, one.do_in)),
                        "look_in": list(map(text, one.look_in)),
                    }
                    for one in plan.repositories.actions
                ],
            },
        }
    )


def _level_entry(level: LevelPlan) -> dict[str, Any]:
    return {
        "level": level.level,
        "name": text(level.name),
        "effort": level.cost / 2,
        "lacks": None if level.lacks is None else list(level.lacks),
        "actions": [
            {
                **_option_entry(action.option),
                "settled_by": list(action.settled_by),
                "statement": None
                if action.statement is None
                else {"file": action.statement.file, "carries": dict(action.statement.carries)},
                "alternative": None
                if action.alternative is None
                else {
                    "extra_effort": action.extra / 2,
                    "actions": [_option_entry(one) for one in action.alternative],
                },
            }
            for action in level.actions
        ],
    }


def _option_entry(option: Option) -> dict[str, Any]:
    return {
        "item": option.criterion.id,
        "kind": str(option.kind),
        "from": option.before,
        "from_state": _state(option),
        "to": option.grade,
        "effort": option.cost / 2,
        "action": text(option.criterion.remedy.action),
        "meaning": text(option.criterion.grading[option.grade - 1].meaning),
        "needs": [
            {
                "field": f"{want.signal}.{want.field}",
                "told": text(want.told),
                "known": want.is_known,
                "repositories": list(map(text, want.repositories)),
                "how_many": want.how_many,
            }
            for want in option.wants
        ],
    }
