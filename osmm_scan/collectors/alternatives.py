"""Combine facts of other collectors where either of two shows the same: one yes is enough.

No collector may ask for the facts of this one, which asks for theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from osmm_scan.collectors import ask
from osmm_scan.collectors.observation import Observer
from osmm_scan.errors import Unobserved
from osmm_scan.model import Evidence, Missing

FACTS: Mapping[str, str] = {
    "dependencies.watched": "dependencies are updated, or checked for known vulnerabilities",
    "owners.recorded": "files or a catalog record name an owner",
    "project.exposed": "it is published for others, or deployed as a service",
    "release.verifiable": "the latest release is signed, or its workflow signs or attests it",
}
_EITHER: Mapping[str, tuple[str, str]] = {
    "dependencies.watched": ("updates.automated", "sca.wired"),
    "owners.recorded": ("owners.named", "catalog.owned"),
    "project.exposed": ("published.project", "service.deployable"),
    "release.verifiable": ("release.signed", "release.attested"),
}


def collect(observer: Observer) -> Iterator[Evidence]:
    """Yield each combination at the place of the fact that decided it."""
    for key, parts in _EITHER.items():
        answers = [answer for part in parts if (answer := ask(observer, part)) is not None]
        yield either(observer, key, answers)


def either(observer: Observer, key: str, answers: Sequence[Evidence]) -> Evidence:
    """Return yes if any answer is, no if all are, and else why one of them is unknown."""
    for answer in answers:
        if answer.value is True:
            return observer.fact(key, True, answer.source.path, answer.source.line)
    for answer in answers:
        if answer.missing is not None:
            reason = Unobserved(answer.missing, answer.why)
            return observer.missing(key, reason, answer.source.path, answer.source.line)
    if not answers:
        return observer.missing(key, Unobserved(Missing.NOT_COLLECTED, "no collector tells"))
    return observer.fact(key, False)
