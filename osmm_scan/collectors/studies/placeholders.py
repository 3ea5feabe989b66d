"""Find what a template left for its user to fill in, and nobody did."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osmm_scan.collectors.studies.blocks import Block, Kind
from osmm_scan.collectors.studies.markup import without_code
from osmm_scan.collectors.studies.prose import Prose

_SUBJECT = (
    r"(?:project|repo(?:sitory)?|product|package|company|org(?:ani[sz]ation)?|team|maintainer"
    r"|contact|e-?mail|security|your)"
)
_DETAIL = r"(?:name|e-?mail(?: address)?|url|address|handle|method|info(?:rmation)?|details)"
# What stands in brackets or braces, which most passages are without.
_ENCLOSED = (
    # Text in square brackets that leads somewhere is a link.
    re.compile(r"\[(?:insert|enter|fill in|specify)\b[^\[\]]{0,80}\](?![\[(:])", re.I),
    re.compile(rf"\[(?:{_SUBJECT}[ _-])?{_DETAIL}\](?![\[(:])", re.I),
    re.compile(r"\[your [^\[\]]{1,40}\](?![\[(:])", re.I),
    re.compile(r"\[[A-Z]{3,20}(?:[ _][A-Z]{2,20}){1,4}\](?![\[(:])"),
    re.compile(rf"(?<![$/])\{{\{{?\s?{_SUBJECT}[ _.-]?[\w .-]{{0,40}}\s?\}}\}}?(?!/)", re.I),
    re.compile(r"\{\{\s?cookiecutter\.\w{1,40}\s?\}\}"),
    re.compile(
        r"<(?:insert|add|your|the)[ _-](?:[\w-]{1,20} ){0,3}"
        r"(?:project|company|organi[sz]ation|contact|e-?mail|team|address)[\w -]{0,30}>",
        re.I,
    ),
)
_BRACKET = re.compile(r"[\[{<]")
_BARE = (
    re.compile(r"\b(?:YOUR|INSERT)[ _](?:PROJECT|COMPANY|ORGANI[SZ]ATION|E-?MAIL|CONTACT|TEAM)\b"),
    # "TODO Group" is a name.
    re.compile(r"^\W{0,5}(?:TODO|TBD|FIXME|XXX)\b(?! [A-Z])"),
    re.compile(
        r"^\W{0,5}(?:coming soon|to be (?:added|defined|determined|written|done))\W{0,5}$", re.I
    ),
    re.compile(r"\blorem ipsum\b", re.I),
    re.compile(r"^use this section to tell people\b", re.I),
)


def placeholders(prose: Prose) -> Iterator[Block]:
    """Yield the headings and passages in which something is left to fill in."""
    for block in prose.blocks:
        text = "" if block.kind is Kind.CODE else without_code(block.text)
        forms = (*_ENCLOSED, *_BARE) if _BRACKET.search(text) else _BARE
        if any(form.search(text) for form in forms):
            yield block
