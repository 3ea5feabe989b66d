"""Two scans compared, as a document of plain JSON types and as text of 80 columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from osmm_scan.engine.changes import Changes, CheckChange, ItemChange, Move, RepositoryChange, Side
from osmm_scan.engine.facts import FactChange
from osmm_scan.model import Evidence
from osmm_scan.report.json_text import indented
from osmm_scan.report.options import Options
from osmm_scan.report.privacy import WITHHELD
from osmm_scan.report.terminal import Paper, Styled
from osmm_scan.report.values import interval, json_value, text
from osmm_scan.report.words import MISSING, RESULT, STATE, brief, count, value
from osmm_scan.verdicts import Finding

_SIGNALS, _FACTS, _REPOSITORIES = 4, 4, 40
_SIGNS = {
    "appeared": "+",
    "vanished": "-",
    "changed": "~",
    "aged": "~",
    "hidden": "?",
    "seen": "+",
}
_STYLES = {"+": "green", "-": "red", "~": "", "?": "yellow"}


def document(changes: Changes, scans: tuple[str, str], options: Options) -> dict[str, Any]:
    """Return the comparison as plain JSON types; `scans` is what the two are called."""
    names = {} if options.private else _aliases(changes)
    return {
        "schema_version": 1,
        "target": text(changes.target),
        "before": _side(changes.before, scans[0]),
        "after": _side(changes.after, scans[1]),
        "items": [_item(one, options.flags, names) for one in changes.items],
        "repositories": [_repository(one, names) for one in changes.repositories],
    }


def render_json(changes: Changes, scans: tuple[str, str], options: Options) -> str:
    """Return the comparison as JSON."""
    return indented(document(changes, scans, options))


def render_text(changes: Changes, scans: tuple[str, str], options: Options) -> str:
    """Return the comparison for a terminal."""
    whole = document(changes, scans, options)
    paper = Paper(options)
    _headline(paper, whole)
    for title, chosen in _groups(whole["items"]).items():
        if chosen:
            paper.heading(title, count(len(chosen), "item"))
            for item in chosen:
                _show_item(paper, item)
    if whole["repositories"]:
        paper.heading("Repositories", "ready for level")
        for repository in whole["repositories"][:_REPOSITORIES]:
            _show_repository(paper, repository)
        _more(paper, len(whole["repositories"]) - _REPOSITORIES, indent=0)
    return paper.written()


def _aliases(changes: Changes) -> Mapping[str, str]:
    return {
        name: f"private-{place:04}" for place, name in enumerate(sorted(changes.private), start=1)
    }


def _side(side: Side, name: str) -> dict[str, Any]:
    return {
        "scan": name,
        "as_of": side.as_of.isoformat(),
        "level": side.verdict.level,
        "possible": side.verdict.possible,
        "status": str(side.verdict.status),
        "tool_version": side.tool_version,
        "rules_sha256": side.rules_sha256,
        "profile": side.profile,
    }


def _item(change: ItemChange, flags: frozenset[str], names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": change.id,
        "level": change.level,
        "title": text(change.title),
        "gain": change.gain,
        "before": _judged(change.before, names),
        "after": _judged(change.after, names),
        "signals": [_move(move, flags) for move in change.moves],
        "facts": [_fact(one, names) for one in change.facts],
    }


def _judged(finding: Finding, names: Mapping[str, str]) -> dict[str, Any]:
    because = text(finding.because)
    # The longest name first, so that "acme/app" leaves nothing of "acme/app-two" behind.
    for name in sorted(names, key=len, reverse=True):
        because = because.replace(name, names[name])
    return {
        "grade": finding.grade,
        "possible": finding.possible,
        "state": str(finding.state),
        "because": because,
    }


def _move(move: Move, flags: frozenset[str]) -> dict[str, Any]:
    is_flag = f"{move.signal}.{move.field}" in flags
    return {
        "signal": move.signal,
        "field": move.field,
        "before": interval(move.before, is_flag=is_flag),
        "after": interval(move.after, is_flag=is_flag),
    }


def _fact(change: FactChange, names: Mapping[str, str]) -> dict[str, Any]:
    fact = change.fact
    private = fact.subject in names
    return {
        "fate": str(change.fate),
        "subject": names.get(fact.subject, text(fact.subject)),
        "key": fact.key,
        "before": _observed(change.before, private=private),
        "after": _observed(change.after, private=private),
        "path": None if private else json_value(fact.source.path),
        "line": None if private else fact.source.line,
        "url": None if private else json_value(fact.source.url),
    }


def _observed(fact: Evidence | None, *, private: bool) -> Any:
    if fact is None:
        return None
    if fact.missing is not None:
        return {"missing": str(fact.missing), "why": WITHHELD if private else text(fact.why)}
    is_open = isinstance(fact.value, bool) or not private
    return {"value": json_value(fact.value) if is_open else WITHHELD}


def _repository(change: RepositoryChange, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": names.get(change.name, text(change.name)),
        "before": change.before,
        "after": change.after,
        "checks": [_check(one, names) for one in change.checks],
    }


def _check(change: CheckChange, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": change.id,
        "before": str(change.before),
        "after": str(change.after),
        "facts": [_fact(one, names) for one in change.facts],
    }


def _headline(paper: Paper, whole: Mapping[str, Any]) -> None:
    before, after = whole["before"], whole["after"]
    paper.ends((whole["target"], "bold"), right=("What changed", "dim"))
    paper.line((paper.marks.line * paper.width, "dim"))
    paper.line((_level(before, after), "bold"))
    paper.table(
        [
            [(name, "dim"), (f"{side['scan']}, as of {side['as_of']}", "")]
            for name, side in (("From", before), ("To", after))
        ],
        flex=1,
    )
    if before["as_of"] > after["as_of"]:
        paper.line(("The later scan speaks of an earlier day.", "yellow"))
    for what, name in (("rules_sha256", "rules"), ("profile", "profile")):
        if before[what] != after[what]:
            paper.line((f"Not with the same {name}: grades may differ for that alone.", "yellow"))
    if not whole["items"] and not whole["repositories"]:
        paper.line(("Nothing is judged differently.", ""))


def _level(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    was, now = before["level"] or 0, after["level"] or 0
    proved = f"Level {now} is proved" if was == now else f"Level {was} became {now}"
    could, can = before["possible"], after["possible"]
    return f"{proved}; level {can} is possible, " + (
        "as before" if could == can else f"before {could}"
    )


def _groups(items: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    def proved(item: dict[str, Any]) -> int:
        return (item["after"]["grade"] or 0) - (item["before"]["grade"] or 0)

    return {
        "Worse": [item for item in items if proved(item) < 0],
        "Better": [item for item in items if proved(item) > 0],
        "As proved as before, otherwise possible or known": [
            item for item in items if not proved(item)
        ],
    }


def _show_item(paper: Paper, item: dict[str, Any]) -> None:
    before, after = _grade(item["before"]), _grade(item["after"])
    paper.ends((item["title"], "bold"), right=(f"{before} {paper.marks.next} {after}", "bold"))
    paper.line((item["id"], "dim"), indent=2)
    for move in item["signals"][:_SIGNALS]:
        moved = f"{value(move['before'])} {paper.marks.next} {value(move['after'])}"
        paper.line((f"{move['signal']}.{move['field']}: ", ""), (moved, ""), indent=2, hang=2)
    _more(paper, len(item["signals"]) - _SIGNALS, indent=2)
    _show_facts(paper, item["facts"])
    if not item["signals"] and not item["facts"]:
        paper.line((f"before: {brief(item['before']['because'])}", ""), indent=2, hang=2)
        paper.line((f"now: {brief(item['after']['because'])}", ""), indent=2, hang=2)


def _grade(judged: Mapping[str, Any]) -> str:
    if judged["grade"] is None or judged["state"] in {"not_applicable", "waived"}:
        return STATE[judged["state"]]
    proved, possible = judged["grade"], judged["possible"]
    return str(proved) if proved == possible else f"{proved} to {possible}"


def _show_facts(paper: Paper, facts: Sequence[dict[str, Any]]) -> None:
    for fact in facts[:_FACTS]:
        sign = _SIGNS[fact["fate"]]
        place = fact["path"] or ""
        place += f":{fact['line']}" if fact["line"] else ""
        told = f"{fact['subject']} {fact['key']} {_told(paper, fact)}"
        parts: list[Styled] = [(f"{sign} ", _STYLES[sign]), (told, "")]
        paper.line(*parts, (f"  {place}" if place else "", "dim"), indent=4, hang=2)
    _more(paper, len(facts) - _FACTS, indent=4)


def _told(paper: Paper, fact: Mapping[str, Any]) -> str:
    before, after = map(_shown, _different(fact["before"], fact["after"]))
    match fact["fate"]:
        case "appeared":
            return f"appeared: {after}"
        case "vanished":
            return f"vanished, was {before}"
        case fate:
            return f"{fate}: {before} {paper.marks.next} {after}"


def _different(before: Any, after: Any) -> tuple[Any, Any]:
    """Return two observations without the parts in which they are alike."""
    old, new = ((one or {}).get("value") for one in (before, after))
    if not isinstance(old, dict) or not isinstance(new, dict) or old == new:
        return before, after
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    cut = [{"value": {name: one[name] for name in names if name in one}} for one in (old, new)]
    return cut[0], cut[1]


def _shown(observed: Mapping[str, Any] | None) -> str:
    if observed is None:
        return ""
    if "missing" in observed:
        return f"{MISSING[observed['missing']]} ({brief(observed['why'], 80)})"
    return brief(value(observed["value"]), 100)


def _show_repository(paper: Paper, repository: Mapping[str, Any]) -> None:
    was, now = repository["before"], repository["after"]
    if was is None:
        paper.ends(("+ ", "green"), (repository["name"], "bold"), right=(f"new, {now}", ""))
    elif now is None:
        paper.ends(("- ", "red"), (repository["name"], "bold"), right=(f"gone, was {was}", ""))
    else:
        level = str(now) if was == now else f"{was} {paper.marks.next} {now}"
        paper.ends(("~ ", ""), (repository["name"], "bold"), right=(level, "bold"))
    for check in repository["checks"][:_FACTS]:
        results = f"{RESULT[check['before']]} {paper.marks.next} {RESULT[check['after']]}"
        paper.ends((f"  {check['id']}", ""), right=(results, ""), hang=2)
        _show_facts(paper, check["facts"])
    _more(paper, len(repository["checks"]) - _FACTS, indent=2)


def _more(paper: Paper, number: int, *, indent: int) -> None:
    if number > 0:
        paper.line((f"and {number:,} more in the JSON output (-f json)", "dim"), indent=indent)
