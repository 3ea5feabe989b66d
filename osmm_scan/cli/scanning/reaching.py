"""Scan what is on a server: connect, find, fetch the owners' defaults, look, and gather grounds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from osmm_scan.cli.configuration.landscapes import read_landscapes
from osmm_scan.cli.options.choosing import Caching, Choosing
from osmm_scan.cli.options.connecting import Connecting, connect
from osmm_scan.cli.scanning.clones import Window
from osmm_scan.cli.scanning.progress import progress_bar
from osmm_scan.errors import ScanError
from osmm_scan.model import Bundle

if TYPE_CHECKING:
    from osmm_scan.cli.configuration.grounds import Grounds
    from osmm_scan.cli.options.common import Judging, Observing
    from osmm_scan.cli.options.configuring import Configuring
    from osmm_scan.cli.scanning.looking import Defaults, Expedition
    from osmm_scan.cli.scanning.remote import Found
    from osmm_scan.engine.rules import RulePack
    from osmm_scan.sources.github.api import Api

    Scan = Callable[[Expedition, Found, Defaults], Bundle]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Everything that the user asked for."""

    connecting: Connecting
    caching: Caching
    observing: Observing
    judging: Judging
    configuring: Configuring
    pack: RulePack
    jobs: int | None = None
    no_progress: bool = False
    landscapes: tuple[str, ...] = ()


def reach_organisations(
    order: Order, logins: Sequence[str], choosing: Choosing
) -> tuple[Bundle, Grounds]:
    """Return the evidence of organisations and what they are judged by."""
    from osmm_scan.cli.scanning.remote import Choice, find_organisations, scan_organisations

    api = connect(order.connecting)
    choice = Choice(include=choosing.include, exclude=choosing.exclude, shard=choosing.shard)
    found = find_organisations(api, logins, choice)
    return _reach(order, api, found, scan_organisations)


def reach_repository(order: Order, slug: str) -> tuple[Bundle, Grounds]:
    """Return the evidence of one repository and what it is judged by."""
    from osmm_scan.cli.scanning.remote import find_repository, scan_repository

    api = connect(order.connecting)
    return _reach(order, api, find_repository(api, slug), scan_repository)


def _reach(order: Order, api: Api, found: Found, scan: Scan) -> tuple[Bundle, Grounds]:
    from osmm_scan.cli.attestations.files import cited_files
    from osmm_scan.cli.configuration.grounds import find_grounds
    from osmm_scan.cli.scanning.looking import Expedition
    from osmm_scan.cli.scanning.remote import configuring_clone, fetched_defaults
    from osmm_scan.cli.scanning.snapshots import open_snapshots

    landscapes = read_landscapes(order.landscapes, offline=order.connecting.offline)
    window = Window(
        as_of=order.observing.as_of, days=order.observing.window_days, packs=order.pack.packs
    )
    snapshots = open_snapshots(order.caching.cache, fresh=order.caching.fresh)
    with (
        fetched_defaults(api, found) as defaults,
        progress_bar(silent=order.no_progress) as progress,
    ):
        _check_gate(order, defaults)
        grounds = find_grounds(
            order.configuring,
            order.judging,
            order.pack,
            defaults=configuring_clone(found, defaults),
        )
        expedition = Expedition(
            api=api,
            window=replace(window, estate=grounds.settings.estate),
            snapshots=snapshots,
            rules=order.pack.sha256,
            jobs=order.jobs,
            progress=progress,
            landscapes=landscapes,
            cited=cited_files(grounds.attestations),
        )
        return scan(expedition, found, defaults), grounds


def _check_gate(order: Order, defaults: Defaults) -> None:
    """Raise `ScanError` when what may configure a gate could not be read."""
    lost = defaults.lost()
    if lost and order.judging.fail_under is not None and order.configuring.config is None:
        raise ScanError(f"{lost[0]}; it may configure the gate, so scan again or give --config")
