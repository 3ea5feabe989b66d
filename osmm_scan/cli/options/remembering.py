"""Where scans are kept and what they are compared with: the options of commands that know both."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import click

from osmm_scan.cli.options.common import PATH, Command, group
from osmm_scan.errors import UsageError

NO_STORE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembering:
    """Where scans are kept (None: the command's own choice), and what this one is compared with."""

    store: str | None = None
    fail_on_regression: bool = False
    against: str | None = None
    baseline: Path | None = None


def remembering(command: Command) -> Command:
    """Add the options of commands that know earlier scans."""
    return group(
        Remembering,
        command,
        store_option,
        click.option(
            "--fail-on-regression",
            is_flag=True,
            help="Leave with 1 when anything proved before no longer holds.",
        ),
        click.option(
            "--against",
            metavar="SCAN|BUNDLE",
            help="Compare with this scan of the history, or with saved evidence.  [the last scan]",
        ),
        click.option(
            "--baseline",
            type=PATH,
            metavar="FILE",
            help="Compare with a file that -f baseline=FILE wrote.",
        ),
    )


def store_option(command: Command) -> Command:
    """Add --store."""
    option = click.option(
        "--store",
        envvar="OSMM_SCAN_STORE",
        metavar="PATH|URL|none",
        help="The history of scans: a file, or postgresql://HOST/NAME.",
    )
    return option(command)


def default_store() -> str:
    """Return where scans of organisations are kept unless --store says otherwise."""
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return str(Path(data).expanduser() / "osmm-scan" / "history.db")


def check_comparison(remembering: Remembering, address: str) -> None:
    """Raise `UsageError` when the options leave open what to compare a scan with."""
    named = {"--against": remembering.against, "--baseline": remembering.baseline}
    given = [option for option, value in named.items() if value]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)}: give one of them")
    if given and not remembering.fail_on_regression:
        raise UsageError(f"{given[0]}: nothing is compared without --fail-on-regression")
    if remembering.fail_on_regression and not given and address == NO_STORE:
        raise UsageError(
            "--fail-on-regression: compare with what? give --store, --against or --baseline"
        )
