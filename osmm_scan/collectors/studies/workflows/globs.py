"""Match names against patterns with `*`, in time bounded by their lengths, however hostile."""

from __future__ import annotations

import re

_STARS = re.compile(r"(\*+)")


def matches(pattern: str, text: str, *, separator: str = "") -> bool:
    """Tell whether the whole text fits a pattern in which `*` stands for any characters.

    With a separator a single `*` stops at it and `**` does not, as in GitHub's filters.
    """
    plain, star, _ = pattern.partition("*")
    if not star or not text.startswith(plain):
        return text == pattern
    reached = {0}
    for part in filter(None, _STARS.split(pattern)):
        if part == "*" and separator:
            reached = _segment(reached, text, separator)
        elif part.startswith("*"):
            reached = set(range(min(reached), len(text) + 1))
        else:
            reached = {at + len(part) for at in reached if text.startswith(part, at)}
        if not reached:
            return False
    return len(text) in reached


def _segment(reached: set[int], text: str, separator: str) -> set[int]:
    spread: set[int] = set()
    for start in sorted(reached):
        if start not in spread:
            stop = text.find(separator, start)
            spread.update(range(start, (len(text) if stop < 0 else stop) + 1))
    return spread
