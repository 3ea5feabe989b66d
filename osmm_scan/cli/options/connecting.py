"""How to reach GitHub: the options of commands that ask its API, and the client they make."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from osmm_scan.cli.options.common import PATH, Command, group

if TYPE_CHECKING:
    from osmm_scan.sources.github.api import Api
    from osmm_scan.sources.github.credentials import Credentials
    from osmm_scan.sources.github.hosts import Host


@dataclass(frozen=True, slots=True, kw_only=True)
class Connecting:
    """Which server, as whom, and at what cost."""

    api_url: str | None = None
    token_file: Path | None = None
    budget: int | None = None
    max_wait: int = 7200
    offline: bool = False


def connecting(command: Command) -> Command:
    """Add the options of commands that ask GitHub's API."""
    return group(
        Connecting,
        command,
        click.option("--api-url", metavar="URL", help="Ask this GitHub server.  [github.com]"),
        click.option(
            "--token-file",
            type=PATH,
            metavar="FILE",
            help="Read the token from a file.  [GH_TOKEN, GITHUB_TOKEN]",
        ),
        click.option(
            "--budget",
            type=click.IntRange(min=1),
            metavar="POINTS",
            help="Spend at most so many points of GitHub's rate limits.",
        ),
        click.option(
            "--max-wait",
            type=click.IntRange(min=0),
            default=7200,
            metavar="SECONDS",
            help="Wait at most so long for GitHub's rate limits.  [7200]",
        ),
        click.option("--offline", is_flag=True, help="Do not use the network."),
    )


def connect(connecting: Connecting) -> Api:
    """Return the API to ask; `UsageError` when the server or the token is given wrongly.

    Nothing is sent yet.
    """
    from osmm_scan.sources.github.client import Client
    from osmm_scan.sources.github.hosts import find_host
    from osmm_scan.sources.github.limits import Budget
    from osmm_scan.sources.github.offline import Offline

    host = find_host(os.environ, connecting.api_url)
    if connecting.offline:
        return Offline(host)
    budget = Budget(points=connecting.budget, max_wait=connecting.max_wait)
    return Client(host, _credentials(host, connecting.token_file), budget)


def _credentials(host: Host, token_file: Path | None) -> Credentials:
    from osmm_scan.sources.github.credentials import Given, find_app
    from osmm_scan.sources.github.redaction import REDACTION
    from osmm_scan.sources.github.tokens import find_token

    for handler in logging.getLogger("osmm_scan").handlers:
        handler.addFilter(REDACTION)
    app = None if token_file else find_app(os.environ)
    if app is not None:
        return app
    token = find_token(os.environ, host, token_file)
    if token is not None:
        REDACTION.hide(token.reveal())
    return Given(token)
