"""Read lists of people in documents: MAINTAINERS files, and sections of other documents."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from osmm_scan.collectors.people.named import Named, owner, person
from osmm_scan.collectors.studies.blocks import Block, Kind
from osmm_scan.collectors.studies.paths import TEXT_ENDINGS
from osmm_scan.collectors.studies.prose import Prose, read
from osmm_scan.sources.repository import Repository

_LIMIT = 512 * 1024
_ROSTER = re.compile(r"(?:maintainers?|committers|core[_-]?team)(?:\.[a-z]{1,8})?", re.I)
_OTHER = re.compile(r"(?:readme|governance|contributing|community)(?:\.[a-z]{1,8})?", re.I)
_FOLDERS = frozenset({"", ".github", "community", "docs", "governance"})
_SECTION = re.compile(
    r"^\W*(?:(?:current|active|project|core|lead|the|our|meet)\s)*(?:maintainers?|committers?"
    r"|core (?:team|developers|members)|project (?:team|leads?)|code ?owners|steering committee"
    r"|technical steering committee(?: members)?|team)\b[^.]{0,40}$",
    re.I,
)
_PAST = re.compile(
    r"emerit|alumni|former|past\b|retired|inactive|previous|honou?r|updating|how to|becom|process"
    r"|responsib|thank|contributors",
    re.I,
)
_OUT_OF_OFFICE = re.compile(
    r"emerit|alumni|\bformer|retired|original author|inactive|founded by", re.I
)
_ENTRY = re.compile(r"(?:[-*+•]|\d{1,3}[.)]|\||M:)\s*")
_PAIR = re.compile(r"([^<>@,;:|()\[\]\d]{3,60}?)\s*[<(]\s*([\w.+-]{1,64}@[\w.-]{1,99})\s*[>)]")
_ACCOUNT = re.compile(r"(?<![\w./@])@([A-Za-z0-9][A-Za-z0-9-]{0,38}(?:/[\w.-]{1,60})?)(?![\w.@])")
_PROFILE = re.compile(r"https?://(?:www\.)?github\.com/([A-Za-z0-9][A-Za-z0-9-]{0,38})/?")
# Quotes and dashes are written as code points, because they look like others.
_QUOTE = "['\"\u2018\u2019\u201c\u201d]"
_NICKNAME = re.compile(
    rf"{_QUOTE}[^'\"\u2018-\u201d]{{0,30}}{_QUOTE}|\([^()]{{0,30}}\)|[*_\u2022|]|^\W+|M:"
)
_BETWEEN = re.compile(r"[|,(<@:\u2013\u2014]|\s-\s|\bgithub\b", re.I)
_NAME = re.compile(r"[^\W\d_][\w.'\u2019-]{0,30}(?:\s[\w.'\u2019-]{1,30}){1,4}")
_NO_NAME = re.compile(
    r"\b(?:affiliation|code|company|email|e-mail|github|handle|issue|maintainers?|name|organi[sz]ation"
    r"|project|pull|request|requests|review|role|slack|team|username)\b",
    re.I,
)
# Words within a name that are written small.
_PARTICLES = frozenset(
    {"al", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el"}
    | {"ibn", "la", "le", "ten", "ter", "van", "von", "y", "zu", "zur"}
)
_SHORT = 14


def rostered(home: Repository) -> Iterator[tuple[Named, ...]]:
    """Yield whom each document names; a whole MAINTAINERS file, or a section of another."""
    for path in home.entries():
        name = posixpath.basename(path)
        is_roster = _ROSTER.fullmatch(name) is not None
        is_near = posixpath.dirname(path).lower() in _FOLDERS
        is_text = posixpath.splitext(name)[1].lower() in TEXT_ENDINGS
        if is_near and is_text and (is_roster or _OTHER.fullmatch(name)):
            prose = read(home.text(path, limit=_LIMIT))
            yield tuple(_people(path, prose, is_roster=is_roster))


def _people(path: str, prose: Prose, *, is_roster: bool) -> Iterator[Named]:
    for block in _relevant(prose, is_roster=is_roster):
        is_entry = _ENTRY.match(block.text) or _PAIR.search(block.text)
        is_short = len(block.text.split()) <= _SHORT and not block.text.startswith("#")
        if (is_entry or is_short) and not _OUT_OF_OFFICE.search(block.text):
            yield from _entry(path, prose, block)


def _relevant(prose: Prose, *, is_roster: bool) -> Iterator[Block]:
    """Yield the passages that list people in office."""
    past: int | None = None
    inside: int | None = 0 if is_roster else None
    for block in prose.blocks:
        if block.kind is Kind.HEADING:
            if past is None or block.level <= past:
                past = block.level if _PAST.search(block.text) else None
            if not is_roster and (inside is None or block.level <= inside):
                inside = block.level if _SECTION.search(block.text) else None
        elif block.kind is Kind.TEXT and past is None and inside is not None:
            yield block


def _entry(path: str, prose: Prose, block: Block) -> Iterator[Named]:
    pairs = [(_bare(match[1]), match[2]) for match in _PAIR.finditer(block.text)]
    accounts = list(dict.fromkeys(_accounts(prose, block)))
    lines = {one.text: one.line for one in prose.addresses if one.passage == block.line}
    found: list[Named | None]
    if len(pairs) > 1:
        found = [
            person(path, lines.get(address, block.line), name=name, address=address)
            for name, address in pairs
        ]
    elif len(accounts) > 1 and not block.text.startswith("|"):
        found = [owner(f"@{account}", path, block.line) for account in accounts]
    elif accounts and "/" in accounts[0]:
        found = [owner(f"@{accounts[0]}", path, block.line)]
    else:
        name = pairs[0][0] if pairs else _name(block.text)
        account, address = next(iter(accounts), ""), next(iter(lines), "")
        found = [person(path, block.line, name=name, address=address, account=account)]
    yield from (one for one in found if one)


def _accounts(prose: Prose, block: Block) -> Iterator[str]:
    for match in _ACCOUNT.finditer(block.text):
        yield match[1].lower()
    for link in prose.links:
        profile = _PROFILE.fullmatch(link.target) if link.passage == block.line else None
        if profile:
            yield profile[1].lower()


def _name(text: str) -> str:
    """Return the first part of an entry that is written as a full name."""
    for part in _BETWEEN.split(_ENTRY.sub("", text, count=1)):
        name = _bare(part)
        is_name = _NAME.fullmatch(name) is not None and not _NO_NAME.search(name)
        if is_name and _is_capitalised(name.split()):
            return name
    return ""


def _is_capitalised(words: list[str]) -> bool:
    inner = [word for word in words[1:-1] if word not in _PARTICLES]
    checked = (words[0], *inner, words[-1])
    return all(word[0].isupper() or not word[0].isalpha() for word in checked)


def _bare(name: str) -> str:
    """Return a name without nicknames in quotes or brackets and without list marks."""
    return " ".join(_NICKNAME.sub(" ", name).split())
