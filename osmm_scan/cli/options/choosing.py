"""The options that choose repositories to look at, and where what was seen of them is kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from osmm_scan.cli.options.common import PATH, Command, group
from osmm_scan.cli.scanning.shards import Shard, ShardChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class Caching:
    """Where what was seen of a repository is kept for as long as it does not change."""

    cache: Path | None
    fresh: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """Which repositories of an organisation to look at, and how."""

    directory: Path | None
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    shard: Shard | None
    jobs: int | None
    no_progress: bool
    cache: Path | None
    fresh: bool
    landscapes: tuple[str, ...]

    @property
    def is_of_github(self) -> bool:
        """Tell whether anything was chosen that clones on disk do not have."""
        chosen = (self.include, self.exclude, self.cache, self.fresh, self.landscapes)
        return any(map(bool, chosen))

    @property
    def caching(self) -> Caching:
        """Return where what was seen is kept."""
        return Caching(cache=self.cache, fresh=self.fresh)


_CACHING = (
    click.option(
        "--cache",
        type=PATH,
        metavar="DIR",
        help="Keep what was seen on GitHub here.  [the user's cache folder]",
    ),
    click.option("--fresh", is_flag=True, help="Look at everything on GitHub anew."),
)


def caching(command: Command) -> Command:
    """Add the options of what is kept between looks at a server."""
    return group(Caching, command, *_CACHING)


def choosing(command: Command) -> Command:
    """Add the options that choose repositories of organisations."""
    return group(
        Choosing,
        command,
        click.option(
            "--local",
            "directory",
            type=PATH,
            metavar="DIR",
            help="Scan a directory of clones instead: DIR/*/ or DIR/*/*/, bare or not.",
        ),
        click.option(
            "--include",
            multiple=True,
            metavar="GLOB",
            help="Look only at repositories on GitHub with such a name, repeatable.",
        ),
        click.option(
            "--exclude",
            multiple=True,
            metavar="GLOB",
            help="Leave repositories on GitHub with such a name out, repeatable.",
        ),
        click.option(
            "--shard",
            type=ShardChoice(),
            metavar="I/N",
            help="Look at one of N parts only; 'osmm-scan merge' puts the parts together.",
        ),
        click.option(
            "--jobs", type=click.IntRange(1, 256), metavar="N", help="Read N repositories at once."
        ),
        click.option("--no-progress", is_flag=True, help="Show no progress bar."),
        *_CACHING,
        click.option(
            "--landscape",
            "landscapes",
            multiple=True,
            metavar="FILE|URL",
            help="Look for the organisation among a foundation's members, repeatable.",
        ),
    )
