"""What a scan of an organisation asks of GitHub: requests and points, first and once more.

    python -m benchmarks.organisation [REPOSITORIES] [PEOPLE]

The organisation is on a server of our own that counts what GitHub would count. Its repositories
are empty: git's own requests do not count against the limits of the API.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

from osmm_scan.cli.looking import Expedition
from osmm_scan.cli.remote import (
    Choice,
    fetched_defaults,
    find_organisations,
    scan_organisations,
)
from osmm_scan.cli.scanning import Window
from osmm_scan.cli.snapshots import Snapshots
from tests.github_fake.server import FakeGitHub
from tests.github_fake.world import World

# How many repositories at rest there are, and how many change between two scans.
ARCHIVED, FORKS, CHANGED = 0.10, 0.10, 0.02


def main() -> None:
    """Print what both scans cost."""
    numbers = [int(argument) for argument in sys.argv[1:]]
    repositories, people = (*numbers, *(1000, 500)[len(numbers) :])
    world = _world(repositories, people)
    with FakeGitHub(world) as github, tempfile.TemporaryDirectory() as cache:
        print(f"{repositories} repositories, {people} people")
        _scan(github, Path(cache), "first scan", repositories)
        for number in range(5, repositories, int(1 / CHANGED)):
            world.repositories[f"acme/r{number}"]["updatedAt"] = "2026-06-30T00:00:00Z"
        _scan(github, Path(cache), "rescan", repositories)


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


def _scan(github: FakeGitHub, cache: Path, name: str, repositories: int) -> None:
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
    requests, spent = len(github.questions), points - github.world.points
    print(f"{name}: {requests} requests, {requests / repositories:.3f} for each repository")
    print(f"{name}: {spent} points, {spent / repositories:.3f} for each repository")
    kinds = Counter(one.operation or "REST" for one in github.questions)
    print("   ", ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))


if __name__ == "__main__":
    main()
