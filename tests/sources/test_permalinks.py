"""Addresses that show a file as it was."""

from __future__ import annotations

import pytest

from osmm_scan.sources.permalinks import permalink
from osmm_scan.sources.repository import Remote

_BLOB = "https://github.com/acme/widgets/blob/abc/"


@pytest.mark.parametrize(
    ("path", "line", "url"),
    [
        pytest.param("..", None, None, id="parent"),
        pytest.param("a/../b", None, None, id="parent inside"),
        pytest.param("./a", None, None, id="dot"),
        pytest.param("/abs", None, None, id="absolute"),
        pytest.param("a//b", None, None, id="empty part"),
        pytest.param("a/", None, None, id="folder"),
        pytest.param("", None, None, id="empty"),
        pytest.param("\\xff", None, None, id="not UTF-8"),
        pytest.param("README.md", None, f"{_BLOB}README.md", id="file"),
        pytest.param("README.md", 3, f"{_BLOB}README.md#L3", id="line"),
        pytest.param(".github/a.yml", 1, f"{_BLOB}.github/a.yml#L1", id="dot folder"),
        pytest.param("...", None, f"{_BLOB}...", id="three dots are a name"),
        pytest.param("a b#?%.md", None, f"{_BLOB}a%20b%23%3F%25.md", id="signs of addresses"),
        pytest.param('é"<>\n', None, f"{_BLOB}%C3%A9%22%3C%3E%0A", id="markup and line break"),
        pytest.param(None, None, "https://github.com/acme/widgets/tree/abc", id="whole commit"),
    ],
)
def test_a_path_at_a_commit_has_a_page(path: str | None, line: int | None, url: str | None) -> None:
    remote = Remote("github.com", "acme", "widgets")

    assert permalink(remote, "abc", path, line, hosts=()) == url


@pytest.mark.parametrize(
    ("host", "known"),
    [
        pytest.param("gitlab.com", False, id="another forge"),
        pytest.param("notgithub.com", False, id="similar name"),
        pytest.param("evil.example", False, id="any host"),
        pytest.param("a.b.ghe.com", False, id="too many parts"),
        pytest.param("github.com", True, id="GitHub"),
        pytest.param("octo.ghe.com", True, id="data residency"),
        pytest.param("git.acme.example", True, id="given by the caller"),
    ],
)
def test_only_servers_of_github_have_pages(host: str, known: bool) -> None:
    remote = Remote(host, "acme", "widgets")

    assert (permalink(remote, "abc", "a", None, hosts=["git.acme.example"]) is not None) is known
