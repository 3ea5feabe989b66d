"""Say what is wrong with a rubric, with file, line and column."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from osmm_scan.collectors.documents.phrases import phrase
from osmm_scan.strict_yaml import Document

ABOUT_OVERRIDES = frozenset({"overrides", "reason"})
_RUBRIC_FIELDS = frozenset(
    {
        "about",
        "absent",
        "elements",
        "excluded",
        "figures",
        "form",
        "kinds",
        "of",
        "means",
        "needs",
        "paths",
        "parts",
        "signal",
        "substantive",
        "exempt",
        "staff",
        "limited",
        "accountable",
        "tallies",
        *ABOUT_OVERRIDES,
    }
)
_SHARED_FIELDS = frozenset({"elements", "gates", "voices", *ABOUT_OVERRIDES})
_GROUPS = frozenset({"about", "elements", "excluded", "gates", "limited", "voices"})
# What `figures.py` can read.
FIGURES = frozenset(
    {
        "aims",
        "dated",
        "dated_at_least",
        "editions",
        "kept_share",
        "measurable_share",
        "reported_share",
        "rows",
        "share_taught",
        "years",
    }
)
_PLACES = frozenset({"folder", "headings", "opening", "place", "text", "title"})
_ELEMENT_FIELDS = frozenset({"distinct", "here", "in", "means", "passages", "says"})


def faults_of(path: Path, document: Document, *, is_shared: bool) -> Iterator[str]:
    """Yield the faults of one file."""
    allowed = _SHARED_FIELDS if is_shared else _RUBRIC_FIELDS
    for name, value in document.data.items():
        if name not in allowed:
            close = get_close_matches(str(name), sorted(allowed), n=1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            yield f"{_at(path, document, (name,))}: unknown field {name!r}{hint}"
        elif name in _GROUPS:
            yield from _element_faults(path, document, name, value)
    yield from _reference_faults(path, document)


def _element_faults(path: Path, document: Document, group: str, value: object) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{_at(path, document, (group,))}: {group} is a mapping of names"
        return
    for name, entry in value.items():
        place = (group, name)
        if not isinstance(entry, dict) or not isinstance(entry.get("says"), list):
            yield f"{_at(path, document, place)}: {name} lists what it 'says'"
            continue
        for unknown in sorted(set(entry) - _ELEMENT_FIELDS):
            yield f"{_at(path, document, (*place, unknown))}: unknown field {unknown!r}"
        if entry.get("in", "text") not in _PLACES:
            places = ", ".join(sorted(_PLACES))
            yield f"{_at(path, document, (*place, 'in'))}: in is one of {places}"
        for field_ in ("says", "here"):
            for number, text in enumerate(_list(entry, field_)):
                try:
                    phrase(str(text))
                except ValueError as error:
                    yield f"{_at(path, document, (*place, field_, number))}: {error}"


def _reference_faults(path: Path, document: Document) -> Iterator[str]:
    known = document.data.get("elements")
    names = set(known) if isinstance(known, dict) else set()
    groups = [
        *((("needs", number), group) for number, group in enumerate(_list(document.data, "needs"))),
        *(
            ((field_, name), group)
            for field_ in ("absent", "kinds", "parts")
            for name, group in (document.data.get(field_) or {}).items()
        ),
    ]
    for field_, figure in (document.data.get("figures") or {}).items():
        if figure not in FIGURES:
            choices = ", ".join(sorted(FIGURES))
            yield f"{_at(path, document, ('figures', field_))}: {figure!r} is none of {choices}"
    for place, group in groups:
        for name in group if isinstance(group, list) else [group]:
            if name not in names:
                yield f"{_at(path, document, place)}: {name!r} is no element of this class"


def _at(path: Path, document: Document, place: tuple[str | int, ...]) -> str:
    line, column = document.at_key(place)
    return f"{path}:{line}:{column}"


def _list(entry: dict[str, Any], name: str) -> list[Any]:
    value = entry.get(name, [])
    return value if isinstance(value, list) else []
