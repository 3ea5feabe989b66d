"""What a scan of an organisation will cost, told before it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from osmm_scan.sources.github.documents import Part, load, parse

# The operations of a scan, and of how many repositories, or people, each asks at once.
_REPOSITORIES: Mapping[str, int] = {
    "RepositoryList": 100,
    "PullRequests": 25,
    "Issues": 25,
    "Releases": 50,
    "BranchRules": 50,
    "BranchProtection": 50,
    "Runs": 50,
}
# Asked of those repositories that the token administers.
_ADMINISTERED: Mapping[str, int] = {"Alerts": 50}
_PEOPLE: Mapping[str, int] = {"Members": 100, "Counts": 4, "MergedChanges": 10}
_ONCE = ("Viewer", "Organisation", "Sponsorships")
# What only REST tells, of so many repositories at most.
_PAGES_EACH, _MOST_EACH = 2, 150

# GitHub computes about 14 of them a second, and a request takes its time to travel.
_SECONDS_EACH, _SECONDS_A_REQUEST = 0.07, 0.3


@dataclass(frozen=True, slots=True)
class Estimate:
    """Requests, points of GitHub's limits, and seconds of asking without any wait."""

    requests: int
    points: int
    seconds: float


def estimate(repositories: int, people: int = 0, *, is_owner: bool = False) -> Estimate:
    """Return the cost of a first scan of so many repositories and members, clones apart."""
    asked = {**_REPOSITORIES, **(_ADMINISTERED if is_owner else {})}
    requests = points = len(_ONCE)
    seconds = 0.0
    for batches, count in ((asked, repositories), (_PEOPLE, people)):
        for operation, batch in batches.items():
            questions = ceil(count / batch)
            requests += questions
            points += questions * price(operation, {"n": batch}, min(batch, count))
            seconds += count * _SECONDS_EACH
    alone = _PAGES_EACH * min(repositories, _MOST_EACH)
    seconds += (requests + alone) * _SECONDS_A_REQUEST
    return Estimate(requests + alone, points + alone, seconds)


def price(operation: str, variables: Mapping[str, int], nodes: int) -> int:
    """Return the points of an operation by GitHub's formula: one for a hundred requests.

    A connection is one request for every node around it. `nodes` is how many ids are asked for.
    """
    return max(1, round(_requests(parse(load(operation)).parts, 1, (variables, nodes)) / 100))


def _requests(parts: tuple[Part, ...], around: int, context: tuple[Mapping[str, int], int]) -> int:
    total = 0
    for part in parts:
        size = _size(part, context[0])
        count = around * (context[1] if part.name == "nodes" and part.arguments else size or 1)
        total += (around if size else 0) + _requests(part.parts, count, context)
    return total


def _size(part: Part, variables: Mapping[str, int]) -> int | None:
    words = part.arguments
    if "first" not in words:
        return None
    value, *name = words[words.index("first") + 2 :]
    return variables[name[0]] if value == "$" else int(value)
