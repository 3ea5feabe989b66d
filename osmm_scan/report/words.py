"""The words and figures of a report for people: states, shares, values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

STATUS = {
    "attained": "attained",
    "provisional": "provisional",
    "in_progress": "in progress",
    "insufficient_evidence": "not enough evidence",
    "not_started": "not started",
    "not_assessable": "not assessable",
}
STATE = {
    "observed": "observed",
    "attested": "attested",
    "stale": "attested too long ago",
    "absent": "looked for, not found",
    "unknown": "unknown",
    "not_applicable": "not applicable",
    "waived": "waived",
}
# The states in which a grade rests on what people state.
STATED = frozenset({"attested", "stale"})
RESULT = {
    "met": "met",
    "unmet": "not met",
    "unknown": "unknown",
    "not_applicable": "not applicable",
    "waived": "waived",
}
MARK = {"met": "✓", "unmet": "✗", "unknown": "?", "not_applicable": "-", "waived": "~"}
EFFECT = {
    "counted": "counts",
    "stale": "stale, counts for less",
    "not_needed": "not needed",
    "contradicted": "contradicted by what was observed",
    "expired": "expired",
    "unowned": "nobody answers for it",
    "incomplete": "incomplete",
    "future": "dated in the future",
    "superseded": "superseded",
    "not_applicable": "not applicable",
}
# What a waiver did, which is less than an attestation may do.
RULING = {"counted": "in force", "not_needed": "not needed", "expired": "expired"}
MISSING = {
    "no_access": "no access",
    "not_collected": "not collected",
    "truncated": "too large to read whole",
    "fault": "damaged",
    "not_supported": "cannot be told",
}
EFFORT = {"S": "small effort", "M": "medium effort", "L": "large effort"}
VISIBILITY = {
    "public": "what anyone can see",
    "full": "everything the organisation has",
    "checkout": "what a clone shows",
}

_ACRONYMS = {
    word.lower(): word
    for word in ("CCLA", "CI", "CLA", "DCO", "ISO", "KPI", "OSI", "OSPO", "OSS", "SBOM", "SPDX")
}
_SHOWN_PARTS = 8


@dataclass(frozen=True, slots=True)
class Share:
    """A share within 0 and 1, exact as in the JSON report and as people read it."""

    value: float
    text: str

    @property
    def percent(self) -> str:
        """Return the share for a length in CSS or SVG, without its sign."""
        return f"{100 * self.value:.6g}"


def share(value: float) -> Share:
    """Return a share as a whole percentage that is 0 % and 100 % only when nothing is missing."""
    if 0 < value < 0.01:
        return Share(value, "<1%")
    if 0.99 < value < 1:
        return Share(value, ">99%")
    return Share(value, f"{100 * value:.0f}%")


def shade(part: int, whole: int) -> int:
    """Return how dark a cell is: 0 for nothing, 1 to 3 for thirds, 4 for everything."""
    if not part or not whole:
        return 0
    return 4 if part == whole else 1 + 3 * part // whole


def band(confidence: float) -> str:
    """Return how far a grade can be relied on, in a word."""
    if confidence >= 0.7:
        return "high"
    return "medium" if confidence >= 0.4 else "low"


def count(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: "1 check", "2 checks", "3 repositories"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    """Return a text that begins like a sentence."""
    return text[:1].upper() + text[1:]


def brief(text: str, limit: int = 160) -> str:
    """Return a text cut at the end of a word, for places where the whole of it stands elsewhere."""
    if len(text) <= limit:
        return text
    return f"{text[:limit].rpartition(' ')[0] or text[:limit]} ..."


def between(low: int, high: int) -> str:
    """Return a range, or the one number that it holds."""
    return str(low) if low == high else f"{low} to {high}"


def value(found: Any) -> str:
    """Return an observed value or a signal's field for people."""
    if found is None:
        return "no value"
    if isinstance(found, bool):
        return "yes" if found else "no"
    if isinstance(found, list):
        return _several(found)
    if isinstance(found, dict):
        return _limits(found) if found.keys() == {"low", "high"} else _pairs(found)
    return str(found)


def name(identifier: str) -> str:
    """Return an identifier such as `license_file_coverage` as words."""
    words = [_ACRONYMS.get(word, word) for word in identifier.replace(".", "_").split("_")]
    return sentence(" ".join(words))


def _several(found: list[Any]) -> str:
    shown = ", ".join(value(part) for part in found[:_SHOWN_PARTS]) or "none"
    more = len(found) - _SHOWN_PARTS
    return shown if more <= 0 else f"{shown} and {more:,} more"


def _limits(found: dict[str, Any]) -> str:
    low, high = found["low"], found["high"]
    if isinstance(low, bool) or (low is None and high is None):
        return "unknown"
    if high is None:
        return f"{value(low)} or more"
    if low is None:
        return f"{value(high)} or less"
    return f"{value(low)} to {value(high)}"


def _pairs(found: dict[str, Any]) -> str:
    return _several([f"{key}: {value(part)}" for key, part in found.items()])
