"""Answers that a server should not give, and sometimes does."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer: JSON, or raw bytes of some content type; perhaps cut off, perhaps late."""

    status: int = 200
    json: Any = None
    raw: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "application/json; charset=utf-8"
    missing_bytes: int = 0
    seconds: float = 0.0

    def send(self, handler: BaseHTTPRequestHandler, headers: Mapping[str, str]) -> None:
        """Write the answer to a request."""
        if self.seconds:
            time.sleep(self.seconds)
        content = json.dumps(self.json).encode() if self.raw is None else self.raw
        content = b"" if self.status in {204, 304} else content
        handler.send_response_only(self.status)
        every = {"content-type": self.kind, **headers, **self.headers}
        for name, value in {**every, "content-length": str(len(content))}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content[: len(content) - self.missing_bytes])
        handler.close_connection = bool(self.missing_bytes)


def status(number: int, message: str = "", **headers: str) -> Reply:
    """Return an answer of some status with GitHub's form of a message."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status=number, json={"message": message}, headers=named)


def secondary(retry_after: int | None = None) -> Reply:
    """Return a refusal because of speed."""
    headers = {} if retry_after is None else {"retry-after": str(retry_after)}
    message = "You have exceeded a secondary rate limit. Please wait a few minutes."
    return Reply(status=403, json={"message": message}, headers=headers)


def primary(resets: float) -> Reply:
    """Return a refusal because the hour's points are spent, with status 200 as GraphQL does."""
    error = {"type": "RATE_LIMITED", "message": "API rate limit exceeded for user ID 1."}
    headers = {
        "x-ratelimit-limit": "5000",
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": str(int(resets)),
        "x-ratelimit-resource": "graphql",
    }
    return Reply(json={"errors": [error]}, headers=headers)


def page(number: int = 200) -> Reply:
    """Return a web page, as portals and gateways do."""
    return Reply(status=number, raw=b"<html><h1>Unicorn</h1></html>", kind="text/html")


def cut() -> Reply:
    """Return an answer that breaks off."""
    return Reply(raw=b'{"data": {"viewer": {"login": "me"}}}', missing_bytes=10)


def shaped(value: Any) -> Reply:
    """Return an answer of some other shape."""
    return Reply(json=value)


def slow(seconds: float, value: Any = None) -> Reply:
    """Return an answer after a while."""
    return Reply(json=value, seconds=seconds)


def redirect(location: str, number: int = 301) -> Reply:
    """Return that the answer is elsewhere."""
    return Reply(status=number, json={}, headers={"location": location})


def partial(data: Any, *errors: dict[str, Any]) -> Reply:
    """Return data with errors."""
    return Reply(json={"data": data, "errors": list(errors)})
