"""Render a plan: text for the terminal, a Markdown checklist, CSV and JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import fill
from typing import Any

from osmm_scan.engine.plan_nouns import Action, CheckAction, Kind, LevelPlan, Option, Plan
from osmm_scan.report.aliases import Aliases
from osmm_scan.report.discretion import NOBODY, discreet_plan
from osmm_scan.report.inert import for_log, one_line
from osmm_scan.report.json_text import indented
from osmm_scan.report.markdown import escape
from osmm_scan.report.spreadsheet import cell, sheet
from osmm_scan.report.values import text

WIDTH = 80
_MOST_NAMED = 12
_VERBS = {Kind.DO: "Do", Kind.LOOK: "Look or attest", Kind.ATTEST: "Attest"}
_MEASURE = "S counts 1, M 3 and L 8 for each grade, and half where it is unknown"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One box to tick, with what stands below it."""

    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading, sentences and boxes to tick."""

    heading: str
    told: tuple[str, ...]
    entries: tuple[_Entry, ...]


def render(plan: Plan, form: str, names: Aliases = NOBODY) -> str:
    """Return a plan in a form of `FORMS`; `names` are withheld."""
    return FORMS[form](discreet_plan(plan, names))


def _text(plan: Plan) -> str:
    return for_log("".join(f"{line}\n" for line in _text_lines(plan)))


def _text_lines(plan: Plan) -> Iterator[str]:
    for number, section in enumerate(_sections(plan)):
        if number:
            yield ""
        yield _folded(section.heading)
        for told in section.told:
            yield _folded(told)
        for entry in section.entries:
            yield _folded(f"[ ] {entry.title}", 2, 6)
            for label, told in entry.lines:
                yield _folded(f"{label}: {told}", 6, 8)


def _folded(told: str, first: int = 0, rest: int = 0) -> str:
    return fill(
        one_line(told),
        WIDTH,
        initial_indent=" " * first,
        subsequent_indent=" " * rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _markdown(plan: Plan) -> str:
    parts: list[str] = []
    for number, section in enumerate(_sections(plan)):
        parts += [f"{'##' if number else '#'} {escape(section.heading)}", ""]
        for told in section.told:
            parts += [str(escape(told)), ""]
        for entry in section.entries:
            parts.append(f"- [ ] {escape(entry.title)}")
            parts += [f"  - {escape(label)}: {escape(told)}" for label, told in entry.lines]
        if section.entries:
            parts.append("")
    return for_log("\n".join(parts).rstrip() + "\n")


def _sections(plan: Plan) -> Iterator[_Section]:
    yield _Section(f"Plan to level {plan.target}: {plan.name}", tuple(_summary(plan)), ())
    for level in plan.levels:
        if level.lacks is not None:
            why = "; ".join(level.lacks)
            told = f"No action known to the rules reaches it from here. It lacks: {why}."
            yield _Section(f"Level {level.level}: {level.name}", (told,), ())
        elif level.actions:
            entries = tuple(_item_entry(action) for action in level.actions)
            yield _Section(f"Level {level.level}: {level.name}", (), entries)
    yield _repositories(plan)


def _summary(plan: Plan) -> Iterator[str]:
    if not plan.levels:
        yield "A plan for the repositories alone, since one repository was scanned."
        return
    yield f"Level {plan.proved} is proved." if plan.proved else "No level is proved."
    actions = [action for level in plan.levels for action in level.actions]
    if not plan.is_possible:
        yield "The level cannot be reached as things are; below is why."
    elif not actions:
        yield "The level is reached already."
    else:
        yield f"{_count(len(actions), 'action')}, effort {_effort(plan.cost)}: {_MEASURE}."
        yield "After them the rules grant the level, and without any one of them they do not."
        yield (
            "No cheaper way exists."
            if plan.is_exact
            else "No cheaper way was found; there may be one where work on one item helps another."
        )


def _item_entry(action: Action) -> _Entry:
    option = action.option
    return _Entry(_title(option), tuple(dict.fromkeys(_item_lines(action))))


def _title(option: Option) -> str:
    criterion = option.criterion
    before = "unknown" if option.before is None else f"grade {option.before}"
    after = f"{option.grade} {criterion.grading[option.grade - 1].name}"
    effort = f"effort {_effort(option.cost)}, {criterion.remedy.effort}"
    return f"{criterion.title} ({criterion.id}): {before} to {after} ({effort})"


def _item_lines(action: Action) -> Iterator[tuple[str, str]]:
    option = action.option
    meaning = option.criterion.grading[option.grade - 1].meaning
    verb = _VERBS[option.kind]
    yield (verb, option.criterion.remedy.action if option.kind is Kind.DO else meaning)
    if option.kind is Kind.DO:
        yield "So that", meaning
    for want in option.wants:
        yield ("Needs" if want.is_known else "Not known", want.told)
        if want.repositories:
            yield f"In {want.how_many} of", _named(want.repositories)
    if action.settled_by:
        yield "Shown by", "; ".join(action.settled_by)
    if not option.is_read:
        proof = " with a document and a second person" if option.grade > 2 else ""
        yield "Stated in", f".osmm/attestations.yml as grade {option.grade}{proof}"
    if action.alternative:
        others = ", ".join(f"{one.criterion.id} to {one.grade}" for one in action.alternative)
        yield "Or instead", f"{others} ({_effort(action.extra)} more effort)"
    else:
        yield "Or instead", "nothing else does"


def _repositories(plan: Plan) -> _Section:
    own = plan.repositories
    told = []
    if own.ready:
        told.append(f"Ready: {_named(own.ready)}.")
    if own.out_of_reach:
        told.append(f"Nothing that the level asks applies to: {_named(own.out_of_reach)}.")
    if own.left_out:
        told.append(f"Left as they are, since they are archived: {_named(own.left_out)}.")
    entries = tuple(_check_entry(one) for one in own.actions)
    return _Section(f"Repositories: ready for level {own.level}", tuple(told), entries)


def _check_entry(action: CheckAction) -> _Entry:
    check = action.check
    lines = []
    if action.do_in:
        lines += [("Do", check.remedy.action), ("In", _named(action.do_in))]
    if action.look_in:
        lines.append(("Look first in", _named(action.look_in)))
    return _Entry(f"{check.title} ({check.id}, {check.remedy.effort})", tuple(lines))


def _named(names: tuple[str, ...]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _effort(halves: int) -> str:
    return f"{halves / 2:g}"


def _csv(plan: Plan) -> str:
    rows = [_item_row(level, action) for level in plan.levels for action in level.actions]
    rows += [_check_row(action) for action in plan.repositories.actions]
    names = ("level", "id", "title", "kind", "from", "to", "effort", "action", "repositories")
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
        "to": None,
        "effort": action.cost / 2,
        "action": action.check.remedy.action,
        "repositories": _all_named((*action.do_in, *action.look_in)),
    }


def _all_named(names: Any) -> str:
    return " ".join(dict.fromkeys(names))


def _json(plan: Plan) -> str:
    return indented(
        {
            "schema_version": 1,
            "target": plan.target,
            "name": text(plan.name),
            "proved": plan.proved,
            "effort": plan.cost / 2,
            "possible": plan.is_possible,
            "exact": plan.is_exact,
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


FORMS: Mapping[str, Callable[[Plan], str]] = {
    "text": _text,
    "markdown": _markdown,
    "csv": _csv,
    "json": _json,
}
