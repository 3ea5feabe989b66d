"""Recognise documents by their form: technology radars and lists of people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from osmm_scan.collectors.documents.radar import radar
from osmm_scan.collectors.documents.reading import Reading
from osmm_scan.collectors.documents.shapes import Shape
from osmm_scan.collectors.studies.markup import addresses

_HANDLE = re.compile(r"(?<![\w.@/])@([A-Za-z\d][A-Za-z\d-]{1,38}(?:/[\w-]{1,60})?)(?![\w.@])")
_PROFILE = re.compile(r"https?://github\.com/([A-Za-z\d][A-Za-z\d-]{1,38})/?(?=[)\s>\]|,\"']|$)")
_OWNERS_ITEM = re.compile(r"\s{0,8}-\s+\"?([A-Za-z\d][A-Za-z\d-]{1,60})\"?\s*(?:#.*)?")
_OWNERS_LIST = re.compile(
    r"\s{0,8}(?:approvers|reviewers|emeritus_approvers|maintainers|owners)\s*:", re.I
)
_TABLE_NAME = re.compile(r"[^\W\d_][\w.'-]{1,38}(?: [\w.'-]{1,30}){0,3}")
_TABLE_HEADS = frozenset(
    {"name", "maintainer", "maintainers", "github", "handle", "role", "roles", "member", "reviewer"}
    | {"approver", "lead", "area", "project", "github id", "github username", "contributor"}
)
_BLANK_NAME = re.compile(r"(?:your|some|example|github|user|name|handle|id|xxx)[-_]?", re.I)


def people(reading: Reading, is_named: bool) -> Shape | None:
    """Return a list of maintainers: two people or a team make it one."""
    if not is_named:
        return None
    found = dict(_people(reading.text))
    real = {name: line for name, line in found.items() if not _is_blank(name)}
    if not real:
        why = "only placeholders" if found else "names nobody"
        return Shape(quality=0, lines=((1, 1),), why=why)
    lines = ((min(real.values()), max(real.values())),)
    is_team = any("/" in name for name in real)
    quality = 2 if len(real) > 1 or is_team else 1
    why = "" if quality > 1 else "names one person"
    return Shape(quality=quality, lines=lines, why=why, parts={"people": len(real)})


def _people(text: str) -> Iterator[tuple[str, int]]:
    in_list = False
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > 1000:
            continue
        found = [match.lower() for match in (*_HANDLE.findall(line), *_PROFILE.findall(line))]
        found = found or [address.lower() for _, address in addresses(line)]
        item = _OWNERS_ITEM.fullmatch(line)
        if _OWNERS_LIST.match(line):
            in_list = True
        elif item and in_list and not found:
            found = [item[1].lower()]
        elif line.startswith("|") and not found:
            found = list(_in_table(line))
        elif line.strip() and not line.lstrip().startswith(("-", "#")):
            in_list = False
        yield from ((name, number) for name in found)


def _in_table(line: str) -> Iterator[str]:
    """Yield the account or name that a row of a table begins with."""
    cell = line.strip("|").partition("|")[0].strip()
    if _TABLE_NAME.fullmatch(cell) and cell.lower() not in _TABLE_HEADS:
        yield cell.lower()


def _is_blank(name: str) -> bool:
    return bool(_BLANK_NAME.match(name))


FORMS: Mapping[str, Callable[[Reading, bool], Shape | None]] = {"people": people, "radar": radar}
