"""Take the comments out of JSON with comments and JSON5, so that a plain parser reads the rest."""

from __future__ import annotations

import re

# A text or comment that does not end is read to the end once, not from each of its characters.
_TEXT_OR_COMMENT = re.compile(
    r"""
      ( "(?:[^"\\]|\\(?:.|\Z))*(?:"|\Z)
      | '(?:[^'\\]|\\(?:.|\Z))*(?:'|\Z) )
    | //[^\n]*
    | /\*(?:[^*]|\*(?!/))*(?:\*/|\Z)
    """,
    re.DOTALL | re.VERBOSE,
)


def without_comments(text: str) -> str:
    """Return a text without its comments; lines keep their numbers."""
    return _TEXT_OR_COMMENT.sub(_kept, text)


def _kept(match: re.Match[str]) -> str:
    return match[1] or "\n" * match[0].count("\n")
