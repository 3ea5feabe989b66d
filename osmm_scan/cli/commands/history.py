"""`osmm-scan history`: earlier scans, their course, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from osmm_scan.cli.console import printable
from osmm_scan.cli.history.choice import complete_scans, pick_target, two_scans
from osmm_scan.cli.history.memory import Memory
from osmm_scan.cli.judging.conclusion import judge, load_pack
from osmm_scan.cli.options.common import PATH, Day, talking
from osmm_scan.cli.options.remembering import Remembering, default_store, store_option
from osmm_scan.cli.options.showing import Showing, showing
from osmm_scan.cli.output import write_file
from osmm_scan.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from osmm_scan.store.archive import Kept
    from osmm_scan.store.database import Store

_TARGET = click.option("--target", metavar="NAME", help="Only this organisation or repository.")
_RULES = click.option("--rules", type=PATH, metavar="DIR", help="Use this rule pack.")
_STATES = {"running": "not finished", "failed": "failed"}


@click.group("history")
def command() -> None:
    """Look back: earlier scans, their course, and what changed between two of them and why."""


@command.command("list", short_help="List all scans.")
@store_option
@_TARGET
@talking
def list_history(store: str | None, target: str | None) -> None:
    """List all scans, oldest first."""
    from osmm_scan.store.archive import list_scans

    with _opened(store) as history:
        kept = list_scans(history, target=target)
    click.echo(f"{'scan':>6}  {'as of':<10}  {'level':<10}  target")
    for scan in kept:
        click.echo(printable(_line(scan)))


@command.command("show", short_help="Tell about one scan.")
@click.argument("scan", type=int)
@store_option
@talking
def show(scan: int, store: str | None) -> None:
    """Tell about SCAN: when it looked at what, how it ended, and what it came to."""
    from osmm_scan.store.archive import find_scan, read_judgement

    with _opened(store) as history:
        kept = find_scan(history, scan)
        lines = [*_about(kept)]
        if kept.is_complete:
            whole = read_judgement(history, scan)
            lines += [
                f"verdict    {_verdict(kept)}, profile {kept.profile}",
                f"holds      {len(whole.repositories)} repositories, {len(whole.evidence)} facts",
                f"report     osmm-scan report {scan}",
            ]
    for line in lines:
        click.echo(printable(line))


@command.command("trend", short_help="Show levels and signals over time.")
@store_option
@_TARGET
@click.option(
    "--signal", "signals", multiple=True, metavar="ID[.FIELD]", help="Show this one; repeatable."
)
@click.option("-f", "--format", "kind", type=click.Choice(["text", "svg", "json"]), default="text")
@showing
@talking
def trend(
    *,
    store: str | None,
    target: str | None,
    signals: tuple[str, ...],
    kind: str,
    showing: Showing,
) -> None:
    """Show the course of levels and signals over all complete scans of a target, by day."""
    from osmm_scan.cli.history.choice import course_of
    from osmm_scan.report.past import course

    render = {"text": course.render_text, "svg": course.render_svg, "json": course.render_json}
    with _opened(store) as history:
        shown = course_of(history, pick_target(history, target), signals)
    showing.write(render[kind](shown, showing.options()))


@command.command("diff", short_help="Show what changed, and which facts did it.")
@click.argument("before", required=False, type=int)
@click.argument("after", required=False, type=int)
@store_option
@_TARGET
@click.option("-f", "--format", "kind", type=click.Choice(["text", "json"]), default="text")
@click.option("--include-private", is_flag=True, help="Name private repositories.")
@showing
@talking
def diff(
    before: int | None,
    after: int | None,
    *,
    store: str | None,
    target: str | None,
    kind: str,
    include_private: bool,
    showing: Showing,
) -> None:
    """Show what changed from scan BEFORE to scan AFTER, and which facts did it.

    Without AFTER the last complete scan of the same target, without both the last two.
    """
    from osmm_scan.engine.changes import compare
    from osmm_scan.report.past import changes
    from osmm_scan.store.archive import read_judgement

    render = {"text": changes.render_text, "json": changes.render_json}
    with _opened(store) as history:
        old, new = two_scans(history, (before, after), target)
        found = compare(read_judgement(history, old.id), read_judgement(history, new.id))
    names = (f"scan {old.id}", f"scan {new.id}")
    options = showing.options(include_private=include_private)
    showing.write(render[kind](found, names, options))


@command.command("export", short_help="Write a bundle, or tables for notebooks.")
@click.argument("scan", required=False, type=int)
@store_option
@_TARGET
@click.option("-o", "--output", type=PATH, metavar="BUNDLE", help="Write SCAN as a bundle.")
@click.option("--parquet", type=PATH, metavar="DIR", help="Write tables for notebooks.")
@talking
def export(
    scan: int | None,
    *,
    store: str | None,
    target: str | None,
    output: Path | None,
    parquet: Path | None,
) -> None:
    """Write SCAN as an evidence bundle, or it or all complete scans as Parquet tables."""
    if (output is None) == (parquet is None):
        raise UsageError("give either --output BUNDLE or --parquet DIR")
    with _opened(store) as history:
        if output is not None:
            _export_bundle(history, scan, output)
        elif parquet is not None:
            from osmm_scan.store.parquet import export_tables

            for path in export_tables(history, complete_scans(history, scan, target), parquet):
                click.echo(printable(str(path)))


@command.command("import", short_help="Keep bundles as scans.")
@click.argument("bundles", type=PATH, nargs=-1, required=True)
@store_option
@_RULES
@click.option(
    "--profile",
    type=click.Choice(["company", "foundation", "community"]),
    default="company",
    help="Which items apply.  [company]",
)
@talking
def import_bundles(
    bundles: tuple[Path, ...], *, store: str | None, rules: Path | None, profile: str
) -> None:
    """Keep the scans in the files BUNDLES, judged by today's rules, the oldest first.

    What the history already holds is passed over.
    """
    from osmm_scan.store.archive import find_content
    from osmm_scan.store.bundle import read_bundle
    from osmm_scan.store.scans import content_of

    pack = load_pack(rules)
    read = [(path, read_bundle(path)) for path in bundles]
    with _opened(store, create=True) as history:
        memory = Memory(history, Remembering(store=history.name))
        for path, bundle in sorted(read, key=lambda one: one[1].as_of):
            known = find_content(history, content_of(bundle))
            if known is not None:
                click.echo(printable(f"{path}: already there as scan {known.id}"))
                continue
            judged = judge(bundle, pack, profile, history=memory.recall(pack, bundle))
            scan = memory.keep(pack, bundle, judged)
            click.echo(printable(f"{path}: scan {scan}, {bundle.target.name}, {bundle.as_of}"))


@command.command("prune", short_help="Remove old scans.")
@store_option
@click.option("--keep", type=click.IntRange(1), metavar="N", help="Keep the last N of a target.")
@click.option("--before", type=Day(), metavar="DATE", help="Remove what speaks of earlier days.")
@click.option("--unfinished", is_flag=True, help="Remove scans that never came to their end.")
@talking
def prune_history(
    *, store: str | None, keep: int | None, before: date | None, unfinished: bool
) -> None:
    """Remove old scans; the last complete one of every target always stays."""
    from osmm_scan.store.retention import Limits, prune

    if keep is None and before is None and not unfinished:
        raise UsageError("remove what? give --keep N, --before DATE or --unfinished")
    with _opened(store, create=True) as history:
        limits = Limits(keep=keep, before=before, unfinished=unfinished)
        removed = prune(history, limits)
    click.echo(f"removed {removed.scans} scans, and {removed.facts} facts that no other one holds")


@contextmanager
def _opened(address: str | None, *, create: bool = False) -> Iterator[Store]:
    from osmm_scan.store.database import open_store

    if address == "none":
        raise UsageError("--store none: there is no history to look at")
    with open_store(address or default_store(), create=create) as history:
        yield history


def _export_bundle(history: Store, scan: int | None, output: Path) -> None:
    from osmm_scan.store.archive import read_scan
    from osmm_scan.store.bundle import pack

    if scan is None:
        raise UsageError("export which scan? a bundle holds one, see 'osmm-scan history list'")
    write_file(output, pack(read_scan(history, scan)))


def _line(scan: Kept) -> str:
    state = _verdict(scan) if scan.is_complete else _STATES[scan.state]
    return f"{scan.id:>6}  {scan.as_of}  {state:<12}  {scan.target}"


def _verdict(scan: Kept) -> str:
    proved, possible = scan.level or 0, scan.possible
    return f"{proved}" if proved == possible else f"{proved} to {possible}"


def _about(scan: Kept) -> Sequence[str]:
    lines = [
        f"scan       {scan.id}",
        f"target     {scan.target} ({scan.kind})",
        f"as of      {scan.as_of}, activity of {scan.window_days} days",
        f"started    {scan.started}",
        f"by         osmm-scan {scan.tool_version}, rules {scan.rules_sha256[:12]}",
        f"state      {scan.state}" + (f": {scan.why}" if scan.why else ""),
    ]
    if not scan.is_complete:
        lines.append(f"holds      {scan.done} repositories to go on from")
    return lines
