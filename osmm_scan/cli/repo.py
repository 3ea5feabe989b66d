"""`osmm-scan repo`: audit one repository."""

from __future__ import annotations

import re
from pathlib import Path

import click

from osmm_scan.cli.configuration_options import Configuring, configuring
from osmm_scan.cli.judging import conclude, load_pack
from osmm_scan.cli.memory import open_memory
from osmm_scan.cli.options import (
    Judging,
    Observing,
    Reporting,
    judging,
    observing,
    reporting,
    talking,
)
from osmm_scan.cli.output import keep, requests
from osmm_scan.cli.remembering import Remembering, remembering
from osmm_scan.cli.scanning import Window, scan_repository
from osmm_scan.errors import ExitCode, UsageError

_SLUG = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")


@click.command("repo")
@click.argument("target", default=".")
@observing
@judging
@configuring
@remembering
@reporting
@talking
def command(
    target: str,
    *,
    observing: Observing,
    judging: Judging,
    configuring: Configuring,
    remembering: Remembering,
    reporting: Reporting,
) -> ExitCode:
    """Audit the repository TARGET, a local clone (default: the current folder).

    The verdict is its readiness: whether it does its part for a maturity level.
    """
    from osmm_scan.cli.grounds import find_grounds, with_cited_files

    wanted = requests(reporting)
    pack = load_pack(judging.rules)
    grounds = find_grounds(configuring, judging, pack)
    window = Window(as_of=observing.as_of, days=observing.window_days, packs=pack.packs)
    clone = _clone(target)
    with open_memory(remembering) as memory:
        bundle = with_cited_files(scan_repository(clone, window), [clone], grounds)
        keep(bundle, observing.save)
        return conclude(
            bundle, grounds, judging, wanted, no_color=reporting.no_color, memory=memory
        )


def _clone(target: str) -> Path:
    path = Path(target)
    if not path.exists() and _SLUG.fullmatch(target):
        raise UsageError(
            f"{target}: no such folder; clone it first: git clone https://github.com/{target}"
        )
    return path
