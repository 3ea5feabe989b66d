"""Fill users' own templates in a process that is stopped when it takes too much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from osmm_scan.errors import UsageError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_LONGEST_TEMPLATE = 2**20
_MEMORY = 2**30


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What filling a template may take: processor time and time on the clock, in seconds."""

    processor: int = 60
    clock: int = 300


@dataclass(frozen=True, slots=True)
class Template:
    """A template of the user's own, well formed: its path as it was given, and its text."""

    name: str
    source: str


def read_template(path: Path) -> Template:
    """Return a template; `UsageError` names the file, and the line where there is one."""
    from osmm_scan.report.own_templates import check

    try:
        with path.open("rb") as stream:
            raw = stream.read(_LONGEST_TEMPLATE + 1)
        source = raw.decode("utf-8")
    except OSError as error:
        raise UsageError(f"--template {path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"--template {path}: is no UTF-8 text") from error
    if len(raw) > _LONGEST_TEMPLATE:
        raise UsageError(f"--template {path}: larger than {_LONGEST_TEMPLATE >> 20} MiB")
    check(str(path), source)
    return Template(str(path), source)


def fill_template(
    template: Template, document: Mapping[str, Any], limits: Limits | None = None
) -> str:
    """Return a template filled with a document; `UsageError` when it fails or takes too much."""
    bounds = limits or Limits()
    # Spawned, it has no open file and no thread of ours.
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, template, document, bounds), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(bounds.clock):
            raise UsageError(f"{template.name}: not filled within {bounds.clock} s")
        is_filled, text = ours.recv()
    except EOFError:
        raise UsageError(
            f"{template.name}: stopped, it took more than {bounds.processor} s of processor time "
            f"or {_MEMORY >> 20} MiB of memory"
        ) from None
    finally:
        process.kill()
        process.join()
        ours.close()
    if not is_filled:
        raise UsageError(text)
    return str(text)


def _work(
    answer: Connection, template: Template, document: Mapping[str, Any], limits: Limits
) -> None:
    from osmm_scan.report.own_templates import prepare, render

    prepare()
    _bound(limits)
    try:
        filled = True, render(template.name, template.source, document)
    except UsageError as error:
        filled = False, str(error)
    answer.send(filled)


def _bound(limits: Limits) -> None:
    """Limit what this process may take from here on, where the system can; files it opens none."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + limits.processor
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (size := _size() + _MEMORY, size))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _size() -> int:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return _MEMORY
    import resource

    return pages * resource.getpagesize()
