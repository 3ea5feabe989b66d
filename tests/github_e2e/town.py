"""The example organisation on a GitHub of our own, and the installed command to scan it with."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from osmm_scan.model import Bundle, Evidence
from osmm_scan.store.bundle import read_bundle
from tests.github_fake.server import FakeGitHub
from tests.github_fake.world import TOKEN, Node, World
from tests.sources.clones import Clone
from tests.sources.git_server import GitServer

OWNER = "meridian-freight"
AS_OF = "2026-06-30"
COMMAND = Path(sys.executable).parent / "osmm-scan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A server with an organisation, and a folder that the command calls its home."""

    github: FakeGitHub
    git: GitServer
    organisation: Node
    home: Path

    def repository(self, name: str) -> Node:
        """Return a repository as the server knows it."""
        return self.github.world.repositories[f"{OWNER}/{name}"]

    def command(self, *arguments: str) -> list[str]:
        """Return the command with these arguments, asking this server."""
        day = () if "doctor" in arguments else ("--as-of", AS_OF)
        return [str(COMMAND), *arguments, "--api-url", self.github.web, *day]

    def environment(self, **more: str) -> dict[str, str]:
        """Return all that the command knows of its surroundings."""
        scratch = self.home / "tmp"
        scratch.mkdir(parents=True, exist_ok=True)
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "TMPDIR": str(scratch),
            "GH_TOKEN": TOKEN,
            **more,
        }

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run the command to its end; what is given empty is not in its environment."""
        environment = {key: value for key, value in self.environment(**more).items() if value}
        return subprocess.run(
            self.command(*arguments),
            cwd=self.home,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def bundle(self, *arguments: str, codes: Sequence[int] = (0,), **more: str) -> Bundle:
        """Scan and return what was seen."""
        place = self.home / "seen.jsonl.gz"
        place.unlink(missing_ok=True)
        done = self.run(*arguments, "--save", str(place), "-f", "json", **more)
        assert done.returncode in codes, done.stderr
        return read_bundle(place)

    def forget_questions(self) -> None:
        """Count questions and fetches from here on."""
        self.github.questions.clear()
        self.git.headers_seen.clear()


@contextmanager
def town(
    estate: Path, folder: Path, *, names: Sequence[str] = (), lacks: tuple[str, ...] = ()
) -> Iterator[Town]:
    """Serve clones as the organisation that they are of: those of these names, or all."""
    world = World()
    organisation = world.organization(OWNER, viewerCanAdminister=True)
    git = GitServer(folder / "served", TOKEN)
    clones = sorted(path for path in estate.iterdir() if (path / ".git").is_dir())
    for clone in (clone for clone in clones if not names or clone.name in names):
        _publish(world, organisation, clone, folder / "served" / OWNER / f"{clone.name}.git")
    (folder / "home").mkdir()
    with FakeGitHub(world, lacks=lacks, other=git.answer) as github:
        yield Town(github=github, git=git, organisation=organisation, home=folder / "home")


def facts(bundle: Bundle) -> Mapping[tuple[str, str], tuple[Evidence, ...]]:
    """Return what was seen by repository and key."""
    found: dict[tuple[str, str], tuple[Evidence, ...]] = {}
    for item in bundle.evidence:
        place = (item.subject, item.key)
        found[place] = (*found.get(place, ()), item)
    return found


def plain(path: Path) -> bytes:
    """Return the content of a file, unpacked."""
    content = path.read_bytes()
    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content


def _publish(world: World, organisation: Node, clone: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    Clone(clone).git("clone", "-q", "--bare", "--template=", clone, target)
    served = Clone(target)
    pushed = served.git("log", "-1", "--format=%cI", "--date=iso-strict")
    world.repository(
        organisation,
        clone.name,
        hasIssuesEnabled=True,
        pushedAt=pushed,
        defaultBranchRef={
            "name": "main",
            "target": {"__typename": "Commit", "oid": served.git("rev-parse", "main")},
        },
    )
