"""Find the readiness checks that a repository fails, and the file in which each is to be mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

from osmm_scan.report.view.proofs import Known, by_id

# Where a reader expects what a fact is about, for facts that no file proves because none is there.
_EXPECTED = {
    "adopters": "ADOPTERS.md",
    "ci": ".github/workflows/ci.yml",
    "conduct": "CODE_OF_CONDUCT.md",
    "contributing": "CONTRIBUTING.md",
    "gate": ".github/workflows/ci.yml",
    "governance": "GOVERNANCE.md",
    "license": "LICENSE",
    "maintainers": "MAINTAINERS.md",
    "owners": ".github/CODEOWNERS",
    "release": ".github/workflows/release.yml",
    "roadmap": "ROADMAP.md",
    "sast": ".github/workflows/codeql.yml",
    "secrets": ".github/workflows/ci.yml",
    "security_policy": "SECURITY.md",
    "support": "SUPPORT.md",
    "templates.issue": ".github/ISSUE_TEMPLATE/bug.yml",
    "templates.pull_request": ".github/PULL_REQUEST_TEMPLATE.md",
    "terms": "CONTRIBUTING.md",
    "updates": ".github/dependabot.yml",
    "workflow": ".github/workflows/ci.yml",
}
_ELSEWHERE = "README.md"

# A repository and the outcome of one of its checks.
Outcome: TypeAlias = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One check that one repository does not meet.

    `path` is the file that shows it, or where one is expected; `line` is 1 when nothing is known.
    """

    repository: str
    check: dict[str, Any]
    because: str
    path: str
    line: int


def count_gaps(document: dict[str, Any]) -> int:
    """Return how many checks are not met; unknown is not unmet."""
    return sum(1 for _ in _unmet(document))


def count_waived(document: dict[str, Any]) -> int:
    """Return how many checks a waiver leaves out that would not be met."""
    return sum(1 for _ in _waived(document, by_id(document)))


def gaps(document: dict[str, Any], limit: int) -> tuple[Gap, ...]:
    """Return the first gaps: required checks before others, low levels before high ones."""
    return _first(document, _unmet(document), limit)


def waived_gaps(document: dict[str, Any], limit: int) -> tuple[Gap, ...]:
    """Return the first gaps that waivers leave out, in the same order."""
    return _first(document, _waived(document, by_id(document)), limit)


def _first(document: dict[str, Any], outcomes: Iterable[Outcome], limit: int) -> tuple[Gap, ...]:
    asked = {check["id"]: check for check in document["checks"]}
    known = by_id(document)

    def urgency(pair: Outcome) -> tuple[bool, int, str, str]:
        repository, outcome = pair
        required = asked[outcome["id"]]["required"]
        return not required, outcome["level"], repository, outcome["id"]

    first = islice(sorted(outcomes, key=urgency), limit)
    return tuple(
        _gap(repository, asked[outcome["id"]], outcome, known) for repository, outcome in first
    )


def _unmet(document: dict[str, Any]) -> Iterator[Outcome]:
    yield from _with_result(document, "unmet")


def _waived(document: dict[str, Any], known: Known) -> Iterator[Outcome]:
    for repository, outcome in _with_result(document, "waived"):
        # What was unknown before it was waived is no gap: only a fact that is not so makes one.
        cited = [known.get(identity, {}).get("value") for identity in outcome["evidence"]]
        if cited and all(value is False for value in cited):
            yield repository, outcome


def _with_result(document: dict[str, Any], result: str) -> Iterator[Outcome]:
    for readiness in document["readiness"]:
        for outcome in readiness["checks"]:
            if outcome["result"] == result:
                yield readiness["repository"], outcome


def _gap(repository: str, check: dict[str, Any], outcome: dict[str, Any], known: Known) -> Gap:
    cited = [known[identity] for identity in outcome["evidence"] if identity in known]
    shown = [one["source"] for one in cited if one["source"]["path"]]
    keys = [one["key"] for one in cited]
    return Gap(
        repository=repository,
        check=check,
        because=outcome["because"],
        path=shown[0]["path"] if shown else _expected(keys),
        line=(shown[0]["line"] or 1) if shown else 1,
    )


def _expected(keys: list[str]) -> str:
    names = [name for key in keys for name in (key, key.partition(".")[0])]
    return next((_EXPECTED[name] for name in names if name in _EXPECTED), _ELSEWHERE)
