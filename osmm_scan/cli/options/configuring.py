"""The options that say where an organisation's configuration and attestations stand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from osmm_scan.cli.options.common import PATH, Command, group


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuring:
    """The files that were named, None for those in their usual places."""

    config: Path | None
    attestations: Path | None


def configuring(command: Command) -> Command:
    """Add the options of commands that judge by what an organisation says about itself."""
    return group(
        Configuring,
        command,
        click.option(
            "--config",
            type=PATH,
            metavar="FILE",
            help="Configuration.  [.osmm-scan.yml, .github/osmm-scan.yml or pyproject.toml]",
        ),
        click.option(
            "--attestations",
            type=PATH,
            metavar="FILE",
            help="What people state.  [.osmm/attestations.yml]",
        ),
    )
