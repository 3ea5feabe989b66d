"""Put one question to the server until it is answered, refused, or no try is left.

Here meet what sends, who asks, and what may be spent. What is asked is not known here.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar

from osmm_scan.errors import SourceError, Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.github.answers import (
    Content,
    Failed,
    cost,
    judge_graphql,
    judge_rest,
)
from osmm_scan.sources.github.api import Answer
from osmm_scan.sources.github.clock import Clock
from osmm_scan.sources.github.credentials import Credentials
from osmm_scan.sources.github.hosts import Host
from osmm_scan.sources.github.limits import Limited, Limits
from osmm_scan.sources.github.paging import TooHeavy
from osmm_scan.sources.github.tokens import Token
from osmm_scan.sources.github.transport import (
    ConnectionFault,
    Response,
    Silence,
    Transport,
    UnreadableAnswer,
)

_MOST_WAITS = 5
_MOST_PAGES = 20
_PATH = re.compile(r"(/[A-Za-z0-9._~%@:+-]{1,250}){1,20}")

_log = logging.getLogger(__name__)

Parameters: TypeAlias = "Mapping[str, str | int | bool]"
Got = TypeVar("Got", Answer, Content)


class Exchange:
    """Questions and answers with one server."""

    def __init__(self, host: Host, credentials: Credentials, limits: Limits, clock: Clock) -> None:
        self.limits = limits
        self.scopes: frozenset[str] | None = None
        self.version: str | None = None
        self._host = host
        self._credentials = credentials
        self._clock = clock
        self._transport = Transport(host, clock)
        # One question at a time, as GitHub asks for, waits included.
        self._turn = threading.RLock()

    @property
    def token(self) -> Token | None:
        """Return a token valid now, renewed where needed."""
        with self._turn:
            now = self._clock.wall() + self.limits.skew
            return self._credentials.token(self._grant, now)

    def query(self, body: Mapping[str, object], *, may_divide: bool) -> Answer:
        """Return the answer to a GraphQL question.

        Raises `TooHeavy` when it is and `may_divide`, `Outdated` when the server lacks some name.
        """

        def send() -> Answer | Limited | Failed:
            response = self._send("POST", self._host.graphql, "graphql", body=body)
            return judge_graphql(response)

        with self._turn:
            return self._until_answered(send, may_divide=may_divide)

    def get(self, path: str, parameters: Parameters) -> Any:
        """Return the JSON of a REST address, a list with all its pages."""
        if not _PATH.fullmatch(path) or {".", ".."} & {*path.split("/")}:
            raise Unobserved(Missing.FAULT, "no address can be made of such a name")
        with self._turn:
            content = self._page(path, parameters)
            value = content.value
            for _ in range(_MOST_PAGES):
                if content.following is None:
                    return value
                content = self._page(self._own(content.following), {})
                value = [*value, *_list(content.value)]
        raise Unobserved(Missing.TRUNCATED, f"the list is longer than {_MOST_PAGES} pages")

    def _page(self, address: str, parameters: Parameters) -> Content:
        resource = "search" if address.startswith("/search/") else "core"

        def send() -> Content | Limited | Failed:
            return judge_rest(self._send("GET", address, resource, parameters=parameters))

        return self._until_answered(send, may_divide=False)

    def _own(self, address: str) -> str:
        """Return an address of this server; whatever else a server names is not asked."""
        if not address.startswith(f"{self._host.rest}/"):
            raise Unobserved(
                Missing.FAULT, "the list goes on at another server, which is not asked"
            )
        return address

    def _until_answered(
        self, send: Callable[[], Got | Limited | Failed], *, may_divide: bool
    ) -> Got:
        waits = tries = 0
        while True:
            outcome = _attempt(send)
            if isinstance(outcome, Limited):
                if waits == _MOST_WAITS:
                    raise Unobserved(Missing.NOT_COLLECTED, "GitHub's rate limit does not end")
                self.limits.wait_out(outcome, waits)
                waits += 1
            elif isinstance(outcome, Failed):
                if outcome.is_heavy and may_divide:
                    raise TooHeavy(_gave_up(outcome))
                if tries == outcome.tries:
                    partial: Got = _partial(outcome)
                    return partial
                tries += 1
                self.limits.back_off(tries, outcome.why)
            else:
                return outcome

    def _send(
        self,
        verb: str,
        address: str,
        resource: str,
        *,
        parameters: Parameters | None = None,
        body: Mapping[str, object] | None = None,
    ) -> Response:
        token = self.token
        secret = token.reveal() if token else None
        return self._posted(
            lambda: self._transport.send(
                verb, address, secret=secret, parameters=parameters, body=body
            ),
            resource,
        )

    def _posted(self, send: Callable[[], Response], resource: str) -> Response:
        self.limits.admit(resource)
        try:
            response = send()
        except (ConnectionFault, UnreadableAnswer):
            self.limits.record({}, 1)
            raise
        points = cost(response)
        self.limits.record(response.headers, points)
        self._remember(response.headers)
        spent = self.limits.spent
        _log.debug(
            "request %d: %s, status %d, %d points, %d in all",
            spent.requests,
            resource,
            response.status,
            points,
            spent.points,
        )
        return response

    def _remember(self, headers: Mapping[str, str]) -> None:
        if "x-oauth-scopes" in headers:
            scopes = headers["x-oauth-scopes"].split(",")
            self.scopes = frozenset(scope.strip() for scope in scopes if scope.strip())
        self.version = headers.get("x-github-enterprise-version", self.version)

    def _grant(self, path: str, secret: str) -> Any:
        """Post as the bearer of a secret; what fails here leaves the App without a token."""

        def send() -> Content | Limited | Failed:
            response = self._posted(
                lambda: self._transport.send("POST", path, secret=secret, body={}), "core"
            )
            return judge_rest(response)

        try:
            return self._until_answered(send, may_divide=False).value
        except Unobserved as reason:
            raise SourceError(f"the GitHub App gets no token: {reason.why}") from reason


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Unobserved(Missing.FAULT, "unexpected answer of the server: no list")
    return value


def _attempt(send: Callable[[], Got | Limited | Failed]) -> Got | Limited | Failed:
    try:
        return send()
    except ConnectionFault as fault:
        return Failed(why=str(fault), is_heavy=isinstance(fault, Silence))
    except UnreadableAnswer as fault:
        return Failed(why=str(fault), tries=1)


def _gave_up(failed: Failed) -> Unobserved:
    missing = Missing.TRUNCATED if failed.is_heavy else Missing.FAULT
    return Unobserved(missing, failed.why)


def _partial(failed: Failed) -> Any:
    """Return what came all the same; raises `Unobserved` when nothing did."""
    if failed.partial is None:
        raise _gave_up(failed)
    return failed.partial
