"""`osmm-scan explain`: what an item, facet, signal, check or level asks, and how it was judged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from osmm_scan.cli.judging.conclusion import load_pack
from osmm_scan.cli.judging.weighing import Weighing, weigh, weighing, withheld
from osmm_scan.cli.options.common import PATH, talking
from osmm_scan.cli.options.configuring import Configuring, configuring

if TYPE_CHECKING:
    from osmm_scan.engine.explain_nouns import Case


@click.command("explain")
@click.argument("name", metavar="ID")
@click.option("--bundle", type=PATH, help="Say how it was judged on this saved evidence.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    help="How to show it.  [text]",
)
@weighing
@configuring
@talking
def command(
    name: str, *, bundle: Path | None, form: str, weighing: Weighing, configuring: Configuring
) -> None:
    """Explain ID: an item (l2.policy.consumption-policy), a facet, a signal, a check or a level."""
    from osmm_scan.engine.explain import explain
    from osmm_scan.report.explanations import render

    if bundle is None:
        click.echo(render(explain(name, load_pack(weighing.rules)), form), nl=False)
        return
    case = _case(bundle, weighing, configuring)
    names = withheld(case.bundle, case.judged, weighing)
    click.echo(render(explain(name, case.pack, case), form, names), nl=False)


def _case(path: Path, weighing: Weighing, configuring: Configuring) -> Case:
    from osmm_scan.engine.explain_nouns import Case
    from osmm_scan.store.bundle import read_bundle

    bundle = read_bundle(path)
    return Case(judged=weigh(bundle, weighing, configuring), bundle=bundle)
