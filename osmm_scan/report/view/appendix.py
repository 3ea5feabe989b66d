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
    """A waiver or an attestation, as the pairs that it was written in."""

    title: str
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


def notes(entries: list[dict[str, Any]]) -> tuple[Note, ...]:
    """Return waivers or attestations, named by the item or signal that they are about."""
    return tuple(
        Note(
            title=words.value(entry.get("item") or entry.get("signal")),
            pairs=tuple((words.name(key), words.value(entry[key])) for key in sorted(entry)),
        )
        for entry in entries
    )
