"""The most urgent findings as annotations, which GitHub shows beside the changed files."""

from __future__ import annotations

from collections.abc import Iterator

from osmm_scan.report.document import Document, document
from osmm_scan.report.gaps import Gap, gaps
from osmm_scan.report.inert import for_log, one_line
from osmm_scan.report.options import Options
from osmm_scan.report.view.actions import actions
from osmm_scan.report.view.headline import headline
from osmm_scan.report.words import sentence
from osmm_scan.verdicts import Assessment

NAME = "github"
SUFFIX = ".annotations.txt"

# GitHub shows ten annotations of each kind in a step and drops the rest.
_SHOWN = 10

_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = _DATA | {":": "%3A", ",": "%2C"}


def render(assessment: Assessment, options: Options) -> str:
    """Return the verdict, then what a repository lacks, or what an organisation could do next."""
    whole = document(assessment, options)
    lines = _gaps(whole) if whole["target"]["kind"] == "repository" else _actions(whole)
    return "".join(f"{line}\n" for line in (_verdict(whole), *lines))


def _verdict(whole: Document) -> str:
    shown = headline(whole)
    return _annotation("notice", {"title": shown.about}, f"{shown.sentence}. {shown.because}")


def _gaps(whole: Document) -> Iterator[str]:
    # One repository has no more gaps than there are checks.
    found = gaps(whole, len(whole["checks"]))
    required = [gap for gap in found if gap.check["required"]]
    others = [gap for gap in found if not gap.check["required"]]
    yield from (_gap("warning", gap) for gap in required[:_SHOWN])
    yield from (_gap("notice", gap) for gap in others[: _SHOWN - 1])


def _gap(kind: str, gap: Gap) -> str:
    where = {"file": gap.path, "line": str(gap.line), "title": gap.check["title"]}
    action = gap.check["remediation"]["action"]
    return _annotation(kind, where, f"{sentence(gap.because)}. {action}")


def _actions(whole: Document) -> Iterator[str]:
    for step in actions(whole)[: _SHOWN - 1]:
        yield _annotation("notice", {"title": step.claim}, f"{step.action} ({step.reason})")


def _annotation(kind: str, properties: dict[str, str], message: str) -> str:
    given = ",".join(f"{key}={_escaped(one, _PROPERTY)}" for key, one in properties.items())
    return f"::{kind} {given}::{_escaped(message, _DATA)}"


def _escaped(text: str, code: dict[str, str]) -> str:
    shown = for_log(one_line(text))
    return "".join(code.get(character, character) for character in shown)
