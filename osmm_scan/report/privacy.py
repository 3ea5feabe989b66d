"""Number the private repositories of an organisation and withhold what could tell them apart.

Verdicts, yes/no facts and figures stay, so that every total still adds up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any

from osmm_scan.report.aliases import Aliases
from osmm_scan.report.records import Records
from osmm_scan.report.values import text

WITHHELD = "withheld: the repository is private"

# Ids and closed choices name no repository, and must not change should one be called like them.
_CLOSED = {"id", "state", "status", "kind", "activity", "missing", "basis", "effort", "evidence"}
_LIMITS = {"low", "high"}
# What evidence says in its own words.
_TOLD = ("subject", "value", "why")


def withhold(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document without names and texts of private repositories.

    Whoever audits one repository knows its name, so that document stays as it is.
    """
    names = _aliases(document)
    if not names or document["target"]["kind"] == "repository":
        return document
    return {
        key: _PARTS[key](part, names) if key in _PARTS else _renamed(part, names)
        for key, part in document.items()
    }


def private_names(source: str, seen: Iterable[tuple[str, str | None]]) -> Aliases:
    """Return a number for each private repository of those that were seen, with its visibility."""
    # On a host there are private ones, and one that could not be read may well be one of them.
    shown = {"public"} if source == "github" else {"public", None}
    secret = sorted(name for name, visibility in seen if name and visibility not in shown)
    return Aliases({name: f"private-{place:04}" for place, name in enumerate(secret, start=1)})


def mute(value: Any) -> Any:
    """Return a JSON value without its texts; what is no text stays."""
    if isinstance(value, str):
        return WITHHELD
    if isinstance(value, list):
        return [mute(part) for part in value]
    if isinstance(value, dict):
        return _mute_each(value) if value.keys() <= _LIMITS else mute(list(value.values()))
    return value


def _aliases(document: Mapping[str, Any]) -> Aliases:
    everywhere = document["repositories"]
    return private_names(
        document["target"]["source"], ((one["name"], one["visibility"]) for one in everywhere)
    )


def _renamed(part: Any, names: Aliases) -> Any:
    if isinstance(part, str):
        return names.put_into(part)
    if isinstance(part, list):
        return [_renamed(one, names) for one in part]
    if isinstance(part, dict):
        return {
            names.put_into(key): one if key in _CLOSED else _renamed(one, names)
            for key, one in part.items()
        }
    return part


def _faults(faults: list[Any], names: Aliases) -> list[Any]:
    shown = [
        {"subject": names[fault["subject"]], "what": WITHHELD, "why": WITHHELD}
        if fault["subject"] in names
        else _renamed(fault, names)
        for fault in faults
    ]
    return sorted(shown, key=lambda fault: (fault["subject"], fault["what"], fault["why"]))


def _readiness(everywhere: list[Any], names: Aliases) -> list[Any]:
    shown = [
        one | {"repository": names[one["repository"]], "checks": _checks(one["checks"])}
        if one["repository"] in names
        else _renamed(one, names)
        for one in everywhere
    ]
    # Sorted anew, for a place between two names would tell what a number hides.
    return sorted(shown, key=lambda one: str(one["repository"]))


def _checks(checks: list[Any]) -> list[Any]:
    return [check | {"because": WITHHELD} for check in checks]


def _all_evidence(everything: Records, names: Aliases) -> Records:
    def subject(name: str) -> str:
        return names.get(name) or names.put_into(text(name))

    def change(one: dict[str, Any]) -> dict[str, Any]:
        alias = names.get(one["subject"])
        return _evidence(one, alias) if alias else _cited(one, names)

    return everything.changed(change, subject)


def _evidence(evidence: dict[str, Any], alias: str) -> dict[str, Any]:
    told = {"value": mute(evidence["value"])} if "value" in evidence else {"why": WITHHELD}
    return evidence | told | {"subject": alias, "source": dict.fromkeys(evidence["source"])}


def _cited(evidence: dict[str, Any], names: Aliases) -> dict[str, Any]:
    """Return evidence about something else, without what it tells of private repositories."""
    shown = evidence | {key: _renamed(evidence[key], names) for key in _TOLD if key in evidence}
    url = evidence["source"]["url"]
    if url is not None and names.put_into(url) != url:
        shown["source"] = dict.fromkeys(evidence["source"])
    return shown


def _repositories(everywhere: list[Any], names: Aliases) -> list[Any]:
    shown = [
        one | {"name": names[one["name"]], "facts": _mute_each(one["facts"])}
        if one["name"] in names
        else one | {"facts": _renamed(one["facts"], names)}
        for one in everywhere
    ]
    return sorted(shown, key=lambda one: str(one["name"]))


def _attestations(stated: list[Any], names: Aliases) -> list[Any]:
    return [
        _renamed(one, names) | {"proofs": [_proof(proof, names) for proof in one["proofs"]]}
        for one in stated
    ]


def _proof(proof: dict[str, Any], names: Aliases) -> dict[str, Any]:
    told = " ".join((proof.get("repository", ""), proof["value"]))
    is_private = names.put_into(told) != told
    shown = proof | {"value": WITHHELD, "why": WITHHELD} if is_private else proof
    return dict(_renamed(shown, names))


def _waivers(decided: list[Any], names: Aliases) -> list[Any]:
    shown = [
        one | {"scope": WITHHELD}
        if one["scope"] != "*" and any(fnmatchcase(name, one["scope"]) for name in names)
        else one
        for one in decided
    ]
    return [_renamed(one, names) for one in shown]


def _mute_each(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {key: mute(value) for key, value in facts.items()}


_PARTS: Mapping[str, Callable[[Any, Aliases], Any]] = {
    "faults": _faults,
    "readiness": _readiness,
    "evidence": _all_evidence,
    "repositories": _repositories,
    "attestations": _attestations,
    "waivers": _waivers,
}
