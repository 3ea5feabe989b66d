"""Load `rules/documents/`: what makes a document of each class, as data.

One file per class; `shared.yaml` holds what is asked of every class. An organisation's own pack
adds phrases to the shipped elements, and classes of its own. `rules/documents/README.md` says what
each field means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from osmm_scan.collectors.documents.phrases import Phrase, phrase
from osmm_scan.collectors.documents.rubric_faults import ABOUT_OVERRIDES, faults_of
from osmm_scan.errors import RuleError
from osmm_scan.resources import rules_directory
from osmm_scan.strict_yaml import YamlFault, load

SHARED = "shared"
SECTION = "section"


@dataclass(frozen=True, kw_only=True)
class Element:
    """Something that a document may say: any of `phrases`, in at least so many passages.

    `distinct` asks for so many different phrases. `place` limits where they count. `here` is the
    same where the document is about the topic of its class, `topic` how that is told.
    """

    name: str
    means: str
    phrases: tuple[Phrase, ...]
    distinct: int = 1
    passages: int = 1
    place: str = "text"
    here: Element | None = None
    topic: tuple[Element, ...] = ()

    @cached_property
    def signs(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """Return words and parts of words of which one stands wherever a phrase stands."""
        signs = {sign for one in self.phrases for sign in one.signs[0]}
        words = frozenset(sign for sign in signs if not sign.endswith("*"))
        return words, tuple(sorted(sign.rstrip("*") for sign in signs - words))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """What makes a document one of a class.

    `about` are ways to tell the topic, one of which must hold. `needs` are groups of elements, of
    each of which one must be there; what lacks the first is no mention either. `excluded` rules a
    document out, `limited` leaves it a mention.
    `exempt` are the shared gates that do not apply; `parts` says which elements make which field,
    `kinds` which elements tell a kind, `absent` of which elements none may be there for a field,
    `figures` which numbers are read for which field, and `tallies` which fields are counted over
    all such documents of the last two years. A class is `of` an organization or of a project.
    """

    name: str
    means: str
    signal: str
    paths: tuple[str, ...]
    about: tuple[Element, ...]
    elements: Mapping[str, Element]
    substantive: int
    needs: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[Element, ...] = ()
    limited: tuple[Element, ...] = ()
    exempt: frozenset[str] = frozenset()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    staff: bool = False
    form: str = ""
    accountable: tuple[str, ...] = ()
    of: str = "organization"
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    absent: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    figures: Mapping[str, str] = field(default_factory=dict)
    tallies: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Return what a fact of this class says besides quality and age."""
        kinds = (f"{kind}_quality" for kind in self.kinds)
        tallies = (f"{name}_24m" for name in self.tallies)
        return (*self.parts, *self.absent, *self.figures, *kinds, *tallies)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubrics:
    """All classes, and what is asked of every document: gates and elements of accountability."""

    classes: Mapping[str, Rubric]
    gates: tuple[Element, ...]
    voices: Mapping[str, Element]
    elements: Mapping[str, Element]


@cache
def load_rubrics(packs: tuple[Path, ...] = ()) -> Rubrics:
    """Return the shipped rubrics with what the packs add; `RuleError` names every fault."""
    faults: list[str] = []
    raw: dict[str, dict[str, Any]] = {}
    for directory in (rules_directory() / "documents", *(pack / "documents" for pack in packs)):
        for path in sorted(directory.glob("*.yaml")):
            content = _content(path, faults)
            below = raw.get(path.stem, {})
            faults.extend(f"{path}:1:1: {one}" for one in _override_problems(path, content, below))
            added = {name: value for name, value in content.items() if name not in ABOUT_OVERRIDES}
            raw[path.stem] = _joined(below, added)
    if SHARED not in raw and not faults:
        faults.append(f"{rules_directory() / 'documents'}: {SHARED}.yaml is missing")
    if faults:
        raise RuleError(faults)
    shared = raw.pop(SHARED)
    return Rubrics(
        classes={name: _rubric(name, entry) for name, entry in sorted(raw.items())},
        gates=tuple(_elements(shared.get("gates", {})).values()),
        voices=_elements(shared.get("voices", {})),
        elements=_elements(shared.get("elements", {})),
    )


