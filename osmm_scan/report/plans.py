"""Render a plan: text for the terminal, a Markdown checklist, CSV and JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import fill

from osmm_scan.engine.plan_nouns import Action, CheckAction, Kind, Option, Plan
from osmm_scan.engine.statable import carried_words
from osmm_scan.report.aliases import Aliases
from osmm_scan.report.discretion import NOBODY, discreet_plan
from osmm_scan.report.inert import for_log, one_line
from osmm_scan.report.markdown import escape
from osmm_scan.report.plan_data import as_csv, as_json

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
    counted = (
        (plan.attested, "on attestations", "grade rests", "grades rest"),
        (plan.waived, "by a waiver", "item is left out", "items are left out"),
    )
    for number, how, one, more in counted:
        if number:
            yield f"{number} {one if number == 1 else more} {how}."
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
    before += " attested" if option.is_attested else ""
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
    if action.statement is not None:
        carries = carried_words(action.statement.carries)
        yield "Stated in", f"{action.statement.file} as grade {option.grade}"
        yield "A statement carries", f"grade {carries}"
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


FORMS: Mapping[str, Callable[[Plan], str]] = {
    "text": _text,
    "markdown": _markdown,
    "csv": as_csv,
    "json": as_json,
}
