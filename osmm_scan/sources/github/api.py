"""What the rest of the package may ask of GitHub's API, and the values that it answers with.

Everything here is read-only. What cannot be seen is raised as `Unobserved` or listed as a refusal;
an answer never holds an empty value in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from osmm_scan.errors import Unobserved
from osmm_scan.model import Missing

if TYPE_CHECKING:
    from osmm_scan.sources.github.hosts import Host
    from osmm_scan.sources.github.tokens import Token

# Names of fields and, inside lists, positions: where in an answer something is.
Place: TypeAlias = "tuple[str | int, ...]"


class RefusalKind(StrEnum):
    """Why a part of an answer is null."""

    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    SCOPES = "insufficient_scopes"
    SSO = "single_sign_on"
    ADDRESS = "ip_allow_list"
    TOO_HEAVY = "resource_limits"
    UNSUPPORTED = "unsupported"
    FAULT = "fault"


# What is not there and what may not be seen look alike to whoever lacks the right to see it.
_MISSING: Mapping[RefusalKind, Missing] = {
    RefusalKind.NOT_FOUND: Missing.NO_ACCESS,
    RefusalKind.FORBIDDEN: Missing.NO_ACCESS,
    RefusalKind.SCOPES: Missing.NO_ACCESS,
    RefusalKind.SSO: Missing.NO_ACCESS,
    RefusalKind.ADDRESS: Missing.NO_ACCESS,
    RefusalKind.TOO_HEAVY: Missing.TRUNCATED,
    RefusalKind.UNSUPPORTED: Missing.NOT_SUPPORTED,
    RefusalKind.FAULT: Missing.FAULT,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A part of an answer that is null, and why; the message names the remedy where there is one.

    The place of a field that the server does not know has no positions: it is missing everywhere.
    """

    place: Place
    kind: RefusalKind
    message: str

    def unobserved(self) -> Unobserved:
        """Return the refusal as what facts are made missing with."""
        return Unobserved(_MISSING[self.kind], self.message)

    def covers(self, place: Place) -> bool:
        """Tell whether a place is what was refused, or lies inside of it."""
        if self.kind is RefusalKind.UNSUPPORTED:
            place = tuple(part for part in place if isinstance(part, str))
        return place[: len(self.place)] == self.place


@dataclass(frozen=True, slots=True)
class Answer:
    """What one operation answered: the data as it came, and what in it was refused."""

    data: Mapping[str, Any]
    refusals: tuple[Refusal, ...] = ()

    def at(self, *place: str | int) -> Any:
        """Return the value at a place; raises `Unobserved` where it, or what holds it, is refused.

        A null that nothing refused is returned as None: GitHub says that there is no such thing.
        """
        value: Any = self.data
        for depth, part in enumerate(place, start=1):
            value = self._step(value, part, place[:depth])
            if value is None:
                self._check(place[:depth], place)
                return None
        return value

    def refused(self, *place: str | int) -> Refusal | None:
        """Return the refusal that covers a place, if any."""
        return next((one for one in self.refusals if one.covers(place)), None)

    def within(self, *place: str | int) -> Answer:
        """Return the part of the answer below a place, with the refusals that concern it.

        Raises `Unobserved` where there is nothing.
        """
        part = self.at(*place)
        if part is None:
            where = ".".join(str(name) for name in place)
            raise Unobserved(Missing.NOT_SUPPORTED, f"there is no {where}")
        if not isinstance(part, Mapping):
            raise _unexpected(place)
        fields = tuple(name for name in place if isinstance(name, str))
        inside = tuple(
            Refusal(one.place[len(prefix) :], one.kind, one.message)
            for one in self.refusals
            for prefix in [fields if one.kind is RefusalKind.UNSUPPORTED else place]
            if one.place[: len(prefix)] == prefix
        )
        return Answer(part, inside)

    def _step(self, value: Any, part: str | int, place: Place) -> Any:
        if isinstance(part, str) and isinstance(value, Mapping):
            if part not in value:
                self._check(place, place)
                raise _unexpected(place)
            return value[part]
        if isinstance(part, int) and isinstance(value, list) and part < len(value):
            return value[part]
        raise _unexpected(place)

    def _check(self, empty: Place, wanted: Place) -> None:
        """Raise when the empty place was refused, or something in it that may not be null."""
        for one in self.refusals:
            if one.covers(wanted) or one.place[: len(empty)] == empty:
                raise one.unobserved()


@dataclass(frozen=True, slots=True)
class Spent:
    """What the questions so far have cost."""

    requests: int = 0
    points: int = 0
    waited: float = 0.0
    retries: int = 0


@dataclass(frozen=True, slots=True)
class Rights:
    """What the server said of the token: who it is, and what it was given.

    `scopes` is None unless the token is of the classic kind, the only one whose scopes are told.
    """

    login: str | None
    scopes: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Window:
    """What is left of a limit, and when it starts anew in the server's seconds since 1970."""

    limit: int
    left: int
    resets: float


class Api(Protocol):
    """GitHub's API. A token that the server refuses is a `SourceError`; all else is `Unobserved`.

    Waiting for limits, retrying and keeping to the budget happen inside. When the budget is spent,
    every further question raises `Unobserved(NOT_COLLECTED, "budget ...")` at once.
    """

    @property
    def host(self) -> Host:
        """Return the addresses and the kind of the server."""

    @property
    def token(self) -> Token | None:
        """Return a token valid now, renewed where needed; None for anonymous access."""

    @property
    def spent(self) -> Spent:
        """Return what was spent so far."""

    @property
    def windows(self) -> Mapping[str, Window]:
        """Return what the server last said of its limits, by their names (`graphql`, `core`)."""

    @property
    def skew(self) -> float:
        """Return by how many seconds the server's clock is ahead of ours."""

    def rights(self) -> Rights:
        """Return whom the token speaks for; asks once and remembers."""

    def ask(self, operation: str, **variables: object) -> Answer:
        """Return the answer to `queries/<operation>.graphql`.

        Raises `Unobserved` when there is no data at all. Partial data comes with its refusals.
        """

    def pages(
        self, operation: str, connection: Sequence[str], **variables: object
    ) -> Iterator[Answer]:
        """Yield an operation's pages; `connection` is the place of what is paged.

        The operation declares `$cursor: String` and `$n: Int!`; the connection asks for
        `pageInfo { hasNextPage endCursor }`, `nodes` or `edges`, and `totalCount` if there is one.
        Pages that are too heavy are asked for in halves. A node with an `id` comes once only.
        When not everything could be listed, `Unobserved` is raised after what could.
        """

    def nodes(
        self, operation: str, ids: Sequence[str], *, batch: int = 25, **variables: object
    ) -> Iterator[tuple[str, Answer | Unobserved]]:
        """Yield for every node id what an operation `nodes(ids: $ids)` says of it, or why not.

        Batches that are too heavy are asked for in halves, so one heavy node costs only itself.
        Places in the answers begin at the node.
        """

    def get(self, path: str, **parameters: str | int | bool) -> Any:
        """Return the JSON of a REST address below the API's base, as `/orgs/acme/rulesets`.

        Raises `Unobserved`, which names the permission or scope that would be needed where the
        server tells. A list comes whole. Only for what GraphQL cannot answer.
        """


def _unexpected(place: Place) -> Unobserved:
    where = ".".join(str(part) for part in place)
    return Unobserved(Missing.FAULT, f"unexpected answer of the server: no {where}")
