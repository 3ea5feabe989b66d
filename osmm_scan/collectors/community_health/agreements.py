"""Recognize the terms of contributions: a DCO, a CLA, or the project's own license."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from osmm_scan.collectors.studies.prose import Prose

# "No CLA is needed" names an agreement and asks for none.
_DENIED = {
    kind: re.compile(
        rf"\b(?:no|not|without|never|goodbye|don'?t|doesn'?t)\b[^.]{{0,40}}\b(?:{names})\b"
        rf"|\b(?:{names})\b[^.]{{0,60}}\b(?:not|no longer)\b",
        re.I,
    )
    for kind, names in {"cla": "CLAs?|agreements?", "dco": "DCO|sign-?offs?|signed-off-by"}.items()
}
_FORMS: Mapping[str, re.Pattern[str]] = {
    "cla": re.compile(
        r"""
          \bcontribut(?:or|ion)s?(?:'s?)?\ licen[sc]e\ agreements?\b
        | \bcontributor\ agreement\b | \b(?:C|I)?CLAs?\b | \beasycla\b
        """,
        re.I | re.X,
    ),
    "dco": re.compile(
        r"""
          \bdeveloper(?:'?s)?\ certificate\ of\ origin\b | \bDCO\b | \bsigned-off-by\b
        | \bgit\ commit\ [^`]{0,40}(?:\B-[a-z]{0,2}s\b|--signoff)
        | \bsign(?:ed|ing)?[- ]off\ (?:on\ )?(?:(?:all|any|each|every|the|their|your)\ )?
          (?:git\ )?commits?\b
        """,
        re.I | re.X,
    ),
    "inbound_outbound": re.compile(
        r"""
          \binbound\ ?(?:=|equals|is\ the\ same\ as)\ ?outbound\b
        | \bcontribution\ intentionally\ submitted\b
        | \bby\ (?:contributing|submitting|opening|making|sending|creating)
          [^.]{0,120}\bagree[^.]{0,200}\b(?:licen[sc]ed?|terms)\b
        | \b(?:contributions?|patch(?:es)?|pull\ requests?|submissions?|code\ you\ contribute)\b
          [^.]{0,100}\b(?:licen[sc]ed|released|made\ available|submitted|accepted)\b
          [^.]{0,20}\bunder\b[^.]{0,60}
          \b(?:licen[sc]e|terms|MIT|Apache|BSD|GPL|MPL|CC0|CC[- ]BY)\b
        """,
        re.I | re.X,
    ),
}


def terms(prose: Prose) -> Iterator[tuple[str, int]]:
    """Yield each kind of terms that a document states, with the first line that does."""
    for kind, form in _FORMS.items():
        for block in prose.blocks:
            if form.search(block.text) and not _is_denied(kind, block.text):
                yield kind, block.line
                break


def _is_denied(kind: str, text: str) -> bool:
    return kind in _DENIED and _DENIED[kind].search(text) is not None
