"""The text report: calm, for a terminal of 80 columns, with color or without."""

from __future__ import annotations

from collections.abc import Sequence

from osmm_scan.report import words
from osmm_scan.report.document import document
from osmm_scan.report.options import Options
from osmm_scan.report.terminal import Paper, Styled
from osmm_scan.report.view import View, view
from osmm_scan.report.view.appendix import Note
from osmm_scan.report.view.cut import cut
from osmm_scan.report.view.headline import Bar, Headline
from osmm_scan.report.view.items import Item
from osmm_scan.report.view.repositories import CheckRow, RepositoryRow
from osmm_scan.verdicts import Assessment

NAME = "text"
SUFFIX = ".txt"

_NARROW = 72
_MARGIN = 8
_STEPS = 5
_REPOSITORIES = 40
_HIDDEN = 6
_FAULTS = 10
_NOTES = 20
_SCANS = 8
_STYLES = {
    "met": "green",
    "unmet": "red",
    "unknown": "yellow",
    "not_applicable": "dim",
    "waived": "yellow",
}


def render(assessment: Assessment, options: Options) -> str:
    """Return the report as text of at most `options.width` columns."""
    shown = view(document(assessment, options))
    paper = Paper(options)
    _headline(paper, shown.headline)
    _levels(paper, shown)
    _trend(paper, shown)
    _steps(paper, shown)
    if shown.headline.kind == "repository":
        _checks(paper, shown)
        _proves(paper, shown)
    else:
        _matrix(paper, shown)
        _repositories(paper, shown)
    _notes(paper, "Attestations", shown.attestations)
    _notes(paper, "Waivers", shown.waivers)
    _hidden(paper, shown)
    _faults(paper, shown)
    _footer(paper, shown)
    return paper.written()


def _headline(paper: Paper, top: Headline) -> None:
    paper.ends((top.name, "bold"), right=(top.about, "dim"))
    paper.line((paper.marks.line * paper.width, "dim"))
    paper.ends((top.sentence, "bold"), right=(top.status, _status_style(top)))
    paper.line((top.level_name, "bold"))
    paper.line((top.because, ""))
    paper.line((top.beyond, ""))
    paper.blank()
    known = f"{top.coverage.text} of {top.weight} known"
    known += f", confidence {top.trust}" if top.confidence else ""
    known += f", {top.stability.text} of resamplings agree" if top.stability else ""
    facts = (("Seen", known), *top.scan)
    paper.table((((name, "dim"), (fact, "")) for name, fact in facts), flex=1)


def _status_style(top: Headline) -> str:
    return "green" if top.status == "attained" else "yellow"


def _levels(paper: Paper, shown: View) -> None:
    marks = paper.marks
    legend = f"{marks.proved} proved  {marks.possible} still possible"
    if shown.headline.kind == "organisation":
        legend += f"  {marks.ceiling} most that a scan shows"
    paper.heading("Levels", legend)
    rows = [_level_row(paper, bar) for bar in shown.bars]
    if paper.width < _NARROW:
        for number, name, *rest in rows:
            paper.line(number, ("  ", ""), name)
            paper.table([[("  ", ""), *rest]], flex=3)
    else:
        paper.table(rows, flex=1, right=(3,))
    waiting = [bar for bar in shown.bars if bar.blockers]
    for bar in waiting[:1]:
        paper.line((f"level {bar.level} waits for:", "dim"), indent=3)
        for blocker in bar.blockers:
            paper.line((blocker, ""), indent=5)


