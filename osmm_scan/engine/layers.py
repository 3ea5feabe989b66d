"""Lay the files of an organisation's pack over the shipped ones, entry by entry, and list what
changes.

An entry with `overrides: ID` and a `reason` states only what is different; one without adds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

from osmm_scan.engine.rule_files import Layered, Location, Written
from osmm_scan.engine.vocabulary import nearest
from osmm_scan.verdicts import RuleChange

MODEL = "model"
_KINDS = {"items": "item", "facets": "facet", "checks": "check", "signals": "signal"}
_ABOUT = frozenset({"overrides", "reason"})
_HEADER = ("activity", "level", "title")


@dataclass(slots=True)
class _File:
    """A file whose entries are still being replaced and added to."""

    data: dict[str, Any]
    base: Written
    above: dict[Location, tuple[Written, Location]] = field(default_factory=dict)

    def done(self) -> Layered:
        return Layered(self.data, self.base, self.above)


@dataclass(slots=True)
class Overlay:
    """The entries of some files of one form, with what a pack lays over them."""

    root: Path
    files: list[_File]
    groups: tuple[str, ...]
    changes: list[RuleChange] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def lay(self, written: Written) -> None:
        """Take over the entries of one file of the pack."""
        data = written.document.data
        if not isinstance(data, dict):
            self.faults.append(written.fault((), "the file must be a mapping"))
            return
        allowed = {*self.groups, *(_HEADER if "items" in self.groups else ())}
        for name in data:
            if name not in allowed:
                hint = nearest(str(name), allowed)
                self.faults.append(written.fault_at_key((name,), f"unknown key {name!r}{hint}"))
        for place, entry in _entries(written, self.groups):
            if not isinstance(entry, dict):
                self.faults.append(written.fault(place, "an entry is a mapping"))
            elif "overrides" in entry:
                self._override(written, place, entry)
            else:
                self._add(written, place, entry)

    def layers(self) -> tuple[Layered, ...]:
        """Return the files as they are now."""
        return tuple(file.done() for file in self.files)

    def _override(self, written: Written, place: Location, entry: Mapping[str, Any]) -> None:
        group, name = str(place[0]), entry["overrides"]
        known = {one["id"]: (file, index) for file, index, one in self._known(group)}
        if name not in known:
            problem = f"unknown {_KINDS[group]} {name!r}{nearest(str(name), known)}"
            self.faults.append(written.fault((*place, "overrides"), problem))
            return
        file, index = known[name]
        problem = _override_problem(name, entry, is_again=(group, index) in file.above)
        if problem:
            self.faults.append(written.fault(place, problem))
            return
        file.data[group][index] = merged(file.data[group][index], _plain(entry))
        file.above[group, index] = (written, place)
        self._note(written, place, str(name), "overrides")

    def _add(self, written: Written, place: Location, entry: dict[str, Any]) -> None:
        group, name = str(place[0]), entry.get("id")
        shipped = {one["id"] for file, index, one in self._known(group)}
        if name in shipped:
            problem = f"{name!r} exists: state 'overrides: {name}' and a 'reason' instead of an id"
            self.faults.append(written.fault((*place, "id"), problem))
            return
        file = self._home(written)
        own = file.data.setdefault(group, [])
        own.append(_plain(entry))
        file.above[group, len(own) - 1] = (written, place)
        self._note(written, place, str(name), "adds")

    def _known(self, group: str) -> Iterator[tuple[_File, int, Mapping[str, Any]]]:
        for file in self.files:
            for index, one in enumerate(file.data.get(group, ())):
                yield file, index, one if isinstance(one, dict) and "id" in one else {"id": None}

    def _home(self, written: Written) -> _File:
        """Return the file that an added entry joins: its activity's, or any other's first."""
        if "items" not in self.groups:
            return self.files[0]
        header = {name: written.document.data.get(name) for name in _HEADER}
        for file in self.files:
            if all(file.data.get(name) == header[name] for name in ("activity", "level")):
                return file
        stated = {name: value for name, value in header.items() if value is not None}
        self.files.append(_File({**stated, "items": []}, written))
        return self.files[-1]

    def _note(self, written: Written, place: Location, name: str, how: str) -> None:
        reason = _entry(written, place).get("reason", "")
        where = written.path.relative_to(self.root).as_posix()
        kind = _KINDS[str(place[0])]
        change = RuleChange(kind=kind, id=name, how=how, reason=str(reason), place=where)
        self.changes.append(change)


def overlay(root: Path, layers: Sequence[Layered], groups: tuple[str, ...]) -> Overlay:
    """Return files to lay a pack over, which stay as they are themselves."""
    files = [
        _File({**one.data, **{g: list(one.data.get(g, ())) for g in groups}}, one.base)
        for one in layers
    ]
    return Overlay(root, files, groups)


def amend_model(
    root: Path, base: Layered, written: Written, faults: list[str]
) -> tuple[Layered, tuple[RuleChange, ...]]:
    """Return the model with what a pack states differently, and that it does."""
    data = written.document.data
    problem = "the file must be a mapping" if not isinstance(data, dict) else ""
    if not problem and data.get("overrides") != MODEL:
        problem = f"state 'overrides: {MODEL}' and a 'reason', then what is different"
    problem = problem or _reason_problem(data)
    if problem:
        faults.append(written.fault((), problem))
        return base, ()
    where = written.path.relative_to(root).as_posix()
    change = RuleChange(
        kind=MODEL, id=MODEL, how="overrides", reason=data["reason"].strip(), place=where
    )
    changed = merged(base.data, _plain(data))
    return replace(base, data=changed, above={(): (written, ())}), (change,)


def without(
    layered: Layered, places: Iterable[Location], extra: Iterable[Location]
) -> Layered | None:
    """Return a file without entries that lie wrongly above it, and without unknown keys.

    None when the file itself is wrong.
    """
    wrong = {place[:2] for place in places}
    if () in layered.above:
        return Layered(layered.base.document.data, layered.base)
    if not wrong <= layered.above.keys():
        return None
    data, above = deepcopy(layered.data), dict(layered.above)
    for *parent, name in extra:
        del reduce(getitem, parent, data)[name]
    for group in sorted({str(place[0]) for place in above}):
        kept: list[Any] = []
        for index, entry in enumerate(data[group]):
            origin = above.pop((group, index), None)
            is_wrong = (group, index) in wrong
            if is_wrong and _is_added(layered, (group, index)):
                continue
            if origin is not None and not is_wrong:
                above[group, len(kept)] = origin
            kept.append(layered.base.document.data[group][index] if is_wrong else entry)
        data[group] = kept
    return Layered(data, layered.base, above)


def _is_added(layered: Layered, place: Location) -> bool:
    written, _ = layered.above[place]
    return written.path == layered.base.path or not layered.base.holds(place)


def merged(below: Any, above: Any) -> Any:
    """Return a value with what another states: mappings are merged, all else is replaced."""
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    return below | {
        name: merged(below[name], value) if name in below else value
        for name, value in above.items()
    }


def _override_problem(name: object, entry: Mapping[str, Any], *, is_again: bool) -> str:
    if is_again:
        return f"{name!r} is overridden twice"
    if entry.get("id", name) != name:
        return f"an override keeps the id {name!r}"
    return _reason_problem(entry)


def _reason_problem(entry: Mapping[str, Any]) -> str:
    reason = entry.get("reason")
    if isinstance(reason, str) and reason.strip():
        return ""
    return f"the override of {entry.get('overrides')!r} lacks a 'reason'"


def _plain(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in _ABOUT}


def _entries(written: Written, groups: Sequence[str]) -> Iterator[tuple[Location, Any]]:
    for group in groups:
        found = written.document.data.get(group, [])
        for index, entry in enumerate(found if isinstance(found, list) else ()):
            yield (group, index), entry


def _entry(written: Written, place: Location) -> Mapping[str, Any]:
    group, index = place
    entry: Mapping[str, Any] = written.document.data[group][index]
    return entry
