"""Find every license text within a text: where it begins and ends, and what differs from it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from osmm_scan.collectors.licensing.alignment import Alignment, align
from osmm_scan.collectors.licensing.templates import GRAM, Hit, library, template
from osmm_scan.collectors.licensing.words import Words

# How much of a template must be there before it is compared, and before it counts as found.
_PROMISING = 0.2
_FOUND = 0.88
# Short texts are made of everyday words, so they must be there to the letter.
_SHORT = 60
_FOUND_SHORT = 0.97
_CONTENDERS = 12
# A copy of a text ends where the words stray this far from it.
_STRAY = 300
_OPEN_TRAILS = 3


@dataclass(slots=True)
class _Trail:
    """Runs of words of one template that follow each other in the text."""

    template: int
    place: int
    at: int
    weight: int
    last_place: int
    last_at: int

    def continues(self, hit: Hit, at: int) -> bool:
        """Tell whether a hit goes on from here."""
        step = hit.place - self.last_place
        return step > 0 and at - self.last_at <= 2 * step + _STRAY

    def strays(self, hit: Hit, at: int) -> int:
        """Return by how many words more or less the text went on than the template."""
        return abs((at - self.last_at) - (hit.place - self.last_place))

    @property
    def promise(self) -> int:
        """Return how much of the template shows, less what does not."""
        return 2 * self.weight - library().grams[self.template]

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether most of the trail lies within a part of the text."""
        shared = min(self.last_at + GRAM, end) - max(self.at, start)
        return 2 * shared > self.last_at + GRAM - self.at


def find(text: Words) -> list[Alignment]:
    """Return the license texts found, in order, none within another."""
    found = [best for group in _groups(_trails(text)) for best in _settle(group, text)]
    kept: list[Alignment] = []
    for alignment in sorted(found, key=_worth, reverse=True):
        if not any(_is_within(alignment, other) for other in kept):
            kept.append(alignment)
    return sorted(kept, key=lambda alignment: alignment.start)


def _trails(text: Words) -> list[_Trail]:
    """Return the places where enough of a template shows."""
    index, complete = library().index, library().grams
    latest: dict[int, list[_Trail]] = {}
    trails: list[_Trail] = []
    words = text.words
    for at in range(len(words) - GRAM + 1):
        for hit in index.get(zlib.crc32(" ".join(words[at : at + GRAM]).encode()), ()):
            known = latest.setdefault(hit.template, [])
            going = [trail for trail in known if trail.continues(hit, at)]
            if going:
                trail = min(going, key=lambda trail: trail.strays(hit, at))
                trail.weight += hit.weight
                trail.last_place, trail.last_at = hit.place, at
            else:
                trail = _Trail(hit.template, hit.place, at, hit.weight, hit.place, at)
                known[:] = [*known[-_OPEN_TRAILS + 1 :], trail]
                trails.append(trail)
    return [trail for trail in trails if trail.weight >= _PROMISING * complete[trail.template]]


def _groups(trails: list[_Trail]) -> Iterator[list[_Trail]]:
    """Yield the trails that contend for one part of the text."""
    group: list[_Trail] = []
    end = 0
    for trail in sorted(trails, key=lambda trail: trail.at):
        if group and trail.at > end:
            yield group
            group = []
        group.append(trail)
        end = max(end, trail.last_at)
    if group:
        yield group


def _settle(group: list[_Trail], text: Words) -> Iterator[Alignment]:
    """Yield the best texts among contenders until none is left."""
    left = sorted(group, key=lambda trail: (-trail.promise, trail.at, trail.template))
    while left:
        first = left[0]
        rivals = [t for t in left if t.overlaps(first.at, first.last_at + GRAM)][:_CONTENDERS]
        best = _best(rivals, text)
        if best is None:
            left = [trail for trail in left if trail not in rivals]
            continue
        yield best
        left = [trail for trail in left if not trail.overlaps(best.start, best.end)]


def _best(rivals: list[_Trail], text: Words) -> Alignment | None:
    """Return the text that fits best; they come in the order of their promise."""
    accepted: list[Alignment] = []
    for trail in rivals:
        alignment = align(template(trail.template), text, trail.place, trail.at)
        if _is_found(alignment):
            accepted.append(alignment)
            if alignment.is_exact:
                break
    return max(accepted, key=_worth, default=None)


def _is_found(alignment: Alignment) -> bool:
    short = alignment.template.size < _SHORT
    return alignment.score >= (_FOUND_SHORT if short else _FOUND)


def _worth(alignment: Alignment) -> tuple[int, int]:
    return alignment.matched - 3 * alignment.cost, -alignment.template.size


def _is_within(alignment: Alignment, other: Alignment) -> bool:
    shared = min(alignment.end, other.end) - max(alignment.start, other.start)
    return 2 * shared > alignment.end - alignment.start
