"""Whether users are told where to ask."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import community_health
from tests.fakes import FakeRepository, facts


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"README.md": "Widgets draws charts."}, id="nothing"),
        pytest.param({"README.md": "## Support\n\nNone."}, id="section that leads nowhere"),
        pytest.param(
            {"README.md": "## Browser support\n\n[table](https://x.org)"}, id="another support"
        ),
        pytest.param({"README.md": "As [said](https://lists.x.org/1) once."}, id="cited post"),
        pytest.param({"SUPPORT.md": "# Support"}, id="empty file"),
    ],
)
def test_support_that_is_not_stated(files: dict[str, str]) -> None:
    assert facts(community_health, FakeRepository(files))["support.stated"].value is False


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"README.md": "## Getting help\n\nAsk [here](https://x.org)."}, id="section"),
        pytest.param({"README.md": "# Support & Contact\nhelp@acme.com"}, id="address"),
        pytest.param({"README.md": "[![chat](a)](https://discord.gg/abc)"}, id="chat"),
        pytest.param(
            {"README.md": "Ask on the [list](https://groups.google.com/g/widgets)."}, id="list"
        ),
        pytest.param(
            {"docs/SUPPORT.md": "Ask your question in [the forum](https://acme.com/forum)."},
            id="file",
        ),
    ],
)
def test_support_that_is_stated(files: dict[str, str]) -> None:
    assert facts(community_health, FakeRepository(files))["support.stated"].value is True
