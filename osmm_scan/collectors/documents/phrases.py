"""Find phrases in a text by its words, in time linear in the text whatever the phrase is.

`open source polic*` stands for these words one after the other, hyphens and other signs between
them aside. `a|b` is a choice, `word*` any word that begins so, `...` up to eight other words, and
`one phrase & another` asks for both in one passage. A phrase in a script without spaces between its
words is found wherever its signs stand.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

GAP = 8

_WORD = re.compile(r"[^\W_]+")
_PLAIN = re.compile(r"[^\W_]+\*?")
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_END = ""  # Stands between passages, and is no word.


@dataclass(frozen=True, slots=True)
class Step:
    """One word of a phrase: any of `choices`, at most `gap` other words before it."""

    choices: tuple[str, ...]
    gap: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as written, and its parts: rows of steps, or texts to be found as they are.

    Where it stands, one of each row of `signs` stands too: words, and with `*` parts of words.
    """

    text: str
    parts: tuple[tuple[Step, ...] | str, ...]
    signs: tuple[tuple[str, ...], ...]


class Words:
    """The words of some passages, found by what they are."""

    def __init__(self, passages: Sequence[str]) -> None:
        self.passages = passages
        self._words: list[str] = []
        self._starts: list[int] = []
        for passage in passages:
            self._starts.append(len(self._words))
            self._words.extend(_WORD.findall(passage.lower()))
            self._words.append(_END)
        self._places: dict[str, list[int]] = {}
        for place, word in enumerate(self._words):
            self._places.setdefault(word, []).append(place)
        self._places.pop(_END, None)
        self._vocabulary = sorted(self._places)
        self._known: dict[tuple[str, ...], frozenset[str]] = {}

    def __len__(self) -> int:
        return len(self._words) - len(self.passages)

    def find(self, phrase: Phrase) -> list[int]:
        """Return the numbers of the passages that hold a phrase, in order."""
        found = self._part(phrase.parts[0])
        for part in phrase.parts[1:]:
            if not found:
                break
            found &= self._part(part)
        return sorted(found)

    def has_any(self, words: frozenset[str], pieces: tuple[str, ...]) -> bool:
        """Tell whether one of some words stands there, or one of some pieces of words."""
        return not words.isdisjoint(self._places) or any(
            piece in self._together for piece in pieces
        )

    @cached_property
    def _together(self) -> str:
        return "\n".join(self.passages).lower()

    def _part(self, part: tuple[Step, ...] | str) -> set[int]:
        return self._signs(part) if isinstance(part, str) else self._steps(part)

    def _signs(self, text: str) -> set[int]:
        if text not in self._together:
            return set()
        return {number for number, passage in enumerate(self.passages) if text in passage.lower()}

    def _steps(self, steps: tuple[Step, ...]) -> set[int]:
        wanted = []
        for step in steps:
            words = self._resolve(step.choices)
            if not words:
                return set()
            wanted.append((words, step.gap))
        return {
            bisect_right(self._starts, place) - 1
            for word in wanted[0][0]
            for place in self._places[word]
            if len(wanted) == 1 or self._goes_on(place, wanted[1:])
        }

    def _goes_on(self, place: int, wanted: Sequence[tuple[frozenset[str], int]]) -> bool:
        for words, gap in wanted:
            for following in range(place + 1, place + gap + 2):
                word = self._words[following]
                if word in words:
                    place = following
                    break
                if word == _END:
                    return False
            else:
                return False
        return True

    def _resolve(self, choices: tuple[str, ...]) -> frozenset[str]:
        known = self._known.get(choices)
        if known is None:
            known = self._known[choices] = frozenset(self._matching(choices))
        return known

    def _matching(self, choices: Iterable[str]) -> Iterator[str]:
        for choice in choices:
            if not choice.endswith("*"):
                if choice in self._places:
                    yield choice
                continue
            start = choice[:-1]
            place = bisect_left(self._vocabulary, start)
            while place < len(self._vocabulary) and self._vocabulary[place].startswith(start):
                yield self._vocabulary[place]
                place += 1


@lru_cache(maxsize=10_000)
def phrase(text: str) -> Phrase:
    """Return a phrase as the words that it asks for; `ValueError` says what is wrong with it."""
    parts = tuple(_part(part.strip(), text) for part in text.lower().split("&"))
    return Phrase(text, parts, tuple(row for part in parts for row in _signs(part)))


def _signs(part: tuple[Step, ...] | str) -> Iterator[tuple[str, ...]]:
    if isinstance(part, str):
        yield from ((f"{piece}*",) for piece in part.split())
    else:
        yield from (step.choices for step in part)


def _part(part: str, whole: str) -> tuple[Step, ...] | str:
    if _SPACELESS.search(part):
        if "|" in part:
            raise ValueError(f"{whole!r} offers a choice in a script without spaces: write two")
        return part
    steps: list[Step] = []
    gap = 0
    for piece in part.split():
        if piece == "...":
            gap = GAP
            continue
        choices = tuple(piece.split("|"))
        wrong = next((choice for choice in choices if not _PLAIN.fullmatch(choice)), None)
        if wrong is not None:
            raise ValueError(f"{wrong!r} in {whole!r} is no word, such as 'polic*'")
        steps.append(Step(choices, gap))
        gap = 0
    if not steps or gap or part.startswith("..."):
        raise ValueError(f"{whole!r} is no phrase: '...' and '&' stand between words")
    return tuple(steps)
