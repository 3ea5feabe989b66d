"""Only a plain https permalink becomes a link."""

from __future__ import annotations

import pytest

from osmm_scan.report.links import permalink, place

BLOB = "https://github.com/acme/app/blob/0a1b/src/a%20b.py#L3"


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(None, id="none"),
        pytest.param("", id="empty"),
        pytest.param("http://github.com/acme/app", id="not encrypted"),
        pytest.param("javascript:alert(1)", id="script"),
        pytest.param("data:text/html,x", id="data"),
        pytest.param("//github.com/acme", id="no scheme"),
        pytest.param("HTTPS://github.com/acme", id="a scheme in disguise"),
        pytest.param("https://github.com@evil.example/acme", id="user name that looks like a host"),
        pytest.param("https://github.com\\@evil.example", id="backslash"),
        pytest.param('https://github.com/"onclick="x', id="quote"),
        pytest.param("https://github.com/a b", id="space"),
        pytest.param("https://github.com/\u202e", id="direction override"),
        pytest.param("https://github.com/a\n", id="line end"),
        pytest.param("https://github.com/](x", id="end of a Markdown link"),
    ],
)
def test_other_addresses_are_no_links(address):
    assert permalink(address) is None


@pytest.mark.parametrize("address", [BLOB, "https://ghe.example:8443/acme/app/blob/0a1b/LICENSE"])
def test_permalinks_are_links(address):
    assert permalink(address) == address


@pytest.mark.parametrize(
    ("source", "label"),
    [
        pytest.param({}, "", id="nowhere"),
        pytest.param({"url": "https://api.github.com/x"}, "https://api.github.com/x", id="address"),
        pytest.param({"url": BLOB, "commit": "a" * 40}, "at commit aaaaaaaaaaaa", id="commit"),
        pytest.param({"path": "LICENSE", "commit": "a" * 40}, "LICENSE", id="file"),
        pytest.param({"path": "LICENSE", "line": 3, "url": BLOB}, "LICENSE:3", id="line"),
    ],
)
def test_place_is_the_most_exact_that_is_known(source, label):
    empty = {"url": None, "path": None, "line": None, "commit": None}

    assert place(empty | source) == label
