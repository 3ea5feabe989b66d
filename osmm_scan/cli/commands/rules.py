"""`osmm-scan rules`: list, check and test rule packs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from osmm_scan.cli.console import printable
from osmm_scan.cli.judging.conclusion import load_pack
from osmm_scan.cli.options.common import PATH
from osmm_scan.errors import ExitCode, UsageError
from osmm_scan.verdicts import RuleSet

if TYPE_CHECKING:
    from osmm_scan.engine.rules import RulePack

_PACK = click.argument("pack", type=PATH, required=False)


@click.group("rules")
def command() -> None:
    """List, check and test rule packs: the shipped one, or the one in the folder PACK."""


@command.command("list")
@_PACK
def list_rules(pack: Path | None) -> None:
    """List every item, facet and readiness check, and what a pack changed and why."""
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
    for line in _changes(rules.rules):
        click.echo(printable(line))


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
@click.argument("cases", metavar="PACK|CASES...", type=PATH, nargs=-1, required=True)
@click.option("--rules", "pack", type=PATH, metavar="DIR", help="Test this pack.  [shipped]")
def test_rules(cases: tuple[Path, ...], pack: Path | None) -> ExitCode:
    """Run the cases of a pack, or case files against `--rules`; leave with 1 when one fails.

    A pack keeps its case files in its folder `cases`; what it changed without a case is told.
    """
    from osmm_scan.engine.cases import run_cases

    failures: list[str] = []
    files = 0
    for path in cases:
        tested, found = _with_own_pack(path, pack)
        rules = load_pack(tested)
        files += len(found)
        failures += [failure for file in found for failure in run_cases(rules, file)]
        for gap in _untested(rules, found) if tested == path else ():
            click.echo(printable(gap), err=True)
    for failure in failures:
        click.echo(printable(failure), err=True)
    click.echo(f"{files} case files, {len(failures)} failures")
    return ExitCode.BELOW_TARGET if failures else ExitCode.DONE


def _changes(rules: RuleSet) -> Iterator[str]:
    if not rules.extends:
        return
    yield ""
    yield f"{' '.join(filter(None, (rules.name, rules.version)))} extends the shipped rules:"
    for change in rules.changes:
        reason = f": {change.reason}" if change.reason else ""
        yield f"{change.how:<9} {change.kind} {change.id}{reason} ({change.place})"


def _with_own_pack(path: Path, pack: Path | None) -> tuple[Path | None, list[Path]]:
    """Return the pack that case files are for, the one that they are part of, and the files."""
    from osmm_scan.engine.pack_sources import CASES, is_pack

    if is_pack(path):
        return path, _case_files(path / CASES)
    return pack, _case_files(path)


def _untested(rules: RulePack, files: Iterable[Path]) -> Iterator[str]:
    """Yield what the cases leave out of the items that a pack changed."""
    from osmm_scan.engine.case_files import read_cases
    from osmm_scan.engine.cases import find_gaps

    changed = {one.id for one in rules.rules.changes if one.kind in ("item", "facet")}
    cases = [case for file in files for case in read_cases(rules, file)]
    yield from (gap for gap in find_gaps(rules, cases) if gap.split()[0] in changed)


def _case_files(path: Path) -> list[Path]:
    found = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    if not found or not found[0].is_file():
        raise UsageError(f"{path}: no case file here; case files are YAML, one an activity")
    return found
