"""A scan that is killed at any moment goes on to the same result, and asks for less."""

from __future__ import annotations

import signal
import subprocess
import threading
from http.server import BaseHTTPRequestHandler

import pytest

from tests.github_e2e.town import OWNER, Town
from tests.github_fake.server import Question
from tests.github_fake.world import Node

pytestmark = pytest.mark.slow

SCAN = ("org", OWNER, "--store", "none", "--jobs", "1", "-f", "json")
LISTING = {"Introspection", "Viewer", "Organisation", "RepositoryList"}


def cost(town: Town) -> int:
    """Return how many requests there were since they were last forgotten."""
    return len(town.github.questions) + len(town.git.headers_seen)


def kill(town: Town, number: signal.Signals, *, at: int) -> int:
    """Scan until the server has met so many requests, then send a signal; return the exit code."""
    town.forget_questions()
    reached = threading.Event()
    answer = town.github.answer

    def watched(question: Question, body: Node) -> object:
        if cost(town) >= at - 1:
            reached.set()
        return answer(question, body)

    def fetched(handler: BaseHTTPRequestHandler) -> bool:
        if cost(town) >= at - 1:
            reached.set()
        return town.git.answer(handler)

    town.github.answer = watched  # type: ignore[method-assign,assignment] # a server of this test
    town.github.other = fetched
    with subprocess.Popen(
        town.command(*SCAN),
        cwd=town.home,
        env=town.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as scan:
        assert reached.wait(120)
        scan.send_signal(number)
        scan.communicate(timeout=60)
    town.github.answer = answer  # type: ignore[method-assign] # as it was
    town.github.other = town.git.answer
    return scan.returncode


def test_a_killed_scan_goes_on_to_the_same_bytes_and_then_costs_its_list(small: Town) -> None:
    whole = small.run(*SCAN, "--fresh")
    first = cost(small)
    assert whole.returncode == 0, whole.stderr

    codes = [kill(small, signal.SIGINT, at=first * 2 // 3)]
    left = list((small.home / "tmp").iterdir())
    codes += [kill(small, signal.SIGKILL, at=at) for at in (6, first // 3)]
    small.forget_questions()
    resumed = small.run(*SCAN)

    assert codes == [130, -signal.SIGKILL, -signal.SIGKILL]
    assert left == []
    assert resumed.stdout == whole.stdout
    assert cost(small) < first

    small.forget_questions()
    again = small.run(*SCAN)

    assert again.stdout == whole.stdout
    assert {one.operation for one in small.github.questions} == LISTING