def _level_row(paper: Paper, bar: Bar) -> list[Styled]:
    length = min(30, paper.width // 4)
    ceiling = None if bar.ceiling is None else bar.ceiling.value
    drawn = paper.bar(bar.proved.value, bar.possible.value, ceiling, length)
    figures = bar.note if bar.ceiling is None else f"{bar.proved.text} to {bar.possible.text}"
    return [
        (str(bar.level), "bold"),
        (bar.name, ""),
        (drawn, "blue"),
        (figures, ""),
        (bar.status, "dim"),
    ]


def _trend(paper: Paper, shown: View) -> None:
    if shown.trend is None:
        return
    paper.heading("Trend", "level proved to possible, share of each level that is proved")
    rows: list[list[Styled]] = [
        [
            (row.as_of, ""),
            (row.level, "bold"),
            (row.note, "dim"),
            *((share, "") for share in row.shares),
        ]
        for row in shown.trend.rows[-_SCANS:]
    ]
    paper.table(rows, flex=2, right=range(3, 3 + len(shown.trend.levels)))


def _steps(paper: Paper, shown: View) -> None:
    if not shown.actions:
        return
    paper.heading(
        "What to do next", f"most valuable of {words.count(len(shown.actions), 'action')}"
    )
    for place, step in enumerate(cut(shown.actions, _STEPS).shown, start=1):
        label = f"level {step.level}, {step.effort}" + (f", {step.label}" if step.label else "")
        paper.line((f"{place}  ", "bold"), (step.action, "bold"), hang=3)
        paper.line((f"{step.claim} ({step.id})", ""), indent=3)
        paper.line((step.reason, "dim"), indent=3)
        paper.line((label, "dim"), indent=3)


def _checks(paper: Paper, shown: View) -> None:
    marks = paper.marks
    legend = f"{marks.met} met  {marks.unmet} not met  {marks.unknown} unknown  * required"
    paper.heading("Readiness checks", legend)
    for repository in shown.repositories:
        for level in repository.levels:
            paper.line((f"Level {level.level}, {level.name}: {level.cell.text}", "bold"))
            for check in level.checks:
                _check(paper, check)


def _check(paper: Paper, check: CheckRow) -> None:
    mark = getattr(paper.marks, check.result_id)
    title: list[Styled] = [
        (f"  {mark}  ", _STYLES[check.result_id]),
        ("*  " if check.is_required else "   ", "bold"),
        (check.title, ""),
    ]
    paths = [proof.path for proof in check.proof.shown if proof.path]
    if check.result_id == "met":
        paper.ends(*title, right=(paths[0] if paths else "", "dim"), hang=_MARGIN)
    else:
        paper.line(*title, hang=_MARGIN)
        paper.line((check.because, "dim"), indent=_MARGIN)


def _proves(paper: Paper, shown: View) -> None:
    if shown.judged:
        paper.heading("What this repository proves about its organisation", "grade")
        paper.table(map(_item_row, shown.judged), flex=1)
        paper.line((f"{words.count(shown.unknown, 'more item')} cannot be told from here", "dim"))


def _item_row(item: Item) -> list[Styled]:
    return [(f"L{item.level}", "dim"), (f"{item.title}: {item.gist}", ""), (item.verdict, "")]


def _matrix(paper: Paper, shown: View) -> None:
    paper.heading("Items by level and grade", "grade 0 to 5, unknown, not applicable")
    head: list[Styled] = [("", ""), ("", "")]
    head += [(column, "dim") for column in ("0", "1", "2", "3", "4", "5", "?", "n/a")]
    rows = [head]
    for row in shown.matrix:
        cells = [
            (str(count.number) if count.number else paper.marks.none, "") for count in row.counts
        ]
        rows.append([(str(row.level), "bold"), (row.name, ""), *cells])
    paper.table(rows, flex=1, right=range(2, 10))
    if shown.attested:
        attested = words.count(shown.attested, "grade rests", "grades rest")
        paper.line((f"{attested} on attestations, not on what was seen", "dim"))


def _repositories(paper: Paper, shown: View) -> None:
    if not shown.repositories:
        return
    is_waived = any(cell.waived for row in shown.repositories for cell in row.cells)
    legend = "ready for level, checks met on levels 1 to 4" + (", ~ some waived" * is_waived)
    paper.heading("Repositories", legend)
    first = cut(shown.repositories, _REPOSITORIES)
    paper.table(map(_repository_row, first.shown), flex=0, right=(2, 3, 4, 5))
    if first.more:
        paper.line((f"and {first.more:,} more, all at least as ready", "dim"))


def _repository_row(row: RepositoryRow) -> list[Styled]:
    cells = [(f"{cell.met}/{cell.asked}{'~' if cell.waived else ''}", "dim") for cell in row.cells]
    return [(row.name, ""), (row.verdict, ""), *cells]


def _hidden(paper: Paper, shown: View) -> None:
    if not shown.hidden:
        return
    paper.heading("What could not be seen", "what would show it")
    first = cut(shown.hidden, _HIDDEN)
    for row in first.shown:
        paper.line((f"{paper.marks.unknown} ", "yellow"), (row.what, ""), hang=2)
        paper.line((f"{paper.marks.next} {row.needs} ({row.hidden})", "dim"), indent=2, hang=2)
    if first.more:
        paper.line((f"and {first.more:,} more in the JSON report", "dim"))


def _notes(paper: Paper, heading: str, notes: Sequence[Note]) -> None:
    if not notes:
        return
    paper.heading(heading)
    first = cut(notes, _NOTES)
    for note in first.shown:
        paper.line((f"{note.title}: ", ""), (note.effect, "bold"), hang=2)
        paper.line((note.gist, "dim"), indent=2)
    if first.more:
        paper.line((f"and {first.more:,} more in the JSON report", "dim"))


def _faults(paper: Paper, shown: View) -> None:
    if not shown.faults:
        return
    paper.heading("What could not be read")
    first = cut(shown.faults, _FAULTS)
    for fault in first.shown:
        paper.line((f"{fault.subject} ", ""), (f"{fault.what}: {fault.why}", "dim"), hang=2)
    if first.more:
        paper.line((f"and {first.more:,} more in the JSON report", "dim"))


def _footer(paper: Paper, shown: View) -> None:
    paper.blank()
    more = "osmm-scan explain ID tells what an item or check asks, and why."
    if shown.own_rules:
        paper.line((shown.own_rules, ""))
    paper.line((f"{shown.tool}, rules {shown.rules}. {more}", "dim"))
