"""Recognize the words by which a project declares its state, and where it writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from osmm_scan.collectors.studies.prose import Prose

_STATE = (
    r"(?:active|actively\ (?:maintained|developed)|under\ (?:active|heavy)\ development|stable"
    r"|production[- ]ready|mature|experimental|alpha|beta|pre-?alpha|preview|incubat(?:ing|ion|or)"
    r"|graduated|sandbox|forming|wip|work[- ]in[- ]progress|concept|prototype|inactive|dormant"
    r"|suspended|abandoned|unsupported|unmaintained|deprecated|archived?|retired|discontinued"
    r"|obsolete|sunset|eol|end[- ]of[- ]life|frozen|feature[- ]complete|superseded"
    r"|maintenance(?:[- ](?:mode|only))?|general(?:ly)?[- ]availab(?:le|ility)|moved|released)"
)
_PROJECT = r"(?:project|repo(?:sitory)?|package|library|tool|sdk|software|codebase|plugin|action)"
_BADGE = re.compile(
    rf"""
      repostatus\.org/badges/[\w./-]{{1,30}}/(?P<a>\w{{2,20}})\.svg
    | img\.shields\.io/badge/(?:project[-_\ %20]{{0,4}})?
      (?:status|lifecycle|life[_-]cycle|maturity|stability|stage|maintenance)
      [-_:%20]{{1,4}}(?P<b>{_STATE})\b
    | lifecycle[-:](?P<c>{_STATE})\b
    | badges?[-_/](?P<d>active|archived|dormant|forming|graduated|incubating|released|sandbox)\b
    """,
    re.I | re.X,
)
_LINE = re.compile(
    rf"""
      ^\W*(?:(?:project|repository|development|maintenance|current|lifecycle)\ )?
      (?:status|lifecycle|maturity|stability|stage)\W{{1,6}}(?:is\W+)?(?:in\ |currently\ )?
      (?P<a>{_STATE})\b
    | \bthis\ {_PROJECT}\ (?:is|has\ been)\ (?:(?:now|currently|officially|still)\ ){{0,2}}
      (?:considered\ |in\ (?:the\ )?|an?\ )?(?P<b>{_STATE})\b(?!\ under\b|\ by\b|\ as\b)
    | \b(?:this\ {_PROJECT}|it)\ is\ no\ longer\ (?:being\ )?(?:actively\ )?
      (?P<c>maintained|supported|developed)\b
    | \b(?:CNCF|Foundation|FINOS|OpenSSF|Eclipse|Apache)\b[^.]{{0,60}}\b
      (?P<d>sandbox|incubating|incubation|incubator|graduated)\b
    | \bis\ an?\ [^.]{{0,40}}\b(?P<e>sandbox|incubating|graduated|archived)\ (?:\w+\ )?project\b
    """,
    re.I | re.X,
)
_TITLE = re.compile(
    r"^\W*(?:(?:project|development|current|maintenance) )?"
    r"(?:status|lifecycle|stability|maturity)\W*$",
    re.I,
)
_MARKED = re.compile(
    r"^\W{0,8}(?P<a>archived|deprecated|discontinued|obsolete|unmaintained|not maintained)\b"
    r"(?! \w+:)",
    re.I,
)
_WORD = re.compile(rf"\b(?P<a>{_STATE})\b", re.I | re.X)
# Further down a README speaks of parts and of other projects.
_TOP = 40
_BEGINNING = 3

_LIVE = re.compile(
    r"\b(?:active|actively|alpha|beta|concept|experimental|forming|preview|prototype|sandbox|wip"
    r"|incubat\w+|under|pre-?alpha)\b|work",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Status:
    """A declared status and where it stands."""

    word: str
    path: str
    line: int

    @property
    def is_live(self) -> bool:
        """Tell whether somebody is said to be at work, which years of silence contradict."""
        return _LIVE.search(self.word) is not None


def badges(text: str, path: str) -> Iterator[Status]:
    """Yield the status of each badge of a document's source text."""
    for number, line in enumerate(text.splitlines()[:200], 1):
        yield from _found(_BADGE, line[:5000], path, number)


def sentences(prose: Prose, path: str) -> Iterator[Status]:
    """Yield the status of each sentence that declares one, and of a section about it."""
    for block in (*prose.headings[:_TOP], *prose.passages[:_TOP]):
        yield from _found(_LINE, block.text, path, block.line)
    for block in (*prose.headings[:_BEGINNING], *prose.passages[:_BEGINNING]):
        yield from _found(_MARKED, block.text, path, block.line)
    for block in prose.under(_TITLE):
        # Tables under this title are mostly of builds.
        if not block.text.startswith("|"):
            yield from _found(_WORD, block.text, path, block.line)


def _found(form: re.Pattern[str], text: str, path: str, line: int) -> Iterator[Status]:
    for match in form.finditer(text):
        word = next(group for group in match.groups() if group)
        yield Status(" ".join(word.lower().split()), path, line)
