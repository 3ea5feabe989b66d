"""Judge a text by every rubric: which classes of document it is, how good, and why not better.

What a text says to its reader is only ever counted, never followed.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from osmm_scan.collectors.documents.forms import FORMS
from osmm_scan.collectors.documents.reading import Found, Reading
from osmm_scan.collectors.documents.rubrics import Element, Rubric, Rubrics
from osmm_scan.collectors.studies.placeholders import placeholders

SUBSTANTIVE = 2
ACCOUNTABLE = 3
# Below this many words, a page with a link is a signpost.
POINTER_WORDS = 20
# One blank may have been forgotten, or be meant; two make a template.
BLANKS = 2

_MACHINE_FILE = re.compile(
    r"(?:^|/)(?:[^/]*\.(?:instructions|prompt|chatmode|agent)\.md"
    r"|(?:agents|claude|gemini|skill|copilot-instructions)\.md|\.cursorrules|(?:prompts|\.cursor)/.*)$",
    re.I,
)
# Names in angle brackets look like tags, so they are looked for in the text as it is. Each form
# comes with a sign without which it cannot be there.
_BLANKS = (
    (
        "<",
        re.compile(
            r"<(?:[A-Z]{2,20}[_ -]){0,3}(?:COMPANY|ORG|ORGANI[SZ]ATION|PROJECT|TEAM|NAME|EMAIL)"
            r"(?:[_ -][A-Z]{2,20}){0,3}>"
        ),
    ),
    ("XXX", re.compile(r"\(XXX\)|(?<![\w-])XXX(?![\w-])")),
    ("{", re.compile(r"(?<![{$\w])\{[a-z]{2,30}_[a-z_]{2,40}\}")),
    ("_", re.compile(r"\b(?:GITHUB_ID|COMPANY_NAME|ORG_NAME)\b")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a text is as one class of document: quality 0 with the reason for a near miss.

    `gate` names the shared gate that ruled it out.
    """

    name: str
    quality: int
    lines: tuple[tuple[int, int], ...] = ()
    elements: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    why: str = ""
    parts: Mapping[str, int | bool] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    binds_staff: bool = False
    gate: str = ""


def recognise(text: str, path: str, rubrics: Rubrics, repository: str = "") -> tuple[Finding, ...]:
    """Return what a text is, and of which classes it is a near miss, sorted by class."""
    reading = Reading(path, text, repository)
    judge = _Judge(reading, rubrics)
    found = (judge.judge(rubric) for rubric in rubrics.classes.values())
    return tuple(finding for finding in found if finding is not None)


