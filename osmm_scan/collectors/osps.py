"""Judge what a machine can check of the OSPS Baseline, by the facts of other collectors.

Which fact decides which requirement is data: `rules/osps.yaml`. No collector may ask for the facts
of this one, which asks for theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from osmm_scan.collectors import ask
from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import RuleError, Unobserved
from osmm_scan.model import Evidence, Missing, Value
from osmm_scan.resources import rules_directory
from osmm_scan.strict_yaml import YamlFault, load

FACTS = {
    "osps.level1": "every requirement of OSPS Baseline level 1 that a machine can check is met",
    "osps.level2": "the same for levels 1 and 2",
    "osps.unread": "number of these requirements that could not be decided",
}
DETAILS = {
    "osps.requirement": "a requirement of the OSPS Baseline: its state, and the fact that decides",
}

_FIELDS = frozenset({"id", "level", "asks", "facts", "any_of", "when", "needs", "no_is_unknown"})
_LEVELS = (1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One requirement: met when all `facts` hold, or any of `any_of`; applies `when` a fact holds.

    `needs` says what would show it where no fact can. `no_is_unknown` marks a requirement that can
    also be met in ways the facts do not know.
    """

    id: str
    level: int
    asks: str
    facts: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    when: str = ""
    needs: str = ""
    no_is_unknown: bool = False


@cache
def load_requirements(path: Path | None = None) -> tuple[Requirement, ...]:
    """Return the shipped requirements in their order; `RuleError` names every fault."""
    path = path or rules_directory() / "osps.yaml"
    try:
        document = load(path.read_text(encoding="utf-8"))
    except YamlFault as fault:
        raise RuleError(f"{path}:{fault.line}:{fault.column}: {fault.problem}") from fault
    entries = document.data.get("requirements") if isinstance(document.data, dict) else None
    if not isinstance(entries, list):
        raise RuleError(f"{path}:1:1: holds a list named 'requirements'")
    found: list[Requirement] = []
    faults: list[str] = []
    for index, entry in enumerate(entries):
        line, column = document.at(("requirements", index))
        try:
            found.append(_requirement(entry))
        except ValueError as error:
            faults.append(f"{path}:{line}:{column}: {error}")
    if faults:
        raise RuleError(faults)
    return tuple(found)


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield each requirement, and the levels that hold."""
    states: dict[str, str] = {}
    for requirement in load_requirements():
        state, by = _state(observer, requirement)
        states[requirement.id] = state
        decided = None if requirement.needs else ask(observer, by)
        place = decided.source if decided else observer.repository.source()
        value: dict[str, Value] = {"id": requirement.id, "state": state, "by": by}
        yield observer.fact("osps.requirement", value, place.path, place.line)
    for level in _LEVELS:
        yield _level(observer, level, states)
    yield observer.fact("osps.unread", sum(state == "unknown" for state in states.values()))


def _requirement(entry: Any) -> Requirement:
    if not isinstance(entry, dict) or not entry.keys() <= _FIELDS:
        raise ValueError(f"a requirement is a mapping of {', '.join(sorted(_FIELDS))}")
    if sum(name in entry for name in ("facts", "any_of", "needs")) != 1:
        raise ValueError("a requirement states one of 'facts', 'any_of' and 'needs'")
    if entry.get("level") not in _LEVELS or not entry.get("id") or not entry.get("asks"):
        raise ValueError("a requirement has an 'id', a 'level' of 1 or 2, and says what it 'asks'")
    return Requirement(
        id=str(entry["id"]),
        level=entry["level"],
        asks=str(entry["asks"]),
        facts=tuple(map(str, entry.get("facts", []))),
        any_of=tuple(map(str, entry.get("any_of", []))),
        when=str(entry.get("when", "")),
        needs=str(entry.get("needs", "")),
        no_is_unknown=entry.get("no_is_unknown") is True,
    )


def _state(observer: Observer, requirement: Requirement) -> tuple[str, str]:
    """Return whether a requirement is met, and what decides it."""
    if requirement.needs:
        return "unknown", requirement.needs
    if requirement.when and _value(observer, requirement.when) is False:
        return "not_applicable", requirement.when
    # One fact decides: the first that refutes what needs all, or proves what needs any.
    names, decisive = (
        (requirement.any_of, True) if requirement.any_of else (requirement.facts, False)
    )
    values = {name: _value(observer, name) for name in names}
    decided = next((name for name, value in values.items() if value is decisive), None)
    unknown = next((name for name, value in values.items() if value is None), None)
    if decided is None and unknown is not None:
        return "unknown", unknown
    holds = (decided is not None) is decisive
    refused = "unknown" if requirement.no_is_unknown else "unmet"
    return "met" if holds else refused, decided or names[0]


def _value(observer: Observer, key: str) -> bool | None:
    evidence = ask(observer, key)
    return evidence.value if evidence and isinstance(evidence.value, bool) else None


def _level(observer: Observer, level: int, states: Mapping[str, str]) -> Evidence:
    key = f"osps.level{level}"
    wanted = [one.id for one in load_requirements() if one.level <= level]
    if any(states[id_] == "unmet" for id_ in wanted):
        return observer.fact(key, False)
    unknown = [id_ for id_ in wanted if states[id_] == "unknown"]
    if unknown:
        why = f"nothing checked is unmet, but a clone does not show {', '.join(unknown)}"
        return observer.missing(key, Unobserved(Missing.NOT_COLLECTED, why))
    return observer.fact(key, True)
