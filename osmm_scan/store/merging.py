"""Put the evidence of shards together: scans of parts of one organisation on one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from osmm_scan.errors import UsageError
from osmm_scan.model import Bundle, Fault, Visibility

_SAME = ("tool_version", "target", "as_of", "window_days")


def merge(bundles: Mapping[str, Bundle]) -> Bundle:
    """Return one bundle of several, given by name; what nobody looked at stays unseen.

    Where two looked at the same repository, the later one that saw something of it counts.

    Raises `UsageError` when they are not of the same organisation, day and tool.
    """
    (name, first), *others = bundles.items()
    for other, bundle in others:
        _require_same(name, first, other, bundle)
    parts = tuple(bundles.values())
    tellers = {item.subject: place for place, part in enumerate(parts) for item in part.evidence}
    repositories = {one for part in parts for one in part.repositories}
    everything = max(len(part.repositories) + part.unseen for part in parts)
    return replace(
        first,
        visibility=_visibility(parts),
        repositories=tuple(sorted(repositories)),
        unseen=max(0, everything - len(repositories)),
        evidence=tuple(
            sorted(
                (
                    item
                    for place, part in enumerate(parts)
                    for item in part.evidence
                    if tellers[item.subject] == place
                ),
                key=lambda item: item.subject,
            )
        ),
        faults=_faults(parts, tellers),
        token=", ".join(sorted({part.token for part in parts})),
    )


def _require_same(name: str, first: Bundle, other: str, bundle: Bundle) -> None:
    for field in _SAME:
        mine, others = getattr(first, field), getattr(bundle, field)
        if mine != others:
            raise UsageError(
                f"{other}: its {field.replace('_', ' ')} is {others}, but that of {name} is "
                f"{mine}; merge shards of one scan"
            )


def _faults(parts: Sequence[Bundle], tellers: Mapping[str, int]) -> tuple[Fault, ...]:
    """Return the faults, without those of a repository that another part saw."""
    found = {
        fault
        for place, part in enumerate(parts)
        for fault in part.faults
        if tellers.get(fault.subject, place) == place
    }
    return tuple(sorted(found, key=lambda fault: (fault.subject, fault.what, fault.why)))


def _visibility(parts: Sequence[Bundle]) -> Visibility:
    """Return how much of the organisation could be seen by all of them."""
    found = {part.visibility for part in parts}
    return found.pop() if len(found) == 1 else Visibility.PUBLIC
