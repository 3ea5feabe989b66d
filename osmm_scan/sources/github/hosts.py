"""Which GitHub: github.com, an enterprise on ghe.com, or GitHub Enterprise Server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

from osmm_scan.errors import UsageError

_NAME = re.compile(r"(?i)(?!-)[a-z0-9._-]{1,253}")
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class HostKind(StrEnum):
    """The three kinds of server, which differ in addresses and in what they know."""

    GITHUB = "github.com"
    GHE = "ghe.com"
    SERVER = "GitHub Enterprise Server"


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """The addresses of a server, without a slash at the end, and its version when it told one."""

    kind: HostKind
    web: str
    rest: str
    graphql: str
    version: str | None = None


GITHUB = Host(
    kind=HostKind.GITHUB,
    web="https://github.com",
    rest="https://api.github.com",
    graphql="https://api.github.com/graphql",
)


def find_host(environment: Mapping[str, str], api_url: str | None) -> Host:
    """Return the server to ask: of `--api-url`, else of the environment, else github.com.

    Raises `UsageError` for an address that no token may be sent to.
    """
    if api_url:
        return host_of(api_url, "--api-url")
    if environment.get("GH_HOST"):
        return host_of(_address(environment["GH_HOST"]), "GH_HOST")
    for name in ("GITHUB_API_URL", "GITHUB_GRAPHQL_URL", "GITHUB_SERVER_URL"):
        if environment.get(name):
            return host_of(environment[name], name)
    return GITHUB


def host_of(address: str, where: str) -> Host:
    """Return the server behind an address of its API, its web pages or its GraphQL endpoint."""
    parts = _checked(address, where)
    name = (parts.hostname or "").lower()
    if name in {"github.com", "api.github.com", "www.github.com"}:
        return GITHUB
    if name.endswith(".ghe.com"):
        return _enterprise(name.removeprefix("api."))
    return _server(parts)


def _enterprise(name: str) -> Host:
    return Host(
        kind=HostKind.GHE,
        web=f"https://{name}",
        rest=f"https://api.{name}",
        graphql=f"https://api.{name}/graphql",
    )


def _server(parts: SplitResult) -> Host:
    web = f"{parts.scheme}://{parts.netloc.lower()}"
    return Host(kind=HostKind.SERVER, web=web, rest=f"{web}/api/v3", graphql=f"{web}/api/graphql")


def _address(host: str) -> str:
    return host if "://" in host else f"https://{host}"


def _checked(address: str, where: str) -> SplitResult:
    wrong = UsageError(f"{where}: no address of a GitHub server such as https://github.example.org")
    try:
        parts = urlsplit(address)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError as error:
        raise wrong from error
    name = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not port_is_fine:
        raise wrong
    if "@" in parts.netloc or not (_NAME.fullmatch(name) or name in _LOOPBACK):
        raise wrong
    if parts.query or parts.fragment:
        raise wrong
    if parts.scheme == "http" and name not in _LOOPBACK:
        raise UsageError(f"{where}: a token is sent by https only")
    if parts.path.rstrip("/") not in {"", "/api", "/api/v3", "/api/graphql", "/graphql"}:
        raise wrong
    return parts
