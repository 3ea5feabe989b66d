"""From saved evidence to findings, for commands that look closer at what was judged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from osmm_scan.cli.configuration_options import Configuring
from osmm_scan.cli.judging import load_pack
from osmm_scan.cli.options import Judging

if TYPE_CHECKING:
    from osmm_scan.engine.assessment import Judged
    from osmm_scan.model import Bundle


def weigh(
    bundle: Bundle, rules: Path | None, profile: str | None, configuring: Configuring
) -> Judged:
    """Return the findings of saved evidence, with what the organisation says about itself."""
    from osmm_scan.cli.grounds import find_grounds
    from osmm_scan.engine.assessment import weigh_up
    from osmm_scan.signals.measuring import measure_signals

    judging = Judging(rules=rules, profile=profile, fail_under=None, on_unknown="ignore")
    grounds = find_grounds(configuring, judging, load_pack(rules))
    signals = measure_signals(
        bundle.evidence,
        grounds.pack.signals,
        grounds.pack.model.populations,
        repositories=bundle.repositories,
        unseen=bundle.unseen,
    )
    return weigh_up(
        grounds.pack,
        bundle,
        signals,
        profile=grounds.profile,
        attestations=grounds.attestations,
        waivers=grounds.settings.waivers,
    )
