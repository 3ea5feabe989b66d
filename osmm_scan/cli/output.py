"""Write reports to standard output and to files, whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from osmm_scan.cli.console import wants_color
from osmm_scan.errors import ScanError, UsageError

if TYPE_CHECKING:
    from osmm_scan.cli.options.common import Reporting
    from osmm_scan.cli.own_templates import Template
    from osmm_scan.model import Bundle, TargetKind
    from osmm_scan.report import Format
    from osmm_scan.report.options import Options
    from osmm_scan.report.past.course import Point
    from osmm_scan.verdicts import Assessment


@dataclass(frozen=True, slots=True)
class Request:
    """One report to make: its format, and the file it goes to (None: standard output).

    With a `template` of the user's own the format is the name of that file.
    """

    format: str
    path: Path | None
    template: Template | None = None


def requests(reporting: Reporting, kind: TargetKind | None = None) -> tuple[Request, ...]:
    """Return the reports that are asked for; `UsageError` when one cannot be made.

    `kind` is what will be scanned, where that is known already.
    """
    names = reporting.formats or (() if reporting.templates else ("text",))
    wanted = tuple(_request(text, reporting.output) for text in names)
    for request in wanted:
        _check(request.format, kind)
    wanted += tuple(_own(text, reporting.output) for text in reporting.templates)
    if sum(request.path is None for request in wanted) > 1:
        raise UsageError("--format: only one report can go to standard output; use NAME=FILE")
    return wanted


def write_reports(assessment: Assessment, wanted: Sequence[Request], options: Options) -> None:
    """Render and write every report, files first."""
    for request in sorted(wanted, key=lambda one: one.path is None):
        if request.template is not None:
            _write(request.path, _filled(request.template, assessment, options))
        elif request.path is None:
            _write(None, _format(request.format).render(assessment, options))
        else:
            _write_files(request.path, _format(request.format), assessment, options)


def _write(path: Path | None, text: str) -> None:
    if path is None:
        click.echo(text, nl=False, color=True)
    else:
        write_file(path, _encoded(text))


def _write_files(path: Path, report: Format, assessment: Assessment, options: Options) -> None:
    from osmm_scan.report import parts_of

    for beside, pieces in parts_of(report, assessment, options, path.name):
        write_pieces(path.parent / beside if beside else path, map(_encoded, pieces))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _format(name: str) -> Format:
    from osmm_scan.report import formats

    return formats()[name]


def report_options(
    flags: frozenset[str],
    *,
    no_color: bool,
    include_private: bool = False,
    past: tuple[Point, ...] = (),
) -> Options:
    """Return how reports are to look on this terminal."""
    from osmm_scan.report.options import Options

    width = shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 80
    return Options(
        flags=flags,
        private=include_private,
        past=past,
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
    """Write a file as a whole or not at all; a symbolic link in its place is replaced."""
    write_pieces(path, (content,))


def write_pieces(path: Path, content: Iterable[bytes]) -> None:
    """Write a file as `write_file` does, piece by piece; a device or a pipe is written to.

    Raises `ScanError` naming the file when it cannot be written.
    """
    try:
        if _is_special(path):
            with path.open("wb") as stream:
                stream.writelines(content)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        _put_in_place(path, content)
    except OSError as error:
        raise ScanError(f"{path}: cannot be written: {error.strerror or error}") from error


def _put_in_place(path: Path, content: Iterable[bytes]) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _is_special(path: Path) -> bool:
    """Tell whether a path is no file: /dev/null must outlive a report that goes there."""
    if path.is_symlink():
        return path.absolute().is_relative_to("/dev")
    return path.exists() and not (path.is_file() or path.is_dir())


def _check(name: str, kind: TargetKind | None) -> None:
    from osmm_scan.report import formats as known

    if name not in known():
        names = ", ".join(known())
        raise UsageError(f"--format {name}: unknown format; there are {names}")
    refuse = getattr(known()[name], "refuse", None)
    if refuse is not None and kind is not None:
        refuse(kind)


def _own(text: str, output: Path | None) -> Request:
    """Return the report that `--template TEMPLATE[=FILE]` asks for."""
    from osmm_scan.cli.own_templates import read_template
    from osmm_scan.report.own_templates import target_name

    path, file = text, ""
    if "=" in text and not Path(text).exists():
        path, _, file = text.rpartition("=")
    template = read_template(Path(path))
    name = file or (output and target_name(path))
    return Request(path, (output or Path()) / name if name else None, template)


def _filled(template: Template, assessment: Assessment, options: Options) -> str:
    from osmm_scan.cli.own_templates import fill_template
    from osmm_scan.report.document import document

    whole = document(assessment, options)
    # Plain types only, for another process gets them.
    return fill_template(template, whole | {"evidence": list(whole["evidence"])})


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
