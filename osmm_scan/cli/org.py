"""`osmm-scan org`: scan an organisation."""

from __future__ import annotations

from pathlib import Path

import click

from osmm_scan.cli.configuration_options import Configuring, configuring
from osmm_scan.cli.judging import conclude, load_pack
from osmm_scan.cli.memory import open_memory
from osmm_scan.cli.options import (
    PATH,
    Judging,
    Observing,
    Reporting,
    judging,
    observing,
    reporting,
    talking,
)
from osmm_scan.cli.output import keep, requests
from osmm_scan.cli.progress import progress_bar
from osmm_scan.cli.remembering import Remembering, default_store, remembering
from osmm_scan.cli.scanning import Window, find_defaults, scan_directory
from osmm_scan.errors import ExitCode


@click.command("org")
@click.option(
    "--local",
    "directory",
    type=PATH,
    required=True,
    metavar="DIR",
    help="A directory of clones: DIR/*/ or DIR/*/*/, bare or not.",
)
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Read N clones at once.")
@click.option("--no-progress", is_flag=True, help="Show no progress bar.")
@observing
@judging
@configuring
@remembering
@reporting
@talking
def command(
    directory: Path,
    *,
    jobs: int | None,
    no_progress: bool,
    observing: Observing,
    judging: Judging,
    configuring: Configuring,
    remembering: Remembering,
    reporting: Reporting,
) -> ExitCode:
    """Scan the clones of an organisation and grade its open source maturity."""
    from osmm_scan.cli.grounds import find_grounds, with_cited_files
    from osmm_scan.sources.discovery import find_checkouts

    wanted = requests(reporting)
    pack = load_pack(judging.rules)
    shared = find_defaults(directory)
    grounds = find_grounds(configuring, judging, pack, scanned=directory, defaults=shared)
    window = Window(as_of=observing.as_of, days=observing.window_days, packs=pack.packs)
    with open_memory(remembering, default=default_store()) as memory:
        journal = memory.begin(window, grounds.pack, directory)
        with progress_bar(silent=no_progress) as progress:
            bundle = scan_directory(
                directory, window, jobs=jobs, progress=progress, journal=journal
            )
        bundle = with_cited_files(bundle, find_checkouts(directory), grounds)
        keep(bundle, observing.save)
        return conclude(
            bundle, grounds, judging, wanted, no_color=reporting.no_color, memory=memory
        )
