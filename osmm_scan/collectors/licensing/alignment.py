"""Lay a template over a text, word by word, and say where the two differ.

Greedy and linear: equal runs are taken whole, and after a difference the nearest place is sought
where three words agree again, within a window of fixed width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from osmm_scan.collectors.licensing.templates import Template
from osmm_scan.collectors.licensing.words import Words

_RUN = 32
_AGREE = 3
_WINDOWS = (12, 48, 240)
# A holder's name may be long, a whole paragraph in its place is none.
_GAP_LIMIT = 80
# Past this share of differences (and a few) the text is another one; do not go on.
_PATIENCE = 0.3
# Where only a few optional words are left, they are worth passing over this many others.
_SLIP = 6
_GRACE = 24
# Seeking where to go on costs about as much as passing over so many equal words.
_EFFORT = 50
# A word that differs weighs as much as so many equal ones.
PENALTY = 3

NO_WORDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Difference:
    """Words `start:end` of the text in place of `missing` ones; `allowed` ones may stand there."""

    start: int
    end: int
    missing: tuple[str, ...]
    allowed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Alignment:
    """A template laid over words `start:end` of a text.

    `matched` words are equal, `cost` counts those that differ and should not, `steps` the work.
    """

    template: Template
    start: int
    end: int
    matched: int
    cost: int
    differences: tuple[Difference, ...]
    steps: int

    @property
    def score(self) -> float:
        """Return the share of the words that are as they should be, 1 for the exact text."""
        return self.matched / max(1, self.matched + self.cost)


def align(template: Template, text: Words, place: int, at: int) -> Alignment:
    """Return how a template lies over a text, given that word `place` of it stands at `at`."""
    high = at + _reach(len(template.words) - place)
    ahead = _walk(template.since(place), text.words[at:high], text.soft[at:high])
    low = max(0, at - _reach(place))
    back = _walk(template.before(place), text.words[low:at][::-1], text.soft[low:at][::-1])
    differences = [
        *(
            Difference(at - d.end, at - d.start, d.missing[::-1], d.allowed)
            for d in back.found[::-1]
        ),
        *(Difference(at + d.start, at + d.end, d.missing, d.allowed) for d in ahead.found),
    ]
    return Alignment(
        template,
        at - back.at,
        at + ahead.at,
        back.matched + ahead.matched,
        back.cost + ahead.cost,
        tuple(differences),
        back.steps + ahead.steps,
    )


def _reach(count: int) -> int:
    """Return how many words of a text so many words of a template can lie over at most."""
    return 2 * count + _WINDOWS[-1]


class _Walk:
    """The state of one pass over a template and a text, both forwards or both backwards."""

    def __init__(self, template: Template, words: Sequence[str], soft: Sequence[int]) -> None:
        self.template, self.words, self.soft = template, words, soft
        self.place = self.at = 0
        self.matched = self.cost = self.steps = 0
        self.found: list[Difference] = []
        self._best = (-inf, 0, 0, 0, 0, 0)

    @property
    def worth(self) -> float:
        """Return how well the template fits so far."""
        return self.matched - PENALTY * self.cost

    def take_equal(self) -> None:
        """Pass over the words that are equal in both."""
        ours, theirs = self.template.words, self.words
        place, at = self.place, self.at
        while ours[place : place + _RUN] == theirs[at : at + _RUN] and place + _RUN <= len(ours):
            place, at = place + _RUN, at + _RUN
        while place < len(ours) and at < len(theirs) and ours[place] == theirs[at]:
            place, at = place + 1, at + 1
        self.matched += place - self.place
        self.steps += place - self.place
        self.place, self.at = place, at
        if self.worth > self._best[0] and 1 not in self.template.needed[place:]:
            self._best = self.worth, place, at, self.matched, self.cost, len(self.found)

    def resume(self) -> bool:
        """Record the difference here and go to where both agree again; False when they do not."""
        self.steps += _EFFORT
        best = next(filter(None, map(self._nearest, _WINDOWS)), None)
        if best is None or best[0] > self._worth_going_on():
            return False
        _, place, at = best
        self._record(place, at)
        return self.cost <= _GRACE + _PATIENCE * self.matched

    def _worth_going_on(self) -> int:
        """Return how many differing words the rest of the template is worth."""
        needed = sum(self.template.needed[self.place :])
        return max(needed, _SLIP, (len(self.template.words) - self.place) // 4)

    def close(self) -> None:
        """End where the template fits best once all required words are found, if they are."""
        if self._best[0] > -inf:
            _, self.place, self.at, self.matched, self.cost, kept = self._best
            del self.found[kept:]
            if self.place == len(self.template.words):
                self._take_allowed()
        else:
            self._record(len(self.template.words), self.at)

    def _take_allowed(self) -> None:
        """Pass over words that may follow the template."""
        allowed = self.template.gaps.get(self.place, NO_WORDS)
        while "*" not in allowed and self.at < len(self.words) and self.words[self.at] in allowed:
            self.at += 1

    def _nearest(self, window: int) -> tuple[int, int, int] | None:
        """Return the cheapest place to go on at: what it costs, and where it is in both."""
        ahead = self._ahead(window)
        best: tuple[int, int, int] | None = None
        skipped = 0
        gap = False
        for place in range(self.place, min(self.place + 3 * window, len(self.template.words))):
            gap = gap or place in self.template.gaps
            at = ahead.get(self.template.words[place : place + _AGREE])
            if at is not None:
                cost = skipped + self._price(at, gap=gap)
                if best is None or cost < best[0]:
                    best = cost, place, at
            skipped += self.template.needed[place]
            if skipped > window or (best is not None and skipped >= best[0]):
                break
        return best

    def _ahead(self, window: int) -> dict[tuple[str, ...], int]:
        """Return where every run of words in the window of the text stands first."""
        last = min(len(self.words), self.at + window) - 1
        return {tuple(self.words[at : at + _AGREE]): at for at in range(last, self.at - 1, -1)}

    def _price(self, at: int, *, gap: bool) -> int:
        """Return what it costs to leave out the words of the text up to a place."""
        # Past the last required word there is nothing for a name to stand in for.
        limit = _GAP_LIMIT if any(self.template.needed[self.place :]) else _AGREE
        if gap and at - self.at <= limit:
            return 0
        return at - self.at - sum(self.soft[self.at : at])

    def _record(self, place: int, at: int) -> None:
        missing = tuple(
            self.template.words[index]
            for index in range(self.place, place)
            if self.template.needed[index]
        )
        gaps = [
            self.template.gaps[i] for i in range(self.place, place + 1) if i in self.template.gaps
        ]
        optional = set(self.template.words[self.place : place])
        self.cost += len(missing) + self._price(at, gap=bool(gaps))
        if missing or at > self.at:
            allowed = frozenset(optional).union(*gaps) if gaps else NO_WORDS
            self.found.append(Difference(self.at, at, missing, allowed))
        self.place, self.at = place, at


def _walk(template: Template, words: Sequence[str], soft: Sequence[int]) -> _Walk:
    walk = _Walk(template, words, soft)
    walk.take_equal()
    while walk.place < len(template.words):
        if not walk.resume():
            break
        walk.take_equal()
    walk.close()
    return walk
