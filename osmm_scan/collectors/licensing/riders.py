"""Find words beside or within a license text that take back what it grants.

No license detector is safe on altered texts, so whatever a template does not account for is judged
here: terms that restrict, terms that nobody can be sure of, and harmless words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from osmm_scan.collectors.licensing.alignment import Alignment, Difference
from osmm_scan.collectors.licensing.mentions import known_titles, name_at
from osmm_scan.collectors.licensing.terms import Weight, find_term, without_formulas
from osmm_scan.collectors.licensing.vocabularies import ALIKE, GRANTING, IDLE, OPERATIVE, STREETS
from osmm_scan.collectors.licensing.words import Words, vocabulary

_LONG_NAME = 40
# A passage of this length is a text of its own, which may well concern something else.
_OWN_TEXT = 150
_EXCERPT = 160
# How many words an address takes.
_ADDRESS = 10
_CITY = frozenset({"boston", "cambridge"})
_EXAMINED = 50_000
_REFERENCE = re.compile(
    r"\b(?:under|by|subject to) (?:the |an? )?(?:terms (?:and conditions )?of )?(?:the |an? )?"
    r"((?:\w+ ){0,6}?)(?:license|agreement|eula)\b"
)
_POINTING = vocabulary(
    """
    _ above accompanying all any apache attached below bsd compatible corresponding different each
    either following found free full given gnu gpl in its licenses mit no of one open original
    other own permissive permissively same simple software source style that their these this those
    your
    """
)


@dataclass(frozen=True, slots=True)
class Rider:
    """A passage that changes what a license grants: where it begins, what it says and does."""

    line: int
    text: str
    weight: Weight
    why: str


TOO_ODD = Rider(1, "", Weight.UNCLEAR, "is too odd to be searched as a whole")


def judge(text: Words, found: tuple[Alignment, ...]) -> tuple[Rider, ...]:
    """Return the riders within and beside the licenses found in a text, in order."""
    within = [_within(text, each) for alignment in found for each in alignment.differences]
    riders = [rider for rider in within if rider is not None]
    riders.extend(_beside(text, found))
    return tuple(sorted(riders, key=lambda rider: (rider.line, rider.why)))


def _within(text: Words, difference: Difference) -> Rider | None:
    """Judge words that stand in a license text and are not part of it, or are missing there."""
    line = text.lines[min(difference.start, len(text.lines) - 1)]
    places = range(difference.start, difference.end)
    others = [text.words[at] for at in places if text.words[at] not in difference.allowed]
    missing = list(difference.missing)
    joined_otherwise = "".join(others) == "".join(missing)  # at the end of a line
    if joined_otherwise or _is_address(text, difference, [*others, *missing]):
        return None
    if "*" in difference.allowed or any(text.soft[at] for at in places):
        rider = _in_place_of_a_name(text, difference, others)
        if rider is not None or "*" in difference.allowed:
            return rider
    added = [
        text.words[at]
        for at in places
        if not text.soft[at] and text.words[at] not in difference.allowed | IDLE
    ]
    for same in ALIKE:
        if same.intersection(added) and same.intersection(missing):
            added = [word for word in added if word not in same]
            missing = [word for word in missing if word not in same]
    if OPERATIVE.intersection(added) - set(missing):
        return Rider(line, _excerpt(added), Weight.RESTRICTS, "adds words to the license")
    if GRANTING.intersection(missing) - set(added):
        return Rider(line, _excerpt(missing), Weight.UNCLEAR, "leaves words of the license out")
    if added:
        return Rider(line, _excerpt(added), Weight.UNCLEAR, "adds words to the license")
    return None


def _is_address(text: Words, difference: Difference, changed: list[str]) -> bool:
    """Tell whether all that differs is where the Free Software Foundation has its office."""
    around = text.words[max(0, difference.start - _ADDRESS) : difference.end + _ADDRESS]
    return not _CITY.isdisjoint(around) and all(
        word in STREETS or word.isdecimal() for word in changed
    )


def _in_place_of_a_name(text: Words, difference: Difference, others: list[str]) -> Rider | None:
    """Judge words where a name or a copyright notice belongs."""
    line = text.lines[min(difference.start, len(text.lines) - 1)]
    whole = text.words[difference.start : difference.end]
    found = find_term(" ".join(whole), Weight.RESTRICTS) if others else None
    found = found or find_term(" ".join(others), Weight.UNCLEAR)
    if found is not None:
        return Rider(line, _excerpt(whole), found[0].weight, found[0].why)
    if len(others) > _LONG_NAME:
        return Rider(line, _excerpt(others), Weight.UNCLEAR, "adds words to the license")
    end = difference.end
    return _unknown_license(text, " ".join(whole), end) if others else None


def _beside(text: Words, found: tuple[Alignment, ...]) -> Iterator[Rider]:
    """Yield the gravest rider of every passage outside the licenses."""
    openings = {alignment.start for alignment in found}
    examined = 0
    for start, end in _passages(text, found):
        examined += end - start
        if examined > _EXAMINED:
            why = "is too long to be judged"
            yield Rider(text.lines[start], "", Weight.UNCLEAR, why)
            return
        rider = _rider(text, start, end, leads_in=end in openings)
        if rider is not None:
            yield rider


def _rider(text: Words, start: int, end: int, *, leads_in: bool) -> Rider | None:
    said = without_formulas(_without_names(text, start, end), leads_in=leads_in)
    found = find_term(said, Weight.RESTRICTS, Weight.UNCLEAR)
    if found is None:
        return _unknown_license(text, said, end)
    term, where = found
    at = start + said.count(" ", 0, where.start())
    weight = Weight.UNCLEAR if end - start > _OWN_TEXT else term.weight
    return Rider(text.lines[at], _excerpt([where[0]]), weight, term.why)


def _without_names(text: Words, start: int, end: int) -> str:
    """Return a passage with the names of known licenses blanked out."""
    words = list(text.words[start:end])
    if len(words) <= _OWN_TEXT:
        index = start
        while index < end:
            _, length = name_at(text, index)
            words[index - start : index - start + length] = ["_"] * min(length, end - index)
            index += max(1, length)
    return " ".join(words)


def _unknown_license(text: Words, said: str, end: int) -> Rider | None:
    """Return where the passage up to a word refers to a license that is not known by its name."""
    # The word "license" may already belong to the text that follows.
    beyond = " ".join([said, *text.words[end : end + 1]])
    for found in _REFERENCE.finditer(beyond):
        name = found[1].split()
        if not set(name) <= _POINTING and " ".join(name) not in known_titles():
            at = end - said.count(" ", found.start(1)) - 1
            why = "names a license that is not known"
            return Rider(text.lines[at], _excerpt([found[0]]), Weight.UNCLEAR, why)
    return None


def _passages(text: Words, found: tuple[Alignment, ...]) -> Iterator[tuple[int, int]]:
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
