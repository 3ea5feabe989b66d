"""Turn an assessment into JSON text and back, field by field, as its types say.

What the rules say about items and checks is kept apart, because it is the same for many scans, and
so is the evidence.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from osmm_scan.model import Evidence
from osmm_scan.store.records import frozen
from osmm_scan.verdicts import Assessment, Check, Criterion, LevelVerdict

# Written once under their ids; wherever one is used, its id stands.
_SHARED: Mapping[type, str] = {Criterion: "criteria", Check: "checks"}


class _Observed:
    """Stands for `Value` in type hints: whatever JSON holds."""


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """What the shared nouns say, by kind and id."""

    entries: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {name: {} for name in _SHARED.values()}
    )


def write_assessment(assessment: Assessment) -> tuple[str, str]:
    """Return an assessment without its evidence, and the catalogue that it refers to, as JSON."""
    catalogue = _Catalogue()
    document = _plain(replace(assessment, evidence=()), catalogue)
    return _text(document), _text(catalogue.entries)


def read_assessment(document: str, catalogue: str, evidence: tuple[Evidence, ...]) -> Assessment:
    """Return the assessment that was written.

    Raises `KeyError`, `TypeError` or `ValueError` when the text is damaged.
    """
    whole = _built(Assessment, json.loads(document), _Catalogue(json.loads(catalogue)))
    assert isinstance(whole, Assessment)  # noqa: S101 - says to mypy what was asked for
    return replace(whole, evidence=evidence)


def read_levels(document: str) -> tuple[LevelVerdict, ...]:
    """Return only the levels of an assessment; fails as `read_assessment` does."""
    kind = tuple[LevelVerdict, ...]
    levels: tuple[LevelVerdict, ...] = _built(kind, json.loads(document)["levels"], _Catalogue())
    return levels


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _plain(value: Any, catalogue: _Catalogue) -> Any:
    shelf = _SHARED.get(type(value))
    if shelf is not None:
        catalogue.entries[shelf].setdefault(value.id, _members(value, catalogue))
        return value.id
    if is_dataclass(value):
        return _members(value, catalogue)
    if isinstance(value, tuple):
        return [_plain(part, catalogue) for part in value]
    if isinstance(value, Mapping):
        return {name: _plain(part, catalogue) for name, part in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def _members(value: Any, catalogue: _Catalogue) -> dict[str, Any]:
    return {one.name: _plain(getattr(value, one.name), catalogue) for one in fields(value)}


def _built(kind: Any, value: Any, catalogue: _Catalogue) -> Any:
    if kind is _Observed:
        return frozen(value)
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        (inner,) = (part for part in get_args(kind) if part is not NoneType)
        return None if value is None else _built(inner, value, catalogue)
    if origin is tuple:
        return tuple(_built(get_args(kind)[0], part, catalogue) for part in value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        inner = get_args(kind)[1]
        return {name: _built(inner, part, catalogue) for name, part in value.items()}
    return _single(kind, value, catalogue)


def _single(kind: type, value: Any, catalogue: _Catalogue) -> Any:
    if kind in _SHARED:
        value = catalogue.entries[_SHARED[kind]][value]
    if is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _built(hints[name], part, catalogue) for name, part in value.items()})
    if issubclass(kind, date):
        return kind.fromisoformat(value)
    return kind(value) if issubclass(kind, StrEnum | float) else value


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind, localns={"Value": _Observed})
