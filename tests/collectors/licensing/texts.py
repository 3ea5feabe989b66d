"""License texts for tests, written out from the templates that ship with osmm-scan."""

from __future__ import annotations

import textwrap
from itertools import takewhile

from osmm_scan.collectors.licensing.templates import library


def license_text(license_id: str, holder: str = "Ada Lovelace", width: int = 78) -> str:
    """Return the text of a license as its template spells it, in lines of a page."""
    notation = next(text for name, _, text in library().sources if name == license_id)
    return textwrap.fill(" ".join(_words(notation, holder)), width=width) + "\n"


def _words(notation: str, holder: str) -> list[str]:
    """Return required and usual words; where any word may stand, the holder."""
    words: list[str] = []
    marks = iter(notation.split())
    for mark in marks:
        if mark == "(":
            allowed = list(takewhile(lambda inner: inner != ")", marks))
            words.extend(holder.split() if allowed == ["*"] else [])
        elif mark not in "[]":
            words.append(mark)
    return words


MIT = license_text("MIT")
APACHE = license_text("Apache-2.0")
BSD = license_text("BSD-3-Clause")
