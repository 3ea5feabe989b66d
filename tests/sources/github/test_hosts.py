"""The server is found where users name it; a token goes to no other, and never in the clear."""

from __future__ import annotations

import pytest

from osmm_scan.errors import UsageError
from osmm_scan.sources.github.hosts import GITHUB, HostKind, find_host


@pytest.mark.parametrize(
    ("api_url", "environment", "rest", "graphql"),
    [
        pytest.param(None, {}, GITHUB.rest, GITHUB.graphql, id="github.com"),
        pytest.param("https://github.com/", {}, GITHUB.rest, GITHUB.graphql, id="its pages"),
        pytest.param(
            None, {"GITHUB_API_URL": "https://api.github.com"}, GITHUB.rest, GITHUB.graphql, id="CI"
        ),
        pytest.param(
            None,
            {"GH_HOST": "acme.ghe.com", "GITHUB_API_URL": "https://api.github.com"},
            "https://api.acme.ghe.com",
            "https://api.acme.ghe.com/graphql",
            id="GHE.com by name",
        ),
        pytest.param(
            "https://api.acme.ghe.com",
            {"GH_HOST": "other.example"},
            "https://api.acme.ghe.com",
            "https://api.acme.ghe.com/graphql",
            id="the option comes first",
        ),
        pytest.param(
            None,
            {"GITHUB_SERVER_URL": "https://git.example.org:8443"},
            "https://git.example.org:8443/api/v3",
            "https://git.example.org:8443/api/graphql",
            id="a server with a port",
        ),
        pytest.param(
            None,
            {"GITHUB_GRAPHQL_URL": "https://git.example.org/api/graphql"},
            "https://git.example.org/api/v3",
            "https://git.example.org/api/graphql",
            id="a server by its GraphQL address",
        ),
        pytest.param(
            "http://127.0.0.1:8080/api/v3",
            {},
            "http://127.0.0.1:8080/api/v3",
            "http://127.0.0.1:8080/api/graphql",
            id="this machine",
        ),
    ],
)
def test_a_server_is_found(
    api_url: str | None, environment: dict[str, str], rest: str, graphql: str
) -> None:
    host = find_host(environment, api_url)

    assert (host.rest, host.graphql) == (rest, graphql)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("git.example.org", id="no scheme"),
        pytest.param("http://git.example.org", id="in the clear"),
        pytest.param("ftp://git.example.org", id="another protocol"),
        pytest.param("https://user:secret@git.example.org", id="a password in it"),
        pytest.param("https://git.example.org/evil", id="another path"),
        pytest.param("https://git.example.org?x=1", id="a query"),
        pytest.param("https://git.example.org:port", id="a port that is none"),
        pytest.param("https://[::1", id="broken brackets"),
        pytest.param("https://", id="no name"),
        pytest.param("https://-oProxyCommand", id="an option of ssh"),
        pytest.param("https://github.com\\@evil.example", id="a confusing name"),
    ],
)
def test_no_token_is_sent_to_what_is_no_server(address: str) -> None:
    with pytest.raises(UsageError, match="--api-url: ") as refused:
        find_host({}, address)

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "kind", "web"),
    [
        pytest.param("https://www.github.com", HostKind.GITHUB, "https://github.com", id="pages"),
        pytest.param("https://a.ghe.com", HostKind.GHE, "https://a.ghe.com", id="GHE.com"),
        pytest.param(
            "https://github.com.evil.example",
            HostKind.SERVER,
            "https://github.com.evil.example",
            id="a look-alike is a server of its own",
        ),
    ],
)
def test_the_kind_of_a_server_is_told(address: str, kind: HostKind, web: str) -> None:
    host = find_host({}, address)

    assert (host.kind, host.web) == (kind, web)
