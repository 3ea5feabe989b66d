"""Fetch one public file by https, over the same guarded connection as the API, without a token."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from osmm_scan.errors import SourceError, UsageError
from osmm_scan.sources.github.clock import SystemClock
from osmm_scan.sources.github.hosts import Host, HostKind
from osmm_scan.sources.github.transport import ConnectionFault, Transport, UnreadableAnswer


def download(address: str, *, limit: int) -> bytes:
    """Return the content of a file of at most `limit` bytes.

    Redirects to another server are not followed. Raises `UsageError` for an address that is not
    asked, and `SourceError` when the file cannot be had.
    """
    server, path = _parts(address)
    host = Host(kind=HostKind.SERVER, web=server, rest=server, graphql=server)
    transport = Transport(host, SystemClock(), read=_as_it_is, limit=limit)
    try:
        response = transport.send("GET", path, secret=None)
    except (ConnectionFault, UnreadableAnswer) as fault:
        raise SourceError(f"{address}: {fault}") from fault
    if response.status != 200:
        raise SourceError(f"{address}: the server answered {response.status}")
    return bytes(response.content)


def _parts(address: str) -> tuple[str, str]:
    """Return the server and the path of an address with nothing secret in it."""
    wrong = UsageError(f"{address}: no address of a file such as https://example.org/landscape.yml")
    try:
        parts = urlsplit(address)
        is_whole = parts.port is None or parts.port > 0
    except ValueError as error:
        raise wrong from error
    if parts.scheme != "https" or not parts.hostname or not parts.path or not is_whole:
        raise wrong
    if "@" in parts.netloc or parts.fragment:
        raise UsageError("the address of a landscape file holds no name, password or fragment")
    query = f"?{parts.query}" if parts.query else ""
    return f"https://{parts.netloc}", f"{parts.path}{query}"


def _as_it_is(headers: Mapping[str, str], body: bytes) -> bytes:
    return body
