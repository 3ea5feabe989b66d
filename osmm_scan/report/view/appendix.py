"""What stands behind a verdict: gaps, signals, faults, waivers and attestations as rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from osmm_scan.report import words
from osmm_scan.report.view.headline import item_titles


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenRow:
    """What stayed hidden, what would show it, and the titles of the items behind it."""

    what: str
    needs: str
    hides: tuple[str, ...]
    hidden: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalRow:
    """One measure with its fields in words."""

    id: str
    name: str
    fields: tuple[tuple[str, str], ...]
    over: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultRow:
    """Something that could not be read."""

    subject: str
    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A waiver or an attestation: what it did, why, and the pairs that it was written in."""

    title: str
    effect: str
    gist: str
    pairs: tuple[tuple[str, str], ...]


def hidden(document: dict[str, Any]) -> tuple[HiddenRow, ...]:
    """Return what the scan could not see, in the order of the document."""
    titles = item_titles(document)
    return tuple(
        HiddenRow(
            what=one["what"],
            needs=one["needs"],
            hides=tuple(titles.get(identity, identity) for identity in one["hides"]),
            hidden=words.count(len(one["hides"]), "item"),
        )
        for one in document["access"]["could_not_see"]
    )


def signals(document: dict[str, Any]) -> tuple[SignalRow, ...]:
    """Return the measures with their fields in words."""
    return tuple(
        SignalRow(
            id=one["id"],
            name=words.name(one["id"]),
            fields=tuple((name, words.value(field)) for name, field in one["fields"].items()),
            over=f"{one['n']:,} examined, {one['unknown']:,} unknown",
            why=f"{words.MISSING[one['missing']]}: {one['why']}" if "missing" in one else "",
        )
        for one in document["signals"]
    )


def faults(document: dict[str, Any]) -> tuple[FaultRow, ...]:
    """Return what could not be read."""
    return tuple(FaultRow(**fault) for fault in document["faults"])


def attestations(document: dict[str, Any]) -> tuple[Note, ...]:
    """Return what people stated, by the title of the item that it is about."""
    titles = item_titles(document)
    return tuple(
        _note(one, titles.get(one["item"], one["item"]), words.EFFECT, _statement(one))
        for one in document["attestations"]
    )


def waivers(document: dict[str, Any]) -> tuple[Note, ...]:
    """Return what was decided not to count, by the title or id of what it is about."""
    titles = item_titles(document)
    return tuple(
        _note(one, titles.get(one["what"], one["what"]), words.RULING, _decision(one))
        for one in document["waivers"]
    )


def _note(entry: dict[str, Any], title: str, effects: dict[str, str], gist: str) -> Note:
    return Note(
        title=title,
        effect=effects[entry["effect"]],
        gist=gist,
        pairs=tuple((words.name(key), words.value(entry[key])) for key in sorted(entry)),
    )


def _statement(entry: dict[str, Any]) -> str:
    role = entry.get("accountable_role", "nobody")
    seen = entry.get("observed", "unknown")
    told = f"grade {entry['grade']} stated by: {role}, observed: {seen}"
    return f"{told}; {entry['why']}"


def _decision(entry: dict[str, Any]) -> str:
    who = f"until {entry['expires']} by: {entry['owner']}"
    return f"scope {entry['scope']}, {who}: {entry['reason'].rstrip('. ')}; {entry['why']}"
