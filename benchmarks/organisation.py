"""What a scan of an organisation asks of GitHub: requests and points, first and once more.

    python -m benchmarks.organisation [REPOSITORIES] [PEOPLE]

The organisation is on a server of our own that counts what GitHub would count. Its repositories
are empty: git's own requests do not count against the limits of the API.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from osmm_scan.cli.scanning.clones import Window
from osmm_scan.cli.scanning.looking import Expedition
from osmm_scan.cli.scanning.remote import (
    Choice,
    fetched_defaults,
    find_organisations,
    scan_organisations,
)
from osmm_scan.cli.scanning.snapshots import Snapshots
from tests.github_fake.server import FakeGitHub
from tests.github_fake.world import World

# How many repositories at rest there are, and how many change between two scans.
ARCHIVED, FORKS, CHANGED = 0.10, 0.10, 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a scan asked: how often each operation (`REST` for all others), and their points."""

    kinds: Counter[str]
    points: int

    @property
    def requests(self) -> int:
        """Return how many requests there were."""
        return self.kinds.total()


def main() -> None:
    """Print what both scans cost."""
    numbers = [int(argument) for argument in sys.argv[1:]]
    repositories, people = (*numbers, *(1000, 500)[len(numbers) :])
    print(f"{repositories} repositories, {people} people")
    for name, cost in zip(("first scan", "rescan"), measure(repositories, people), strict=True):
        each, points = cost.requests / repositories, cost.points / repositories
        print(f"{name}: {cost.requests} requests, {each:.3f} for each repository")
        print(f"{name}: {cost.points} points, {points:.3f} for each repository")
        print("   ", ", ".join(f"{kind} {count}" for kind, count in cost.kinds.most_common()))


def measure(repositories: int, people: int) -> tuple[Cost, Cost]:
    """Return what a first scan costs, and one after a few repositories changed."""
    world = _world(repositories, people)
    with FakeGitHub(world) as github, tempfile.TemporaryDirectory() as cache:
        first = _scan(github, Path(cache))
        for number in range(5, repositories, int(1 / CHANGED)):
            world.repositories[f"acme/r{number}"]["updatedAt"] = "2026-06-30T00:00:00Z"
        return first, _scan(github, Path(cache))


def _world(repositories: int, people: int) -> World:
    world = World(points=1_000_000)
    acme = world.organization("acme")
    for number in range(repositories):
        world.repository(
            acme,
            f"r{number}",
            isEmpty=True,
            isArchived=number % int(1 / ARCHIVED) == 0,
            isFork=number % int(1 / FORKS) == 1,
            stargazerCount=number,
        )
    for number in range(people):
        world.member(acme, f"m{number}")
    return world


def _scan(github: FakeGitHub, cache: Path) -> Cost:
    points = github.world.points
    github.questions.clear()
    expedition = Expedition(
        api=github.client(),
        window=Window(as_of=date(2026, 6, 30), days=365),
        snapshots=Snapshots(cache),
        rules="",
        jobs=1,
        progress=lambda done, everything: None,
    )
    found = find_organisations(expedition.api, ["acme"], Choice())
    with fetched_defaults(expedition.api, found) as defaults:
        scan_organisations(expedition, found, defaults)
    kinds = Counter(one.operation or "REST" for one in github.questions)
    # GraphQL tells its points; a request of REST is one.
    return Cost(kinds=kinds, points=points - github.world.points + kinds["REST"])


if __name__ == "__main__":
    main()
