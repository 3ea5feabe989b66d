"""What git says when it cannot fetch, and what kind of nothing that is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing

_MESSAGE_LIMIT = 4096
_UNPRINTABLE = re.compile(r"[^ -~]+")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a fetch failed, and whether the same may be answered a moment later."""

    reason: Unobserved
    is_passing: bool = False


_KNOWN: tuple[tuple[str, Refusal], ...] = (
    (r"filter '", Refusal(Unobserved(Missing.FAULT, "the server does not filter what it sends"))),
    (
        r"not found|error: 404",
        Refusal(Unobserved(Missing.NO_ACCESS, "the server knows no such repository for us")),
    ),
    (
        r"authentication failed|could not read username|error: 40[13]|terminal prompts disabled",
        Refusal(
            Unobserved(
                Missing.NO_ACCESS,
                "the server does not let us read it; the token needs read access to its contents",
            )
        ),
    ),
    (
        r"error: 451|access blocked|been (?:blocked|disabled)",
        Refusal(Unobserved(Missing.NO_ACCESS, "the server blocked it")),
    ),
    (
        r"not our ref|couldn't find remote ref",
        Refusal(Unobserved(Missing.FAULT, "it changed while it was fetched")),
    ),
    (
        r"error: 429",
        Refusal(
            Unobserved(Missing.NOT_COLLECTED, "the server asked us to wait; scan again later"),
            is_passing=True,
        ),
    ),
    (
        r"error: 5\d\d",
        Refusal(Unobserved(Missing.FAULT, "the server failed to send it"), is_passing=True),
    ),
    (
        r"early eof|hung up|rpc failed|unexpected disconnect|connection (refused|reset)|timed out",
        Refusal(Unobserved(Missing.FAULT, "it broke off while it was fetched"), is_passing=True),
    ),
)


def refusal(messages: Path) -> Refusal:
    """Return why a fetch failed, from what git wrote to a file."""
    with messages.open("rb") as stream:
        text = stream.read(_MESSAGE_LIMIT).decode("utf-8", "replace")
    for pattern, known in _KNOWN:
        if re.search(pattern, text, re.IGNORECASE):
            return known
    said = _UNPRINTABLE.sub(" ", text)[:200]
    return Refusal(Unobserved(Missing.FAULT, f"it could not be fetched: {said}"))
