"""Build Meridian Freight, a fictional organisation of real git repositories, from `organisation/`.

Usage: python examples/build.py FOLDER

Each folder of `organisation/` becomes one repository with years of history: its files appear one
after the other, people go on changing the change log, a bot updates dependencies, releases are
tagged. The same input always gives the same commit ids.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "organisation"
OWNER = "meridian-freight"
BOT = "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>"
LOG = "CHANGES.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One commit to make: who changes which files when, and why."""

    day: date
    author: str
    subject: str
    files: dict[str, bytes]
    signs_off: bool


def main() -> None:
    """Build every repository into the folder given on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    with (HERE / "history.toml").open("rb") as stream:
        histories = tomllib.load(stream)
    for name, history in sorted(histories.items()):
        build(folder / name, SOURCE / name, history)


def build(target: Path, source: Path, history: dict[str, Any]) -> None:
    """Make one repository with a work tree at its last commit."""
    target.mkdir(parents=True)
    git(target, "init", "--quiet", "--initial-branch=main", "--template=")
    git(target, "config", "remote.origin.url", f"https://github.com/{OWNER}/{target.name}.git")
    stream = b"".join(script(changes(source, history), history.get("releases", {})))
    git(target, "fast-import", "--quiet", input_=stream)
    git(target, "reset", "--quiet", "--hard", "main")


def changes(source: Path, history: dict[str, Any]) -> Iterator[Change]:
    """Yield every change in order of time: the files first, then upkeep until the last day."""
    files = sorted(path for path in source.rglob("*") if path.is_file())
    people = cycle(history["people"])
    day, pace = history["from"], timedelta(days=history["pace_days"])
    log: list[str] = []
    for number, path in enumerate(files):
        name = path.relative_to(source).as_posix()
        yield Change(
            day=day,
            author=next(people),
            subject=f"Add {name}",
            files={name: path.read_bytes()},
            signs_off=history["signs_off"],
        )
        # The first files arrive together, as in most projects.
        day += pace if number > 3 else timedelta(0)
    for number in range(1, 10_000):
        if day > history["until"]:
            return
        is_update = bool(history.get("bot_every")) and number % history["bot_every"] == 0
        author = BOT if is_update else next(people)
        subject = f"Update dependencies ({number})" if is_update else f"Improve step {number}"
        log.insert(0, f"- {subject}\n")
        yield Change(
            day=day,
            author=author,
            subject=subject,
            files={LOG: ("# Changes\n\n" + "".join(log)).encode()},
            signs_off=history["signs_off"] and not is_update,
        )
        day += pace


def script(made: Iterator[Change], releases: dict[str, date]) -> Iterator[bytes]:
    """Yield the fast-import stream of these changes with a tag per release."""
    waiting = sorted(releases.items(), key=lambda release: release[1])
    for mark, change in enumerate(made, start=1):
        while waiting and waiting[0][1] < change.day and mark > 1:
            yield tag(*waiting.pop(0), mark - 1)
        yield from commit(change, mark)
        last = mark
    for name, day in waiting:
        yield tag(name, day, last)


def commit(change: Change, mark: int) -> Iterator[bytes]:
    """Yield one commit."""
    message = change.subject + "\n"
    if change.signs_off:
        message += f"\nSigned-off-by: {change.author}\n"
    # Noon plus the position keeps commits of one day in order.
    when = int(datetime.combine(change.day, time(12), UTC).timestamp()) + mark
    yield f"commit refs/heads/main\nmark :{mark}\n".encode()
    yield f"author {change.author} {when} +0000\ncommitter {change.author} {when} +0000\n".encode()
    yield data(message.encode())
    if mark > 1:
        yield f"from :{mark - 1}\n".encode()
    for name, content in change.files.items():
        yield f"M 100644 inline {name}\n".encode() + data(content)


def tag(name: str, day: date, mark: int) -> bytes:
    """Return one annotated tag."""
    when = int(datetime.combine(day, time(18), UTC).timestamp())
    tagger = f"tagger Release Desk <releases@meridian-freight.example> {when} +0000\n"
    return f"tag {name}\nfrom :{mark}\n{tagger}".encode() + data(f"Release {name}\n".encode())


def data(content: bytes) -> bytes:
    """Return content as fast-import reads it."""
    return f"data {len(content)}\n".encode() + content + b"\n"


def git(target: Path, *arguments: str, input_: bytes | None = None) -> None:
    """Run git in a repository, unmoved by the configuration of whoever runs this."""
    subprocess.run(
        ["git", "-C", str(target), *arguments],
        input=input_,
        check=True,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "GIT_CONFIG_NOSYSTEM": "1", "HOME": "/"},
    )


if __name__ == "__main__":
    sys.exit(main())
