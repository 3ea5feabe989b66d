"""From an evidence bundle to an assessment, a report and an exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from osmm_scan.cli.history.memory import Memory
from osmm_scan.cli.judging.gate import decide, worst
from osmm_scan.cli.judging.regression import compare, find_before
from osmm_scan.cli.options.common import Judging, Reporting
from osmm_scan.cli.output import Request, report_options, write_reports
from osmm_scan.errors import ExitCode
from osmm_scan.model import Bundle, Signal
from osmm_scan.resources import rules_directory
from osmm_scan.settings import Attestation, Waiver
from osmm_scan.verdicts import Assessment

if TYPE_CHECKING:
    from osmm_scan.cli.configuration.grounds import Grounds
    from osmm_scan.engine.rules import RulePack
    from osmm_scan.engine.trends import History


def load_pack(rules: Path | None) -> RulePack:
    """Return the rule pack of a directory, or the shipped one."""
    from osmm_scan.engine.rules import load_rules

    return load_rules(rules or rules_directory())


def conclude(
    bundle: Bundle,
    grounds: Grounds,
    judging: Judging,
    reports: Sequence[Request],
    *,
    reporting: Reporting,
    memory: Memory,
) -> ExitCode:
    """Judge the bundle, keep it, write the reports and return the exit code."""
    from osmm_scan.cli.configuration.grounds import name_statements, warn
    from osmm_scan.report.document import flags

    pack = grounds.pack

    def judged(scan: Bundle) -> Assessment:
        return judge(
            scan,
            pack,
            grounds.profile,
            attestations=grounds.attestations,
            waivers=grounds.settings.waivers,
            history=memory.recall(pack, scan),
        )

    assessment = judged(bundle)
    warn(assessment, bundle.evidence)
    # Looked for before this scan becomes the last one itself.
    before = find_before(memory, assessment, judged)
    memory.keep(pack, bundle, assessment)
    options = report_options(
        flags(pack.signals),
        no_color=reporting.no_color,
        include_private=reporting.include_private,
        past=memory.course(bundle),
    )
    write_reports(assessment, reports, options)
    statements = name_statements(assessment)
    gates = [
        decide(assessment.verdict, judging.fail_under, judging.on_unknown, statements=statements)
    ]
    if before is not None:
        gates.append(compare(before, assessment, judging.on_unknown))
    return worst(gates)


def judge(
    bundle: Bundle,
    pack: RulePack,
    profile: str,
    *,
    attestations: Iterable[Attestation] = (),
    waivers: Iterable[Waiver] = (),
    history: History | None = None,
) -> Assessment:
    """Return what a rule pack makes of the evidence in a bundle, and of what people state.

    `history` is what earlier scans measured.
    """
    from osmm_scan.engine.assessment import assess

    return assess(
        pack,
        bundle,
        measure(bundle, pack),
        profile=profile,
        attestations=attestations,
        waivers=waivers,
        history=history,
    )


def measure(bundle: Bundle, pack: RulePack) -> tuple[Signal, ...]:
    """Return what the signals of a rule pack come to on the evidence in a bundle."""
    from osmm_scan.signals.measuring import measure_signals

    return measure_signals(
        bundle.evidence,
        pack.signals,
        pack.model.populations,
        repositories=bundle.repositories,
        unseen=bundle.unseen,
    )
