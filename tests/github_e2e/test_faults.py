"""Faults in the middle of a scan: nothing is lost, nothing is invented, and a reason is given."""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest

from osmm_scan.model import Bundle, Missing
from osmm_scan.store.bundle import read_bundle
from tests.github_e2e.town import OWNER, Town, facts
from tests.github_fake.faults import Reply, cut, page, secondary, status
from tests.github_fake.world import Node

pytestmark = pytest.mark.slow

GONE = {"name": "main", "target": {"__typename": "Commit", "oid": "d" * 40}}


def scan(town: Town, *arguments: str) -> Bundle:
    """Scan the organisation anew."""
    return town.bundle("org", OWNER, "--fresh", "--store", "none", "--jobs", "1", *arguments)


def test_faults_that_pass_leave_no_trace(small: Town) -> None:
    healthy = scan(small)
    window = {"limit": "5000", "remaining": "0", "reset": "1782820800"}
    limits = {f"x-ratelimit-{name}": value for name, value in window.items()}
    for operation, reply in {
        "RepositoryList": status(502),
        "PullRequests": secondary(retry_after=1),
        "Issues": page(),
        "Releases": cut(),
        "BranchRules": page(504),
        "BranchProtection": status(429, "Slow down", retry_after="1"),
        "Organisation": Reply(json={"data": None}),
        "Sponsorships": status(403, "API rate limit exceeded", **limits),
    }.items():
        small.github.next(reply, operation=operation)

    assert scan(small) == healthy


@pytest.mark.parametrize(
    ("reply", "missing"),
    [
        pytest.param(page(), Missing.FAULT, id="web page"),
        pytest.param(secondary(), Missing.NOT_COLLECTED, id="limit that does not end"),
    ],
)
def test_faults_that_stay_cost_their_facts_alone(
    small: Town, reply: Reply, missing: Missing
) -> None:
    small.github.next(reply, operation="Issues", times=1000)

    seen = scan(small, "--max-wait", "5")

    dockyard = {key: items[0] for (name, key), items in facts(seen).items() if "dock" in name}
    assert seen.faults == ()
    assert dockyard["responses.asked"].missing is missing
    assert dockyard["responses.asked"].why
    assert dockyard["license.recognized"].value is True


def test_bad_repositories_never_end_a_scan(small: Town) -> None:
    acme, world = small.organisation, small.github.world
    for name, fields in BAD.items():
        world.repository(acme, name, **{"defaultBranchRef": GONE, **fields})
    world.refused["Repository.issues"] = lambda node: (
        "FORBIDDEN" if node["name"] == "blocked" else None
    )
    served = small.git.root / OWNER
    shutil.copytree(served / "dockyard.git", served / "corrupt.git")
    for pack in (served / "corrupt.git" / "objects").rglob("*.pack"):
        pack.chmod(0o600)
        pack.write_bytes(pack.read_bytes()[:100])
    world.repositories[f"{OWNER}/corrupt"]["defaultBranchRef"] = small.repository("dockyard")[
        "defaultBranchRef"
    ]

    place = small.home / "report.json"
    done = small.run(
        *("org", OWNER, "--fresh", "--store", "none", "--jobs", "1"),
        *("-f", f"json={place}", "--save", str(small.home / "seen.jsonl.gz")),
    )

    report = json.loads(place.read_text(encoding="utf-8"))
    seen = read_bundle(small.home / "seen.jsonl.gz")
    whys = {fault.subject.partition("/")[2]: fault.why for fault in seen.faults}
    assert done.returncode == 0, done.stderr
    assert sorted(whys) == sorted(set(BAD) - {"empty"})
    assert whys["disabled"] == "GitHub disabled it"
    assert "locked" in whys["locked"]
    assert "knows no such repository" in whys["vanished"]
    assert [name for name in whys if name not in done.stderr] == []
    assert len(report["repositories"]) == len(BAD) + 3
    for name in whys:
        assert facts(seen)[f"{OWNER}/{name}", "license.recognized"][0].missing is not None
    assert facts(seen)[f"{OWNER}/empty", "repository.empty"][0].value is True
    assert facts(seen)[f"{OWNER}/dockyard", "license.recognized"][0].value is True


BAD: dict[str, dict[str, Any]] = {
    "blocked": {},
    "corrupt": {},
    "disabled": {"isDisabled": True},
    "empty": {"isEmpty": True, "defaultBranchRef": None},
    "headless": {"defaultBranchRef": None},
    "locked": {"isLocked": True, "lockReason": "MIGRATING"},
    "vanished": {},
}


def test_a_renamed_repository_is_known_by_its_new_name(small: Town) -> None:
    small.github.world.renamed(f"{OWNER}/harbour", f"{OWNER}/dockyard")

    seen = small.bundle("repo", f"{OWNER}/harbour")

    assert seen.repositories == (f"{OWNER}/dockyard",)


def test_one_bad_repository_alone_cannot_be_judged(small: Town) -> None:
    small.github.world.repository(small.organisation, "vanished", defaultBranchRef=GONE)

    done = small.run("repo", f"{OWNER}/vanished")

    assert done.returncode == 3
    assert f"{OWNER}/vanished: " in done.stderr
    assert done.stdout == ""


def test_a_token_that_expires_in_the_middle_invents_nothing(small: Town) -> None:
    small.github.next(status(401, "Bad credentials"), operation="Issues", times=1000)

    done = small.run("org", OWNER, "--store", "none", "--jobs", "1", "-f", "json")

    assert done.returncode == 3, done.stderr
    assert "token" in done.stderr
    assert done.stdout == ""


def test_a_gate_needs_the_organisations_own_settings(small: Town) -> None:
    small.repository(".github")["defaultBranchRef"] = GONE

    done = small.run("org", OWNER, "--store", "none", "--jobs", "1", "--fail-under", "1")

    assert done.returncode == 3
    assert ".github" in done.stderr
    assert done.stdout == ""


def test_a_list_that_breaks_off_says_how_many_are_missing(small: Town) -> None:
    acme: Node = small.organisation
    for number in range(101):
        small.github.world.repository(acme, f"x{number:03}", isFork=True)
    small.github.when(
        lambda one: one.operation == "RepositoryList" and bool(one.variables.get("cursor")), page()
    )

    seen = scan(small, "--include", "dockyard")

    assert (seen.repositories, seen.unseen) == ((f"{OWNER}/dockyard",), 4)
