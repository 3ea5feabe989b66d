"""Find words beside or within a license text that take back what it grants.

No license detector is safe on altered texts, so whatever a template does not account for is judged
here: terms that restrict, terms that nobody can be sure of, and harmless words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from osmm_scan.collectors.licensing.alignment import Alignment, Difference
from osmm_scan.collectors.licensing.terms import ALIKE, GRANTING, OPERATIVE, Weight, find_term
from osmm_scan.collectors.licensing.words import Words

_LONG_INSERTION = 12
_LONG_NAME = 40
# A passage of this length is a text of its own, which may well concern something else.
_OWN_TEXT = 150
_LEAD_IN = 60
_EXCERPT = 160
_EXAMINED = 200_000


@dataclass(frozen=True, slots=True)
class Rider:
    """A passage that changes what a license grants: where it begins, what it says and does."""

    line: int
    text: str
    weight: Weight
    why: str


def judge(text: Words, found: list[Alignment]) -> tuple[Rider, ...]:
    """Return the riders within and beside the licenses found in a text, in order."""
    within = [_within(text, each) for alignment in found for each in alignment.differences]
    riders = [rider for rider in within if rider is not None]
    riders.extend(_beside(text, found))
    return tuple(sorted(riders, key=lambda rider: (rider.line, rider.why)))


def _within(text: Words, difference: Difference) -> Rider | None:
    """Judge words that stand in a license text and are not part of it, or are missing there."""
    added = [
        word
        for index in range(difference.start, difference.end)
        if not text.soft[index] and (word := text.words[index]) not in difference.allowed
    ]
    missing = list(difference.missing)
    line = text.lines[min(difference.start, len(text.lines) - 1)]
    if "".join(added) == "".join(missing):  # cut or joined differently at the end of a line
        return None
    if "*" in difference.allowed:
        return _in_place_of_a_name(added, line)
    for same in ALIKE:
        if same.intersection(added) and same.intersection(missing):
            added = [word for word in added if word not in same]
            missing = [word for word in missing if word not in same]
    if OPERATIVE.intersection(added) - set(missing):
        return Rider(line, _excerpt(added), Weight.RESTRICTS, "adds words to the license")
    if GRANTING.intersection(missing) - set(added):
        return Rider(line, _excerpt(missing), Weight.UNCLEAR, "leaves words of the license out")
    if len(added) > _LONG_INSERTION:
        return Rider(line, _excerpt(added), Weight.UNCLEAR, "adds words to the license")
    return None


def _in_place_of_a_name(added: list[str], line: int) -> Rider | None:
    found = find_term(" ".join(added), Weight.RESTRICTS)
    if found is not None:
        return Rider(line, _excerpt(added), Weight.RESTRICTS, found[0].why)
    if len(added) > _LONG_NAME:
        return Rider(line, _excerpt(added), Weight.UNCLEAR, "adds words to the license")
    return None


def _beside(text: Words, found: list[Alignment]) -> Iterator[Rider]:
    """Yield the gravest rider of every passage outside the licenses."""
    openings = {alignment.start for alignment in found}
    examined = 0
    for start, end in _passages(text, found):
        examined += end - start
        if examined > _EXAMINED:
            why = "is too long to be judged"
            yield Rider(text.lines[start], "", Weight.UNCLEAR, why)
            return
        rider = _rider(text, start, end)
        # "The following terms apply to ...:" announces a license, which was then recognized.
        leads_in = end in openings and end - start <= _LEAD_IN
        if rider is not None and not (leads_in and rider.weight is Weight.UNCLEAR):
            yield rider


def _rider(text: Words, start: int, end: int) -> Rider | None:
    said = " ".join(text.words[start:end])
    found = find_term(said, Weight.RESTRICTS, Weight.UNCLEAR)
    if found is None:
        return None
    term, where = found
    at = start + said.count(" ", 0, where.start())
    weight = Weight.UNCLEAR if end - start > _OWN_TEXT else term.weight
    return Rider(text.lines[at], _excerpt([where[0]]), weight, term.why)


def _passages(text: Words, found: list[Alignment]) -> Iterator[tuple[int, int]]:
    """Yield the runs of words outside the licenses, cut at empty lines."""
    covered = bytearray(len(text))
    for alignment in found:
        covered[alignment.start : alignment.end] = b"\1" * (alignment.end - alignment.start)
    start = None
    for index in range(len(text)):
        if start is not None and (covered[index] or _is_cut(text, index)):
            yield start, index
            start = None
        if not covered[index] and start is None:
            start = index
    if start is not None:
        yield start, len(text)


def _is_cut(text: Words, index: int) -> bool:
    before, here = text.lines[index - 1], text.lines[index]
    return here > before + 1 and any(not text.raw[at].strip() for at in range(before, here - 1))


def _excerpt(words: Sequence[str]) -> str:
    return " ".join(words)[:_EXCERPT]
