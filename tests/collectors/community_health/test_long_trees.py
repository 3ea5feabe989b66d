"""Whether health files are seen where the whole tree is too long to be listed."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from osmm_scan.collectors import community_health
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.repository import Entry
from tests.fakes import FakeRepository, facts


class LongTree(FakeRepository):
    """Files that can be listed folder by folder only."""

    def entries(self) -> Mapping[str, Entry]:
        raise Unobserved(Missing.TRUNCATED, "the tree is too long")

    def folder(self, path: str = "") -> Mapping[str, Entry]:
        return FakeRepository(self._files).folder(path)


@pytest.mark.parametrize(
    ("path", "text", "key"),
    [
        pytest.param(
            "SUPPORT.md", "Ask in [the forum](https://acme.com)", "support.stated", id="top"
        ),
        pytest.param(
            ".github/SECURITY.md",
            "Report vulnerabilities to security@acme.com, in private.",
            "security_policy.private_channel",
            id="in .github",
        ),
        pytest.param(".github/FUNDING.yml", "github: [acme]", "funding.declared", id="funding"),
    ],
)
def test_files_at_known_places_are_seen(path: str, text: str, key: str) -> None:
    assert facts(community_health, LongTree({path: text}))[key].value is True


def test_what_may_stand_anywhere_stays_unknown() -> None:
    found = facts(community_health, LongTree({"README.md": "Widgets draws charts."}))

    assert found["governance.described"].missing is Missing.TRUNCATED
