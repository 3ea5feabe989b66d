"""Explain an item, facet, signal, check or level: what is asked, and how it was judged here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from osmm_scan.engine.access import what_would_show
from osmm_scan.engine.explain_nouns import Case, Explanation, Line, Section, section, told
from osmm_scan.engine.explain_others import explain_check, explain_level, explain_signal
from osmm_scan.engine.grades import Grader
from osmm_scan.engine.intervals import Truth
from osmm_scan.engine.rule_words import rule_words
from osmm_scan.engine.rules import RulePack
from osmm_scan.engine.statable import carried, carried_words
from osmm_scan.engine.wording import reasons
from osmm_scan.errors import UsageError
from osmm_scan.verdicts import Criterion, Finding, State

CATALOGUES = {
    "finos": "FINOS",
    "chaoss": "CHAOSS",
    "osps": "OpenSSF Baseline",
    "openchain": "OpenChain",
    "ggi": "Good Governance Initiative",
    "todo": "TODO Group",
    "scorecard": "OpenSSF Scorecard",
    "github": "GitHub",
    "innersource_commons": "InnerSource Commons",
    "s2c2f": "S2C2F",
    "slsa": "SLSA",
}
_SOURCE = "https://github.com/finos/open-source-readiness/blob/main/"
_TRUTHS = {Truth.TRUE: "holds", Truth.FALSE: "does not hold", Truth.UNKNOWN: "is not known"}
_STATES = {
    State.OBSERVED: "observed",
    State.ATTESTED: "attested, not observed",
    State.STALE: "attested too long ago",
    State.ABSENT: "looked for and not found",
    State.UNKNOWN: "unknown",
    State.NOT_APPLICABLE: "not applicable",
    State.WAIVED: "waived",
}


def explain(name: str, pack: RulePack, case: Case | None = None) -> Explanation:
    """Return the explanation of an id; `UsageError` names the nearest when it is unknown."""
    criteria = {one.id: one for one in (*pack.criteria, *pack.facets)}
    checks = {one.id: one for one in pack.checks}
    levels = {str(one.level): one for one in pack.model.levels}
    number = name.removeprefix("level").strip("- ")
    if name in criteria:
        return _criterion(criteria[name], pack, case)
    if name in pack.signals:
        return explain_signal(pack.signals[name], pack, case, references)
    if name in checks:
        return explain_check(checks[name], pack, case)
    if number in levels:
        return explain_level(levels[number], pack, case)
    known = [*criteria, *pack.signals, *checks, *(f"level-{one}" for one in levels)]
    raise UsageError(_unknown(name, known))


def references(found: Mapping[str, tuple[str, ...]]) -> Section:
    """Return where others write about the same."""
    return section(
        "References",
        *(
            Line(f"{CATALOGUES.get(name, name)}: {', '.join(_linked(name, one) for one in ids)}")
            for name, ids in found.items()
        ),
    )


def _linked(catalogue: str, place: str) -> str:
    return f"{_SOURCE}{place}" if catalogue == "finos" and place.startswith("docs/") else place


def _criterion(criterion: Criterion, pack: RulePack, case: Case | None) -> Explanation:
    finding = None if case is None else _finding(criterion, case)
    gate = ", a gate of its level" if criterion.gate else ""
    sections = [
        section("Asked", criterion.criterion),
        section("Why it matters", criterion.why),
        section(
            "Where it stands",
            f"{criterion.activity_title}, level {criterion.level} "
            f"({pack.model.level_name(criterion.level)}){gate}",
            f"What a scan shows reaches grade {criterion.max_observed_grade}; "
            f"{criterion.observability.replace('-', ' ')}",
        ),
    ]
    if case is not None and finding is not None:
        sections += _judged(criterion, finding, case)
    sections += [
        section("Grades", *_grades(criterion, pack, case)),
        section("Measured by", *_measures(criterion, pack, case)),
        section("One repository", criterion.repository_says),
        section("To improve", f"{criterion.remedy.action} (effort {criterion.remedy.effort})"),
        references(criterion.references),
    ]
    kind = "facet" if criterion.facet_of else "item"
    return Explanation(id=criterion.id, kind=kind, title=criterion.title, sections=tuple(sections))


def _finding(criterion: Criterion, case: Case) -> Finding:
    organisation = case.judged.organisation
    found = (one for one in organisation.findings if one.criterion.id == criterion.id)
    return next(found, None) or organisation.grader.find(criterion)


def _judged(criterion: Criterion, finding: Finding, case: Case) -> Iterator[Section]:
    yield section(
        "Judged here",
        f"{_proved(finding)}; still possible: {finding.possible} of 5; {_STATES[finding.state]}; "
        f"confidence {finding.confidence:.2f}",
        finding.because,
    )
    if finding.evidence:
        yield Section("Evidence", case.cite(finding.evidence))
    unknown = tuple(_unknowns(criterion, finding, case))
    if unknown:
        yield section("Not known, and what would settle it", *unknown)
    if finding.state not in (State.NOT_APPLICABLE, State.WAIVED):
        yield section("The next grade", *_next(criterion, finding, case))


def _proved(finding: Finding) -> str:
    if finding.attestation is not None:
        return f"Stated: {finding.grade} of 5; observed: {_of_five(finding.observed)}"
    return f"Proved: {_of_five(finding.grade)}"


def _of_five(grade: int | None) -> str:
    return "unknown" if grade is None else f"{grade} of 5"


def _unknowns(criterion: Criterion, finding: Finding, case: Case) -> Iterator[Line]:
    if finding.state in (State.NOT_APPLICABLE, State.WAIVED):
        return
    shown = what_would_show(case.pack, case.bundle, case.judged.organisation.signals)
    for name in criterion.signals:
        signal = case.signal(name)
        is_open = any(value is None or not value.is_exact for value in signal.fields.values())
        if is_open and shown[name]:
            yield Line(case.pack.signals[name].name, shown[name])
    if finding.grade is None or finding.grade >= criterion.max_observed_grade:
        policy = case.pack.model.attestation_policy
        observed = finding.grade if finding.attestation is None else finding.observed
        grades = carried_words(carried(policy, criterion, observed))
        yield Line(f"A dated statement in {policy.file}, which carries grade {grades}")


def _next(criterion: Criterion, finding: Finding, case: Case) -> Iterator[Line]:
    grade = (finding.grade or 0) + 1
    if grade > len(criterion.grading):
        yield Line("There is no higher grade")
        return
    step = criterion.grading[grade - 1]
    grader = case.judged.organisation.grader
    yield Line(f"{grade} {step.name}: {step.meaning}", tuple(_state(grader, criterion, grade)))


def _state(grader: Grader, criterion: Criterion, grade: int) -> Iterator[str]:
    ladder = grader.pack.ladders[criterion.id]
    if grade > len(ladder):
        yield "only people can state this"
        return
    judge, rule = grader.judge(grade), ladder[grade - 1]
    yield f"needs: {rule_words(rule, grader.pack.signals)}"
    yield f"{_TRUTHS[judge.evaluate(rule)]} here: {reasons(judge, rule)}"


def _grades(criterion: Criterion, pack: RulePack, case: Case | None) -> Iterator[Line]:
    grader = None if case is None else case.judged.organisation.grader
    for step in criterion.grading:
        below: Iterable[str] = ("only people can state this",)
        if step.when is not None:
            rule = pack.ladders[criterion.id][step.grade - 1]
            below = (f"needs: {rule_words(rule, pack.signals)}", f"rule: {step.when}")
            if grader is not None:
                *_, here = _state(grader, criterion, step.grade)
                below = (here, f"rule: {step.when}")
        yield Line(f"{step.grade} {step.name}: {step.meaning}", tuple(below))


def _measures(criterion: Criterion, pack: RulePack, case: Case | None) -> Iterator[Line]:
    for name in criterion.signals:
        declared = pack.signals[name]
        below: list[str] = []
        if case is not None:
            signal = case.signal(name)
            below = [
                f"{field}: {told(value, declared.fields[field].type)}"
                for field, value in signal.fields.items()
                if value is not None
            ]
            seen = f"over {signal.n}, {signal.unknown} of them not fully known"
            below.append(seen if below else signal.why or "nothing to measure")
        yield Line(f"{name}: {declared.name}", tuple(below))


def _unknown(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=3)
    hint = "'osmm-scan rules list' lists the ids"
    if close:
        hint = f"did you mean {' or '.join(repr(one) for one in close)}?"
    return f"{name}: no item, signal, check or level has this id; {hint}"
