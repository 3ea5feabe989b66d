"""Judge the security policy: can a finder report in private, and what may they expect?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from osmm_scan.collectors.community_health.documents import (
    Document,
    Place,
    detail,
    effective,
    either,
    elements,
    fact,
    is_titled,
    says,
)
from osmm_scan.collectors.community_health.links import followed, outward
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.domains import is_placeholder
from osmm_scan.collectors.studies.insights import contact
from osmm_scan.collectors.studies.prose import Prose
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

FACTS: Mapping[str, str] = {
    "security_policy.private_channel": (
        "a security policy, own or inherited, names a private way to report: an address, a form or "
        "the host's private reports"
    ),
    "security_policy.timed": "it also says when a report is answered and which versions get fixes",
}

_CHANNEL_LINK = re.compile(
    r"""
      /security/advisories | security/policy\#reporting | hackerone\.com/ | bugcrowd\.com/
    | intigriti\.com/ | yeswehack\.com/ | huntr\.(?:dev|com)/ | msrc\.microsoft\.com
    | aka\.ms/(?:msrc|security|opensource/security|secure-at) | g\.co/(?:vulnz|appsecurity)
    | bughunters\.google\.com | tidelift\.com/(?:docs/)?security | security\.txt\b
    | bounty\.github\.com | facebook\.com/whitehat
    | aws\.amazon\.com/security/vulnerability-reporting
    | kb\.cert\.org/vuls/report | forms\.gle/ | docs\.google\.com/forms | forms\.office\.com
    | typeform\.com | privately-reporting-a-security-vulnerability | mailto:
    """,
    re.I | re.X,
)
_CHANNEL_TEXT = says(
    r"""
      \bprivate\ (?:vulnerability\ report|security\ advisor|report)\w*
    | \b(?:report|disclos)\w*\ (?:\w+\ ){0,3}privately\b[^.]{0,60}
      \b(?:github|security\ tab|advisor|form)
    | ["“']report\ a\ (?:security\ )?vulnerability["”'] | \bsecurity\b["”']?\ tab\b
    | \bsecurity\ advisor(?:y|ies)\ (?:form|tab|page)
    """
)
# The addresses may stand where the link leads, such as in the list of maintainers.
_BY_MAIL = re.compile(r"\breport\b[^.]{0,80}\bby e-?mail\b", re.I)
_NUMBER = r"(?:\d{1,3}|an?|one|two|three|four|five|seven|ten|fourteen|thirty|few|several)"
_TIMED = says(
    rf"""
      \b(?:respon\w+|acknowledg\w+|repl(?:y|ies)|answer\w*|hear\ (?:back\ )?from|get\ back|contact
      |confirm\w*|triage\w*|assess\w*|reach\ out|follow\ up|notif\w+|first\ contact|receipt)\b
      [^.]{{0,160}}\b{_NUMBER}\W{{0,3}}(?:\ (?:full\ |business\ |working\ |calendar\ ){{0,2}}|-)
      (?:hours?|days?|weeks?)\b
    | \bwithin\ (?:the\ )?(?:next\ )?(?:approximately\ |at\ most\ )?{_NUMBER}[\ -]
      (?:full\ |business\ |working\ |calendar\ ){{0,2}}(?:hours?|days?|weeks?)\b
      [^.]{{0,160}}\b(?:respon\w+|acknowledg\w+|repl(?:y|ies)|answer|hear|contact|receive|confirm\w*)\b
    """
)
_VERSIONS = either(
    is_titled(r"\b(?:supported|maintained)\b[^.]{0,30}\b(?:versions?|releases?|branch)"),
    says(
        r"""
          \b(?:only|latest|last|recent|current|supported|maintained)\b[^.]{0,80}
          \b(?:versions?|releases?|branch(?:es)?|minor|major|main|master)\b[^.]{0,100}
          \b(?:support\w*|fix(?:es|ed)?|patch\w*|maintain\w*|updates?|backport\w*|security)\b
        | \b(?:support\w*|fix(?:es|ed)?|patch\w*|backport\w*)\b[^.]{0,30}
          \b(?:only|latest|last|most\ recent|current|previous)\b[^.]{0,60}
          \b(?:versions?|releases?|branch(?:es)?|minor|major|main|master)\b
        | ^\|\ *(?:\w+\ )?(?:versions?|releases?|branch(?:es)?)\ *\|\ *(?:supported|maintained)\b
        """
    ),
)
_STOCK = "Use this section to tell people"
_STOCK_VERSIONS = ("5.1.x", "4.0.x")
_REPORTING = re.compile(r"report|vulnerab|disclos|secur\w+ (?:issue|bug|flaw|problem)", re.I)
_POLICY = re.compile(r"report|vulnerab|disclos|security", re.I)
# Longer texts speak of many things, but lead to the one place at which to report.
_REPORT = re.compile(
    r"\b(?:report|submit|disclos)\w*[^.]{0,40}(?:vulnerab|security)"
    r"|(?:vulnerab|security)[^.]{0,40}(?:report|disclos)",
    re.I,
)
_POINTER_WORDS = 120
# This page, samples to copy from, lists of announcements, and trackers that everybody reads.
_NO_POLICY = re.compile(
    r"^#|sample|example|template|announce|docs\.github\.com|/issues(?:/|$)|best-?practices", re.I
)


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield whether there is a private channel, and what is promised."""
    hidden: Unobserved | None = None
    try:
        document = observer.once(policy)
    except Unobserved as reason:
        document, hidden = None, reason
    if document is None:
        stated = _in_insights(observer)
        if hidden and stated is None:
            raise hidden
        yield fact(observer, "security_policy.private_channel", stated is not None, stated)
        yield fact(observer, "security_policy.timed", False)
        return
    documents = (document, *followed(document, _POLICY))
    found = elements(documents, _TESTS)
    channel = found.get("security.channel") or _in_insights(observer)
    away = None if channel else _elsewhere(document)
    if away:
        raise Unobserved(Missing.NOT_COLLECTED, f"the policy is at {away}, which was not read")
    yield fact(observer, "security_policy.private_channel", bool(channel), channel or document)
    is_timed = "security.response" in found and "security.versions" in found
    at = found.get("security.response", document)
    yield fact(observer, "security_policy.timed", bool(channel) and is_timed, at)
    for element in found.values():
        yield detail(observer, element)


