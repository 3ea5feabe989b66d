"""Tell at little cost what a text cannot say, before its structure is read.

What passes may still not be there. What does not pass is not there: a phrase needs its words, and
markup never adds letters to a text, it only stands between them.
"""

from __future__ import annotations

import math
import re
from functools import cached_property
from itertools import accumulate

from osmm_scan.collectors.documents.rubrics import Element

# Removed, so that words count that run on through a change of face.
_MARKS = "*_[]`"
# What is not shown ends with these signs; a letter right behind may belong to the word before.
_HIDDEN = (("](", ")"), ("<!--", "-->"), (">`_", ">"))


_GAP = re.compile(r"\n[^\S\n]*\n")


class Sieve:
    """The letters of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[tuple[str, ...], bool] = {}

    def passes(self, element: Element) -> bool:
        """Tell whether the text may say something often enough."""
        if self._runs_on:
            return True
        phrases = [one for one in element.phrases if all(map(self._has, one.signs))]
        if len(phrases) < element.distinct:
            return False
        if element.passages == 1:
            return bool(phrases)
        times = (min(map(self._times, one.signs)) for one in phrases)
        return any(number >= element.passages for number in accumulate(times))

    def passes_together(self, sign: str, words: tuple[str, ...]) -> bool:
        """Tell whether a sign and one of some words may stand in one passage."""
        if sign not in self._text or not (self._runs_on or self._has(words)):
            return False
        passages = (passage for passage in _GAP.split(self._text) if sign in passage)
        return self._runs_on or any(Sieve(passage)._has(words) for passage in passages)

    def _has(self, signs: tuple[str, ...]) -> bool:
        known = self._known.get(signs)
        if known is None:
            letters = self._letters
            known = self._known[signs] = any(sign.rstrip("*") in letters for sign in signs)
        return known

    def _times(self, signs: tuple[str, ...]) -> float:
        """Return how often one of these words may stand in the text, at most."""
        if any(sign.endswith("*") for sign in signs):
            return math.inf
        word = re.compile(rf"(?:{'|'.join(signs)})(?![^\W_])")
        # A mark next to a word may belong to it or not.
        return _times(word, self._text.lower()) + _times(word, self._letters)

    @cached_property
    def _letters(self) -> str:
        letters = self._text.lower()
        for mark in _MARKS:
            letters = letters.replace(mark, "")
        return letters

    @cached_property
    def _runs_on(self) -> bool:
        """Tell whether a word may go on behind something that is not shown."""
        return any(
            sign in self._text and re.search(rf"{re.escape(end)}[^\W_]", self._letters) is not None
            for sign, end in _HIDDEN
        )


def _times(word: re.Pattern[str], text: str) -> int:
    """Return how often a pattern is found that does not begin within a word."""
    return sum(
        1
        for match in word.finditer(text)
        if not text[max(0, match.start() - 1) : match.start()].isalnum()
    )
