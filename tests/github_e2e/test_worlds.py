"""Older servers and callers without a token: what is hidden is unknown, and the rest is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from osmm_scan.model import Missing
from tests.github_e2e.conftest import SMALL
from tests.github_e2e.town import OWNER, Town, facts, town

pytestmark = pytest.mark.slow

# Fields that came to GitHub Enterprise Server late or never.
YOUNG = (
    "Organization.isVerified",
    "Organization.sponsorshipsAsSponsor",
    "Query.rateLimit",
    "Ref.rules",
    "Repository.repositoryTopics",
)


def test_an_older_server_is_scanned_all_the_same(estate: Path, tmp_path: Path) -> None:
    with town(estate, tmp_path, names=SMALL, lacks=YOUNG) as older:
        seen = facts(older.bundle("org", OWNER, "--store", "none", "--jobs", "1"))

    dockyard = {key: items[0] for (name, key), items in seen.items() if "dock" in name}
    assert dockyard["license.recognized"].value is True
    assert dockyard["repository.archived"].value is False
    assert dockyard["responses.asked"].value == 0
    assert dockyard["branch.protected"].missing is Missing.NOT_SUPPORTED
    assert dockyard["hosting.topics"].missing is Missing.NOT_SUPPORTED
    assert seen[OWNER, "sponsorships.active"][0].missing is Missing.NOT_SUPPORTED


@pytest.mark.parametrize("target", [("org", OWNER), ("repo", f"{OWNER}/dockyard")])
def test_without_a_token_the_remedy_is_named(small: Town, target: tuple[str, str]) -> None:
    done = small.run(*target, GH_TOKEN="")

    assert done.returncode == 3
    assert "token" in done.stderr.lower()
    assert done.stdout == ""


def test_doctor_foretells_what_a_scan_costs(small: Town) -> None:
    told = json.loads(small.run("doctor", OWNER, "-f", "json").stdout)["cost"]
    points = small.github.world.points
    small.forget_questions()
    small.run("org", OWNER, "--fresh", "--store", "none", "--jobs", "1")

    asked = len(small.github.questions)
    rest = sum(one.operation is None for one in small.github.questions)
    assert told["requests"] == pytest.approx(asked, abs=3)
    assert told["points"] == pytest.approx(points - small.github.world.points + rest, abs=3)
