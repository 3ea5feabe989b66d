"""What an explanation is made of: sections of lines, each with the evidence that it cites."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from osmm_scan.engine.assessment import Judged
from osmm_scan.engine.rules import RulePack
from osmm_scan.model import Bundle, Evidence, Interval, Signal
from osmm_scan.signals.declarations import FieldType

_MOST_CITED = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `below` is what belongs to it, `evidence` what it cites.

    `subject` is the repository or owner that the line is about, if it is about one.
    """

    text: str
    below: tuple[str, ...] = ()
    evidence: Evidence | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All that is said of an item, facet, signal, check or level."""

    id: str
    kind: str
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What was judged, and the evidence that it was judged from."""

    judged: Judged
    bundle: Bundle

    @property
    def pack(self) -> RulePack:
        """Return the rules that judged."""
        return self.judged.organisation.grader.pack

    def signal(self, name: str) -> Signal:
        """Return what a signal measured."""
        return next(one for one in self.judged.organisation.signals if one.id == name)

    def cite(self, ids: Iterable[str]) -> tuple[Line, ...]:
        """Return the lines that cite evidence, the first few of it."""
        wanted = set(ids)
        found = [item for item in self.bundle.evidence if item.id in wanted]
        lines = [
            Line(f"{one.subject}: {one.key}", evidence=one, subject=one.subject)
            for one in found[:_MOST_CITED]
        ]
        if len(found) > _MOST_CITED:
            lines.append(Line(f"and {len(found) - _MOST_CITED} more in the JSON report"))
        return tuple(lines)


def section(heading: str, *lines: Line | str) -> Section:
    """Return a section; plain text is a line without anything below."""
    return Section(heading, tuple(Line(one) if isinstance(one, str) else one for one in lines))


def told(value: Interval | None, form: FieldType) -> str:
    """Return the value of a field in words."""
    if value is None:
        return "not known"
    if form is FieldType.FLAG:
        return ("yes" if value.low >= 1 else "no") if value.is_exact else "not known"
    if value.is_exact:
        return _number(value.low, form)
    return f"{_number(value.low, form)} to {_number(value.high, form)}"


def _number(value: float, form: FieldType) -> str:
    if value == float("inf"):
        return "any number"
    return f"{100 * value:.3g} %" if form is FieldType.SHARE else f"{value:.6g}"
