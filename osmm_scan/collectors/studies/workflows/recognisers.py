"""Load `rules/recognisers/`: by which actions, commands and hooks a practice is recognised.

One file per practice; an organisation's own pack adds recognisers to the shipped ones, or replaces
those of a practice for a stated reason. What a field means is written in
`rules/recognisers/README.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from osmm_scan.collectors.studies.workflows.choices import Choices
from osmm_scan.collectors.studies.workflows.globs import matches
from osmm_scan.collectors.studies.workflows.invocations import Words, behind, fits
from osmm_scan.collectors.studies.workflows.model import Act
from osmm_scan.errors import RuleError
from osmm_scan.resources import rules_directory
from osmm_scan.strict_yaml import Document, YamlFault, load

_FIELDS = frozenset(
    {"uses", "run", "when", "unless", "silent", "reports", "thresholds", "file", "says"}
)
_ANYWHERE = "..."
_ASKED_LIMIT = 10_000
_ASKS_ONLY = frozenset({"--help", "--version"})

Conditions = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recogniser:
    """One way to see a practice: an action (`uses`) or a command (`run`) with its options.

    `silent` is None for a tool that fails; `thresholds` is None for one that has to be given some.
    """

    practice: str
    uses: str = ""
    run: Words = ()
    when: Conditions = field(default_factory=dict)
    unless: Conditions = field(default_factory=dict)
    silent: Conditions | None = None
    reports: bool = False
    thresholds: tuple[str, ...] | None = ()
    file: str = ""
    says: str = ""

    def fits(self, act: Act) -> bool:
        """Tell whether an act is an instance, as far as the act itself tells."""
        return self._reading(act) is not None

    def is_silent(self, act: Act) -> bool:
        """Tell whether the tool passes whatever it finds, because of how it is called."""
        if self.silent is None:
            return False
        return _all(self.silent, act, self._reading(act) or ())

    def names(self, *, is_action: bool) -> tuple[str, ...]:
        """Return the programs or actions that may fit, each perhaps with `*`."""
        if is_action:
            return (self.uses,) if self.uses else ()
        return tuple(self.run[0].split("|")) if self.run else ()

    def has_threshold(self, act: Act) -> bool:
        """Tell whether the call, or the tool by its nature, names what it lets pass."""
        if self.thresholds is None:
            return True
        reading = self._reading(act) or ()
        return any(any(_values(name, act, reading)) for name in self.thresholds)

    def _reading(self, act: Act) -> Words | None:
        if self.uses:
            is_named = act.uses and matches(self.uses, act.uses.lower().partition("@")[0])
            return () if is_named and self._allows(act, ()) else None
        for reading in act.readings:
            if self._runs(reading) and self._allows(act, reading):
                return reading
        return None

    def _runs(self, reading: Words) -> bool:
        if not fits(self.run[0], reading[0]) or reading[-1] in _ASKS_ONLY:
            return False
        place = 1
        anywhere = False
        for want in self.run[1:]:
            if want == _ANYWHERE:
                anywhere = True
                continue
            found = _found(want, reading, place) if anywhere else behind(reading, (want,), place)
            if found is None:
                return False
            place, anywhere = found, False
        return True

    def _allows(self, act: Act, reading: Words) -> bool:
        unless = any(_any(name, wanted, act, reading) for name, wanted in self.unless.items())
        return not unless and _all(self.when, act, reading)


class Recognisers:
    """All recognisers, found quickly by the program or the action that they name."""

    def __init__(self, practices: Mapping[str, str], found: Iterable[Recogniser]) -> None:
        self.practices = practices
        self.all = tuple(found)
        self._choices = {
            is_action: Choices((by, by.names(is_action=is_action)) for by in self.all)
            for is_action in (False, True)
        }
        # What was asked before, by kind and name; CI uses few programs and actions, but often.
        self._asked: dict[tuple[bool, str], tuple[Recogniser, ...]] = {}

    def know(self, readings: Iterable[Words]) -> bool:
        """Tell whether any recogniser could fit a command, by its program alone."""
        return any(self._named(reading[0], is_action=False) for reading in readings)

    def of(self, act: Act) -> Iterator[Recogniser]:
        """Yield those that fit an act."""
        candidates: dict[Recogniser, None] = {}
        if act.uses:
            name = act.uses.lower().partition("@")[0]
            candidates = dict.fromkeys(self._named(name, is_action=True))
        for reading in act.readings:
            candidates |= dict.fromkeys(self._named(reading[0], is_action=False))
        yield from (found for found in candidates if found.fits(act))

    def _named(self, name: str, *, is_action: bool) -> tuple[Recogniser, ...]:
        key = (is_action, name)
        if key not in self._asked:
            if len(self._asked) >= _ASKED_LIMIT:
                self._asked.clear()
            self._asked[key] = self._choices[is_action].fitting(name)
        return self._asked[key]


@cache
def load_recognisers(packs: tuple[Path, ...] = ()) -> Recognisers:
    """Return the shipped recognisers and those of further rule packs.

    Raises `RuleError` with all faults of all files.
    """
    faults: list[str] = []
    practices: dict[str, str] = {}
    found: dict[str, list[Recogniser]] = {}
    for path in _files((rules_directory(), *packs)):
        recognisers, replaces = _file(path, practices, faults)
        own = found.setdefault(path.stem, [])
        if replaces:
            own.clear()
        own.extend(recognisers)
    if faults:
        raise RuleError(faults)
    return Recognisers(practices, (one for own in found.values() for one in own))


def _files(packs: Iterable[Path]) -> Iterator[Path]:
    for pack in packs:
        yield from sorted((pack / "recognisers").glob("*.yaml"))


def _file(
    path: Path, practices: dict[str, str], faults: list[str]
) -> tuple[list[Recogniser], bool]:
    """Return the recognisers of a file, and whether they replace those known before."""
    try:
        document = load(path.read_text(encoding="utf-8"))
    except YamlFault as fault:
        faults.append(f"{path}:{fault.line}:{fault.column}: {fault.problem}")
        return [], False
    except (OSError, UnicodeDecodeError) as error:
        faults.append(f"{path}: cannot be read: {error}")
        return [], False
    data = document.data
    entries = data.get("recognisers") if isinstance(data, dict) else None
    if not isinstance(entries, list) or not isinstance(data.get("means"), str):
        faults.append(f"{path}:1:1: states 'means', a text, and 'recognisers', a list")
        return [], False
    faults.extend(f"{path}:1:1: {problem}" for problem in _override_problems(path, data))
    practices.setdefault(path.stem, data["means"])
    found: list[Recogniser] = []
    for index, entry in enumerate(entries):
        try:
            found.append(_recogniser(path.stem, entry))
        except ValueError as error:
            faults.append(f"{path}:{_at(document, index)}: {error}")
    return found, "overrides" in data


def _override_problems(path: Path, data: Mapping[str, Any]) -> Iterator[str]:
    if "overrides" not in data:
        return
    if data["overrides"] != path.stem:
        yield f"overrides the practice that the file is named after, {path.stem!r}"
    if not isinstance(data.get("reason"), str) or not data["reason"].strip():
        yield f"the override of {path.stem!r} lacks a 'reason'"


def _at(document: Document, index: int) -> str:
    line, column = document.at(("recognisers", index))
    return f"{line}:{column}"


def _recogniser(practice: str, entry: Any) -> Recogniser:
    if not isinstance(entry, dict):
        raise ValueError("a recogniser is a mapping")
    strange = sorted(map(str, entry.keys() - _FIELDS))
    if strange:
        raise ValueError(f"unknown field {strange[0]!r}; known are {', '.join(sorted(_FIELDS))}")
    if ("uses" in entry) == ("run" in entry):
        raise ValueError("a recogniser names either 'uses' or 'run'")
    if ("file" in entry) != ("says" in entry):
        raise ValueError("'file' and 'says' belong together")
    silent = entry.get("silent", False)
    thresholds = entry.get("thresholds", [])
    if thresholds is not True and not isinstance(thresholds, list):
        raise ValueError("'thresholds' is true or a list of inputs or options")
    return Recogniser(
        practice=practice,
        uses=_word(entry, "uses").lower(),
        run=tuple(_word(entry, "run").split()),
        when=_conditions(entry.get("when", {}), "when"),
        unless=_conditions(entry.get("unless", {}), "unless"),
        silent={} if silent is True else _conditions(silent, "silent") if silent else None,
        reports=entry.get("reports") is True,
        thresholds=None if thresholds is True else tuple(map(str, thresholds)),
        file=_word(entry, "file"),
        says=_word(entry, "says"),
    )


def _word(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name, "")
    if not isinstance(value, str) or (name in entry and not value.strip()):
        raise ValueError(f"{name!r} is a text")
    return value


def _conditions(stated: Any, name: str) -> Conditions:
    if not isinstance(stated, dict):
        raise ValueError(f"{name!r} maps inputs or options to the values that they must have")
    found: dict[str, tuple[str, ...]] = {}
    for option, values in stated.items():
        wanted = values if isinstance(values, list) else [values]
        if not all(isinstance(value, str) for value in wanted):
            raise ValueError(f"the values of {option!r} in {name!r} are texts; put them in quotes")
        found[str(option)] = tuple(wanted)
    return found


def _all(conditions: Conditions, act: Act, reading: Words) -> bool:
    return all(_any(name, wanted, act, reading) for name, wanted in conditions.items())


def _any(name: str, wanted: tuple[str, ...], act: Act, reading: Words) -> bool:
    values = _values(name, act, reading)
    # What is not given fits the empty text only, not `*`.
    return any(fits(want, value) if value else not want for value in values for want in wanted)


def _values(name: str, act: Act, reading: Words) -> list[str]:
    """Return what an input or option is set to, part by part; a single empty text when not."""
    values = [act.inputs[key] for key in act.inputs if key.lower() == name]
    for place, word in enumerate(reading):
        if word == name:
            value = reading[place + 1] if place + 1 < len(reading) else ""
            values.append("true" if not value or value.startswith("-") else value)
        elif word.startswith(f"{name}="):
            values.append(word.removeprefix(f"{name}="))
    parts = [part.strip() for value in values for part in value.replace("\n", ",").split(",")]
    return [*values, *(part for part in parts if part)] or [""]


def _found(want: str, reading: Words, start: int) -> int | None:
    for place in range(start, len(reading)):
        if fits(want, reading[place]):
            return place + 1
    return None
