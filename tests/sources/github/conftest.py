"""A repository with a past, and a server that has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources.clones import Clone, Make
from tests.sources.git_server import GitServer, serving

TOKEN = "ghp_0123456789abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def original(make: Make) -> Clone:
    """Return a repository whose past files differ from the newest ones."""
    clone = make(files={"README.md": "one", "old.txt": "gone since"})
    clone.git("rm", "-q", "old.txt")
    clone.commit({"README.md": "two", "src/main.py": "print()\n"}, "Rewrite everything")
    clone.git("tag", "-a", "-m", "One", "v1")
    clone.git("checkout", "-q", "-b", "topic")
    clone.commit({"topic.txt": "x"}, "Elsewhere")
    clone.git("checkout", "-q", "main")
    return clone


@pytest.fixture
def server(original: Clone, tmp_path: Path) -> Iterator[GitServer]:
    """Return a server that has it as `acme/widgets` and wants a token."""
    original.clone(tmp_path / "served" / "acme" / "widgets.git", "--bare")
    with serving(tmp_path / "served", TOKEN) as server:
        yield server