class _Judge:
    """One text before all rubrics; what they share is looked for once."""

    def __init__(self, reading: Reading, rubrics: Rubrics) -> None:
        self._reading = reading
        self._rubrics = rubrics
        self._barred: Mapping[str, str] | None = None

    def judge(self, rubric: Rubric) -> Finding | None:
        """Return the finding of one class, None when the text is about something else."""
        if rubric.form:
            return self._form(rubric)
        if not any(self._reading.find(way) for way in rubric.about):
            return None
        if not self._may_reach(rubric):
            return None
        found = self._found(rubric.elements.values())
        unmet = _unmet(rubric, found)
        if _is_far_off(rubric, found, unmet):
            return None
        gate, barred = self._bar(rubric)
        barred = barred or self._is_other(rubric, unmet)
        if barred:
            return replace(self._finding(rubric, 0, found, barred), gate=gate)
        why = _shortfall(rubric, found, unmet) or self._limit(rubric)
        return self._finding(rubric, 1 if why else self._grade(rubric, found), found, why)

    def _is_other(self, rubric: Rubric, unmet: list[tuple[str, ...]]) -> str:
        """Return why the text is about something else: what its class asks for first, or whom."""
        first = [group for group in unmet if group == rubric.needs[0]]
        if first:
            return _lacks(rubric, first)
        if rubric.staff and self._heard("outsiders") > self._heard("staff"):
            return "it speaks to people outside"
        return ""

    def _may_reach(self, rubric: Rubric) -> bool:
        """Tell at little cost when a text lacks so much that it is no near miss."""
        may = {one.name for one in rubric.elements.values() if self._reading.may_find(one)}
        return not _is_far_off(rubric, may, _unmet(rubric, may))

    def _found(self, elements: Iterable[Element]) -> dict[str, Found]:
        found = ((element.name, self._reading.find(element)) for element in elements)
        return {name: place for name, place in found if place is not None}

    def _bar(self, rubric: Rubric) -> tuple[str, str]:
        """Return the shared gate that rules the text out, if it is one, and why it is no such."""
        for element in rubric.excluded:
            if self._reading.find(element):
                return "", element.means
        if self._barred is None:
            self._barred = dict(self._gates())
        barred = (one for one in self._barred.items() if one[0] not in rubric.exempt)
        return next(barred, ("", ""))

    def _gates(self) -> Iterator[tuple[str, str]]:
        if _MACHINE_FILE.search(self._reading.path) or "applyto" in self._reading.settings:
            yield "instructions", "instructions to a machine"
        if "ring" in self._reading.settings:
            yield "entry", "an entry of a technology radar"
        for gate in self._rubrics.gates:
            if self._reading.find(gate):
                yield gate.name.partition("_")[0], gate.means
        blanks = chain(placeholders(self._reading.prose), _blanks(self._reading.text))
        if sum(1 for _ in islice(blanks, BLANKS)) >= BLANKS:
            yield "template", "a template that is not filled in"

    def _limit(self, rubric: Rubric) -> str:
        """Return why the text is no more than a mention."""
        for element in rubric.limited:
            if self._reading.find(element):
                return element.means
        if self._reading.prose.words < POINTER_WORDS:
            return "too short to be more than a signpost"
        if rubric.staff and not self._heard("staff"):
            return "it does not say that it speaks to the organization's own people"
        return ""

    def _binds_staff(self) -> bool:
        return self._heard("staff") > max(1, self._heard("outsiders"))

    def _heard(self, voice: str) -> int:
        """Return how many passages speak to somebody."""
        found = self._reading.find(self._rubrics.voices[voice])
        return len(found.lines) if found else 0

    def _grade(self, rubric: Rubric, found: Mapping[str, Found]) -> int:
        is_accountable = all(
            name in found
            or (
                name in self._rubrics.elements
                and self._reading.find(self._rubrics.elements[name]) is not None
            )
            for name in rubric.accountable
        )
        return ACCOUNTABLE if is_accountable else SUBSTANTIVE

    def _form(self, rubric: Rubric) -> Finding | None:
        named = any(self._reading.find(way) for way in rubric.about)
        shape = FORMS[rubric.form](self._reading, named)
        if shape is None:
            return None
        gate, barred = self._bar(rubric)
        return Finding(
            name=rubric.name,
            quality=0 if barred else shape.quality,
            lines=shape.lines,
            why=barred or shape.why,
            parts=shape.parts,
            gate=gate,
        )

    def _finding(
        self, rubric: Rubric, quality: int, found: Mapping[str, Found], why: str = ""
    ) -> Finding:
        return Finding(
            name=rubric.name,
            quality=quality,
            lines=_ranges(found.values()),
            elements={name: place.lines for name, place in found.items()},
            missing=tuple(name for name in rubric.elements if name not in found),
            why=why,
            parts=_parts(rubric, found),
            kinds=tuple(
                kind for kind, names in rubric.kinds.items() if any(name in found for name in names)
            ),
            binds_staff=quality > 1 and self._binds_staff(),
        )


def _blanks(text: str) -> Iterator[str]:
    """Yield the names that a template left open."""
    for sign, form in _BLANKS:
        if sign in text:
            yield from (match[0] for match in form.finditer(text))


def _unmet(rubric: Rubric, found: Container[str]) -> list[tuple[str, ...]]:
    return [group for group in rubric.needs if not any(name in found for name in group)]


def _is_far_off(rubric: Rubric, found: Sized, unmet: Sized) -> bool:
    """Tell whether a text is not even a near miss."""
    return len(found) * 2 < rubric.substantive or len(unmet) * 2 > len(rubric.needs)


def _parts(rubric: Rubric, found: Mapping[str, Found]) -> dict[str, int | bool]:
    parts = {name: _part(names, found) for name, names in rubric.parts.items()}
    return parts | {
        name: not any(one in found for one in names) for name, names in rubric.absent.items()
    }


def _part(names: tuple[str, ...], found: Mapping[str, Found]) -> int | bool:
    """Return a field: whether its one element is there, or how many of several."""
    if len(names) == 1:
        return names[0] in found
    return sum(name in found for name in names)


def _shortfall(rubric: Rubric, found: Mapping[str, Found], unmet: Iterable[tuple[str, ...]]) -> str:
    """Return what a text lacks to be substantive."""
    lacks = _lacks(rubric, unmet)
    if lacks:
        return lacks
    if len(found) < rubric.substantive:
        return f"{len(found)} of the {rubric.substantive} elements that make it substantive"
    return ""


def _lacks(rubric: Rubric, unmet: Iterable[tuple[str, ...]]) -> str:
    means = [" or ".join(rubric.elements[name].means for name in group) for group in unmet]
    return f"nowhere found: {'; '.join(means)}" if means else ""


def _ranges(found: Iterable[Found]) -> tuple[tuple[int, int], ...]:
    """Return the lines of all elements, with neighbours joined."""
    ranges: list[list[int]] = []
    for line in sorted({line for place in found for line in place.lines}):
        if ranges and line <= ranges[-1][1] + 2:
            ranges[-1][1] = line
        else:
            ranges.append([line, line])
    return tuple((first, last) for first, last in ranges)
