"""The client: asks GitHub's API as `Api` promises, within one set of limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing
from osmm_scan.sources.github import documents
from osmm_scan.sources.github.answers import Outdated
from osmm_scan.sources.github.api import Answer, Rights, Spent, Window
from osmm_scan.sources.github.clock import Clock, SystemClock
from osmm_scan.sources.github.credentials import Credentials
from osmm_scan.sources.github.exchange import Exchange
from osmm_scan.sources.github.hosts import Host, HostKind
from osmm_scan.sources.github.limits import Budget, Limits
from osmm_scan.sources.github.paging import by_nodes, by_pages
from osmm_scan.sources.github.schemas import Schema, Wording, schema_of, word
from osmm_scan.sources.github.tokens import Token

_INTROSPECTION = "Introspection"


class Client:
    """GitHub's API over HTTP."""

    def __init__(
        self, host: Host, credentials: Credentials, budget: Budget, clock: Clock | None = None
    ) -> None:
        clock = clock or SystemClock()
        self._host = host
        self._limits = Limits(budget, clock)
        self._exchange = Exchange(host, credentials, self._limits, clock)
        self._rights: Rights | None = None
        self._schema: Schema | None = None
        self._wordings: dict[str, Wording] = {}

    @property
    def host(self) -> Host:
        """Return the addresses, the kind and, once it told one, the version of the server."""
        return replace(self._host, version=self._exchange.version)

    @property
    def token(self) -> Token | None:
        """Return a token valid now, renewed where needed; None for anonymous access."""
        return self._exchange.token

    @property
    def spent(self) -> Spent:
        """Return what was spent so far."""
        return self._limits.spent

    @property
    def windows(self) -> Mapping[str, Window]:
        """Return what the server last said of its limits, by their names."""
        return self._limits.windows

    @property
    def skew(self) -> float:
        """Return by how many seconds the server's clock is ahead of ours."""
        return self._limits.skew

    def rights(self) -> Rights:
        """Return whom the token speaks for; asks once and remembers."""
        if self._rights is None:
            try:
                login: str | None = str(self.ask("Viewer").at("viewer", "login"))
            except Unobserved as reason:
                # The token of a workflow may not know its own name.
                if reason.missing is not Missing.NO_ACCESS:
                    raise
                login = None
            self._rights = Rights(login, self._exchange.scopes)
        return self._rights

    def ask(self, operation: str, **variables: object) -> Answer:
        """Return the answer to an operation; raises `Unobserved` when there is no data at all."""
        return self._ask(operation, variables, may_divide=False)

    def pages(
        self, operation: str, connection: Sequence[str], **variables: object
    ) -> Iterator[Answer]:
        """Yield an operation's pages; raises `Unobserved` when the list cannot be completed."""
        return by_pages(self._asking(operation), connection, variables)

    def nodes(
        self, operation: str, ids: Sequence[str], *, batch: int = 25, **variables: object
    ) -> Iterator[tuple[str, Answer | Unobserved]]:
        """Yield for every node id what an operation says of it, or why it says nothing."""
        return by_nodes(self._asking(operation), ids, variables, batch)

    def get(self, path: str, **parameters: str | int | bool) -> Any:
        """Return the JSON of a REST address, a list whole, None where there is no content."""
        return self._exchange.get(path, parameters)

    def _asking(self, operation: str) -> Callable[[Mapping[str, object], bool], Answer]:
        return lambda variables, may_divide: self._ask(operation, variables, may_divide=may_divide)

    def _ask(self, operation: str, variables: Mapping[str, object], *, may_divide: bool) -> Answer:
        if self.token is None:
            why = "needs a token: GitHub answers GraphQL to nobody without; set GH_TOKEN"
            raise Unobserved(Missing.NO_ACCESS, why)
        if self._schema is None and self._host.kind is HostKind.SERVER:
            # github.com knows all that we ask for; a server of the customer's may be older.
            self._learn_schema()
        try:
            return self._put(operation, variables, may_divide=may_divide)
        except Outdated:
            # Even github.com drops a field now and then, a year after saying so.
            self._learn_schema()
        try:
            return self._put(operation, variables, may_divide=may_divide)
        except Outdated as error:
            why = f"this server does not understand the operation {operation}"
            raise Unobserved(Missing.NOT_SUPPORTED, why) from error

    def _put(self, operation: str, variables: Mapping[str, object], *, may_divide: bool) -> Answer:
        wording = self._wordings.get(operation) or word(documents.load(operation), self._schema)
        self._wordings[operation] = wording
        if wording.text is None:
            raise wording.unsupported[0].unobserved()
        given = {name: value for name, value in variables.items() if name in wording.variables}
        answer = self._exchange.query(
            {"query": wording.text, "variables": given}, may_divide=may_divide
        )
        return replace(answer, refusals=(*answer.refusals, *wording.unsupported))

    def _learn_schema(self) -> None:
        """Word every operation from now on so that the server understands it."""
        self._schema = schema_of(self._put(_INTROSPECTION, {}, may_divide=False))
        self._wordings.clear()
