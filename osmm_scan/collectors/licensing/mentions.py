"""Find licenses that a text names instead of quoting: "licensed under the Apache License 2.0"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from osmm_scan.collectors.licensing.expressions import normalize
from osmm_scan.collectors.licensing.templates import library
from osmm_scan.collectors.licensing.words import Words, fold, read, vocabulary

_IDENTIFIER = re.compile(r"SPDX-License-Identifier:[ \t]*([^\s*#\"'<>][^\r\n\"'<>]{0,300})")
_LONGEST_PHRASE = 30
_FILLERS = frozenset({"license", "licensed", "licenses", "software", "version", "the"})
_MOST = 2_000
# How many words before a name say whether it is granted or denied.
_LEAD = 12
_UNDER = re.compile(
    r"\b(?:under|subject to|terms of|covered by|governed by|licensed|choose|either)\b"
)
_DENIAL = re.compile(
    r"\b(?:not|isnt|never|no longer|neither|nor|unlike|instead of|incompatible with|based on|than)"
    r"(?: \w+){0,6}$"
)
# What was so once, is so of something else, or only nearly so, does not apply.
_DISTANT = re.compile(
    r"\b(?:was|were|originally|formerly|previously|until)(?: \w+){0,8}$"
    r"|\btext of this(?: \w+){0,9}$|\b(?:modified|old|similar to)$"
)
_COMPARED = re.compile(
    r"\bcompatible (?:to|with)(?: (?:the|gnu|both|either))*$"
    r"|\bcompatible (?:to|with)(?: \w+){0,8} (?:but )?not(?: (?:the|gnu))*$"
)
_CHOICE = re.compile(
    r"\beither (?:of|the (?!gnu)|mit|apache|bsd|gpl)|\bdual(?:ly)? licen"
    r"|\bdual (?:mit|apache|bsd|gpl)"
    r"|\byour (?:option|choice)\b(?! any later)|\bmay choose\b|\bany of the following licenses"
    r"|\b(?:mit|apache|bsd|gpl|2\.0|license) or (?:the )?(?:mit|apache|bsd|gpl)\b"
)
# A choice for some files is none for the whole.
_IN_PART = re.compile(r"\b(?:files?|modifications|contributions|examples|recipes|some|portions)\b")

# "MIT-style" and "Old MIT" are other licenses than MIT.
_VARIANT = "cmu|compatible|derived|like|modern|no|old|open|style|type|0"
# Names people use beside those of the SPDX license list, over normalized words.
_NAMES: tuple[tuple[str, str], ...] = (
    (
        r"apache(?: software)?(?: public)?(?: license)?,? ?(?:version )?2(?:\.0)?",
        "Apache-2.0",
    ),
    (r"apache software license$", "Apache-2.0"),
    (r"(?:apl|asl) ?(?:version )?2(?:\.0)?|apache2", "Apache-2.0"),
    (r"(?:mit|expat)(?: x11)? licen[sc]ed?|license mit|expat", "MIT"),
    (rf"mit(?! (?:{_VARIANT})\b)", "MIT"),
    (r"mit no attribution(?: license)?", "MIT-0"),
    (r"(?:bsd 3|3|three) clause(?: bsd)?|(?:new|modified|revised) bsd|bsd3", "BSD-3-Clause"),
    (r"(?:bsd 2|2|two) clause(?: bsd)?|simplified bsd|freebsd license|bsd2", "BSD-2-Clause"),
    (r"(?:zero clause|0 clause) bsd|0bsd|bsd zero clause", "0BSD"),
    (r"isc license", "ISC"),
    (r"zlib(?: libpng)? license", "Zlib"),
    (r"boost software license(?: version)?(?: 1\.0)?", "BSL-1.0"),
    (r"unlicense", "Unlicense"),
    (r"python software foundation license(?: version 2)?|psf license|psf2", "PSF-2.0"),
    (r"mozilla public license(?: version)? 2(?:\.0)?|mpl ?(?:version )?2(?:\.0)?", "MPL-2.0"),
    (r"mozilla public license(?: version)? 1\.1|mpl ?(?:version )?1\.1", "MPL-1.1"),
    (r"eclipse public license(?: version)? 2(?:\.0)?|epl ?(?:version )?2(?:\.0)?", "EPL-2.0"),
    (r"eclipse public license(?: version)? 1(?:\.0)?|epl ?(?:version )?1(?:\.0)?", "EPL-1.0"),
    (r"eclipse distribution license(?: version)? 1(?:\.0)?", "BSD-3-Clause"),
    (r"sil open font license(?: version)?(?: 1\.1)?|ofl 1\.1", "OFL-1.1"),
    (r"artistic license(?: version)? 2(?:\.0)?", "Artistic-2.0"),
    (r"cc0(?: 1\.0)?(?: universal)?|creative commons zero", "CC0-1.0"),
    (r"european union public licen[sc]e(?: version)?(?: 1\.2)?", "EUPL-1.2"),
    (r"do what the fuck you want to public license|wtfpl", "WTFPL"),
    (r"microsoft public license|ms pl", "MS-PL"),
    (r"universal permissive license(?: version)?(?: 1\.0)?", "UPL-1.0"),
    (r"postgresql license", "PostgreSQL"),
    (r"business source license(?: version)?(?: 1\.1)?|busl 1\.1", "BUSL-1.1"),
    (r"server side public license(?: version)?(?: 1)?|sspl", "SSPL-1.0"),
    (r"elastic license(?: version)? 2(?:\.0)?|elv2", "Elastic-2.0"),
    (
        r"polyform noncommercial(?: license)?(?: version)?(?: 1\.0\.0)?",
        "PolyForm-Noncommercial-1.0.0",
    ),
)
_GNU = re.compile(
    r"(?:gnu )?(?:(?P<affero>affero |a(?=gpl))|(?P<lesser>(?:lesser|library) |l(?=gpl)))?"
    r"(?:gnu )?(?:general public licen[sc]e|gpl)(?: licen[sc]e)?"
    r"(?P<gap>(?: as published by the free software foundation| agpl| lgpl| gpl| either)*)"
    r" ?(?:version )?(?P<version>[123](?:\.[01])?)\b"
    r"(?P<later>(?: of the license)?(?: only)? or(?: at your option)?(?: any)?"
    r" (?:later|newer|above))?"
)
_CC = re.compile(
    r"(?:creative commons |cc )(?:license )?(?P<by>attribution|by)(?P<rest>(?: noncommercial| nc"
    r"| sharealike| share alike| sa| noderivatives| noderivs| no derivatives| nd)*)"
    r"(?: (?:international|unported|generic|public|license|version))* (?P<version>[1234]\.[05])"
)


_OPENINGS = vocabulary(
    """
    apache apl asl apache2 mit expat license bsd new modified revised simplified 3 three bsd3 2
    two bsd2 freebsd zero 0 0bsd isc zlib boost unlicense python psf psf2 mozilla mpl eclipse epl
    sil ofl artistic cc0 cc creative european do wtfpl microsoft ms universal postgresql business
    busl server sspl elastic elv2 polyform gnu affero lesser library general gpl lgpl agpl
    """
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A license named at a line; `granted` when the text says that it applies, `denied` if not."""

    license: str
    line: int
    granted: bool
    denied: bool


