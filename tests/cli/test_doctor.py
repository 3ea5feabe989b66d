"""`osmm-scan doctor` tells what a token can see, what a scan costs and what stays unknown."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result

from osmm_scan.cli.commands.doctor import command
from osmm_scan.errors import ExitCode, ScanError, SourceError, UsageError
from tests.github_fake.faults import status
from tests.github_fake.server import FakeGitHub
from tests.github_fake.world import TOKEN, World

_NAMES = (
    "GH_TOKEN",
    "GITHUB_TOKEN",
    "GITHUB_AUTH_TOKEN",
    "GH_ENTERPRISE_TOKEN",
    "GITHUB_ENTERPRISE_TOKEN",
    "OSMM_SCAN_APP_ID",
    "OSMM_SCAN_APP_PRIVATE_KEY_FILE",
    "OSMM_SCAN_APP_INSTALLATION_ID",
)


@pytest.fixture
def github() -> Iterator[FakeGitHub]:
    world = World()
    acme = world.organization("acme", viewerIsAMember=True)
    for number in range(3):
        world.repository(acme, f"r{number}", visibility="PRIVATE" if number else "PUBLIC")
    world.rest["/rate_limit"] = {}
    with FakeGitHub(world) as server:
        yield server


def _run(github: FakeGitHub, *arguments: str, token: str | None = TOKEN) -> Result:
    environment: dict[str, str | None] = {**dict.fromkeys(_NAMES), "GH_TOKEN": token}
    return CliRunner(env=environment).invoke(
        command, [*arguments, "--api-url", github.web], standalone_mode=False
    )


def _found(github: FakeGitHub, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_run(github, *arguments, "-f", "json").stdout)
    return found


def test_a_token_is_described(github: FakeGitHub) -> None:
    shown = _run(github).stdout

    assert "classic personal access token of scanner, scopes: read:org, repo" in shown
    assert "of 5,000 points left" in shown
    assert max(len(line) for line in shown.splitlines()) <= 80
    assert TOKEN not in shown


@pytest.mark.parametrize(
    ("now", "is_shown"),
    [
        pytest.param(time.time, False, id="the clocks agree"),
        pytest.param(lambda: time.time() - 3600, True, id="an hour apart"),
    ],
)
def test_a_wrong_clock_is_told(now: Callable[[], float], is_shown: bool) -> None:
    with FakeGitHub(now=now) as github:
        shown = _run(github).stdout

    assert ("seconds off the server's; set it" in shown) is is_shown


@pytest.mark.parametrize(
    ("fields", "role"),
    [
        pytest.param({"viewerIsAMember": False}, "are no member", id="outsider"),
        pytest.param({}, "are a member", id="member"),
        pytest.param({"viewerCanAdminister": True}, "are an owner", id="owner"),
    ],
)
def test_the_role_is_told_in_words(github: FakeGitHub, fields: dict[str, Any], role: str) -> None:
    github.world.organizations["acme"].update(fields)

    shown = " ".join(_run(github, "acme").stdout.split())

    assert f"acme: you see 3 repositories (2 private), 0 members and {role}." in shown
    assert "requests" in shown


def test_the_version_of_a_server_is_told(github: FakeGitHub) -> None:
    github.world.rest["/rate_limit"] = 200, {}, {"x-github-enterprise-version": "3.19.1"}

    shown = " ".join(_run(github, token=None).stdout.split())

    assert "version 3.19.1" in shown


def test_an_organisation_is_described(github: FakeGitHub) -> None:
    found = _found(github, "acme")

    assert found["organisation"] == {
        "name": "acme",
        "is_member": True,
        "is_owner": False,
        "repositories": 3,
        "private_repositories": 2,
        "people": 0,
        "hidden": {
            "two-factor rule": "shown to owners of the organisation alone",
            "verified domains": "shown to owners of the organisation alone",
        },
    }
    assert found["cost"]["requests"] > 0


def test_a_member_lacks_only_what_owners_see(github: FakeGitHub) -> None:
    needs = [one["needs"] for one in _found(github, "acme")["will_stay_unknown"] if one["is_token"]]

    assert needs == ["a token of an owner of the organisation"]


def test_an_outsider_lacks_more(github: FakeGitHub) -> None:
    github.world.organizations["acme"]["viewerIsAMember"] = False

    found = _found(github, "acme")

    assert found["organisation"]["hidden"]["teams"].startswith("a token of a member shows")
    assert "a token that may read the organisation's private repositories" in [
        one["needs"] for one in found["will_stay_unknown"]
    ]


def test_a_refused_probe_names_its_need_and_spares_the_rest(github: FakeGitHub) -> None:
    github.world.refused["Organization.teams"] = "FORBIDDEN"

    hidden = _found(github, "acme")["organisation"]["hidden"]

    assert hidden["teams"] == "this token may not see it: teams: not for you"
    assert "members" not in hidden


def test_a_token_without_a_name_is_no_fault(github: FakeGitHub) -> None:
    github.world.refused["Query.viewer"] = "FORBIDDEN"

    assert _found(github)["token"]["login"] is None


def test_without_a_token_no_organisation_can_be_scanned(github: FakeGitHub) -> None:
    outcome = _run(github, "acme", token=None)

    assert outcome.return_value == ExitCode.UNDECIDED
    assert "Give it in GH_TOKEN or by --token-file" in " ".join(outcome.stdout.split())


def test_a_server_without_limits_may_say_so(github: FakeGitHub) -> None:
    github.next(status(404, "Rate limiting is not enabled."), path="/rate_limit")

    assert _run(github, token=None).exception is None


@pytest.mark.parametrize(
    ("arguments", "token", "kind", "why"),
    [
        pytest.param(["nobody"], TOKEN, ScanError, "nobody: not there", id="no such organisation"),
        pytest.param([], "ghp_" + "x" * 36, SourceError, "refuses the token", id="revoked token"),
        pytest.param([], "'quoted'", UsageError, "GH_TOKEN: the token holds", id="malformed token"),
        pytest.param(["--offline"], TOKEN, UsageError, "--offline", id="no network"),
        pytest.param(["--token-file", "/nowhere"], TOKEN, UsageError, "/nowhere", id="no file"),
    ],
)
def test_what_prevents_a_diagnosis_is_said(
    github: FakeGitHub, arguments: list[str], token: str, kind: type[ScanError], why: str
) -> None:
    failure = _run(github, *arguments, token=token).exception

    assert type(failure) is kind
    assert why in str(failure)
