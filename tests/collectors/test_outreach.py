"""What an owner does to make its open source known."""

from __future__ import annotations

import pytest

from osmm_scan.collectors import outreach
from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from tests.fakes import FakeRepository, facts

LONG = "You may use our name in articles, and our logo on pages that speak of us. " * 4


def shown(path: str, text: str | Unobserved) -> set[str]:
    found = facts(outreach, FakeRepository({path: text}))
    return {key.partition(".")[2] for key, item in found.items() if item.value is True}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("README.md", "See [us](https://acme.com/products).", id="another page"),
        pytest.param("README.md", "See [it](https://opensource.org).", id="a page of others"),
        pytest.param("README.md", "[a](https://youtube.com/watch?v=1)", id="a film of others"),
        pytest.param("docs/x/README.md", "[a](https://opensource.acme.com)", id="deep"),
        pytest.param("README.md", "[a](https://notx.com/acme)", id="a name that ends alike"),
        pytest.param("blog/2025-05-01-old.md", "# Old", id="old news"),
        pytest.param("blog/2026-12-01-later.md", "# Later", id="news to come"),
        pytest.param("src/blog/2026-05-01.md", "# New", id="a program's folder"),
        pytest.param("src/events/README.md", "Since 2026-05-01.", id="events of a program"),
        pytest.param("talks.md", "# Talks\n\n- 2024-05-01: old", id="old talks"),
        pytest.param("TRADEMARK.md", "# Soon", id="hollow guidance"),
    ],
)
def test_what_shows_no_outreach(path: str, text: str) -> None:
    assert shown(path, text) == set()


@pytest.mark.parametrize(
    ("path", "text", "name"),
    [
        pytest.param("README.md", "[a](https://opensource.acme.com)", "page", id="site"),
        pytest.param("profile/README.md", "[a](https://acme.com/open-source)", "page", id="path"),
        pytest.param("blog/2026-05-01-new.md", "# New", "announcements", id="post"),
        pytest.param("docs/news/index.md", "- May 2026: new", "announcements", id="news"),
        pytest.param("talks/2026.md", "- 2026-05-01: Widgets", "events", id="talk"),
        pytest.param("docs/events.md", "## 2026-02-01 FOSDEM", "events", id="event"),
        pytest.param("TRADEMARK.md", LONG, "brand", id="trademarks"),
        pytest.param("docs/logo-guidelines.md", LONG, "brand", id="logos"),
        pytest.param("README.md", "[a](https://discord.gg/acme)", "handle", id="chat"),
        pytest.param("README.md", "[a](https://x.com/acme)", "handle", id="channel"),
    ],
)
def test_what_shows_outreach(path: str, text: str, name: str) -> None:
    assert shown(path, text) == {name}


def test_what_is_not_here_may_be_elsewhere() -> None:
    found = facts(outreach, FakeRepository({"README.md": Unobserved(Missing.FAULT, "damaged")}))

    assert {key: item.missing for key, item in found.items()} == {
        "outreach.page": Missing.FAULT,
        "outreach.announcements": Missing.NOT_COLLECTED,
        "outreach.events": Missing.NOT_COLLECTED,
        "outreach.brand": Missing.NOT_COLLECTED,
        "outreach.handle": Missing.FAULT,
    }
