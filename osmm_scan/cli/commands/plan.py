"""`osmm-scan plan`: the cheapest set of actions that reaches a level."""

from __future__ import annotations

from pathlib import Path

import click

from osmm_scan.cli.judging.weighing import Weighing, weigh, weighing, withheld
from osmm_scan.cli.options.common import PATH, talking
from osmm_scan.cli.options.configuring import Configuring, configuring
from osmm_scan.cli.output import write_file
from osmm_scan.errors import ExitCode


@click.command("plan")
@click.argument("bundle", type=PATH)
@click.option(
    "--target", type=click.IntRange(1, 5), required=True, metavar="LEVEL", help="Where to."
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "csv", "json"]),
    default="text",
    help="Markdown makes a checklist.  [text]",
)
@click.option("-o", "--output", type=PATH, metavar="FILE", help="Write the plan into a file.")
@weighing
@configuring
@talking
def command(
    bundle: Path,
    *,
    target: int,
    form: str,
    output: Path | None,
    weighing: Weighing,
    configuring: Configuring,
) -> ExitCode:
    """Plan from the evidence in BUNDLE which actions reach a level, by the rules themselves.

    Leaves with 1 when no actions reach it.
    """
    from osmm_scan.engine.plan import make_plan
    from osmm_scan.report.plans import render
    from osmm_scan.store.bundle import read_bundle

    evidence = read_bundle(bundle)
    judged = weigh(evidence, weighing, configuring)
    plan = make_plan(judged, evidence, target)
    text = render(plan, form, withheld(evidence, judged, weighing))
    if output is None:
        click.echo(text, nl=False)
    else:
        write_file(output, text.encode("utf-8", "backslashreplace"))
    return ExitCode.DONE if plan.is_possible else ExitCode.BELOW_TARGET
