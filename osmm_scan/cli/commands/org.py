"""`osmm-scan org`: scan an organisation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from osmm_scan.cli.history.memory import Memory, open_memory
from osmm_scan.cli.judging.conclusion import conclude, load_pack
from osmm_scan.cli.options.choosing import Choosing, choosing
from osmm_scan.cli.options.common import (
    Judging,
    Observing,
    Reporting,
    judging,
    observing,
    reporting,
    talking,
)
from osmm_scan.cli.options.configuring import Configuring, configuring
from osmm_scan.cli.options.connecting import Connecting, connecting
from osmm_scan.cli.options.remembering import NO_STORE, Remembering, default_store, remembering
from osmm_scan.cli.output import keep, requests
from osmm_scan.cli.scanning.clones import Window, find_defaults, scan_directory
from osmm_scan.cli.scanning.progress import progress_bar
from osmm_scan.cli.scanning.reaching import Order, reach_organisations
from osmm_scan.errors import ExitCode, UsageError
from osmm_scan.model import Bundle, TargetKind

if TYPE_CHECKING:
    from osmm_scan.cli.configuration.grounds import Grounds
    from osmm_scan.cli.scanning.shards import Shard


@click.command("org")
@click.argument("organisations", nargs=-1, metavar="[ORG]...")
@choosing
@connecting
@observing
@judging
@configuring
@remembering
@reporting
@talking
def command(
    organisations: tuple[str, ...],
    *,
    choosing: Choosing,
    connecting: Connecting,
    observing: Observing,
    judging: Judging,
    configuring: Configuring,
    remembering: Remembering,
    reporting: Reporting,
) -> ExitCode:
    """Scan the GitHub organisations ORG, or clones, and grade their open source maturity."""
    wanted = requests(reporting, TargetKind.ORGANISATION)
    if choosing.directory is not None:
        _refuse_rules_in(choosing.directory, judging)
    pack = load_pack(judging.rules)
    order = Order(
        connecting=connecting,
        caching=choosing.caching,
        observing=observing,
        judging=judging,
        configuring=configuring,
        pack=pack,
        jobs=choosing.jobs,
        no_progress=choosing.no_progress,
        landscapes=choosing.landscapes,
    )
    directory = choosing.directory
    if (directory is None) == (not organisations):
        raise UsageError("name organisations, or a directory of clones with --local")
    if directory is not None and choosing.is_of_github:
        raise UsageError("--local reads clones as they are; the other choices are for GitHub")
    if choosing.shard is not None:
        # A part of an organisation is no scan of it; `merge` makes one that can be kept.
        remembering = replace(remembering, store=NO_STORE)
    with open_memory(remembering, default=default_store()) as memory:
        if directory is None:
            bundle, grounds = reach_organisations(order, organisations, choosing)
        else:
            bundle, grounds = _scan_clones(order, directory, memory, choosing.shard)
        keep(bundle, observing.save)
        return conclude(bundle, grounds, judging, wanted, reporting=reporting, memory=memory)


def _refuse_rules_in(directory: Path, judging: Judging) -> None:
    from osmm_scan.cli.configuration.own_rules import refuse_scanned_rules
    from osmm_scan.sources.discovery import find_checkouts

    refuse_scanned_rules(judging.rules, find_checkouts(directory) if judging.rules else ())


def _scan_clones(
    order: Order, directory: Path, memory: Memory, shard: Shard | None
) -> tuple[Bundle, Grounds]:
    from osmm_scan.cli.configuration.grounds import find_grounds, with_cited_files
    from osmm_scan.sources.discovery import find_checkouts

    observing, pack = order.observing, order.pack
    shared = find_defaults(directory)
    grounds = find_grounds(
        order.configuring, order.judging, pack, scanned=directory, defaults=shared
    )
    window = Window(
        as_of=observing.as_of,
        days=observing.window_days,
        packs=pack.packs,
        estate=grounds.settings.estate,
    )
    journal = memory.begin(window, grounds.pack, directory)
    with progress_bar(silent=order.no_progress) as progress:
        bundle = scan_directory(
            directory, window, jobs=order.jobs, progress=progress, journal=journal, shard=shard
        )
    return with_cited_files(bundle, find_checkouts(directory), grounds), grounds
