"""From an evidence bundle to an assessment, a report and an exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from osmm_scan.cli.gate import decide
from osmm_scan.cli.options import Judging
from osmm_scan.cli.output import Request, report_options, write_reports
from osmm_scan.errors import ExitCode
from osmm_scan.model import Bundle
from osmm_scan.resources import rules_directory
from osmm_scan.settings import Attestation, Waiver
from osmm_scan.verdicts import Assessment

if TYPE_CHECKING:
    from osmm_scan.cli.grounds import Grounds
    from osmm_scan.engine.rules import RulePack


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
    no_color: bool,
) -> ExitCode:
    """Judge the bundle, write the reports and return the exit code."""
    from osmm_scan.cli.grounds import warn
    from osmm_scan.report.document import flags

    pack = grounds.pack
    assessment = judge(
        bundle,
        pack,
        grounds.profile,
        attestations=grounds.attestations,
        waivers=grounds.settings.waivers,
    )
    warn(assessment)
    write_reports(assessment, reports, report_options(flags(pack.signals), no_color=no_color))
    return decide(assessment.verdict, judging.fail_under, judging.on_unknown)


def judge(
    bundle: Bundle,
    pack: RulePack,
    profile: str,
    *,
    attestations: Iterable[Attestation] = (),
    waivers: Iterable[Waiver] = (),
) -> Assessment:
    """Return what a rule pack makes of the evidence in a bundle, and of what people state."""
    from osmm_scan.engine.assessment import assess
    from osmm_scan.signals.measuring import measure_signals

    signals = measure_signals(
        bundle.evidence,
        pack.signals,
        pack.model.populations,
        repositories=bundle.repositories,
        unseen=bundle.unseen,
    )
    return assess(
        pack, bundle, signals, profile=profile, attestations=attestations, waivers=waivers
    )
