"""A scan of clones and one through the server show the same, but for what only the server knows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from osmm_scan.collectors.hosting import FACTS as HOSTING
from osmm_scan.collectors.innersource import FACTS as INNERSOURCE
from osmm_scan.model import Bundle, Evidence, Missing
from tests.github_e2e.town import AS_OF, OWNER, Town, facts, town

pytestmark = pytest.mark.slow

DAY = "2026-05-01T00:00:00Z"
OF_THE_SERVER = {*HOSTING, *INNERSOURCE, "repository.archived", "repository.fork"}
# What is put together of other facts is known as far as they are.
PUT_TOGETHER = {
    "presentation.index",
    "osps.requirement",
    "osps.unread",
    "osps.level1",
    "osps.level2",
}


@pytest.fixture(scope="module")
def served(estate: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Return a server that knows more of one repository than its clone."""
    with town(estate, tmp_path_factory.mktemp("served")) as running:
        waybill = running.repository("waybill")
        waybill |= {"description": "Bills of lading", "stargazerCount": 9}
        waybill["releases"] = [{"tagName": "v1.1.0", "publishedAt": DAY, "releaseAssets": []}]
        waybill["defaultBranchRef"]["rules"] = [
            {"type": "PULL_REQUEST", "repositoryRuleset": {"source": running.organisation}}
        ]
        base = f"/repos/{OWNER}/waybill"
        rest = running.github.world.rest
        rest[f"{base}/private-vulnerability-reporting"] = {"enabled": True}
        rest[f"{base}/security-advisories"] = []
        yield running


@pytest.fixture(scope="module")
def remote(served: Town) -> Bundle:
    return served.bundle("org", OWNER, "--store", "none", "--jobs", "1")


@pytest.fixture(scope="module")
def local(served: Town, estate: Path) -> Bundle:
    return served.bundle("org", "--local", str(estate), "--store", "none", "--jobs", "1")


def test_every_repository_is_reported(served: Town, remote: Bundle, local: Bundle) -> None:
    assert (remote.target.name, remote.target.source) == (OWNER, "github")
    assert (remote.repositories, remote.faults, remote.unseen) == (local.repositories, (), 0)
    assert len(remote.repositories) == 8
    assert {one.operation for one in served.github.questions} >= {"RepositoryList", "PullRequests"}


def test_every_fact_of_a_clone_is_the_servers(remote: Bundle, local: Bundle) -> None:
    there, here = facts(remote), facts(local)
    keys = {place for place in there if place[0] != OWNER} | set(here)

    assert [place for place in keys if strays(there.get(place, ()), here.get(place, ()))] == []


def test_a_clone_does_not_know_what_only_the_server_knows(remote: Bundle, local: Bundle) -> None:
    there, here = facts(remote), facts(local)
    unknown = {
        place[1]: one.missing for place in here for one in here[place] if place[1] in OF_THE_SERVER
    }
    told = {key for (subject, key), _ in there.items() if subject == f"{OWNER}/waybill"}

    assert unknown == dict.fromkeys(OF_THE_SERVER, Missing.NOT_COLLECTED)
    assert told >= OF_THE_SERVER
    assert there[f"{OWNER}/waybill", "branch.protected"][0].value is True
    assert there[f"{OWNER}/waybill", "advisories.private_reporting"][0].value is True


def test_one_repository_shows_the_same_alone(served: Town, remote: Bundle) -> None:
    alone = served.bundle("repo", f"{OWNER}/waybill", "--fresh")
    whole = facts(remote)
    strange = {
        place
        for place, items in facts(alone).items()
        if place[1] != "attestation.file" and texts(items) != texts(whole[place])
    }

    assert alone.repositories == (f"{OWNER}/waybill",)
    assert strange == set()


def test_a_report_says_where_it_comes_from(served: Town) -> None:
    done = served.run("repo", f"{OWNER}/waybill", "-f", "json")
    report = json.loads(done.stdout)

    assert done.returncode == 0, done.stderr
    assert report["target"] | {"commit": None} == {
        "kind": "repository",
        "name": f"{OWNER}/waybill",
        "source": "github",
        "commit": None,
    }
    assert report["as_of"] == AS_OF


def strays(there: Sequence[Evidence], here: Sequence[Evidence]) -> bool:
    """Tell whether the server contradicts a clone, or a clone knows what it cannot know."""
    if texts(there) == texts(here):
        return False
    (key,) = {one.key for one in (*there, *here)}
    if key in PUT_TOGETHER:
        return False
    return key not in OF_THE_SERVER or any(one.missing is None for one in here)


def texts(items: Sequence[Evidence]) -> list[str]:
    """Return what was seen and where in the repository, in some order."""
    return sorted(
        json.dumps(
            [one.value, one.missing, one.why, one.source.path, one.source.line],
            sort_keys=True,
        )
        for one in items
    )