def identifiers(text: str) -> Iterator[tuple[int, str]]:
    """Yield the expression of every valid SPDX-License-Identifier and its line."""
    line, before = 1, 0
    for found in _IDENTIFIER.finditer(text):
        line += text.count("\n", before, found.start())
        before = found.start()
        said = re.split(r"\*/|--|#}|\s{2,}", found[1])[0].strip(" \t*;,`")
        expression = normalize(said)
        if expression is not None:
            yield line, expression


def mentions(words: Words, covered: bytes | bytearray) -> Iterator[Mention]:
    """Yield the licenses that words outside the covered ones name."""
    looked = 0
    index = 0
    while index < len(words) and looked < _MOST:
        if covered[index]:
            index += 1
            continue
        license_id, length = name_at(words, index)
        if license_id is None:
            index += 1
            continue
        looked += 1
        mention = _mention(words, index, license_id)
        if mention is not None:
            yield mention
        index += max(1, length)


def named(text: str) -> str | None:
    """Return the license whose name a text is, however people spell it."""
    words = read(text)
    if len(words) == 0:
        return None
    license_id, length = name_at(words, 0)
    rest = set(words.words[length:])
    return license_id if rest <= _FILLERS | set(words.words[:length]) else None


def offers_choice(said: str) -> bool:
    """Tell whether a passage lets the reader choose between the licenses that it names."""
    return _CHOICE.search(said) is not None and _IN_PART.search(said) is None