def _joined(first: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Return a file with the phrases that another adds to its elements."""
    joined = dict(first)
    for name, value in more.items():
        old = joined.get(name)
        if isinstance(value, dict) and isinstance(old, dict):
            joined[name] = _joined(old, value)
        elif isinstance(value, list) and isinstance(old, list):
            joined[name] = [*old, *(one for one in value if one not in old)]
        else:
            joined[name] = value
    return joined


def _override_problems(
    path: Path, content: Mapping[str, Any], below: Mapping[str, Any]
) -> Iterator[str]:
    replaced = sorted(_replaced(content, below))
    reason = content.get("reason")
    has_reason = isinstance(reason, str) and bool(reason.strip())
    is_meant = content.get("overrides") == path.stem and has_reason
    if replaced and not is_meant:
        what = ", ".join(replaced)
        yield f"replaces {what}: state 'overrides: {path.stem}' and a 'reason'"
    elif "overrides" in content and not is_meant:
        yield f"an override of {path.stem!r} names it and gives a 'reason'"


def _replaced(content: Mapping[str, Any], below: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of single values that stand differently in a file below."""
    for name, value in content.items():
        old = below.get(name)
        if isinstance(value, dict) and isinstance(old, dict):
            yield from (f"{name}.{inner}" for inner in _replaced(value, old))
        elif not isinstance(value, list) and name in below and value != old:
            yield str(name)


def _content(path: Path, faults: list[str]) -> dict[str, Any]:
    try:
        document = load(path.read_text(encoding="utf-8"))
    except YamlFault as fault:
        faults.append(f"{path}:{fault.line}:{fault.column}: {fault.problem}")
        return {}
    except (OSError, UnicodeDecodeError) as error:
        faults.append(f"{path}: cannot be read: {error}")
        return {}
    if not isinstance(document.data, dict):
        faults.append(f"{path}:1:1: a rubric is a mapping")
        return {}
    faults.extend(faults_of(path, document, is_shared=path.stem == SHARED))
    return document.data


def _list(entry: Mapping[str, Any], name: str) -> list[Any]:
    value = entry.get(name, [])
    return value if isinstance(value, list) else []


def _elements(entries: Mapping[str, Any]) -> dict[str, Element]:
    return {
        name: Element(
            name=name,
            means=str(entry.get("means", name.replace("_", " "))),
            phrases=tuple(phrase(str(text)) for text in entry["says"]),
            distinct=int(entry.get("distinct", 1)),
            passages=int(entry.get("passages", 1)),
            place=str(entry.get("in", "text")),
        )
        for name, entry in entries.items()
    }


def _rubric(name: str, entry: Mapping[str, Any]) -> Rubric:
    about = tuple(_ways(entry.get("about", {})))
    elements = _elements(entry.get("elements", {}))
    for part, own in entry.get("elements", {}).items():
        if "here" in own:
            here = _elements({part: {**own, "says": own["here"]}})[part]
            here = replace(here, place=SECTION, topic=about)
            elements[part] = replace(elements[part], here=here)
    return Rubric(
        name=name,
        means=str(entry.get("means", "")),
        signal=str(entry.get("signal", "")),
        paths=_names(_list(entry, "paths")),
        about=about,
        elements=elements,
        substantive=int(entry.get("substantive", 3)),
        needs=tuple(_names(group) for group in _list(entry, "needs")),
        excluded=tuple(_elements(entry.get("excluded", {})).values()),
        limited=tuple(_elements(entry.get("limited", {})).values()),
        exempt=frozenset(_list(entry, "exempt")),
        parts={part: _names(names) for part, names in entry.get("parts", {}).items()},
        staff=bool(entry.get("staff", False)),
        form=str(entry.get("form", "")),
        accountable=_names(entry.get("accountable", ("owner", "scope", "date"))),
        of=str(entry.get("of", "organization")),
        kinds={kind: _names(names) for kind, names in entry.get("kinds", {}).items()},
        absent={part: _names(names) for part, names in entry.get("absent", {}).items()},
        figures={part: str(name) for part, name in entry.get("figures", {}).items()},
        tallies=_names(_list(entry, "tallies")),
    )


def _ways(entries: Mapping[str, Any]) -> Iterator[Element]:
    """Yield the ways to tell a topic; there, the name of the repository is part of the title."""
    for element in _elements(entries).values():
        yield replace(element, place="subject") if element.place == "title" else element


def _names(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)
