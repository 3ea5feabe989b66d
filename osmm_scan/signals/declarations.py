"""Load the declarations of `rules/signals/` and say clearly what is wrong with a bad file.

A declaration says what a signal measures, over which repositories, and from which facts. How a
measure is computed is the business of `measures.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from osmm_scan.errors import RuleError
from osmm_scan.strict_yaml import Document, YamlFault, load

_MEASURE = re.compile(r"([a-z_]+)\(([a-z0-9_., ]*)\)")
_REQUIRED = ("id", "name", "collector", "kind", "unit", "strength", "access", "fields")


class FieldType(StrEnum):
    """What a field holds, and thereby the values that it may have at all."""

    SHARE = "share"
    FLAG = "flag"
    COUNT = "count"
    DAYS = "days"
    NUMBER = "number"
    QUALITY = "quality"
    GRADE = "grade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One call of the measure language, such as `share(license.recognized)`."""

    function: str
    arguments: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.function}({', '.join(self.arguments)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDeclaration:
    """One field of a signal; `measure` is None while no collector serves it."""

    means: str
    type: FieldType
    measure: Measure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalDeclaration:
    """One signal: what it measures, over which population, from which facts, and its traps."""

    id: str
    name: str
    collector: str
    scope: tuple[str, ...]
    kind: str
    unit: str
    direction: str
    strength: str
    access: tuple[str, ...]
    population: tuple[str, ...]
    fields: Mapping[str, FieldDeclaration]
    awaits: str
    source: tuple[str, ...]
    compute: str
    traps: tuple[str, ...]
    references: Mapping[str, tuple[str, ...]]

    @property
    def is_measured(self) -> bool:
        """Tell whether any field is served by a collector."""
        return any(declared.measure for declared in self.fields.values())


def load_declarations(directory: Path) -> Mapping[str, SignalDeclaration]:
    """Return every signal declared in `directory/*.yaml`, sorted by id.

    Raises `RuleError` with all faults of all files.
    """
    faults: list[str] = []
    entries = [one for path in sorted(directory.glob("*.yaml")) for one in _file(path, faults)]
    if not entries and not faults:
        raise RuleError(f"{directory}: no signal is declared here")
    return declare(entries, faults)


def declare(
    entries: Iterable[tuple[Any, str]], faults: Iterable[str] = ()
) -> Mapping[str, SignalDeclaration]:
    """Return the signals of some entries, each with its place as `file:line:column`, sorted by id.

    Raises `RuleError` with all faults, those known before first.
    """
    found = list(faults)
    declared: dict[str, SignalDeclaration] = {}
    for entry, where in entries:
        try:
            signal = _signal(entry)
        except ValueError as error:
            found.append(f"{where}: {error}")
            continue
        if signal.id in declared:
            found.append(f"{where}: signal {signal.id!r} is declared twice")
        declared[signal.id] = signal
    if found:
        raise RuleError(found)
    return dict(sorted(declared.items()))


def _file(path: Path, faults: list[str]) -> Iterator[tuple[Any, str]]:
    try:
        document = load(path.read_text(encoding="utf-8"))
    except YamlFault as fault:
        faults.append(f"{path}:{fault.line}:{fault.column}: {fault.problem}")
        return
    except (OSError, UnicodeDecodeError) as error:
        faults.append(f"{path}: cannot be read: {error}")
        return
    entries = document.data.get("signals") if isinstance(document.data, dict) else None
    if not isinstance(entries, list):
        faults.append(f"{path}:1:1: a signal file holds a list named 'signals'")
        return
    for index, entry in enumerate(entries):
        yield entry, _where(path, document, ("signals", index))


def _where(path: Path, document: Document, place: tuple[str | int, ...]) -> str:
    line, column = document.at(place)
    return f"{path}:{line}:{column}"


def _signal(entry: Any) -> SignalDeclaration:
    if not isinstance(entry, dict):
        raise ValueError("a signal is a mapping")
    absent = [name for name in _REQUIRED if name not in entry]
    if absent:
        raise ValueError(f"signal {entry.get('id')!r} lacks {', '.join(absent)}")
    for name in ("fields", "refs"):
        if not isinstance(entry.get(name, {}), dict):
            raise ValueError(f"signal {entry['id']!r}: {name} is a mapping")
    return SignalDeclaration(
        id=str(entry["id"]),
        name=str(entry["name"]),
        collector=str(entry["collector"]),
        scope=_words(entry, "scope"),
        kind=str(entry["kind"]),
        unit=str(entry["unit"]),
        direction=str(entry.get("direction", "")),
        strength=str(entry["strength"]),
        access=_words(entry, "access"),
        population=_words(entry, "population"),
        fields={name: _field(entry["id"], name, raw) for name, raw in entry["fields"].items()},
        awaits=str(entry.get("awaits", "")),
        source=_words(entry, "source"),
        compute=str(entry.get("compute", "")),
        traps=_words(entry, "traps"),
        references={name: tuple(map(str, ids)) for name, ids in entry.get("refs", {}).items()},
    )


def _words(entry: Mapping[str, Any], name: str) -> tuple[str, ...]:
    words = entry.get(name, [])
    if not isinstance(words, list):
        raise ValueError(f"signal {entry['id']!r}: {name} is a list")
    return tuple(str(word) for word in words)


def _field(signal: str, name: str, raw: Any) -> FieldDeclaration:
    if not isinstance(raw, dict) or not {"means", "type"} <= raw.keys():
        raise ValueError(f"{signal}.{name}: a field states 'means' and 'type'")
    if raw["type"] not in set(FieldType):
        raise ValueError(f"{signal}.{name}: type is one of {', '.join(FieldType)}")
    text = raw.get("measure")
    return FieldDeclaration(
        means=str(raw["means"]),
        type=FieldType(raw["type"]),
        measure=None if text is None else _measure(f"{signal}.{name}", str(text)),
    )


def _measure(where: str, text: str) -> Measure:
    match = _MEASURE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{where}: {text!r} is no measure such as 'share(license.recognized)'")
    arguments = tuple(part.strip() for part in match[2].split(",") if part.strip())
    return Measure(function=match[1], arguments=arguments)
