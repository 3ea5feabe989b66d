"""Turn a license text into comparable words, each with the line it stands on.

Follows the SPDX matching guidelines: case, white space, punctuation, quotes, comment markers,
list bullets and spelling variants carry no meaning; copyright notices may stand anywhere.
"""

from __future__ import annotations

import html
import re
from array import array
from dataclasses import dataclass

_WORD = re.compile(r"[0-9]+(?:\.[0-9]+)+|[^\W_]+(?:'[^\W_]+)*")
_VERSION = re.compile(r"v(?=\.?\s?[0-9])(?:(?<=\bv)|(?<=plv))\.?\s?|\+(?<=[0-9]\+)(?![0-9+])")
_QUOTES = str.maketrans(dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4", "'"))
_TAG = re.compile(
    r"</?(?:a|b|blockquote|body|br|code|center|dd|div|dl|dt|em|font|h[1-6]|head|hr|html|i|img|li"
    r"|link|meta|ol|p|pre|section|small|span|strong|style|sub|sup|table|tbody|td|th|title|tr|tt"
    r"|u|ul)\b[^<>]{0,300}>|<!--|-->|<!doctype[^<>]{0,300}>",
    re.IGNORECASE,
)
_LINK_TARGET = re.compile(r"\]\([^()\s]{1,300}\)")
_BULLET = re.compile(
    r"[\W_]*(?:(?:dnl|rem)\b[\W_]*)?\(?(?:[0-9]{1,2}|[a-z]|[ivx]{1,5})(?:\.[0-9]{1,2}){0,2}[.):]"
    r"(?=\s|$)(?!\s*[0-9])",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"[\W_]*(?:(?:dnl|rem|portions|some parts|files?|modifications)\b[\W_]*)?"
    r"(?:\(c\)|©|copr\.|copyright\s*(?:\(c\)|©|&copy;|:|,?\s*[\[<({]|,?\s*(?:19|20)[0-9]{2}"
    r"|by\b|-)|(?:19|20)[0-9]{2}[^a-z]{0,40}\(c\)|all rights reserved|authors?:)",
    re.IGNORECASE,
)
# "Copyright Acme Corporation": a name, unlike "Copyright Holder" and its relatives in prose.
_NAMED_NOTICE = re.compile(
    r"[\W_]*Copyright\s+(?!Holder|Owner|Notice|Law|Act\b|License|Statement|Disclaimer|Permission"
    r"|Protection|Infring)[A-Z][\w.&'-]+"
)

# What a line must hold to be a notice.
_NOTICE_HINTS = ("copr", "copyright", "19", "20", "\u00a9", "rights reserved", "author")

_VARIANTS = {
    "acknowledgment": "acknowledgement",
    "analogue": "analog",
    "analyse": "analyze",
    "artefact": "artifact",
    "artefacts": "artifacts",
    "authorisation": "authorization",
    "authorised": "authorized",
    "calibre": "caliber",
    "cancelled": "canceled",
    "catalogue": "catalog",
    "categorise": "categorize",
    "centre": "center",
    "copr": "copyright",
    "emphasised": "emphasized",
    "favour": "favor",
    "favourite": "favorite",
    "fulfil": "fulfill",
    "fulfilment": "fulfillment",
    "https": "http",
    "initialise": "initialize",
    "judgement": "judgment",
    "labelling": "labeling",
    "labour": "labor",
    "licence": "license",
    "licences": "licenses",
    "licenced": "licensed",
    "maximise": "maximize",
    "merchantibility": "merchantability",
    "modelled": "modeled",
    "modelling": "modeling",
    "offence": "offense",
    "optimise": "optimize",
    "organisation": "organization",
    "organise": "organize",
    "practise": "practice",
    "programme": "program",
    "realise": "realize",
    "recognise": "recognize",
    "signalling": "signaling",
    "utilisation": "utilization",
    "whilst": "while",
    "wilful": "willful",
    "wilfull": "willful",
}
_LIGHT = frozenset("bcdefghijklmnopqrstuvwxyz") | frozenset(map(str, range(100)))
_PREFIXES = frozenset({"sub", "non"})
_HOLDERS = {"owner": "holder", "owners": "holders"}


@dataclass(frozen=True, slots=True)
class Words:
    """Words in order, the line of each, and which are soft: of copyright notices, or light."""

    words: tuple[str, ...]
    lines: array[int]
    soft: bytearray
    raw: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.words)


def read(text: str) -> Words:
    """Return the words of a text."""
    words: list[str] = []
    lines: array[int] = array("l")
    soft = bytearray()
    raw = tuple(text.splitlines())
    marked_up = "<" in text or "&" in text
    for number, line in enumerate(raw, 1):
        found, notice = _line(line, marked_up=marked_up)
        words.extend(found)
        lines.extend([number] * len(found))
        soft.extend([notice or word in _LIGHT for word in found])
    _join(words, lines, soft)
    return Words(tuple(words), lines, soft, raw)


def vocabulary(text: str) -> frozenset[str]:
    """Return the words of a list written as text."""
    return frozenset(text.split())


def fold(text: str) -> list[str]:
    """Return the words of a fragment that has no lines of its own."""
    return list(read(text.replace("\n", " ")).words)


def is_light(word: str) -> bool:
    """Tell whether a word is a letter or number that counts the items of a list."""
    return word in _LIGHT


def is_notice(line: str) -> bool:
    """Tell whether a line states a copyright rather than terms."""
    return bool(_NOTICE.match(line) or _NAMED_NOTICE.match(line))


def _line(line: str, *, marked_up: bool) -> tuple[list[str], bool]:
    if marked_up:
        line = html.unescape(_TAG.sub(" ", line))
    if "](" in line:
        line = _LINK_TARGET.sub("]", line)
    plain = line.lower() if line.isascii() else line.translate(_QUOTES).lower()
    bullet = _BULLET.match(plain)
    if bullet:
        plain = plain[bullet.end() :]
    plain = plain.replace("(c)", " ").replace("&", " and ")
    if "v" in plain or "+" in plain:
        plain = _VERSION.sub(_spell_out, plain)
    found = [_VARIANTS.get(word, word) for word in _WORD.findall(plain)]
    if "'" in plain:
        found = [word.replace("'", "") for word in found]
    return found, any(hint in plain for hint in _NOTICE_HINTS) and is_notice(line)


def _spell_out(mark: re.Match[str]) -> str:
    return " or later " if mark[0] == "+" else " version "


def _join(words: list[str], lines: array[int], soft: bytearray) -> None:
    kept = 0
    for index, word in enumerate(words):
        before = words[kept - 1] if kept else ""
        if before in _PREFIXES and lines[index] - lines[kept - 1] < 2:
            words[kept - 1] = before + word
            continue
        words[kept] = _HOLDERS.get(word, word) if before == "copyright" else word
        lines[kept], soft[kept] = lines[index], soft[index]
        kept += 1
    del words[kept:], lines[kept:], soft[kept:]
