"""How `history` commands show what they found: the options, and where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from osmm_scan.cli.judging.conclusion import load_pack
from osmm_scan.cli.options.common import PATH, Command, group
from osmm_scan.cli.output import report_options, write_file

if TYPE_CHECKING:
    from osmm_scan.report.options import Options


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """By which rules fields are shown, where to, and whether in color."""

    rules: Path | None
    output: Path | None
    no_color: bool

    def options(self, *, include_private: bool = False) -> Options:
        """Return how to show on this terminal."""
        from osmm_scan.report.document import flags

        declared = load_pack(self.rules).signals
        return report_options(
            flags(declared), no_color=self.no_color, include_private=include_private
        )

    def write(self, text: str) -> None:
        """Write to the file that was asked for, or else to standard output."""
        if self.output is None:
            click.echo(text, nl=False, color=True)
        else:
            write_file(self.output, text.encode("utf-8", "backslashreplace"))


def showing(command: Command) -> Command:
    """Add the options of commands that show something of the history."""
    return group(
        Showing,
        command,
        click.option("--rules", type=PATH, metavar="DIR", help="Use this rule pack."),
        click.option("-o", "--output", type=PATH, metavar="FILE", help="Write to a file."),
        click.option("--no-color", is_flag=True, help="Do not colour the text."),
    )