def _mention(words: Words, index: int, license_id: str) -> Mention | None:
    """Return what is said of a license that is named, None when another is compared with it."""
    lead = " ".join(words.words[max(0, index - _LEAD) : index])
    if _COMPARED.search(lead):
        return None
    return Mention(
        license_id,
        words.lines[index],
        granted=_UNDER.search(lead) is not None and not _DISTANT.search(lead),
        denied=_DENIAL.search(lead) is not None,
    )


def name_at(words: Words, index: int) -> tuple[str | None, int]:
    """Return the license whose name begins at a word, and how many words that takes."""
    first = words.words[index]
    names = _listed().get(first)
    if names is None and first not in _OPENINGS:
        return None, 0
    said = " ".join(words.words[index : index + _LONGEST_PHRASE]) + " "
    for name, license_id in names or ():
        if said.startswith(name):
            return license_id, name.count(" ")
    gnu = _GNU.match(said)
    if gnu is not None:
        return _gnu_id(gnu), gnu[0].count(" ") + 1
    commons = _CC.match(said)
    if commons is not None:
        return _commons_id(commons), commons[0].count(" ") + 1
    for pattern, license_id in _compiled():
        found = pattern.match(said)
        if found is not None:
            return license_id, found[0].count(" ") + 1
    return None, 0


def _gnu_id(found: re.Match[str]) -> str | None:
    kind = "AGPL" if found["affero"] else "LGPL" if found["lesser"] else "GPL"
    version = found["version"] if "." in found["version"] else found["version"] + ".0"
    license_id = f"{kind}-{version}-{'or-later' if found['later'] else 'only'}"
    return license_id if license_id in library().licenses else None


def _commons_id(found: re.Match[str]) -> str | None:
    rest = found["rest"].replace("noncommercial", "nc").replace("share alike", "sa")
    rest = rest.replace("sharealike", "sa")
    rest = re.sub(r"noderivatives|noderivs|no derivatives", "nd", rest)
    parts = [part for part in ("nc", "nd", "sa") if part in rest.split()]
    license_id = "-".join(["CC-BY", *(part.upper() for part in parts), found["version"]])
    return license_id if license_id in library().licenses else None


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"(?:{pattern})(?=\s|$)"), name) for pattern, name in _NAMES)


@cache
def _listed() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the full names of licenses and their ids, the longest first, by their first word.

    A name of one word says too little.
    """
    found: dict[str, dict[str, str]] = {}
    for entry in sorted(library().licenses.values(), key=lambda entry: entry.id, reverse=True):
        words = [word for word in fold(entry.name) if word != "the"]
        if len(words) > 1:
            found.setdefault(words[0], {})[" ".join(words) + " "] = entry.id
    return {
        first: tuple(sorted(names.items(), key=lambda item: (-len(item[0]), item[0])))
        for first, names in found.items()
    }


@cache
def known_titles() -> frozenset[str]:
    """Return the names of all licenses without their versions, as words before "license"."""
    titles = (" ".join(fold(entry.name)) for entry in library().licenses.values())
    return frozenset(title.partition(" license")[0].removeprefix("the ") for title in titles)
