"""Explain signals, readiness checks and levels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from osmm_scan.engine.access import what_would_show
from osmm_scan.engine.explain_nouns import Case, Explanation, Line, Section, section, told
from osmm_scan.engine.rules import RulePack
from osmm_scan.engine.schemas import Level
from osmm_scan.engine.shortfalls import shortfalls
from osmm_scan.signals.declarations import SignalDeclaration
from osmm_scan.verdicts import Check, CheckFinding, Result, State

_RESULTS = {
    Result.MET: "Met",
    Result.UNMET: "Not met",
    Result.UNKNOWN: "Not known",
    Result.NOT_APPLICABLE: "Does not apply",
    Result.WAIVED: "Waived",
}


def explain_signal(
    declared: SignalDeclaration,
    pack: RulePack,
    case: Case | None,
    references: Callable[[Mapping[str, tuple[str, ...]]], Section],
) -> Explanation:
    """Return what a signal measures, from what, and what it came to here."""
    users = [one.id for one in (*pack.criteria, *pack.facets) if declared.id in one.signals]
    sections = [
        section("Measured", declared.compute, f"Unit: {declared.unit}"),
        section("Counted over", _population(declared, pack)),
    ]
    if case is not None:
        sections += _measured(declared, case)
    fields = (
        Line(
            f"{name} ({field.type}): {field.means}",
            (str(field.measure) if field.measure else f"waits for {declared.awaits}",),
        )
        for name, field in declared.fields.items()
    )
    sections += [
        section("Fields", *fields),
        section("Looked for in", *declared.source),
        section("Not fooled by", *declared.traps),
        section("Speaks for", ", ".join(users) or "no item"),
        references(declared.references),
    ]
    return Explanation(id=declared.id, kind="signal", title=declared.name, sections=tuple(sections))


def explain_check(check: Check, pack: RulePack, case: Case | None) -> Explanation:
    """Return what a readiness check asks, and which repositories meet it."""
    terms = pack.model.readiness
    kind = "required" if check.required else f"one of those of which {terms.met}/{terms.of} count"
    sections = [
        section("Asked", check.title),
        section("Why it matters", check.why),
        section(
            "Counts for",
            f"Level {check.level} of a repository's readiness, {kind}",
            f"The item {check.item}",
        ),
        section(
            "Met when",
            f"{check.fact} holds",
            f"It applies when: {' and '.join(check.applies) or 'always'}",
        ),
    ]
    if case is not None:
        sections += _results(check, case)
    sections.append(section("To improve", f"{check.remedy.action} (effort {check.remedy.effort})"))
    return Explanation(id=check.id, kind="check", title=check.title, sections=tuple(sections))


def explain_level(level: Level, pack: RulePack, case: Case | None) -> Explanation:
    """Return what a level asks of its items, and how far it is reached here."""
    terms = pack.model.combination
    bar = terms.levels[level.level]
    name = pack.model.grade_name
    sections = [
        section("Means", level.means),
        section(
            "Stands when",
            f"{100 * bar.p2:g} % of what is conclusive is {name(terms.standing_grade)} or better",
            f"{100 * terms.conclusive_weight.provisional:g} % of its weight is conclusive, "
            f"{100 * terms.conclusive_weight.attained:g} % to be attained",
            f"no gate is below grade {bar.gate_blocks_below}, and at most {bar.gate_slack} are "
            f"unknown or below {name(terms.gates.grade)}, none to be attained",
            f"at most {terms.weak_activity.allowed} of its activities is weak",
        ),
        section(
            "Reached when it stands and",
            f"{100 * bar.p3_provisional:g} % of what can show it is {name(terms.defined_grade)} "
            f"or better, {100 * bar.p3_attained:g} % to be attained",
        ),
    ]
    if case is not None:
        sections.append(_reached(level, case))
    sections.append(section("Items", *_items(level, pack, case)))
    return Explanation(
        id=f"level-{level.level}",
        kind="level",
        title=f"Level {level.level}: {level.name}",
        sections=tuple(sections),
    )


def _population(declared: SignalDeclaration, pack: RulePack) -> str:
    means = [
        pack.model.denominators[name].means if name in pack.model.denominators else name
        for name in declared.population
    ]
    return " and ".join(means) or "every repository"


def _measured(declared: SignalDeclaration, case: Case) -> Iterator[Section]:
    signal = case.signal(declared.id)
    lines = [
        f"{name}: {told(value, declared.fields[name].type)}"
        for name, value in signal.fields.items()
    ]
    seen = f"Over {signal.n} repositories, {signal.unknown} of them not fully known"
    yield section("Measured here", *lines, signal.why or seen)
    if signal.evidence:
        yield Section("Evidence", case.cite(signal.evidence))
    needs = what_would_show(case.pack, case.bundle, (signal,))[declared.id]
    if needs:
        yield section("What would show more", *needs)


def _results(check: Check, case: Case) -> Iterator[Section]:
    found: dict[Result, list[tuple[str, CheckFinding]]] = {}
    for readiness in case.judged.readiness:
        for one in readiness.checks:
            if one.check.id == check.id:
                found.setdefault(one.result, []).append((readiness.repository, one))
    for result in Result:
        if result in found:
            lines = (Line(f"{name}: {one.because}", subject=name) for name, one in found[result])
            yield section(f"{_RESULTS[result]} here", *lines)
    ids = [one for some in found.values() for _, finding in some for one in finding.evidence]
    if ids:
        yield Section("Evidence", case.cite(ids))


def _reached(level: Level, case: Case) -> Section:
    organisation = case.judged.organisation
    state = next(one for one in organisation.levels() if one.level == level.level)
    titles = {one.criterion.id: one.criterion.title for one in organisation.findings} | {
        one.criterion.activity: one.criterion.activity_title for one in organisation.findings
    }
    status = str(state.status).replace("_", " ")
    lacks = shortfalls(state, organisation.model, titles)
    shares = state.tally.shares
    return section(
        "Judged here",
        f"{status.capitalize()}; {100 * shares.known:.0f} % of its weight is known",
        *(Line(f"Lacks: {one}") for one in lacks),
    )


def _items(level: Level, pack: RulePack, case: Case | None) -> Iterator[Line]:
    findings = (
        {} if case is None else {one.criterion.id: one for one in case.judged.organisation.findings}
    )
    for criterion in pack.criteria:
        if criterion.level == level.level:
            gate = ", a gate" if criterion.gate else ""
            here = ""
            if criterion.id in findings:
                finding = findings[criterion.id]
                grade = "unknown" if finding.grade is None else f"grade {finding.grade}"
                how = " attested" if finding.attestation is not None else ""
                here = f": {grade}{how}, possible {finding.possible}"
                here += ", waived" if finding.state is State.WAIVED else ""
            yield Line(f"{criterion.id}: {criterion.title}{gate}{here}")
