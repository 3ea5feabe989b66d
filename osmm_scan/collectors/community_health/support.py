"""Find where users are told to ask: a SUPPORT file, or a section of the README with a channel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from osmm_scan.collectors.community_health.documents import (
    Document,
    Element,
    detail,
    effective,
    fact,
)
from osmm_scan.collectors.community_health.readme import readme
from osmm_scan.collectors.observation import Observer
from osmm_scan.model import Evidence

FACTS: Mapping[str, str] = {
    "support.stated": "a SUPPORT file, own or inherited, or the README says where to ask",
}

_SECTION = re.compile(
    r"""
      ^\W*(?:(?:get|need|community|commercial|professional|user|asking\ for)\ )?
      (?:support|help|assistance)\W*$
    | ^\W*(?:support|help|community|contact)\W+(?:(?:and|&|or|/)\W+)?
      (?:us|support|help|contact|contribut\w+|feedback|community|questions|discussions?)\W*$
    | ^\W*(?:community|contact|discussions?|chat|feedback|mailing\ lists?)\W*$
    | \bget(?:ting)?\ (?:in\ touch|help|involved|support)\b | \bstay\ (?:in\ touch|connected)\b
    | \bquestions\b | \breach(?:ing)?\ (?:us|out)\b | \bcommunication\b | \bjoin\ (?:us|the)\b
    """,
    re.I | re.X,
)
_CHAT = re.compile(
    r"""
      \bslack\.com | \bdiscord\.(?:gg|com) | gitter\.im | matrix\.to | zulipchat\.com | \bt\.me/
    | stackoverflow\.com/(?:questions/(?:tagged|ask)|tags) | web\.libera\.chat
    | github\.com/(?:orgs/[\w.-]{1,99}|[\w.-]{1,99}/[\w.-]{1,99})/discussions
    """,
    re.I | re.X,
)
# Posts on lists are cited for other reasons, too.
_LIST = re.compile(
    r"groups\.google\.com|groups\.io|\blists?\.|mailman|discourse|discuss\.|forum|reddit\.com/r/",
    re.I,
)
_ASKING = re.compile(r"\b(?:ask|questions?|help|support|discuss\w*|subscribe|mailing list)\b", re.I)


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield whether users are told where to ask."""
    channel = _in_readme(observer.once(readme))
    if channel:
        yield fact(observer, "support.stated", True, channel)
        yield detail(observer, channel)
        return
    document = effective(observer, ("SUPPORT",))
    yield fact(observer, "support.stated", bool(document and document.is_usable), document)


def _in_readme(document: Document | None) -> Element | None:
    if document is None:
        return None
    prose = document.prose
    lines = {block.line for block in prose.under(_SECTION)}
    asking = {block.line for block in prose.passages if _ASKING.search(block.text)}
    told = [
        link.line
        for link in prose.links
        if link.passage in lines
        or _CHAT.search(link.target)
        or (link.passage in asking and _LIST.search(link.target))
    ]
    told += [address.line for address in prose.addresses if address.passage in lines]
    return Element("support.channel", document.at(min(told))) if told else None
