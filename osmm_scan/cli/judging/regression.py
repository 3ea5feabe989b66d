"""Decide whether a scan proves less than an earlier one. Like every gate, never silently green."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from osmm_scan.cli.history.memory import Memory
from osmm_scan.cli.judging.gate import SHRUG, say
from osmm_scan.errors import ExitCode, UsageError
from osmm_scan.model import Bundle

if TYPE_CHECKING:
    from osmm_scan.engine.standing import Decline, Standing
    from osmm_scan.store.archive import Kept
    from osmm_scan.verdicts import Assessment

_SHOWN = 3

Judge = Callable[[Bundle], "Assessment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What a scan is compared with, and what that is called; None where there is nothing."""

    name: str
    standing: Standing | None


def find_before(memory: Memory, assessment: Assessment, judge: Judge) -> Before | None:
    """Return what to compare with, None when nothing is to be compared.

    Evidence that was judged by other rules is judged by today's; a baseline file holds none.
    """
    remembering = memory.remembering
    if not remembering.fail_on_regression:
        return None
    if remembering.baseline is not None:
        return _file(remembering.baseline)
    if remembering.against is not None:
        return _named(remembering.against, memory, assessment, judge)
    last = memory.last(assessment)
    if last is None:
        return Before(name="earlier scan of this target", standing=None)
    return _kept(last, memory, assessment, judge)


def compare(before: Before, assessment: Assessment, on_unknown: str) -> ExitCode:
    """Return the exit code of a comparison, and print the reason in one line to stderr."""
    from osmm_scan.engine.standing import decline, incomparable, standing

    if before.standing is None:
        return _undecided(f"there is no {before.name} to compare with", on_unknown)
    now = standing(assessment)
    reason = incomparable(before.standing, now)
    if reason:
        return _undecided(f"{before.name} cannot be compared with: {reason}", on_unknown)
    return _weigh(decline(before.standing, now), before.name, on_unknown)


def _weigh(lost: Decline, name: str, on_unknown: str) -> ExitCode:
    if lost.worse:
        say(f"failed: worse than {name}: {_several(lost.worse)}")
        return ExitCode.BELOW_TARGET
    if lost.unsure:
        return _undecided(f"maybe worse than {name}: {_several(lost.unsure)}", on_unknown)
    say(f"passed: nothing is worse than in {name}")
    return ExitCode.DONE


def _undecided(why: str, on_unknown: str) -> ExitCode:
    if on_unknown == "fail":
        say(f"undecided: {why}")
        return ExitCode.UNDECIDED
    say(f"{SHRUG[on_unknown]}: {why}")
    return ExitCode.DONE


def _several(losses: tuple[str, ...]) -> str:
    more = len(losses) - _SHOWN
    return "; ".join(losses[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")


def _file(path: Path) -> Before:
    from osmm_scan.store.baseline import read_baseline

    return Before(name=f"baseline {path}", standing=read_baseline(path))


def _named(against: str, memory: Memory, assessment: Assessment, judge: Judge) -> Before:
    from osmm_scan.store.archive import find_scan
    from osmm_scan.store.bundle import read_bundle

    if not against.isdecimal():
        bundle = read_bundle(Path(against))
        return _judged(f"{against} of {bundle.as_of}", judge(bundle))
    if memory.store is None:
        raise UsageError(f"--against {against}: a scan of which history? give --store")
    return _kept(find_scan(memory.store, int(against)), memory, assessment, judge)


def _kept(scan: Kept, memory: Memory, assessment: Assessment, judge: Judge) -> Before:
    from osmm_scan.store.archive import read_judgement, read_scan

    name = f"scan {scan.id} of {scan.as_of}"
    if memory.store is None:
        return Before(name=name, standing=None)
    if (scan.rules_sha256, scan.profile) == (assessment.rules_sha256, assessment.profile):
        return _judged(name, read_judgement(memory.store, scan.id))
    return _judged(name, judge(read_scan(memory.store, scan.id)))


def _judged(name: str, assessment: Assessment) -> Before:
    from osmm_scan.engine.standing import standing

    return Before(name=name, standing=standing(assessment))
