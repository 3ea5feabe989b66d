"""Tell texts in languages that the rubrics have no words for; nothing can be said of those."""

from __future__ import annotations

import re

_SAMPLE = 4_000
_WORDS = 60
# Other languages that are written in plain Latin letters cannot be told from lists and tables.
_FOREIGN_SHARE = 0.01
_WORD = re.compile(r"[^\W\d_]{2,}")
_JAPANESE = re.compile(r"[\u3040-\u30ff]")
# Every longer text in English, German or French has all words of one row.
_KNOWN = (("the",), ("and",), ("und",), ("les", "des", "et"))


def is_foreign(text: str) -> bool:
    """Tell whether a text of some length is in no language of the rubrics."""
    sample = text[:_SAMPLE].lower()
    if sample.isascii() or " the " in sample or _JAPANESE.search(sample):
        return False
    words = _WORD.findall(sample)
    present = set(words)
    if any(present.issuperset(row) for row in _KNOWN):
        return False
    letters = sum(map(len, words))
    plain = sum(1 for word in words for letter in word if letter.isascii())
    return _length(words) >= _WORDS and letters - plain >= letters * _FOREIGN_SHARE


def _length(words: list[str]) -> int:
    """Return how many words there are; where no spaces divide them, signs count."""
    return sum(1 if word.isascii() or len(word) < 12 else len(word) for word in words)
