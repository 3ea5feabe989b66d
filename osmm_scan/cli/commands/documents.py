"""`osmm-scan documents`: what was recognised where, and why near misses were not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

import click

from osmm_scan.cli.console import printable
from osmm_scan.cli.options.common import PATH
from osmm_scan.errors import UsageError

if TYPE_CHECKING:
    from osmm_scan.collectors.documents import Library
    from osmm_scan.collectors.documents.gathering import Document
    from osmm_scan.collectors.documents.recognition import Finding
    from osmm_scan.collectors.documents.rubrics import Rubrics

QUALITIES = ("none", "a mention", "substantive", "substantive, with owner, scope and date")


@click.command("documents")
@click.argument("target", type=PATH, default=".", metavar="PATH")
@click.option("--rules", type=PATH, metavar="DIR", help="Add the rubrics of this rule pack.")
def command(target: Path, rules: Path | None) -> None:
    """Recognise the documents of PATH, a local clone or a single file.

    Says of each which class it is of, how good, which elements were found in which lines and which
    are missing, and of near misses why they were rejected.
    """
    from osmm_scan.collectors.documents.rubrics import load_rubrics

    packs = () if rules is None else (rules,)
    rubrics = load_rubrics(packs)
    documents = _file(target, rubrics) if target.is_file() else _clone(target, packs)
    for line in show(documents, rubrics):
        click.echo(printable(_folded(line)))


def show(documents: Sequence[tuple[str, Finding]], rubrics: Rubrics) -> Iterator[str]:
    """Yield the lines that say what was found, the documents first and then the near misses."""
    found = [one for one in documents if one[1].quality]
    missed = [one for one in documents if not one[1].quality]
    yield f"{len(found)} documents recognised, {len(missed)} near misses"
    for path, finding in sorted(found, key=lambda one: (-one[1].quality, one[0], one[1].name)):
        yield ""
        yield f"{path}: {finding.name}, quality {finding.quality}: {QUALITIES[finding.quality]}"
        yield from _elements(finding, rubrics)
        if finding.why:
            yield f"  no better, because: {finding.why}"
    if missed:
        yield from ("", "Near misses:")
    for path, finding in sorted(missed, key=lambda one: (one[0], one[1].name)):
        yield f"  {path}: no {finding.name}: {finding.why}"


def _elements(finding: Finding, rubrics: Rubrics) -> Iterator[str]:
    elements = rubrics.classes[finding.name].elements
    for name, lines in finding.elements.items():
        places = ", ".join(str(line) for line in lines[:5])
        more = " ..." if len(lines) > len(lines[:5]) else ""
        yield f"  has: {elements[name].means} (line {places}{more})"
    for name in finding.missing:
        yield f"  lacks: {elements[name].means}"
    for name, value in finding.parts.items():
        yield f"  {name}: {str(value).lower()}"


def _file(path: Path, rubrics: Rubrics) -> list[tuple[str, Finding]]:
    from osmm_scan.collectors.documents.candidates import SIZE_LIMIT
    from osmm_scan.collectors.documents.recognition import recognise

    with path.open("rb") as file:
        data = file.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT or b"\0" in data:
        raise UsageError(f"{path}: no text of at most {SIZE_LIMIT} bytes")
    text = data.decode("utf-8", "replace")
    return [(str(path), finding) for finding in recognise(text, path.as_posix(), rubrics)]


def _clone(path: Path, packs: tuple[Path, ...]) -> list[tuple[str, Finding]]:
    from osmm_scan.collectors.documents import read_library
    from osmm_scan.collectors.observation import Observer
    from osmm_scan.sources.checkout import open_checkout

    with open_checkout(path) as repository:
        # The age of documents is not asked for, so any day will do.
        library = read_library(Observer(repository=repository, as_of=date.max, packs=packs))
    _warn(library)
    return [_pair(document) for document in library.documents]


def _pair(document: Document) -> tuple[str, Finding]:
    return document.path, document.finding


def _warn(library: Library) -> None:
    for path, reason in library.unread.items():
        click.echo(printable(f"{path}: not read: {reason.why}"), err=True)
    if library.is_cut:
        click.echo("more files may be documents than are read of one repository", err=True)


def _folded(line: str) -> str:
    indent = " " * (len(line) - len(line.lstrip()) + 2) if line.startswith(" ") else ""
    return fill(line, 80, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
