"""`osmm-scan rules`: list, check and test rule packs."""

from __future__ import annotations

from pathlib import Path

import click

from osmm_scan.cli.console import printable
from osmm_scan.cli.judging import load_pack
from osmm_scan.cli.options import PATH
from osmm_scan.errors import ExitCode, UsageError

_PACK = click.argument("pack", type=PATH, required=False)


@click.group("rules")
def command() -> None:
    """List, check and test rule packs: the shipped one, or the one in the folder PACK."""


@command.command("list")
@_PACK
def list_rules(pack: Path | None) -> None:
    """List every item, facet and readiness check with its level and title."""
    rules = load_pack(pack)
    for criterion in (*rules.criteria, *rules.facets):
        gate = "gate" if criterion.gate else ""
        click.echo(
            f"{criterion.id:<52} up to {criterion.max_observed_grade} observed  {gate:<5}"
            f"{printable(criterion.title)}"
        )
    for check in rules.checks:
        required = "required" if check.required else ""
        click.echo(f"{check.id:<52} level {check.level}  {required:<9}{printable(check.title)}")


@command.command("check")
@_PACK
def check_rules(pack: Path | None) -> None:
    """Check a rule pack; every fault is named with file, line and column."""
    rules = load_pack(pack)
    click.echo(
        f"{len(rules.criteria)} items, {len(rules.facets)} facets, {len(rules.checks)} checks and "
        f"{len(rules.signals)} signals are well formed; sha256 {rules.sha256}"
    )


@command.command("test")
@click.argument("cases", type=PATH, nargs=-1, required=True)
@click.option("--rules", "pack", type=PATH, metavar="DIR", help="Test this pack.  [shipped]")
def test_rules(cases: tuple[Path, ...], pack: Path | None) -> ExitCode:
    """Run the case files CASES, or all in the folders CASES; leave with 1 when one fails."""
    from osmm_scan.engine.cases import run_cases

    rules = load_pack(pack)
    files = [file for path in cases for file in _case_files(path)]
    failures = [failure for file in files for failure in run_cases(rules, file)]
    for failure in failures:
        click.echo(printable(str(failure)), err=True)
    click.echo(f"{len(files)} case files, {len(failures)} failures")
    return ExitCode.BELOW_TARGET if failures else ExitCode.DONE


def _case_files(path: Path) -> list[Path]:
    found = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    if not found or not found[0].is_file():
        raise UsageError(f"{path}: no case file here; case files are YAML, one an activity")
    return found
