"""`osmm-scan explain`: what an item, facet, signal, check or level asks, and how it was judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

import click

from osmm_scan.cli.console import printable
from osmm_scan.cli.judging import judge, load_pack
from osmm_scan.cli.options import PATH
from osmm_scan.errors import UsageError
from osmm_scan.model import Interval
from osmm_scan.verdicts import Assessment, Check, Criterion, Finding

if TYPE_CHECKING:
    from osmm_scan.engine.rules import RulePack
    from osmm_scan.signals.declarations import SignalDeclaration


@click.command("explain")
@click.argument("name", metavar="ID")
@click.option("--rules", type=PATH, metavar="DIR", help="Use this rule pack.")
@click.option("--bundle", type=PATH, help="Say how it was judged on this saved evidence.")
@click.option(
    "--profile",
    type=click.Choice(["company", "foundation", "community"]),
    default="company",
    help="Which items apply.  [company]",
)
def command(name: str, rules: Path | None, bundle: Path | None, profile: str) -> None:
    """Explain ID: an item (l2.policy.consumption-policy), a facet, a signal, a check or a level."""
    pack = load_pack(rules)
    assessment = _judged(bundle, pack, profile)
    for line in explain(name, pack, assessment):
        click.echo(printable(_folded(line)))


def explain(name: str, pack: RulePack, assessment: Assessment | None) -> Iterator[str]:
    """Yield the lines that explain an id; `UsageError` names the nearest when it is unknown."""
    criteria = {criterion.id: criterion for criterion in (*pack.criteria, *pack.facets)}
    checks = {check.id: check for check in pack.checks}
    levels = {str(level.level): level for level in pack.model.levels}
    if name in criteria:
        yield from _criterion(criteria[name], pack)
        yield from _finding(name, assessment)
    elif name in pack.signals:
        yield from _signal(pack.signals[name], criteria)
        yield from _measured(name, assessment)
    elif name in checks:
        yield from _check(checks[name])
        yield from _checked(name, assessment)
    elif (number := name.removeprefix("level").strip("- ")) in levels:
        yield from _level(int(number), pack)
        yield from _reached(int(number), assessment)
    else:
        raise UsageError(_unknown(name, [*criteria, *pack.signals, *checks]))


def _judged(bundle: Path | None, pack: RulePack, profile: str) -> Assessment | None:
    if bundle is None:
        return None
    from osmm_scan.store.bundle import read_bundle

    return judge(read_bundle(bundle), pack, profile)


def _criterion(criterion: Criterion, pack: RulePack) -> Iterator[str]:
    yield f"{criterion.id}: {criterion.title} ({criterion.activity_title}, level {criterion.level})"
    yield from ("", criterion.criterion, "", f"Why it matters: {criterion.why}")
    yield from ("", "What each grade needs:")
    for step in criterion.grading:
        yield f"  {step.grade} {step.name}: {step.meaning}"
        yield f"      {step.when}" if step.when else "      only people can state this"
    yield from ("", "Measured by:")
    for signal in criterion.signals:
        yield f"  {signal}: {pack.signals[signal].name}"
    yield from ("", f"One repository: {criterion.repository_says}")
    yield f"To improve: {criterion.remedy.action} (effort {criterion.remedy.effort})"
    yield from _references(criterion.references)


def _signal(signal: SignalDeclaration, criteria: Mapping[str, Criterion]) -> Iterator[str]:
    yield f"{signal.id}: {signal.name} ({signal.unit})"
    yield from ("", signal.compute, "", "Fields:")
    for name, field in signal.fields.items():
        yield f"  {name} ({field.type}): {field.means}"
        yield f"      {field.measure}" if field.measure else f"      waits for {signal.awaits}"
    yield from ("", "Looked for in:", *(f"  {source}" for source in signal.source))
    yield from ("", "Not fooled by:", *(f"  {trap}" for trap in signal.traps))
    users = [criterion.id for criterion in criteria.values() if signal.id in criterion.signals]
    yield from ("", f"Used by: {', '.join(users) or 'no item'}")
    yield from _references(signal.references)


def _check(check: Check) -> Iterator[str]:
    kind = "required" if check.required else "one of those of which two thirds are needed"
    yield f"{check.id}: {check.title} (readiness for level {check.level}, {kind})"
    yield from ("", f"Why it matters: {check.why}")
    yield f"Met when: {check.fact}"
    yield f"Applies when: {' and '.join(check.applies) or 'always'}"
    yield f"To improve: {check.remedy.action} (effort {check.remedy.effort})"
    yield f"Item: {check.item}"


def _level(level: int, pack: RulePack) -> Iterator[str]:
    stated = pack.model.levels[level - 1]
    yield f"Level {level}: {stated.name}"
    yield from ("", stated.means, "", "Items:")
    for criterion in pack.criteria:
        if criterion.level == level:
            gate = ", a gate" if criterion.gate else ""
            yield f"  {criterion.id}: {criterion.title}{gate}"


def _finding(name: str, assessment: Assessment | None) -> Iterator[str]:
    if assessment is None:
        return
    findings: dict[str, Finding] = {
        finding.criterion.id: finding for finding in (*assessment.items, *assessment.facets)
    }
    finding = findings[name]
    grade = "unknown" if finding.grade is None else f"{finding.grade} of 5"
    yield from ("", f"Here: proved {grade}, possible {finding.possible} of 5, {finding.state}")
    yield finding.because
    yield from _evidence(finding.evidence, assessment)


def _measured(name: str, assessment: Assessment | None) -> Iterator[str]:
    if assessment is None:
        return
    signal = next(one for one in assessment.signals if one.id == name)
    yield from ("", f"Here: over {signal.n} repositories, {signal.unknown} of them not fully known")
    if signal.missing is not None:
        yield signal.why
    for field, value in signal.fields.items():
        yield f"  {field}: {_interval(value)}"
    yield from _evidence(signal.evidence, assessment)


def _checked(name: str, assessment: Assessment | None) -> Iterator[str]:
    if assessment is None:
        return
    yield ""
    for readiness in assessment.readiness:
        for finding in readiness.checks:
            if finding.check.id == name:
                yield f"{readiness.repository}: {finding.result}: {finding.because}"
                yield from _evidence(finding.evidence, assessment)


def _reached(level: int, assessment: Assessment | None) -> Iterator[str]:
    if assessment is None:
        return
    verdict = next(one for one in assessment.levels if one.level == level)
    yield from ("", f"Here: {verdict.status}, proved {verdict.progress:.0%} of all grades")
    yield from (f"  {blocker}" for blocker in verdict.blockers)


def _evidence(ids: tuple[str, ...], assessment: Assessment) -> Iterator[str]:
    known = {item.id: item for item in assessment.evidence}
    for item in (known[one] for one in ids if one in known):
        what = item.why if item.missing else item.value
        place = item.source.url or item.source.path or ""
        yield f"  {item.subject} {item.key}: {what}  {place}".rstrip()


def _folded(line: str) -> str:
    indent = " " * (len(line) - len(line.lstrip()) + 2) if line.startswith(" ") else ""
    # A permalink is one word, and broken it would lead nowhere.
    return fill(line, 80, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _interval(value: Interval | None) -> str:
    if value is None:
        return "no value"
    return f"{value.low:g}" if value.is_exact else f"{value.low:g} to {value.high:g}"


def _references(references: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for catalogue, ids in references.items():
        yield f"{catalogue}: {', '.join(ids)}"


def _unknown(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=1)
    hint = f"did you mean {close[0]!r}?" if close else "'osmm-scan rules list' lists the ids"
    return f"{name}: no item, signal, check or level has this id; {hint}"
