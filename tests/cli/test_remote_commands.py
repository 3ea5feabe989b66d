"""The commands as users run them, against a server on this machine."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.github_fake.server import FakeGitHub
from tests.github_fake.world import TOKEN, World
from tests.sources.clones import Clone
from tests.sources.git_server import GitServer

FORMS = (
    TOKEN,
    quote(TOKEN, safe=""),
    base64.b64encode(TOKEN.encode()).decode(),
    base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode(),
)


@pytest.fixture
def github(tmp_path: Path) -> Iterator[FakeGitHub]:
    """Return a server that has `acme/widgets`."""
    world = World()
    acme = world.organization("acme")
    bare = tmp_path / "served" / "acme" / "widgets.git"
    bare.mkdir(parents=True)
    clone = Clone(bare)
    clone.git("init", "-q", "--bare", "--template=", "--initial-branch=main")
    work = tmp_path / "work"
    work.mkdir()
    Clone(work).git("init", "-q", "--template=", "--initial-branch=main")
    oid = Clone(work).commit({"README.md": "# Widgets\n\nTurns gadgets into widgets.\n"})
    Clone(work).git("push", "-q", bare, "main")
    branch = {"name": "main", "target": {"__typename": "Commit", "oid": oid}}
    world.repository(acme, "widgets", defaultBranchRef=branch)
    git = GitServer(tmp_path / "served", TOKEN)
    with FakeGitHub(world, other=git.answer) as server:
        yield server


def osmm_scan(
    github: FakeGitHub, folder: Path, *arguments: str, token: str = TOKEN
) -> subprocess.CompletedProcess[str]:
    """Run the installed command against the server."""
    place = folder / "home"
    place.mkdir(exist_ok=True)
    return subprocess.run(
        [
            *(Path(sys.executable).parent / "osmm-scan", *arguments),
            *("--api-url", github.web, "--as-of", "2026-06-30"),
        ],
        cwd=place,
        env={"PATH": os.environ["PATH"], "HOME": str(place), "GH_TOKEN": token},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("target", [("org", "acme"), ("repo", "acme/widgets")])
def test_what_is_on_github_is_judged(
    github: FakeGitHub, tmp_path: Path, target: tuple[str, str]
) -> None:
    done = osmm_scan(github, tmp_path, *target, "-f", "json", "--store", "none")

    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["target"]["source"] == "github"
    assert [one["name"] for one in report["repositories"]] == ["acme/widgets"]
    assert report["access"]["token"] == "classic personal access token"


def test_the_token_shows_nowhere(github: FakeGitHub, tmp_path: Path) -> None:
    done = osmm_scan(
        github, tmp_path, "org", "acme", "-vv", "-f", "json", "--save", "bundle.jsonl.gz"
    )
    written = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    plain = [_plain(path) for path in written]

    assert done.returncode == 0, done.stderr
    assert len(written) > 2
    assert [form for form in FORMS if form in done.stdout + done.stderr] == []
    assert [form for form in FORMS if any(form.encode() in one for one in plain)] == []


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        pytest.param(("org", "nobody"), 2, "no such organisation", id="unknown organisation"),
        pytest.param(("org", "a/b"), 2, "no name", id="no name of an organisation"),
        pytest.param(("repo", "acme/absent"), 2, "no such repository", id="unknown repository"),
        pytest.param(("org", "acme", "--exclude", "*"), 3, "no repository", id="nothing chosen"),
        pytest.param(
            ("org", "--local", ".", "--include", "a*"), 2, "--local", id="choice of clones"
        ),
    ],
)
def test_bad_input_is_named(
    github: FakeGitHub, tmp_path: Path, arguments: tuple[str, ...], code: int, complaint: str
) -> None:
    done = osmm_scan(github, tmp_path, *arguments)

    assert done.returncode == code, done.stderr
    assert complaint in done.stderr
    assert done.stdout == ""


def test_a_wrong_token_is_named_and_not_shown(github: FakeGitHub, tmp_path: Path) -> None:
    done = osmm_scan(github, tmp_path, "org", "acme", token="ghp_" + "w" * 36)

    assert done.returncode == 3
    assert "token" in done.stderr
    assert "wwww" not in done.stderr


def _plain(path: Path) -> bytes:
    if path.suffix == ".gz":
        return subprocess.run(["gzip", "-dc", path], capture_output=True, check=True).stdout
    return path.read_bytes()
