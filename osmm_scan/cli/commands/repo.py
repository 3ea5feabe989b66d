"""`osmm-scan repo`: audit one repository."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from osmm_scan.cli.history.memory import open_memory
from osmm_scan.cli.judging.conclusion import conclude, load_pack
from osmm_scan.cli.options.choosing import Caching, caching
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
from osmm_scan.cli.options.remembering import Remembering, remembering
from osmm_scan.cli.output import keep, requests
from osmm_scan.cli.scanning.clones import Window, scan_repository
from osmm_scan.cli.scanning.reaching import Order, reach_repository
from osmm_scan.errors import ExitCode
from osmm_scan.model import Bundle

if TYPE_CHECKING:
    from osmm_scan.cli.configuration.grounds import Grounds

_SLUG = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")


@click.command("repo")
@click.argument("target", default=".")
@connecting
@caching
@observing
@judging
@configuring
@remembering
@reporting
@talking
def command(
    target: str,
    *,
    connecting: Connecting,
    caching: Caching,
    observing: Observing,
    judging: Judging,
    configuring: Configuring,
    remembering: Remembering,
    reporting: Reporting,
) -> ExitCode:
    """Audit the repository TARGET, a local clone (default: the current folder) or OWNER/NAME.

    The verdict is its readiness: whether it does its part for a maturity level.
    """
    wanted = requests(reporting)
    order = Order(
        connecting=connecting,
        caching=caching,
        observing=observing,
        judging=judging,
        configuring=configuring,
        pack=load_pack(judging.rules),
    )
    with open_memory(remembering) as memory:
        if not Path(target).exists() and _SLUG.fullmatch(target):
            bundle, grounds = reach_repository(order, target)
        else:
            bundle, grounds = _scan_clone(order, Path(target))
        keep(bundle, observing.save)
        return conclude(bundle, grounds, judging, wanted, reporting=reporting, memory=memory)


def _scan_clone(order: Order, clone: Path) -> tuple[Bundle, Grounds]:
    from osmm_scan.cli.configuration.grounds import find_grounds, with_cited_files
    from osmm_scan.cli.configuration.own_rules import warn_of_scanned_rules

    warn_of_scanned_rules(order.judging.rules, clone)
    grounds = find_grounds(order.configuring, order.judging, order.pack)
    observing = order.observing
    window = Window(
        as_of=observing.as_of,
        days=observing.window_days,
        packs=order.pack.packs,
        estate=grounds.settings.estate,
    )
    return with_cited_files(scan_repository(clone, window), [clone], grounds), grounds