def policy(observer: Observer) -> Document | None:
    """Return the security policy that applies to the repository."""
    return effective(observer, ("SECURITY",))


def _in_insights(observer: Observer) -> Place | None:
    address = contact(observer)
    if address is None or "@" not in address.value or is_placeholder(address.value):
        return None
    return Place(observer.repository, address.path, address.line)


def _channel(prose: Prose) -> int | None:
    """Return the line of a private channel."""
    addresses = (one.line for one in prose.addresses if not is_placeholder(one.text))
    mailed = {block.line for block in prose.passages if _BY_MAIL.search(block.text)}
    forms = (
        link.line
        for link in prose.links
        if _CHANNEL_LINK.search(link.target) or link.passage in mailed
    )
    return next(addresses, None) or next(forms, None) or _CHANNEL_TEXT(prose)


def _versions(prose: Prose) -> int | None:
    """Return the line about supported versions, unless GitHub's sample is left in."""
    has_rows = all(any(row in block.text for block in prose.passages) for row in _STOCK_VERSIONS)
    return None if has_rows or _is_stock(prose) else _VERSIONS(prose)


def _is_stock(prose: Prose) -> bool:
    return any(block.text.startswith(_STOCK) for block in prose.passages)


def _elsewhere(document: Document) -> str | None:
    """Return where a pointer leads, if it is said to lead to the way of reporting."""
    prose = document.prose
    if _is_stock(prose):
        return None
    says_how = any(_REPORTING.search(block.text) for block in prose.passages)
    wanted = re.compile("") if says_how else _POLICY
    targets = outward(document, wanted if prose.words <= _POINTER_WORDS else _REPORT)
    return next((target for target in targets if not _NO_POLICY.search(target)), None)


_TESTS = {
    "security.channel": _channel,
    "security.response": _TIMED,
    "security.versions": _versions,
}
