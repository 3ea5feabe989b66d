"""`osmm-scan report`: render a scan of the history as it was judged, without grading anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from osmm_scan.cli.history.memory import Memory
from osmm_scan.cli.judging.conclusion import load_pack
from osmm_scan.cli.options.common import PATH, Reporting, reporting, talking
from osmm_scan.cli.options.remembering import Remembering, default_store, store_option
from osmm_scan.cli.output import report_options, requests, write_reports
from osmm_scan.errors import StoreError

if TYPE_CHECKING:
    from osmm_scan.store.archive import Kept
    from osmm_scan.store.database import Store


@click.command("report")
@click.argument("scan", metavar="SCAN|BUNDLE")
@store_option
@click.option("--rules", type=PATH, metavar="DIR", help="The rule pack that judged, if your own.")
@reporting
@talking
def command(scan: str, *, store: str | None, rules: Path | None, reporting: Reporting) -> None:
    """Render SCAN, a number of `osmm-scan history list`, as it was judged at its time.

    BUNDLE names a scan by what it saw: a file that `--save` or `history export` wrote.
    """
    from osmm_scan.report.document import flags
    from osmm_scan.store.archive import read_judgement
    from osmm_scan.store.database import open_store

    wanted = requests(reporting)
    declared = load_pack(rules).signals
    with open_store(store or default_store()) as history:
        assessment = read_judgement(history, _find(history, scan).id)
        memory = Memory(history, Remembering(store=history.name), keeps=False)
        past = memory.course(assessment)
    options = report_options(
        flags(declared),
        no_color=reporting.no_color,
        include_private=reporting.include_private,
        past=past,
    )
    write_reports(assessment, wanted, options)


def _find(history: Store, scan: str) -> Kept:
    from osmm_scan.store.archive import find_content, find_scan
    from osmm_scan.store.bundle import read_bundle
    from osmm_scan.store.scans import content_of

    if scan.isdecimal():
        return find_scan(history, int(scan))
    kept = find_content(history, content_of(read_bundle(Path(scan))))
    if kept is None:
        raise StoreError(
            f"{scan}: not in the history {history.name}; grade it with 'osmm-scan assess {scan}'"
        )
    return kept
