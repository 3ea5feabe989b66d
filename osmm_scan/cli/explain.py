"""`osmm-scan explain`: what an item, facet, signal, check or level asks, and how it was judged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from osmm_scan.cli.configuration_options import Configuring, configuring
from osmm_scan.cli.judging import load_pack
from osmm_scan.cli.options import PATH
from osmm_scan.cli.weighing import weigh

if TYPE_CHECKING:
    from osmm_scan.engine.explain_nouns import Case


@click.command("explain")
@click.argument("name", metavar="ID")
@click.option("--rules", type=PATH, metavar="DIR", help="Use this rule pack.")
@click.option("--bundle", type=PATH, help="Say how it was judged on this saved evidence.")
@click.option("--profile", metavar="NAME", help="Which items apply.  [company]")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    help="How to show it.  [text]",
)
@configuring
def command(
    name: str,
    *,
    rules: Path | None,
    bundle: Path | None,
    profile: str | None,
    form: str,
    configuring: Configuring,
) -> None:
    """Explain ID: an item (l2.policy.consumption-policy), a facet, a signal, a check or a level."""
    from osmm_scan.engine.explain import explain
    from osmm_scan.report.explanations import render

    case = None if bundle is None else _case(bundle, rules, profile, configuring=configuring)
    pack = load_pack(rules) if case is None else case.pack
    click.echo(render(explain(name, pack, case), form), nl=False)


def _case(path: Path, rules: Path | None, profile: str | None, *, configuring: Configuring) -> Case:
    from osmm_scan.engine.explain_nouns import Case
    from osmm_scan.store.bundle import read_bundle

    bundle = read_bundle(path)
    return Case(judged=weigh(bundle, rules, profile, configuring), bundle=bundle)
