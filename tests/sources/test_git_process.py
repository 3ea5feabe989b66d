"""git runs with a clean environment, gets killed, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from osmm_scan.errors import SourceError, Unobserved, UsageError
from osmm_scan.sources import git_process
from osmm_scan.sources.checkout import open_checkout
from osmm_scan.sources.git_process import Git, executable
from tests.sources.clones import Make, everything

_HOSTILE = {
    "GITHUB_TOKEN": "ghp_secret",
    "GH_TOKEN": "ghp_secret",
    "GIT_DIR": "/nonexistent",
    "GIT_WORK_TREE": "/nonexistent",
    "GIT_OBJECT_DIRECTORY": "/nonexistent",
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "core.fsmonitor",
    "GIT_CONFIG_VALUE_0": "/nonexistent",
    "GIT_EXTERNAL_DIFF": "/nonexistent",
    "GIT_TRACE": "1",
    "LD_LIBRARY_PATH": "/nonexistent",
    "PYTHONPATH": "/nonexistent",
}

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the path of a program that the test writes and that is found as git."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    executable.cache_clear()
    yield folder / "git"
    executable.cache_clear()


def _script(place: Path, text: str) -> None:
    place.write_text(f"#!/bin/sh\n{text}\n")
    place.chmod(0o755)


@linux
def test_nothing_of_the_callers_environment_reaches_git(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = make(files={"README.md": "ours"})
    for name, value in _HOSTILE.items():
        monkeypatch.setenv(name, value)

    with open_checkout(clone.path) as checkout:
        checkout.read("README.md")
        children = _children(os.getpid())
        known = b"\0".join(Path(f"/proc/{pid}/environ").read_bytes() for pid in children)

    assert len(children) == 1
    assert b"secret" not in known
    assert b"/nonexistent" not in known
    assert b"GIT_NO_LAZY_FETCH=1" in known


@linux
def test_an_interrupt_at_the_terminal_does_not_reach_git_itself(make: Make) -> None:
    clone = make(files={"README.md": "ours"})

    with open_checkout(clone.path) as checkout:
        checkout.read("README.md")
        (child,) = _children(os.getpid())

        assert os.getsid(child) == child


def test_variables_of_git_do_not_change_what_is_read(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = make(files={"README.md": "ours"})
    expected = everything(clone.path)
    for name, value in _HOSTILE.items():
        monkeypatch.setenv(name, value)

    assert everything(clone.path) == expected


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param("", id="empty entry"),
        pytest.param(".", id="dot"),
        pytest.param("bin", id="relative folder"),
    ],
)
def test_git_is_not_taken_from_the_current_folder(
    make: Make, monkeypatch: pytest.MonkeyPatch, entry: str
) -> None:
    clone = make(files={"README.md": "ours"})
    (clone.path / entry).mkdir(exist_ok=True)
    _script(clone.path / entry / "git", f"touch {clone.path / 'canary'}")
    monkeypatch.chdir(clone.path)
    monkeypatch.setenv("PATH", f"{entry}:{os.environ['PATH']}")
    executable.cache_clear()

    everything(clone.path)

    assert executable().startswith("/")
    assert not (clone.path / "canary").exists()


@pytest.mark.parametrize(
    ("script", "says"),
    [
        pytest.param("echo git version 2.38.9", "too old", id="too old"),
        pytest.param("echo hello", "left with 0 and did not tell its version", id="no version"),
        pytest.param(None, "not found", id="missing"),
    ],
)
def test_a_git_that_cannot_be_used_is_named_with_the_remedy(
    program: Path, script: str | None, says: str
) -> None:
    if script is not None:
        _script(program, script)

    with pytest.raises(UsageError, match=f"{says}.*install git 2.39"):
        executable()


@linux
def test_a_silent_git_is_given_up(
    tmp_path: Path, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _script(program, "[ $1 = version ] && echo git version 2.40 || exec sleep 100")
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setattr(git_process, "SILENCE_SECONDS", 0.05)
    git = Git(tmp_path)

    with git.start("log", task="wait") as process, pytest.raises(Unobserved, match="silent"):
        process.output.read()

    assert _children(os.getpid()) == []


@linux
def test_closing_ends_git_even_when_history_was_left_halfway(make: Make) -> None:
    clone = make(files={"README.md": "ours"})
    for count in range(3):
        clone.commit({"README.md": str(count)})

    with open_checkout(clone.path) as checkout:
        commits = checkout.commits()
        next(commits)
        checkout.read("README.md")

    assert _children(os.getpid()) == []


@linux
def test_leaving_history_early_ends_git(make: Make) -> None:
    clone = make(files={"README.md": "ours"})
    clone.commit({"README.md": "more"})

    with open_checkout(clone.path) as checkout:
        commits = checkout.commits()
        next(commits)
        commits.close()

        assert _children(os.getpid()) == []


def test_the_private_folder_is_closed_to_others_and_removed(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = make(files={"README.md": "ours"})
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))

    with open_checkout(clone.path):
        (private,) = scratch.iterdir()
        assert stat.S_IMODE(private.stat().st_mode) == 0o700

    assert list(scratch.iterdir()) == []


def test_without_a_temporary_folder_the_remedy_is_named(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = make(files={"README.md": "ours"})
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))

    with pytest.raises(SourceError, match="set TMPDIR"):
        open_checkout(clone.path)


@linux
def test_an_interrupt_leaves_no_process_and_no_folder(make: Make, tmp_path: Path) -> None:
    clone = make(files={"README.md": "ours"})
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    script = (
        "import sys, time; from pathlib import Path\n"
        "from osmm_scan.sources.checkout import open_checkout\n"
        "with open_checkout(Path(sys.argv[1])) as checkout:\n"
        "    checkout.read('README.md'); print('ready', flush=True); time.sleep(60)\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(clone.path)],
        env=os.environ | {"TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with child:
        child.stdout.readline()
        started = _children(child.pid)
        child.send_signal(signal.SIGINT)
        child.wait(20)

    assert len(started) == 1
    assert not any(_runs(pid) for pid in started)
    assert list(scratch.iterdir()) == []


def _children(parent: int) -> list[int]:
    """Return the children that are git; other tests may have left helpers of Python's own."""
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(pid) for pid in found if Path(f"/proc/{pid}/comm").read_text().strip() == "git"]


def _runs(pid: int) -> bool:
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists():
            return False
        time.sleep(0.02)
    return True
