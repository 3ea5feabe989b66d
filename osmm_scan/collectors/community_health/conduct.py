"""Judge the code of conduct: is there somebody to turn to, beyond the stock text?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from osmm_scan.collectors.community_health.documents import (
    Document,
    Element,
    detail,
    effective,
    fact,
    line_of,
)
from osmm_scan.collectors.community_health.links import followed, outward
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.domains import is_placeholder
from osmm_scan.collectors.studies.placeholders import placeholders
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

FACTS: Mapping[str, str] = {
    "conduct.contact": "a code of conduct, own or inherited, names a real contact",
}

# Texts of foundations and owners that name their contact, so that a pointer to them is enough.
_KNOWN = re.compile(
    r"""
      github\.com/cncf/foundation/ | lfprojects\.org/policies/code-of-conduct
    | (?:www\.)?apache\.org/foundation/policies/conduct | python\.org/psf/(?:conduct|codeofconduct)
    | policies\.python\.org | (?:www\.)?finos\.org/code-of-conduct | rust-lang\.org/conduct
    | (?:www\.)?rust-lang\.org/policies/code-of-conduct
    | opensource\.microsoft\.com/codeofconduct | linuxfoundation\.org/(?:about/)?code-of-conduct
    | openjs-foundation/cross-project-council | eclipse\.org/org/documents/Community_Code
    | kubernetes/community/ | ubuntu\.com/community/(?:ethos/)?code-of-conduct
    | opensource\.google/conduct | numfocus\.org/code-of-conduct | djangoproject\.com/conduct
    | code\.fb\.com/codeofconduct | opensource\.fb\.com/code-of-conduct
    | aws\.github\.io/code-of-conduct | dotnetfoundation\.org/[\w/-]{0,40}code-of-conduct
    """,
    re.I | re.X,
)
# Where stock texts come from. Nobody there hears of a violation in this project.
_ATTRIBUTION = re.compile(
    r"contributor-?covenant\.org|mozilla\.org|github\.com/mozilla/|creativecommons\.org"
    r"|stumptownsyndicate|citizencodeofconduct|jumpstart|todogroup|wikipedia\.org|opensource\.guide",
    re.I,
)
_REPORT = re.compile(
    r"\b(?:report|contact|reach|complain|enforce|violation|incident|e-?mail|notify|concern|raise)",
    re.I,
)
_TEAM = re.compile(r"(?<![\w/.])@[a-z0-9][\w-]{0,38}(?:/[\w-]{1,60})?(?![\w@.])", re.I)
_FORM = re.compile(r"form|report|incident|contact|mail|slack|discord|discourse|zulip|matrix", re.I)


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield whether somebody hears of violations."""
    document = observer.once(conduct)
    if document is None:
        yield fact(observer, "conduct.contact", False)
        return
    contact = _contact(document)
    if contact:
        yield fact(observer, "conduct.contact", True, contact)
        yield detail(observer, contact)
        return
    away = _elsewhere(document)
    if away:
        reason = Unobserved(Missing.NOT_COLLECTED, f"the text is at {away}, which was not read")
        yield observer.missing("conduct.contact", reason, document.path)
        return
    yield fact(observer, "conduct.contact", False, document)


def conduct(observer: Observer) -> Document | None:
    """Return the code of conduct that applies to the repository."""
    return effective(observer, ("CODE_OF_CONDUCT", "CODE-OF-CONDUCT", "CONDUCT"))


def _contact(document: Document) -> Element | None:
    """Return where the document, or one of the repository that it points to, names a contact."""
    for one in (document, *followed(document, re.compile(r"conduct|report|enforce", re.I))):
        line = None if next(placeholders(one.prose), None) else _contact_line(one)
        if line:
            return Element("conduct.contact", one.at(line))
    return None


def _contact_line(document: Document) -> int | None:
    prose = document.prose
    for address in prose.addresses:
        if not is_placeholder(address.text) and not _ATTRIBUTION.search(address.text):
            return address.line
    known = next((link.line for link in prose.links if _KNOWN.search(link.target)), None)
    passages = [block for block in prose.passages if _REPORT.search(block.text)]
    lines = {block.line for block in passages}
    form = next(
        (
            link.line
            for link in prose.links
            if link.passage in lines
            and not _ATTRIBUTION.search(link.target)
            and _FORM.search(f"{link.text} {link.target}")
        ),
        None,
    )
    return known or form or line_of(passages, _TEAM)


def _elsewhere(document: Document) -> str | None:
    """Return where a pointer leads; a text of its own without a contact leads nowhere."""
    if document.prose.words > 80 or next(placeholders(document.prose), None):
        return None
    targets = outward(document, re.compile(""))
    return next((target for target in targets if not _ATTRIBUTION.search(target)), None)
