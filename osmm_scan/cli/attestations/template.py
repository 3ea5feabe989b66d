"""Write files of attestations for people to fill in: what is asked, and what would prove it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap
from typing import TYPE_CHECKING

from osmm_scan.report.inert import one_line
from osmm_scan.verdicts import Criterion, Finding, State

if TYPE_CHECKING:
    from osmm_scan.engine.rules import RulePack
    from osmm_scan.engine.schemas import AttestationPolicy

_WIDTH = 100
_HIGHEST = 5
# The signal that stands for the file itself, which proves nothing by being there.
_STATEMENTS = "attestation_record"
_SETTLED = frozenset({State.NOT_APPLICABLE, State.WAIVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A grade that somebody gave in a workshop, for which nobody answers yet."""

    item: str
    grade: int
    on: date


def open_items(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the items that the scan could not settle.

    They are unknown, or the scan has shown the most that any scan can.
    """
    return tuple(
        one
        for one in findings
        if one.state not in _SETTLED
        and (one.grade is None or one.criterion.max_observed_grade <= one.grade < _HIGHEST)
    )


def blank(findings: Sequence[Finding], pack: RulePack, about: str) -> str:
    """Return a file with an entry for each of these items, to be answered."""
    policy = pack.model.attestation_policy
    lines = [*_heading(about, policy), "attestations:" if findings else "attestations: []"]
    for finding in findings:
        lines += ["", *_question(finding, pack), *_entry(finding.criterion.id, {})]
    return "\n".join(lines) + "\n"


def imported(answers: Sequence[Answer], pack: RulePack) -> str:
    """Return a file with these answers, which count only when somebody answers for them."""
    policy = pack.model.attestation_policy
    criteria = {criterion.id: criterion for criterion in pack.criteria}
    about = "Answers of a FINOS checklist. None of them counts before a role answers for it."
    lines = [*_heading(about, policy), "attestations:" if answers else "attestations: []"]
    for answer in answers:
        filled = {
            "grade": str(answer.grade),
            "statement": json.dumps(f"Answered {answer.grade} in the FINOS checklist."),
            "date": answer.on.isoformat(),
            "expires": (answer.on + timedelta(policy.valid_days)).isoformat(),
        }
        lines += ["", *_title(criteria[answer.item]), *_entry(answer.item, filled)]
    return "\n".join(lines) + "\n"


def _heading(about: str, policy: AttestationPolicy) -> Iterator[str]:
    caps = policy.caps
    yield from _comment(about)
    yield "#"
    yield from _comment(
        f"A statement carries up to grade {caps.bare_statement}; when a second person confirms it "
        f"up to {caps.document_and_second_person}; when its evidence is a file of a scanned "
        f"repository up to {caps.readable_evidence}. It is fresh for {policy.valid_days} days."
    )
    yield from _comment("Name roles, never persons. Leave the grade empty where nobody can tell.")
    yield "#"
    yield "#   evidence:"
    yield "#   - {document: POL-17 version 3}"
    yield "#   - {link: https://intranet.example/policy}"
    yield "#   - {repository: OWNER/NAME, file: docs/policy.md}"
    yield "#"
    yield from _comment("Check this file with 'osmm-scan attest check FILE'.")


def _question(finding: Finding, pack: RulePack) -> Iterator[str]:
    criterion, policy = finding.criterion, pack.model.attestation_policy
    yield from _title(criterion)
    yield from _comment(f"Asked: {criterion.criterion}")
    seen = "unknown" if finding.grade is None else f"grade {finding.grade}"
    yield from _comment(f"Observed: {seen}. {finding.because}")
    most = _most(finding, policy)
    for step in criterion.grading:
        if (finding.grade or 0) < step.grade <= most:
            yield from _comment(f"{step.grade} {step.name}: {step.meaning}", indent="  ")
    signals = [pack.signals[name] for name in criterion.signals]
    proofs = ", ".join(one.name for one in signals if one.id != _STATEMENTS)
    yield from _comment(f"Would prove it: {proofs}")
    if most < _HIGHEST:
        yield from _comment(f"What was observed leaves room up to grade {most}.")


def _most(finding: Finding, policy: AttestationPolicy) -> int:
    """Return the highest grade that may be stated beside what was observed."""
    limit = policy.above_observed.get(finding.criterion.observability)
    if finding.grade is None or limit is None:
        return _HIGHEST
    return min(_HIGHEST, finding.grade + limit)


def _title(criterion: Criterion) -> Iterator[str]:
    gate = ", a gate" if criterion.gate else ""
    named = f"{criterion.activity_title}: {criterion.title} (level {criterion.level}{gate})"
    yield from _comment(named)


def _entry(item: str, filled: Mapping[str, str]) -> Iterator[str]:
    values = {"grade": "", "statement": "", "evidence": "[]", "accountable_role": ""}
    values |= {"second_person": "", "date": "", "expires": "", **filled}
    yield f"- item: {item}"
    yield from (f"  {name}: {value}".rstrip() for name, value in values.items())


def _comment(text: str, indent: str = "") -> Iterator[str]:
    # A line break of a rule pack or a repository's text would end the comment.
    told = one_line(text)
    yield from wrap(
        told,
        _WIDTH,
        initial_indent=f"# {indent}",
        subsequent_indent=f"# {indent}  ",
        break_on_hyphens=False,
    )
