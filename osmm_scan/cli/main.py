"""The entry point: commands loaded when they are called, and one boundary for every failure."""

from __future__ import annotations

import importlib
import logging
import os
import signal
import sys
from types import FrameType
from typing import NoReturn

import click

from osmm_scan import __version__
from osmm_scan.errors import ExitCode, ScanError

# Each command with the line that --help shows, so that --help imports none of them.
COMMANDS = {
    "assess": "Grade saved evidence again, offline.",
    "attest": "State what no scan can see; FINOS checklist in and out.",
    "doctor": "Tell what a token can see and what a scan will cost.",
    "documents": "Recognise policies, strategies and other documents.",
    "explain": "Say what an item, signal or level asks and how it was judged.",
    "history": "Look back at earlier scans: list, show, trend, diff.",
    "merge": "Put the shards of a scan together.",
    "org": "Scan an organisation on GitHub, or a directory of clones.",
    "plan": "Find the cheapest set of actions that reaches a level.",
    "repo": "Audit one repository.",
    "report": "Render an earlier scan without grading anew.",
    "rules": "List, check and test rule packs.",
}


class LazyCommands(click.Group):
    """Commands that live in the module of the same name and are imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None when there is no such one."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"osmm_scan.cli.commands.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="osmm-scan")
def cli() -> None:
    """Find out how mature an organisation is in open source, with proof.

    Exit codes: 0 done, and at or above the target; 1 below the target or worse than before;
    2 usage, configuration or rule error; 3 the scan could not be carried out or saw too little to
    decide; 130 interrupted.
    """


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    sys.exit(_run())


def _run() -> int:
    # Cancelled jobs get SIGTERM; as an exception it ends children and removes temporary folders.
    signal.signal(signal.SIGTERM, _terminate)
    try:
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()
    except BaseException as failure:
        return _failed(failure)
    return code if isinstance(code, int) else ExitCode.DONE


def _terminate(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _failed(failure: BaseException) -> int:
    match failure:
        case click.exceptions.Exit():
            return failure.exit_code
        case click.Abort() | KeyboardInterrupt():
            _complain("interrupted")
            return ExitCode.INTERRUPTED
        case click.ClickException():
            failure.show()
            return ExitCode.USAGE
        case ScanError():
            _complain(str(failure))
            return failure.exit_code
        case BrokenPipeError():
            # The reader went away, as `| head` does: nothing may be flushed at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return ExitCode.UNDECIDED
        case Exception():
            logging.getLogger(__name__).debug("internal error", exc_info=failure)
            _complain(f"internal error: {failure!r}; run again with -vv and report it")
            return ExitCode.UNDECIDED
    raise failure


def _complain(text: str) -> None:
    from osmm_scan.cli.console import printable
    from osmm_scan.sources.github.redaction import REDACTION

    for line in REDACTION.clean(text).splitlines():
        click.echo(f"error: {printable(line)}", err=True)
