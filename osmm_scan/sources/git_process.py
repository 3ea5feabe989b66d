"""Run git over a private directory: clean environment, own process group, bounded waiting."""

from __future__ import annotations

import contextlib
import io
import os
import re
import resource
import select
import shutil
import signal
import subprocess
from functools import cache
from pathlib import Path
from typing import IO, cast

from osmm_scan.errors import SourceError, Unobserved, UsageError
from osmm_scan.model import Missing

MINIMUM = (2, 39)
_REMEDY = f"install git {MINIMUM[0]}.{MINIMUM[1]} or newer"
SILENCE_SECONDS = 60
_CHUNK = 1 << 18
_LIMITS = (
    ("RLIMIT_CPU", 1800),
    ("RLIMIT_AS", 8 << 30),
    ("RLIMIT_FSIZE", 0),
    ("RLIMIT_CORE", 0),
)


@cache
def executable() -> str:
    """Return the absolute path of a git that is new enough."""
    # A relative or empty entry of PATH would let the current folder supply the program.
    folders = [part for part in os.environ.get("PATH", os.defpath).split(":") if part[:1] == "/"]
    found = shutil.which("git", path=":".join(folders))
    if found is None:
        raise UsageError(f"git was not found on PATH; {_REMEDY}")
    if _version(found) < MINIMUM:
        raise UsageError(f"{found} is too old; {_REMEDY}")
    return found


def _version(program: str) -> tuple[int, ...]:
    try:
        done = subprocess.run(  # noqa: S603 - an absolute path and a constant argument
            [program, "version"],
            capture_output=True,
            check=False,
            env=_environment(Path("/")),
            timeout=30,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise UsageError(f"{program} cannot be run; {_REMEDY}") from error
    numbers = re.match(rb"git version (\d+)\.(\d+)", done.stdout)
    if numbers is None:
        raise UsageError(
            f"{program} left with {done.returncode} and did not tell its version; {_REMEDY}"
        )
    return tuple(int(part) for part in numbers.groups())


def _environment(directory: Path) -> dict[str, str]:
    """Return all that a child may know. Nothing of the caller's environment is passed on."""
    return {
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_DIR": str(directory),
        # History is read whole, so git need not flush after every commit.
        "GIT_FLUSH": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "HOME": str(directory),
        "LC_ALL": "C.UTF-8",
        "PATH": "/usr/bin:/bin",
    }


class _Output(io.RawIOBase):
    """The read end of a pipe that gives up when nothing arrives."""

    def __init__(self, pipe: IO[bytes], task: str) -> None:
        self._pipe = pipe
        self._task = task
        self._poll = select.poll()
        self._poll.register(pipe, select.POLLIN)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # narrower
        descriptor = self._pipe.fileno()  # fails once the pipe is closed; its number is reused
        if not self._poll.poll(SILENCE_SECONDS * 1000):
            reason = f"git was silent for {SILENCE_SECONDS} seconds, asked to {self._task}"
            raise Unobserved(Missing.TRUNCATED, reason)
        return os.readv(descriptor, [buffer])


class GitProcess:
    """One running git. Leaving it as a context manager kills it if it still runs."""

    def __init__(
        self, arguments: list[str], directory: Path, *, task: str, running: set[GitProcess]
    ) -> None:
        self._task = task
        try:
            self._process = subprocess.Popen(  # noqa: S603 - an absolute path and ids only
                [executable(), *arguments],
                bufsize=0,
                cwd=directory,
                env=_environment(directory),
                start_new_session=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise SourceError(f"git cannot be started: {error.strerror}") from error
        _limit(self._process.pid)
        self._stdin = cast(IO[bytes], self._process.stdin)
        self._stdout = cast(IO[bytes], self._process.stdout)
        self.output: io.BufferedReader = io.BufferedReader(_Output(self._stdout, task), _CHUNK)
        self._running = running
        running.add(self)

    def __enter__(self) -> GitProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def ask(self, line: str) -> None:
        """Send one line to git."""
        try:
            self._stdin.write(line.encode("ascii") + b"\n")
        except BrokenPipeError:
            raise self._failure() from None

    def finish(self) -> None:
        """Wait for the end after all output was read; raise `Unobserved` if git failed."""
        try:
            status = self._process.wait(SILENCE_SECONDS)
        except subprocess.TimeoutExpired:
            raise self._failure() from None
        if status:
            raise self._failure()

    def kill(self) -> None:
        """End git and everything that it started."""
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._stdin.close()
        self._stdout.close()
        self._process.wait()
        self._running.discard(self)

    def _failure(self) -> Unobserved:
        reason = f"git failed when asked to {self._task}; an object is damaged or not in this clone"
        return Unobserved(Missing.FAULT, reason)


def _limit(process: int) -> None:
    # Only Linux can limit a process that runs already; elsewhere the other bounds must do.
    if not hasattr(resource, "prlimit"):
        return
    for name, amount in _LIMITS:
        with contextlib.suppress(OSError, ValueError):
            resource.prlimit(process, getattr(resource, name), (amount, amount))


class Git:
    """Starts git over one private directory, and ends whatever still runs in the end."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._running: set[GitProcess] = set()

    def start(self, *arguments: str, task: str) -> GitProcess:
        """Return a running `git ARGUMENTS`; `task` says in an error what it was asked to do."""
        return GitProcess(list(arguments), self._directory, task=task, running=self._running)

    def close(self) -> None:
        """End every process that still runs."""
        for process in tuple(self._running):
            process.kill()
