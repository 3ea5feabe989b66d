"""A clock that does not sleep, and a client whose answers are scripted at the HTTP border."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

import requests
import responses

from osmm_scan.sources.github.client import Client
from osmm_scan.sources.github.credentials import Given
from osmm_scan.sources.github.hosts import GITHUB, Host
from osmm_scan.sources.github.limits import Budget
from osmm_scan.sources.github.tokens import Token, TokenKind

NOW = 1_780_000_000.0
GRAPHQL = "https://api.github.com/graphql"
REST = "https://api.github.com"
TOKEN = Token(TokenKind.CLASSIC, "ghp_" + "s3cr3tS3cr3t" * 3)


@dataclass
class FakeClock:
    """Time passes only by sleeping; every sleep is written down."""

    now: float = NOW
    naps: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.now

    def wall(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds

    @property
    def waits(self) -> list[int]:
        """Return the sleeps that are no mere pacing, in whole seconds."""
        return [int(nap) for nap in self.naps if nap >= 1]


def client(
    clock: FakeClock | None = None,
    *,
    host: Host = GITHUB,
    budget: Budget | None = None,
    token: Token | None = TOKEN,
) -> Client:
    """Return a client of github.com that never sleeps for real."""
    return Client(host, Given(token), budget or Budget(), clock or FakeClock())


def date(ahead: float = 0) -> str:
    """Return the `Date` of a server whose clock is ahead by some seconds."""
    return formatdate(NOW + ahead, usegmt=True)


def answer(data: Any, *errors: dict[str, Any]) -> dict[str, Any]:
    """Return what `responses` needs to answer a GraphQL question."""
    body = {"data": data, "errors": list(errors)} if errors else {"data": data}
    return {"json": body, "headers": {"date": date()}}


def viewer(login: str = "me") -> dict[str, Any]:
    """Return a good answer to the operation `Viewer`."""
    return answer({"rateLimit": {"cost": 1}, "viewer": {"login": login}})


def asked(call: responses.Call) -> dict[str, Any]:
    """Return the variables of a GraphQL question that was sent."""
    variables: dict[str, Any] = sent(call.request)["variables"]
    return variables


def sent(request: requests.PreparedRequest) -> dict[str, Any]:
    """Return the body of a question."""
    body: dict[str, Any] = json.loads(request.body or "")
    return body
