"""Find every license text within a text: where it begins and ends, and what differs from it.

Runs of words that a template holds lead to the places where it is laid over the text. All work is
counted, so that no text, however made, costs more than a fixed amount per word.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from osmm_scan.collectors.licensing.alignment import PENALTY, Alignment, align
from osmm_scan.collectors.licensing.templates import GRAM, Hit, library, template
from osmm_scan.collectors.licensing.words import Words

# How much of a template must be there before it is compared, and before it counts as found.
_PROMISING = 0.2
_FOUND = 0.88
# Short texts are made of everyday words, so they must be there to the letter.
_SHORT = 60
_FOUND_SHORT = 0.97
_GNU_KINDS = frozenset({"affero", "lesser", "library"})
# How many templates are compared at one place, of those found near it.
_CONTENDERS = 12
_NEIGHBORS = 120
# A copy of a text ends where the words stray this far from it.
_STRAY = 300
_OPEN_TRAILS = 3
# What may be spent on a text, beside a fixed sum, for each of its words.
_FREE = 100_000
_HITS = 12
_STEPS = 40


@dataclass(frozen=True, slots=True)
class Findings:
    """The license texts found, in order, none within another.

    `complete` is False when the text is so odd that the search was given up; `spent` counts work.
    """

    alignments: tuple[Alignment, ...]
    complete: bool
    spent: int


@dataclass(slots=True, eq=False)
class _Trail:
    """Runs of words of one template that follow each other in the text."""

    template: int
    place: int
    at: int
    weight: int
    last_place: int
    last_at: int

    @property
    def end(self) -> int:
        """Return the word after the last run."""
        return self.last_at + GRAM

    @property
    def promise(self) -> int:
        """Return how much of the template shows, less what does not."""
        return 2 * self.weight - library().weights[self.template]

    def overlaps(self, other: _Trail) -> bool:
        """Tell whether most of this trail lies within another."""
        return 2 * (min(self.end, other.end) - max(self.at, other.at)) > self.end - self.at


def find(text: Words) -> Findings:
    """Return the license texts that a text holds."""
    return _Search(text).run()


class _Search:
    def __init__(self, text: Words) -> None:
        self._text = text
        self._covered = bytearray(len(text))
        self._hits = self._steps = 0
        self._trails: list[_Trail] = []
        self._tried: set[_Trail] = set()

    def run(self) -> Findings:
        """Settle every place, the most promising first."""
        self._trails = sorted(self._promising(), key=lambda trail: trail.at)
        position = {trail: index for index, trail in enumerate(self._trails)}
        found: list[Alignment] = []
        for trail in sorted(self._trails, key=lambda t: (-t.promise, t.at, t.template)):
            if trail in self._tried or self._is_covered(trail.at, trail.end):
                continue
            if not self._may_go_on():
                break
            best = self._best(self._rivals(trail, position[trail]))
            if best is not None and not self._is_covered(best.start, best.end):
                self._covered[best.start : best.end] = b"\1" * (best.end - best.start)
                found.append(best)
        found.sort(key=lambda alignment: alignment.start)
        return Findings(tuple(found), self._may_go_on(), self._hits + self._steps)

    def _may_go_on(self) -> bool:
        words = len(self._text)
        return self._hits < _FREE + _HITS * words and self._steps < _FREE + _STEPS * words

    def _is_covered(self, start: int, end: int) -> bool:
        return 2 * self._covered.count(1, start, end) > end - start

    def _promising(self) -> Iterator[_Trail]:
        """Yield the places where enough of a template shows."""
        weights = library().weights
        known: dict[int, list[_Trail]] = {}
        for hit, at in self._matches():
            trails = known.setdefault(hit.template, [])
            trail = _followed(trails[-_OPEN_TRAILS:], hit, at)
            if trail is None:
                trail = _Trail(hit.template, hit.place, at, 0, hit.place, at)
                trails.append(trail)
            trail.weight += hit.weight
            trail.last_place, trail.last_at = hit.place, at
        for number, trails in known.items():
            yield from (t for t in trails if t.weight >= _PROMISING * weights[number])

    def _matches(self) -> Iterator[tuple[Hit, int]]:
        """Yield every run of words that a template holds, and where it stands."""
        index, words = library().index, self._text.words
        for at in range(len(words) - GRAM + 1):
            hits = index.get(zlib.crc32(" ".join(words[at : at + GRAM]).encode()))
            if hits is not None:
                self._hits += len(hits)
                if not self._may_go_on():
                    return
                for hit in hits:
                    yield hit, at

    def _rivals(self, trail: _Trail, index: int) -> list[_Trail]:
        """Return a trail and those that contend for its place, in the order of their promise."""
        near = self._trails[max(0, index - _NEIGHBORS) : index + _NEIGHBORS + 1]
        rivals = [other for other in near if other not in self._tried and other.overlaps(trail)]
        return sorted(rivals, key=lambda t: (-t.promise, t.at, t.template))[:_CONTENDERS]

    def _best(self, rivals: list[_Trail]) -> Alignment | None:
        """Return the text that fits best."""
        accepted: list[Alignment] = []
        settled = 0
        for trail in rivals:
            # A text that is there to the letter may still be part of a longer one.
            if trail.end - trail.at <= settled:
                continue
            self._tried.add(trail)
            alignment = align(template(trail.template), self._text, trail.place, trail.at)
            self._steps += alignment.steps
            if _is_found(alignment, self._text):
                accepted.append(alignment)
                if alignment.cost == 0:
                    settled = trail.end - trail.at
        return max(accepted, key=_worth, default=None)


def _followed(trails: list[_Trail], hit: Hit, at: int) -> _Trail | None:
    """Return the trail that a hit goes on from with the least straying."""
    best: _Trail | None = None
    least = 0
    for trail in trails:
        step, passed = hit.place - trail.last_place, at - trail.last_at
        strays = abs(passed - step)
        if step > 0 and passed <= 2 * step + _STRAY and (best is None or strays < least):
            best, least = trail, strays
    return best


def _is_found(alignment: Alignment, text: Words) -> bool:
    if alignment.template.kind == "notice":
        said = _gnu_kinds(text.words[alignment.start : alignment.end])
        if said - _gnu_kinds(alignment.template.words):
            return False
    short = alignment.template.size < _SHORT
    return alignment.score >= (_FOUND_SHORT if short else _FOUND)


def _gnu_kinds(words: Sequence[str]) -> set[str]:
    """Return which of its relatives a text names: the notices of all GNU licenses are alike."""
    return {word for before, word in pairwise(words) if before == "gnu" and word in _GNU_KINDS}


def _worth(alignment: Alignment) -> tuple[int, int]:
    return alignment.matched - PENALTY * alignment.cost, -alignment.template.size
