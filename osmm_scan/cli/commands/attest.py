"""`osmm-scan attest`: what people state where no scan can see, and the FINOS checklist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from osmm_scan.cli.judging.conclusion import judge, load_pack
from osmm_scan.cli.options.common import PATH, Command, Day, group, today
from osmm_scan.errors import ConfigurationError, UsageError

if TYPE_CHECKING:
    from osmm_scan.cli.configuration.pages import Page
    from osmm_scan.engine.rules import RulePack
    from osmm_scan.engine.schemas import AttestationPolicy
    from osmm_scan.settings import Attestation
    from osmm_scan.verdicts import Assessment

_RULES = click.option("--rules", type=PATH, metavar="DIR", help="Use this rule pack.")
_OUTPUT = click.option("-o", "--output", type=PATH, metavar="FILE", help="Write to this file.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """Which rules and which profile a bundle is judged by."""

    rules: Path | None
    config: Path | None
    profile: str | None


def _choosing(command: Command) -> Command:
    return group(
        Choosing,
        command,
        _RULES,
        click.option("--config", type=PATH, metavar="FILE", help="Use this configuration."),
        click.option("--profile", metavar="NAME", help="Which items apply.  [company]"),
    )


@click.group("attest")
def command() -> None:
    """State what no scan can see, and exchange answers with the FINOS checklist."""


@command.command("init")
@click.argument("bundle", type=PATH)
@_choosing
@_OUTPUT
def init(bundle: Path, output: Path | None, *, choosing: Choosing) -> None:
    """Write a file with the items that the scan in BUNDLE could not settle, to be answered.

    It is written to .osmm/attestations.yml unless --output names another; no file is replaced.
    """
    from osmm_scan.cli.attestations.template import blank, open_items

    pack, assessment = _assessed(bundle, choosing)
    items = open_items(assessment.items)
    about = (
        f"What people of {assessment.target.name} state where no scan can see. These "
        f"{len(items)} items were still open on {assessment.as_of}."
    )
    path = _write(output, blank(items, pack, about), pack)
    click.echo(f"{path}: {len(items)} items to be answered", err=True)


@command.command("check")
@click.argument("file", type=PATH, required=False)
@click.option("--as-of", type=Day(), default=today, help="Check as of this day.  [today]")
@_RULES
def check(file: Path | None, as_of: date, rules: Path | None) -> None:
    """Check a file of attestations; every fault is named with file, line and column."""
    from osmm_scan.cli.attestations.files import open_page, read_entries
    from osmm_scan.engine.attestation_claims import last_day

    pack = load_pack(rules)
    policy = pack.model.attestation_policy
    page = open_page(file or Path(policy.file))
    entries = read_entries(page, pack)
    answered = {number: one for number, one in entries.items() if one is not None}
    faults = list(_faults(page, answered, policy, as_of))
    if faults:
        raise ConfigurationError("\n".join(faults))
    for number, one in answered.items():
        last = last_day(one, policy)
        if last is not None and last < as_of:
            told = page.fault(("attestations", number), f"{one.item}: no longer fresh since {last}")
            click.echo(f"WARNING: {told}", err=True)
    click.echo(f"{len(answered)} attestations are complete, {len(entries) - len(answered)} open")


@command.command("import")
@click.argument("file", type=PATH)
@click.option("--date", "on", type=Day(), default=today, help="The day of the answers.  [today]")
@_RULES
@_OUTPUT
def import_answers(file: Path, on: date, rules: Path | None, output: Path | None) -> None:
    """Make attestations of the FINOS checklist answers in FILE, CSV or JSON.

    None of them counts before somebody answers for it. They are written to .osmm/attestations.yml
    unless --output names another file; no file is replaced.
    """
    from osmm_scan.cli.attestations.checklist import read_answers
    from osmm_scan.cli.attestations.template import Answer, imported
    from osmm_scan.cli.configuration.pages import read_text

    pack = load_pack(rules)
    grades = read_answers(str(file), read_text(file), pack)
    answers = [
        Answer(item=item, grade=grade, on=on) for item, grade in sorted(grades.items()) if grade
    ]
    path = _write(output, imported(answers, pack), pack)
    told = f"{path}: {len(answers)} attestations that need an owner"
    nothing = len(grades) - len(answers)
    click.echo(f"{told}; {nothing} answers of 0 state nothing", err=True)


@command.command("export")
@click.argument("bundle", type=PATH)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["csv", "json", "markdown", "text"]),
    default="csv",
    help="Answers as csv or json, or how many items have each grade as markdown or text.  [csv]",
)
@_choosing
@_OUTPUT
def export_answers(bundle: Path, form: str, output: Path | None, *, choosing: Choosing) -> None:
    """Write FINOS checklist answers from the scan in BUNDLE: proved grades, and nothing else."""
    from osmm_scan.cli.attestations import checklist
    from osmm_scan.cli.output import write_file

    pack, assessment = _assessed(bundle, choosing)
    findings = checklist.in_checklist(assessment.items)
    own = len(assessment.items) - len(findings)
    if own:
        click.echo(f"items of the rule pack that are not of the checklist: {own}", err=True)
    text = {
        "csv": lambda: checklist.as_csv(findings),
        "json": lambda: checklist.as_json(findings),
        "markdown": lambda: checklist.as_markdown(findings, pack.model),
        "text": lambda: checklist.as_text(findings, pack.model),
    }[form]()
    if output is None:
        click.echo(text, nl=False)
    else:
        write_file(output, text.encode("utf-8"))


def _assessed(path: Path, choosing: Choosing) -> tuple[RulePack, Assessment]:
    """Return what was observed in a bundle, and the rules that it was judged by."""
    from osmm_scan.cli.configuration.grounds import fit
    from osmm_scan.cli.configuration.reading import find_settings
    from osmm_scan.store.bundle import read_bundle

    bundle = read_bundle(path)
    given = load_pack(choosing.rules)
    settings = find_settings(choosing.config, Path(), None, given)
    pack, name = fit(given, settings, choosing.profile)
    return pack, judge(bundle, pack, name)


def _faults(
    page: Page, answered: dict[int, Attestation], policy: AttestationPolicy, as_of: date
) -> Iterator[str]:
    from osmm_scan.engine.attestation_claims import lacking

    for number, one in answered.items():
        where = ("attestations", number)
        missing = lacking(one, policy)
        if missing:
            yield page.fault(where, f"{one.item} does not count without {', '.join(missing)}")
        if one.dated is not None and one.dated > as_of:
            yield page.fault((*where, "date"), f"{one.item} is dated after {as_of}")


def _write(output: Path | None, text: str, pack: RulePack) -> Path:
    from osmm_scan.cli.output import write_file

    path = output or Path(pack.model.attestation_policy.file)
    if path.exists():
        raise UsageError(f"{path}: exists already; name another file with --output")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, text.encode("utf-8"))
    return path
