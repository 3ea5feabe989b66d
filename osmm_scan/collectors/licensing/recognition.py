"""Recognize which licenses a text states: whole texts, notices and names, and what alters them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from osmm_scan.collectors.licensing import expressions, mentions, riders
from osmm_scan.collectors.licensing.alignment import Alignment
from osmm_scan.collectors.licensing.matching import find
from osmm_scan.collectors.licensing.mentions import Mention
from osmm_scan.collectors.licensing.riders import Rider
from osmm_scan.collectors.licensing.terms import Weight
from osmm_scan.collectors.licensing.words import Words, read

# A name without the text is worth half.
_NAMED = 0.5
_GNU = ("GPL-", "LGPL-", "AGPL-")
_EXCEPTED = {"LLVM-exception": ("Apache-",), "Swift-exception": ("Apache-",)}
# A choice between licenses is offered at the beginning, and between few.
_LEAD = 200
_MOST_CHOICES = 3


class Kind(StrEnum):
    """How a text states a license, the weakest last."""

    TEXT = "text"
    MODIFIED = "modified"
    RESTRICTED = "restricted"
    NOTICE = "notice"
    EXCEPTION = "exception"
    REFERENCE = "reference"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Statement:
    """One license that a text states, how, between which lines, and how sure that is (0 to 1)."""

    license: str
    kind: Kind
    score: float
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a text says of its license. `expression` is None when it states none.

    `denied` are the licenses that it says do not apply, and where.
    """

    kind: Kind
    expression: str | None = None
    statements: tuple[Statement, ...] = ()
    riders: tuple[Rider, ...] = ()
    denied: tuple[tuple[str, int], ...] = ()
    words: int = 0

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the licenses that are stated, sorted."""
        return expressions.ids(self.expression) if self.expression else ()

    @property
    def is_open(self) -> bool | None:
        """Tell whether it is an open license; None when that takes a lawyer."""
        if self.expression is None or any(r.weight is Weight.RESTRICTS for r in self.riders):
            return False
        verdict = expressions.is_open(self.expression)
        return None if verdict and self.riders else verdict


def recognize(text: str) -> Recognition:
    """Return what a text says of its license."""
    words = read(text)
    findings = find(words)
    found = findings.alignments
    covered = _covered(words, found)
    named = list(mentions.mentions(words, covered))
    denied = tuple((mention.license, mention.line) for mention in named if mention.denied)
    has_text = any(alignment.template.kind != "notice" for alignment in found)
    statements = sorted(
        [
            *(_statement(words, alignment) for alignment in found),
            *_mentioned(named, has_text=has_text),
            *_identified(text, words.lines[found[0].start] if has_text else None),
        ],
        key=lambda each: (each.first_line, each.license),
    )
    if not statements:
        return Recognition(Kind.NONE, denied=denied, words=len(words))
    altering = riders.judge(words, found)
    if not findings.complete:
        altering = (*altering, riders.TOO_ODD)
    return Recognition(
        _kind(statements, altering),
        _expression(words, covered, statements),
        tuple(statements),
        altering,
        denied,
        len(words),
    )


def _covered(words: Words, found: tuple[Alignment, ...]) -> bytearray:
    """Return a byte for every word: 1 where it belongs to a license text."""
    covered = bytearray(len(words))
    for alignment in found:
        covered[alignment.start : alignment.end] = b"\1" * (alignment.end - alignment.start)
    return covered


def _statement(words: Words, alignment: Alignment) -> Statement:
    kinds = {"notice": Kind.NOTICE, "exception": Kind.EXCEPTION}
    return Statement(
        alignment.template.id,
        kinds.get(alignment.template.kind, Kind.TEXT),
        round(alignment.score, 3),
        words.lines[alignment.start],
        words.lines[alignment.end - 1],
    )


def _mentioned(named: list[Mention], *, has_text: bool) -> Iterator[Statement]:
    """Yield what is said to apply; beside a whole text a bare name says nothing new."""
    for mention in named:
        if not mention.denied and (mention.granted or not has_text):
            kind = Kind.NOTICE if mention.granted else Kind.REFERENCE
            yield Statement(mention.license, kind, _NAMED, mention.line, mention.line)


def _identified(text: str, before: int | None) -> Iterator[Statement]:
    """Yield the identifiers; after a whole text they are of that text itself."""
    for line, expression in mentions.identifiers(text):
        for license_id in expressions.ids(expression):
            if before is None or line <= before:
                yield Statement(license_id, Kind.NOTICE, 1.0, line, line)


def _kind(statements: list[Statement], altering: tuple[Rider, ...]) -> Kind:
    strongest = min((each.kind for each in statements), key=list(Kind).index)
    if strongest is not Kind.TEXT or not altering:
        return strongest
    if any(rider.weight is Weight.RESTRICTS for rider in altering):
        return Kind.RESTRICTED
    return Kind.MODIFIED


def _expression(words: Words, covered: bytearray, statements: list[Statement]) -> str | None:
    exceptions = {each.license for each in statements if each.kind is Kind.EXCEPTION}
    licenses = {each.license for each in statements} - exceptions
    kept = _with_exception(_without_doubles(licenses), exceptions)
    choice = 1 < len(kept) <= _MOST_CHOICES and mentions.offers_choice(_lead(words, covered))
    return expressions.combine(kept, choice=choice)


def _lead(words: Words, covered: bytearray) -> str:
    """Return what is said before the first license text."""
    first = covered.find(1)
    return " ".join(words.words[: first if first >= 0 else len(words)][:_LEAD])


def _with_exception(licenses: set[str], exceptions: set[str]) -> set[str]:
    """Join an exception to the license that it belongs to, where there is no doubt which."""
    if len(exceptions) != 1:
        return licenses
    exception = next(iter(exceptions))
    families = _EXCEPTED.get(exception, _GNU)
    excepted = [each for each in licenses if each.startswith(families)]
    if len(excepted) != 1:
        return licenses
    return licenses - set(excepted) | {f"{excepted[0]} WITH {exception}"}


def _without_doubles(licenses: set[str]) -> set[str]:
    """Drop `X-only`, which a text alone is taken for, where `X-or-later` is stated too."""
    later = {expressions.family(each) for each in licenses if each.endswith("-or-later")}
    return {
        each
        for each in licenses
        if not (each.endswith("-only") and expressions.family(each) in later)
    }
