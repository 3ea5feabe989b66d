"""From saved evidence to findings, for commands that look closer at what was judged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from osmm_scan.cli.history.memory import open_memory
from osmm_scan.cli.judging.conclusion import load_pack, measure
from osmm_scan.cli.options.common import PATH, Command, Judging, group
from osmm_scan.cli.options.configuring import Configuring
from osmm_scan.cli.options.remembering import Remembering, store_option

if TYPE_CHECKING:
    from osmm_scan.engine.assessment import Judged
    from osmm_scan.model import Bundle
    from osmm_scan.report.aliases import Aliases


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """By which rules, profile and history evidence is weighed, and whom it may be told of."""

    rules: Path | None
    profile: str | None
    store: str | None
    include_private: bool


def weighing(command: Command) -> Command:
    """Add the options of commands that look closer at what was judged."""
    return group(
        Weighing,
        command,
        click.option("--rules", type=PATH, metavar="DIR", help="Use this rule pack."),
        click.option("--profile", metavar="NAME", help="Which items apply.  [company]"),
        store_option,
        click.option(
            "--include-private",
            is_flag=True,
            help="Name private repositories instead of numbering them.",
        ),
    )


def weigh(bundle: Bundle, weighing: Weighing, configuring: Configuring) -> Judged:
    """Return the findings of saved evidence, judged as `assess` does it."""
    from osmm_scan.cli.configuration.grounds import find_grounds, warn
    from osmm_scan.engine.assessment import weigh_up

    judging = Judging(
        rules=weighing.rules, profile=weighing.profile, fail_under=None, on_unknown="ignore"
    )
    grounds = find_grounds(configuring, judging, load_pack(weighing.rules))
    with open_memory(Remembering(store=weighing.store), keeps=False) as memory:
        history = memory.recall(grounds.pack, bundle)
    judged = weigh_up(
        grounds.pack,
        bundle,
        measure(bundle, grounds.pack),
        profile=grounds.profile,
        attestations=grounds.attestations,
        waivers=grounds.settings.waivers,
        history=history,
    )
    warn(judged, bundle.evidence)
    return judged


def withheld(bundle: Bundle, judged: Judged, weighing: Weighing) -> Aliases:
    """Return the names that are not to be told, with what is told instead."""
    from osmm_scan.engine.inventory import list_repositories
    from osmm_scan.report.discretion import NOBODY, withheld_names

    if weighing.include_private:
        return NOBODY
    pack = judged.organisation.grader.pack
    return withheld_names(bundle.target, list_repositories(pack, bundle))
