"""Real repositories, built by git with a fixed identity and date."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

_ENVIRONMENT = {
    "GIT_AUTHOR_DATE": "1700000000 +0000",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_AUTHOR_NAME": "Ada Lovelace",
    "GIT_COMMITTER_DATE": "1700000100 +0000",
    "GIT_COMMITTER_EMAIL": "grace@example.org",
    "GIT_COMMITTER_NAME": "Grace Hopper",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "PATH": os.environ["PATH"],
}


class Clone:
    """A work tree under test; `git` runs git in it and returns what it printed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def git(self, *arguments: str | Path, stdin: bytes = b"", **environment: str) -> str:
        done = subprocess.run(
            ["git", *map(str, arguments)],
            cwd=self.path,
            env=_ENVIRONMENT | environment,
            input=stdin,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def write(self, files: Mapping[str, bytes | str]) -> None:
        for name, content in files.items():
            place = self.path / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, files: Mapping[str, bytes | str], message: str = "Change something") -> str:
        """Commit these files and return the commit's id."""
        self.write(files)
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")


Make = Callable[..., Clone]
