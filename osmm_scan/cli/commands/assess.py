"""`osmm-scan assess`: grade saved evidence again, offline."""

from __future__ import annotations

from pathlib import Path

import click

from osmm_scan.cli.history.memory import open_memory
from osmm_scan.cli.judging.conclusion import conclude, load_pack
from osmm_scan.cli.options.common import PATH, Judging, Reporting, judging, reporting, talking
from osmm_scan.cli.options.configuring import Configuring, configuring
from osmm_scan.cli.options.remembering import Remembering, remembering
from osmm_scan.cli.output import requests
from osmm_scan.errors import ExitCode


@click.command("assess")
@click.argument("bundle", type=PATH)
@judging
@configuring
@remembering
@reporting
@talking
def command(
    bundle: Path,
    *,
    judging: Judging,
    configuring: Configuring,
    remembering: Remembering,
    reporting: Reporting,
) -> ExitCode:
    """Grade the evidence in the file BUNDLE, written by `--save`, without looking at anything."""
    from osmm_scan.cli.configuration.grounds import find_grounds
    from osmm_scan.store.bundle import read_bundle

    evidence = read_bundle(bundle)
    wanted = requests(reporting, evidence.target.kind)
    grounds = find_grounds(configuring, judging, load_pack(judging.rules))
    with open_memory(remembering, keeps=False) as memory:
        return conclude(evidence, grounds, judging, wanted, reporting=reporting, memory=memory)
