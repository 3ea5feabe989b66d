"""Write reports to standard output and to files, whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from osmm_scan.cli.console import wants_color
from osmm_scan.errors import ScanError, UsageError

if TYPE_CHECKING:
    from osmm_scan.cli.options import Reporting
    from osmm_scan.model import Bundle
    from osmm_scan.report import Format
    from osmm_scan.report.options import Options
    from osmm_scan.verdicts import Assessment


@dataclass(frozen=True, slots=True)
class Request:
    """One report to make: its format, and the file it goes to (None: standard output)."""

    format: str
    path: Path | None


def requests(reporting: Reporting) -> tuple[Request, ...]:
    """Return what `--format` and `--output` ask for; `UsageError` when a name is unknown."""
    from osmm_scan.report import formats as known

    wanted = tuple(_request(text, reporting.output) for text in reporting.formats or ("text",))
    for request in wanted:
        if request.format not in known():
            names = ", ".join(known())
            raise UsageError(f"--format {request.format}: unknown format; there are {names}")
    if sum(request.path is None for request in wanted) > 1:
        raise UsageError("--format: only one report can go to standard output; use NAME=FILE")
    return wanted


def write_reports(assessment: Assessment, wanted: Sequence[Request], options: Options) -> None:
    """Render and write every report, files first."""
    from osmm_scan.report import formats as known

    for request in sorted(wanted, key=lambda one: one.path is None):
        report: Format = known()[request.format]
        text = report.render(assessment, options)
        if request.path is None:
            click.echo(text, nl=False, color=True)
        else:
            write_file(request.path, text.encode("utf-8", "backslashreplace"))


def report_options(flags: frozenset[str], *, no_color: bool) -> Options:
    """Return how reports are to look on this terminal."""
    from osmm_scan.report.options import Options

    width = shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 80
    return Options(
        flags=flags,
        width=max(40, min(width, 160)),
        color=wants_color(no_color),
        encoding=sys.stdout.encoding or "utf-8",
    )


def keep(bundle: Bundle, path: Path | None) -> Bundle:
    """Return the bundle, written to a file when there is a path."""
    if path is not None:
        from osmm_scan.store.bundle import pack

        write_file(path, pack(bundle))
    return bundle


def write_file(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all; a symbolic link in its place is replaced.

    Raises `ScanError` naming the file when it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ScanError(f"{path}: cannot be written: {error.strerror or error}") from error


def _request(text: str, output: Path | None) -> Request:
    from osmm_scan.report import formats as known

    name, _, file = text.partition("=")
    if file:
        return Request(name, (output or Path()) / file)
    if output is not None and name in known():
        return Request(name, output / f"osmm-scan{known()[name].SUFFIX}")
    return Request(name, None)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
