"""`osmm-scan merge`: put the bundles of shards together and grade the whole."""

from __future__ import annotations

from pathlib import Path

import click

from osmm_scan.cli.history.memory import open_memory
from osmm_scan.cli.judging.conclusion import conclude, load_pack
from osmm_scan.cli.options.common import PATH, Judging, Reporting, judging, reporting, talking
from osmm_scan.cli.options.configuring import Configuring, configuring
from osmm_scan.cli.options.remembering import Remembering, remembering
from osmm_scan.cli.output import keep, requests
from osmm_scan.errors import ExitCode


@click.command("merge")
@click.argument("bundles", type=PATH, nargs=-1, required=True, metavar="BUNDLE...")
@click.option("--save", type=PATH, metavar="BUNDLE", help="Keep the merged evidence in a file.")
@judging
@configuring
@remembering
@reporting
@talking
def command(
    bundles: tuple[Path, ...],
    *,
    save: Path | None,
    judging: Judging,
    configuring: Configuring,
    remembering: Remembering,
    reporting: Reporting,
) -> ExitCode:
    """Put the files BUNDLE together, one per shard of `osmm-scan org --shard`, and grade them.

    Repositories of a shard that is missing count as unseen, so what they could show stays unknown.
    No clone is read again, so name the files of an organisation with --config and --attestations.
    """
    from osmm_scan.cli.configuration.grounds import find_grounds
    from osmm_scan.store.bundle import read_bundle
    from osmm_scan.store.merging import merge

    wanted = requests(reporting)
    merged = keep(merge({str(path): read_bundle(path) for path in bundles}), save)
    grounds = find_grounds(configuring, judging, load_pack(judging.rules))
    with open_memory(remembering) as memory:
        return conclude(merged, grounds, judging, wanted, reporting=reporting, memory=memory)
