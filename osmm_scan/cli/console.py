"""What the terminal may show: safe text, colour or none, and messages by level."""

from __future__ import annotations

import logging
import os
import re
import sys

import click

from osmm_scan.report.inert import for_log, visible

_BETWEEN_BREAKS = re.compile(r"[^\t\n]+")


def printable(text: str) -> str:
    """Return text in which nothing can steer a terminal or a CI log; line breaks and tabs stay."""
    safe = _BETWEEN_BREAKS.sub(lambda part: visible(part[0]), text)
    return for_log(safe)


def wants_color(no_color: bool) -> bool:
    """Tell whether standard output is to be coloured, by flag, environment and terminal."""
    if no_color or os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR", "")
    if forced and forced != "0":
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def configure_logging(verbosity: int) -> None:
    """Send messages to stderr: warnings by default, more with each -v, fewer with -q."""
    levels = {-1: logging.ERROR, 0: logging.WARNING, 1: logging.INFO}
    handler = _StderrHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    root = logging.getLogger("osmm_scan")
    root.handlers = [handler]
    root.propagate = False
    root.setLevel(levels.get(max(verbosity, -1), logging.DEBUG))


class _StderrHandler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        for line in self.format(record).splitlines():
            click.echo(printable(line), err=True)
