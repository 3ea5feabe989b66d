"""Judge whether a project says who decides, how, and how people come to decide."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from osmm_scan.collectors.community_health import links
from osmm_scan.collectors.community_health.documents import (
    LIMIT,
    Document,
    Test,
    detail,
    effective,
    elements,
    fact,
    line_of,
)
from osmm_scan.collectors.community_health.readme import readme
from osmm_scan.collectors.observation import Observer
from osmm_scan.collectors.studies.paths import TEXT_ENDINGS, is_own
from osmm_scan.collectors.studies.prose import Prose, read
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

FACTS: Mapping[str, str] = {
    "governance.described": (
        "documents name roles, how decisions are taken and how people gain or lose authority"
    ),
}

_NAMED = re.compile(
    r"(?:^|/)(?:(?:project|community|technical)[_-])?(?:governance|charter)(?:\.\w{1,8})?$", re.I
)
_SUBJECT = re.compile(
    r"governance|charter|membership|maintainer|steering|committee|roles?\b|voting|ladder", re.I
)
_RULES = re.compile(r"governance|charter", re.I)
_POSITION = (
    r"(?:maintainers?|committers?|approvers?|reviewers?|steering\ (?:committee|council|group)"
    r"|technical\ (?:steering\ |oversight\ )?committee|TSC|TOC|PMC|project\ leads?"
    r"|core\ (?:team|dev\w*)|chair(?:person|s)?|board|council"
    r"|working\ groups?|members?|owners?|leads?(?:er(?:s|ship)?)?)"
)


def _tells(pattern: str) -> Test:
    """Return a test that a passage matches which is not a row of links to other documents."""
    wanted = re.compile(pattern, re.I | re.X)

    def test(prose: Prose) -> int | None:
        linked = {link.passage for link in prose.links}
        return line_of(
            (one for one in prose.passages if one.text[0] != "|" or one.line not in linked), wanted
        )

    return test


_TESTS = {
    "governance.roles": _tells(
        rf"""
          \b{_POSITION}\b[^.]{{0,120}}\b(?:are|is|have|has|may|can|must|shall|will|responsib\w*
          |role|rights?|dut(?:y|ies)|access|oversee\w*|approv\w*|review\w*)\b
        | \b(?:roles?|responsibilit(?:y|ies))\b
        """
    ),
    "governance.decisions": _tells(
        r"""
          \b(?:decisions?|decid\w+|proposals?|changes|disputes?)\b[^.]{0,160}
          \b(?:consensus|vot(?:e[sd]?|ing)|majority|veto|approv\w*|agree\w*|final|made|discuss\w*)\b
        | \b(?:lazy\ consensus|consensus|simple\ majority|super-?majority|two-thirds)\b
        | \bvot(?:e[sd]?|ing)\b[^.]{0,120}\b(?:majority|members?|maintainers?|committers?|pass\w*)\b
        """
    ),
    "governance.authority": _tells(
        rf"""
          \b(?:becom\w+|add(?:ed|ing)?|new|nominat\w*|elect\w*|appoint\w*|promot\w*|invit\w*|select\w*
          |remov\w*|step(?:ping|s)?\ down|resign\w*|retir\w*|inactiv\w*|emeritus|revok\w*|replac\w*
          |term\ (?:limit|of))\b
          [^.]{{0,120}}\b{_POSITION}\b
        | \b{_POSITION}\b[^.]{{0,120}}\b(?:nominat\w+|elect(?:ed|ions?)|appoint\w+|promot\w+
          |remov\w+|step(?:ping|s)?\ down|resign\w*|retir\w*|inactiv\w*|emeritus|revok\w*
          |added|chosen)\b
        """
    ),
}


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield whether roles, decisions and change of authority are described."""
    documents = _documents(observer)
    found = elements((one for one in documents if one.is_filled), _TESTS)
    if len(found) == len(_TESTS):
        yield fact(observer, "governance.described", True, found["governance.decisions"])
    else:
        yield _undescribed(observer, documents)
    for element in found.values():
        yield detail(observer, element)


def _documents(observer: Observer) -> tuple[Document, ...]:
    """Return the governance documents, and those of the repository that they lead to."""
    start = list(_own(observer)) or [
        one for one in (effective(observer, ("GOVERNANCE", "CHARTER")),) if one
    ]
    further = [one for document in start for one in links.followed(document, _SUBJECT)]
    return (*start, *further)


def _own(observer: Observer) -> Iterator[Document]:
    home = observer.repository
    for path in home.entries():
        is_text = posixpath.splitext(path)[1].lower() in TEXT_ENDINGS
        is_near = path.count("/") < 2 or path.startswith("docs/")
        if is_near and is_text and is_own(path) and _NAMED.search(path):
            yield Document(home, path, read(home.text(path, limit=LIMIT)))


def _undescribed(observer: Observer, documents: tuple[Document, ...]) -> Evidence:
    """Return no, or unknown where documents or the README lead to rules that were not read."""
    start = observer.once(readme)
    for document in (*documents, start) if start else documents:
        for target in links.outward(document, _RULES):
            why = f"governance is described at {target}, which was not read"
            reason = Unobserved(Missing.NOT_COLLECTED, why)
            return observer.missing("governance.described", reason, document.path)
    cited = documents[0] if documents else None
    return fact(observer, "governance.described", False, cited)
