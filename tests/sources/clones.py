"""Real repositories, built by git with a fixed identity and date, and everything read of one."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from osmm_scan.errors import Unobserved
from osmm_scan.sources.checkout import Checkout, open_checkout

_ENVIRONMENT = {
    "GIT_AUTHOR_DATE": "1700000000 +0000",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_AUTHOR_NAME": "Ada Lovelace",
    "GIT_COMMITTER_DATE": "1700000100 +0000",
    "GIT_COMMITTER_EMAIL": "grace@example.org",
    "GIT_COMMITTER_NAME": "Grace Hopper",
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_KEY_0": "maintenance.auto",
    "GIT_CONFIG_VALUE_0": "false",
    "GIT_CONFIG_NOSYSTEM": "1",
    "PATH": os.environ["PATH"],
}


class Clone:
    """A repository under test; `git` runs git in it and returns what it printed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def directory(self) -> Path:
        """Return the git directory."""
        inner = self.path / ".git"
        return inner if inner.exists() else self.path

    def git(
        self, *arguments: str | Path, stdin: bytes = b"", check: bool = True, **environment: str
    ) -> str:
        done = subprocess.run(
            ["git", *map(str, arguments)],
            cwd=self.path,
            env=_ENVIRONMENT | environment,
            input=stdin,
            capture_output=True,
            check=check,
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

    def store(self, kind: str, content: bytes) -> str:
        """Store an object that git itself would not make, and return its id."""
        return self.git("hash-object", "-t", kind, "-w", "--stdin", "--literally", stdin=content)

    def commit_tree(self, tree: bytes) -> str:
        """Commit a tree object given as bytes, move HEAD to it and return the commit's id."""
        commit = self.git("commit-tree", "-m", "Change something", self.store("tree", tree))
        self.git("update-ref", "HEAD", commit)
        return commit

    def loose(self, oid: str) -> Path:
        """Return the file of a loose object."""
        return self.directory / "objects" / oid[:2] / oid[2:]

    def clone(self, path: Path, *options: str) -> Clone:
        """Clone this repository to `path`."""
        self.git("clone", "--quiet", *options, self.path.as_uri(), path)
        return Clone(path)


Make = Callable[..., Clone]


def tree_item(mode: str, name: bytes, oid: str) -> bytes:
    """Return one item of a tree object."""
    return mode.encode() + b" " + name + b"\0" + bytes.fromhex(oid)


@contextmanager
def seconds(limit: float) -> Iterator[None]:
    """Fail when the block takes longer; without it a hanging read would hang the tests."""

    def fail(*_: object) -> None:
        raise AssertionError(f"still waiting after {limit} seconds")

    before = signal.signal(signal.SIGALRM, fail)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def everything(path: Path) -> str:
    """Return all that can be read of a clone as one text."""
    with seconds(20), open_checkout(path) as checkout:
        return "\n".join(map(repr, _everything(checkout)))


def _everything(checkout: Checkout) -> Iterator[object]:
    yield checkout.name, checkout.branch, checkout.remote, checkout.source()
    for question in (checkout.entries, checkout.folder, checkout.commits, checkout.tags):
        with suppress(Unobserved):
            yield list(question())
    for path in checkout.folder():
        with suppress(Unobserved):
            yield checkout.read(path)
