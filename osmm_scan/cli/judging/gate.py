"""Decide the exit code of a gate, and say why in one line. A gate is never silently green."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from osmm_scan.cli.console import printable
from osmm_scan.errors import ExitCode

if TYPE_CHECKING:
    from osmm_scan.verdicts import Verdict

# Passing without a verdict is the user's choice, and is said aloud all the same.
SHRUG = {"warn": "warning, passed undecided", "ignore": "passed undecided"}


def decide(
    verdict: Verdict, target: int | None, on_unknown: str, *, statements: str = ""
) -> ExitCode:
    """Return the exit code for a verdict, and print the reason to stderr when there is a target.

    Reached is only what is proved; missed is only what no unknown could still lift to the target.
    `statements` says what the verdict rests on beside observations.
    """
    if target is None:
        return ExitCode.DONE
    proved = verdict.level or 0
    if proved >= target:
        say(f"passed: level {proved} is proved, target {target}{statements and f'; {statements}'}")
        return ExitCode.DONE
    if verdict.possible < target:
        say(f"failed: at most level {verdict.possible} is possible, target {target}")
        return ExitCode.BELOW_TARGET
    undecided = f"level {proved} is proved, up to {verdict.possible} is possible, target {target}"
    if on_unknown == "fail":
        say(f"undecided: {undecided}; {verdict.because}")
        return ExitCode.UNDECIDED
    say(f"{SHRUG[on_unknown]}: {undecided}; {verdict.because}")
    return ExitCode.DONE


def worst(codes: Iterable[ExitCode]) -> ExitCode:
    """Return what several gates come to: below is below, whatever another could not decide."""
    order = (ExitCode.BELOW_TARGET, ExitCode.UNDECIDED)
    found = frozenset(codes)
    return next((code for code in order if code in found), ExitCode.DONE)


def say(text: str) -> None:
    """Print what a gate decided, and why, in one line on stderr."""
    click.echo(printable(" ".join(f"gate {text}".split())), err=True)
