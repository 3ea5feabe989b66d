"""The token is searched for in everything that a scan says, writes, keeps and starts."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.github_e2e.town import OWNER, Town, plain
from tests.github_fake.faults import page, redirect, secondary, status
from tests.github_fake.world import TOKEN

pytestmark = pytest.mark.slow

FORMATS = ("json", "html", "markdown", "sarif", "csv", "badge")
BASIC = f"x-access-token:{TOKEN}"
# In base64 the same bytes look different at each of three offsets.
FORMS = (
    TOKEN,
    quote(TOKEN, safe=""),
    TOKEN.encode().hex(),
    base64.b64encode(BASIC.encode()).decode(),
    *(base64.b64encode(b"x" * skip + TOKEN.encode()).decode()[4:-4] for skip in range(3)),
)


def found(content: bytes) -> list[str]:
    return [form for form in FORMS if form.encode() in content]


def leaks(folder: Path) -> list[tuple[Path, list[str]]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [(path, forms) for path in files if (forms := found(plain(path)))]


def test_a_scan_leaves_no_token_anywhere(small: Town) -> None:
    (small.home / "reports").mkdir()
    reports = [f"-f{name}={small.home / 'reports' / name}" for name in FORMATS]
    seen: list[bytes] = []
    clones: list[tuple[Path, bytes]] = []

    def watched(handler: BaseHTTPRequestHandler) -> bool:
        seen.extend(_arguments())
        clones.extend(_temporary(small.home / "tmp"))
        return small.git.answer(handler)

    small.github.other = watched
    done = small.run(
        *("org", OWNER, "-vv", "--jobs", "2", "--save", str(small.home / "bundle.jsonl.gz")),
        *("--store", str(small.home / "history.db"), "-f", "text", *reports),
    )

    assert done.returncode == 0, done.stderr
    assert found((done.stdout + done.stderr).encode()) == []
    assert leaks(small.home) == []
    assert any(b"git" in one and b"fetch" in one for one in seen)
    assert [one for one in seen if found(one)] == []
    assert any(path.name == "config" for path, _ in clones)
    assert [path for path, content in clones if found(content)] == []
    assert list((small.home / "tmp").iterdir()) == []


def test_failures_tell_no_token(small: Town) -> None:
    echo = f"Bad token {TOKEN} and Basic {base64.b64encode(BASIC.encode()).decode()}"
    for operation, reply in {
        "Issues": status(403, echo),
        "PullRequests": page(500),
        "Releases": redirect(f"https://evil.example/?{TOKEN}"),
        "BranchRules": secondary(retry_after=9999),
        "BranchProtection": status(422, echo),
    }.items():
        small.github.next(reply, operation=operation, times=1000)

    done = small.run(
        *("org", OWNER, "-vv", "--jobs", "1", "--max-wait", "3", "--store", "none"),
        *("-f", "json", "--save", str(small.home / "bundle.jsonl.gz")),
    )

    assert done.returncode == 0, done.stderr
    assert found((done.stdout + done.stderr).encode()) == []
    assert leaks(small.home) == []


def test_a_crash_tells_no_token(small: Town) -> None:
    program = "import sys\nfrom osmm_scan.cli import main\n"
    program += "def broken(*a, **k): raise RuntimeError(repr((a, k)) + a[0].token.reveal())\n"
    program += "from osmm_scan.sources.github import gathering\ngathering.gather = broken\n"
    program += f"sys.argv = {small.command('org', OWNER, '-vv', '--store', 'none')!r}\nmain()\n"
    done = subprocess.run(
        [Path(small.command()[0]).with_name("python"), "-c", program],
        cwd=small.home,
        env=small.environment(),
        capture_output=True,
        check=False,
    )

    assert done.returncode == 3, done.stderr
    assert b"RuntimeError" in done.stderr
    assert found(done.stdout + done.stderr) == []


def _arguments() -> Iterator[bytes]:
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield process.read_bytes()
        except OSError:  # it has ended
            continue


def _temporary(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in folder.rglob("*"):
        try:
            if path.is_file() and path.suffix not in {".pack", ".idx"}:
                yield path, path.read_bytes()
        except OSError:  # git moves its files about
            continue
