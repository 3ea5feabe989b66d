"""Test how well a contribution guide fits the project it is about."""

from __future__ import annotations

from osmm_scan.collectors.community_health import commands, links
from osmm_scan.collectors.community_health.agreements import terms
from osmm_scan.collectors.community_health.documents import Document, Element, elements, says
from osmm_scan.sources.repository import Repository

_TESTS = {
    "contributing.acceptance": says(
        r"""
          \b(?:must|should|need|require[ds]?|please|make\ sure|ensure|always|include|follow|add)\b
          [^.]{0,160}\b(?:tests?|lint|reviews?|approv\w*|changelog|documentation|commit\ messages?
          |coverage|CI|checks?|style|format\w*|conventional)\b
        | \b(?:pull\ requests?|PRs?|patch(?:es)?|changes?)\b[^.]{0,120}
          \b(?:reviewed|approv\w+|merged|accepted|rejected)\b
        | \b(?:tests?|checks?|CI|lint\w*|builds?)\b[^.]{0,60}
          \b(?:must|should|need|have\ to)\b[^.]{0,40}\bpass
        """
    ),
    "contributing.reviewers": says(
        r"""
          \b(?:maintainers?|reviewers?|committers?|approvers?|owners?|team(?:\ members?)?)\b
          [^.]{0,120}
          \b(?:reviews?|respond|reply|approv\w*|get\ back|merge[ds]?|look|feedback|assign)\b
        | \b(?:reviewed|approved|merged|assigned)\b[^.]{0,80}
          \b(?:maintainers?|reviewers?|committers?|approvers?|owners?|team|@[\w-]+)
        | (?<![\w/])@[\w-]{1,39}/[\w-]{1,60} | \b(?:CODEOWNERS|MAINTAINERS(?:\.md)?)\b
        | \bwithin\ (?:an?|one|two|three|a\ few|\d{1,2})\ (?:business\ |working\ )?(?:day|week)s?\b
        """
    ),
}


def results(
    home: Repository, documents: tuple[Document, ...], *, has_code: bool
) -> dict[str, Element | None]:
    """Return the proof of each test that applies, None where it failed.

    `documents` are the guide and what it leads to; the commands must exist in `home`.
    """
    found = elements(documents, _TESTS)
    answers = {name: found.get(name) for name in _TESTS}
    answers["contributing.terms"] = _stated_terms(documents)
    if has_code:
        answers["contributing.commands"] = _commands(home, documents)
    leading, broken = links.check(documents[0])
    if leading or broken:
        line = leading[0].line if leading and not broken else None
        answers["contributing.links"] = (
            Element("contributing.links", documents[0].at(line)) if line else None
        )
    return answers


def _stated_terms(documents: tuple[Document, ...]) -> Element | None:
    stated = (
        Element("contributing.terms", document.at(line))
        for document in documents
        for _, line in terms(document.prose)
    )
    return next(stated, None)


def _commands(home: Repository, documents: tuple[Document, ...]) -> Element | None:
    """Return the first command that exists, unless more are named that do not."""
    named = [(document, commands.check(home, document.prose.code)) for document in documents]
    if sum(found.missing for _, found in named) > sum(found.existing for _, found in named):
        return None
    first = (
        Element("contributing.commands", document.at(found.first.line))
        for document, found in named
        if found.first
    )
    return next(first, None)
