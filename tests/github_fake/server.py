"""A GitHub on loopback: GraphQL and REST over a world, with limits and faults on demand.

    with FakeGitHub(world) as github:
        github.next(status(502), operation="RepoList")
        api = github.client()
        ...
        assert [question.operation for question in github.questions] == ["RepoList", "RepoList"]

It answers under `/api/v3` and `/api/graphql`, as GitHub Enterprise Server does.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from osmm_scan.sources.github.client import Client
from osmm_scan.sources.github.clock import Clock
from osmm_scan.sources.github.credentials import Given
from osmm_scan.sources.github.hosts import Host, HostKind
from osmm_scan.sources.github.limits import Budget
from osmm_scan.sources.github.tokens import read_token
from tests.github_fake.answers import undescribed
from tests.github_fake.faults import Reply
from tests.github_fake.pricing import price
from tests.github_fake.resolving import execute, published, without
from tests.github_fake.world import TOKEN, World

NOW = 1_782_820_800.0  # 2026-06-30 12:00 UTC


@dataclass(frozen=True)
class Question:
    """What was asked: the operation's name and variables, or for REST the path and parameters."""

    verb: str
    path: str
    operation: str | None
    variables: dict[str, Any]
    headers: dict[str, str]


@dataclass
class _Planned:
    """An answer to give in place of the real one, to some questions, some times."""

    reply: Reply
    matches: Callable[[Question], bool]
    times: int


@dataclass
class FakeGitHub:
    """A server that answers until the `with` block ends."""

    world: World = field(default_factory=World)
    # `Type.field`s that this server's schema does not have yet.
    lacks: tuple[str, ...] = ()
    now: Callable[[], float] = lambda: NOW
    questions: list[Question] = field(default_factory=list)
    # Answers whatever is not the API's (as git over HTTP); True when it did.
    other: Callable[[BaseHTTPRequestHandler], bool] = lambda handler: False
    _planned: list[_Planned] = field(default_factory=list)

    def __enter__(self) -> FakeGitHub:
        self._lock = threading.Lock()
        self.schema = without(self.lacks) if self.lacks else published()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        # A client that hangs up in the middle is what some tests are about.
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign] # quiet
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def web(self) -> str:
        """Return the address of the server."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def host(self, kind: HostKind = HostKind.GITHUB) -> Host:
        """Return the server as a client knows it; github.com's kind is not asked for its schema."""
        return Host(
            kind=kind, web=self.web, rest=f"{self.web}/api/v3", graphql=f"{self.web}/api/graphql"
        )

    def client(
        self,
        *,
        clock: Clock | None = None,
        budget: Budget | None = None,
        kind: HostKind = HostKind.GITHUB,
        token: str | None = TOKEN,
    ) -> Client:
        """Return a client of this server."""
        given = Given(read_token(token, "test") if token else None)
        return Client(self.host(kind), given, budget or Budget(), clock)

    def next(
        self, reply: Reply, *, operation: str | None = None, path: str | None = None, times: int = 1
    ) -> None:
        """Give a reply to the next questions of an operation, of a path, or of any kind."""
        self.when(
            lambda one: operation in {None, one.operation} and path in {None, one.path},
            reply,
            times=times,
        )

    def when(
        self, matches: Callable[[Question], bool], reply: Reply, *, times: int = 1_000_000
    ) -> None:
        """Give a reply to questions that match, as those with too large a page."""
        self._planned.append(_Planned(reply, matches, times))

    def answer(self, question: Question, body: dict[str, Any]) -> Reply:
        """Return what to answer: what was planned, else the truth."""
        with self._lock:
            self.questions.append(question)
            for planned in self._planned:
                if planned.times > 0 and planned.matches(question):
                    planned.times -= 1
                    return planned.reply
            return self._truth(question, body)

    def _truth(self, question: Question, body: dict[str, Any]) -> Reply:
        token = question.headers.get("authorization", "").removeprefix("Bearer ")
        if token and token not in self.world.tokens:
            return Reply(status=401, json={"message": "Bad credentials"})
        if question.operation is None:
            return self._rest(question)
        if not token:
            return Reply(status=403, json={"message": "API rate limit exceeded"})
        cost = price(body)
        self.world.points -= cost
        return Reply(json=execute(self.world, self.schema, body, cost), headers=self._limits(token))

    def _rest(self, question: Question) -> Reply:
        found = self.world.rest.get(question.path, (404, {"message": "Not Found"}))
        status, content, *headers = found if isinstance(found, tuple) else (200, found)
        wrong = undescribed(question.path, content) if status == 200 else None
        if wrong:
            # A world that GitHub would not give must not prove anything.
            return Reply(status=500, json={"message": wrong})
        return Reply(status=status, json=content, headers=headers[0] if headers else {})

    def _limits(self, token: str) -> dict[str, str]:
        scopes = self.world.tokens[token]
        named = {} if scopes is None else {"x-oauth-scopes": ", ".join(scopes)}
        return {
            "x-ratelimit-limit": "5000",
            "x-ratelimit-remaining": str(self.world.points),
            "x-ratelimit-reset": str(int(self.now()) + 1800),
            "x-ratelimit-resource": "graphql",
            **named,
        }


def _handler(github: FakeGitHub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if not parts.path.startswith("/api/") and github.other(self):
                return
            length = int(self.headers.get("content-length", 0))
            body = json.loads(self.rfile.read(length) or "{}")
            reply = github.answer(self._question(body), body)
            reply.send(self, {"date": formatdate(github.now(), usegmt=True)})

        do_POST = do_GET

        def _question(self, body: dict[str, Any]) -> Question:
            parts = urlsplit(self.path)
            operation = None
            if parts.path.endswith("/graphql"):
                words = body["query"].partition("query ")[2]
                operation = words.replace("(", " ").replace("{", " ").split()[0]
            return Question(
                verb=self.command,
                path=parts.path.removeprefix("/api/v3"),
                operation=operation,
                variables=body.get("variables") or dict(parse_qsl(parts.query)),
                headers={name.lower(): value for name, value in self.headers.items()},
            )

        def log_message(self, *_: Any) -> None:
            """Say nothing: tests read the questions instead."""

    return Handler
